"""N-Quads of parties that may say more than columns hold, filled into forms as plain ones are.

The parties of a register differ in their IRI, their label, the values of their identifiers and the
dates between which they exist; the codec writes one of each kind with marks in these places.
"""

from __future__ import annotations

from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from keiretsu.model import ID, ClaimSet, PartialDate, Party, Period
from keiretsu.store.disk.filled.plain_text import is_fillable, lines_of
from keiretsu.store.syntax.forms import form_of
from keiretsu.store.syntax.trig import escaped

if TYPE_CHECKING:
    from keiretsu.store.syntax.forms import Fill

_IRI, _LABEL = "urn:keiretsu:mark:subject", "keiretsu-mark-label"
_VALUE: Final = "keiretsu mark value"
_DATES: Final = ("4321-12-30", "4323-11-29")
"""Marks of the first and the last day; as many of their letters as the dates are precise."""
_AFTER_IDENTIFIERS: Final = f"{ID}party/"
"""Begins IRIs whose lines follow those of an identifier, as in a form."""
_MOST_KINDS: Final = 10_000
"""Kinds of parties that are remembered; in a file with more they hardly come again."""
_FILLED: Final = ("id", "label", "identifiers", "exists")
_beside = attrgetter(*(one.name for one in fields(Party) if one.name not in _FILLED))


class PartyText:
    """Writes parties of any kind as the codec does, each kind's form made once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[Any, ...], Fill | None] = {}

    def party(self, party: Party) -> bytes:
        """Return the sorted lines of a party.

        Raises
        ------
        InputError
            As `keiretsu.store.codec.write.quads`.
        """
        is_usual = is_fillable(party.id, party.label) and not (party.aliases or party.former_names)
        fill = self._form(party) if is_usual else None
        if fill is None:
            return lines_of(ClaimSet(parties={party.id: party}, documents={}))
        values = [value for _, value in party.identifiers]
        written = [told for v in values for told in (quote(v, safe=""), escaped(v))]
        dates = [str(one) for one in (party.exists.start, party.exists.end) if one is not None]
        text = fill(party.id, party.label, *written, *dates)
        if len(values) > 1 or (values and not party.id.startswith(_AFTER_IDENTIFIERS)):
            text = "".join(sorted({*text.splitlines(keepends=True)}))
        return text.encode()

    def _form(self, party: Party) -> Fill | None:
        schemes = tuple(scheme for scheme, _ in party.identifiers)
        precise = [
            0 if one is None else len(str(one)) for one in (party.exists.start, party.exists.end)
        ]
        kind = (*_beside(party), schemes, *precise)
        if kind not in self._forms:
            if len(self._forms) >= _MOST_KINDS:
                self._forms.clear()
            self._forms[kind] = _form_of(party, schemes, precise)
        return self._forms[kind]


def _form_of(party: Party, schemes: tuple[str, ...], precise: list[int]) -> Fill | None:
    """Return the form of such a party; None if what it says holds our marks."""
    values = [f"{_VALUE} {number:03}." for number in range(len(schemes))]
    dates = [mark[:digits] for mark, digits in zip(_DATES, precise, strict=True) if digits]
    ends = [PartialDate.parse(m[:d]) if d else None for m, d in zip(_DATES, precise, strict=True)]
    marked = replace(
        party,
        id=_IRI,
        label=_LABEL,
        identifiers=tuple(zip(schemes, values, strict=True)),
        exists=Period(*ends),
    )
    text = lines_of(ClaimSet(parties={marked.id: marked}, documents={})).decode()
    marks = [told for value in values for told in (quote(value, safe=""), value)]
    once = (_LABEL, *values, *(f'"{date}"' for date in dates))
    is_clear = all(text.count(mark) == 1 for mark in once) and not any(
        text.count(date) != 1 for date in dates
    )
    own = text.count(f"<{_IRI}> ") == text.count(_IRI) == text.count("\n") - 3 * len(values)
    return form_of(text, (_IRI, _LABEL, *marks, *dates)) if is_clear and own else None
