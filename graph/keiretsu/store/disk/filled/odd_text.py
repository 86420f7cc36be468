"""N-Quads of holdings that say more than columns hold, filled into forms as plain ones are.

The holdings of a register differ in their IRIs, their shares, their dates, a note, and the claims
whose place they take. Everything else tells of which kind a holding is; the codec writes one of
each kind with marks in these places.
"""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, Holding, PartialDate, Period, Share
from keiretsu.store.disk.filled.plain_text import MARKED_DATES, lines_of, percents
from keiretsu.store.literals import decimal_text, is_iri
from keiretsu.store.syntax.forms import form_of, in_order
from keiretsu.store.syntax.trig import escaped

if TYPE_CHECKING:
    from keiretsu.store.syntax.forms import Fill

_MARK: Final = "urn:keiretsu:mark:"
_ENDS: Final = tuple(f"{_MARK}{name}" for name in ("subject", "holder", "issuer"))
_CAPITAL, _VOTES = (
    (Fraction(low, 10**12), Fraction(low + 2, 10**12)) for low in (1234567891, 1234567895)
)
"""Marks in the place of percentages: numbers that stand nowhere else in a form."""
_NOTE: Final = "keiretsu-mark-note"
_MOST_KINDS: Final = 10_000
"""Kinds of holdings that are remembered; in a file with more they hardly come again."""
_FILLED: Final = {
    *("id", "holder", "issuer", "supersedes", "via", "capital", "votes"),
    *("period", "known_from", "note", "place"),
}
_beside = attrgetter(*(one.name for one in fields(Holding) if one.name not in _FILLED))


class OddText:
    """Writes holdings of any kind as the codec does, each kind's form made once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[Any, ...], Fill | None] = {}

    def holding(self, claim: Holding) -> bytes:
        """Return any holding, whatever it says and whoever it is between.

        Raises
        ------
        InputError
            As `keiretsu.store.codec.write.quads`.
        """
        supersedes, via = in_order(claim.supersedes), in_order(claim.via)
        iris = (claim.id, claim.holder, claim.issuer, *supersedes, *via)
        dates = [
            "" if one is None else str(one)
            for one in (claim.period.start, claim.period.end, claim.known_from)
        ]
        if all(map(is_iri, iris)):
            fill = self._form(claim, dates, len(supersedes), len(via))
            if fill is not None:
                try:
                    return fill(*iris, *_shares(claim), *filter(None, dates), _note(claim)).encode()
                except InputError:
                    pass  # the codec says of whom
        return lines_of(ClaimSet(parties={}, documents={}, holdings=(claim,)))

    def _form(self, claim: Holding, dates: list[str], supersedes: int, via: int) -> Fill | None:
        precise = tuple(map(len, dates))
        opens = (_opens(claim.capital), _opens(claim.votes))
        kind = (*_beside(claim), opens, precise, supersedes, via, claim.note is None)
        if kind not in self._forms:
            if len(self._forms) >= _MOST_KINDS:
                self._forms.clear()
            self._forms[kind] = _form_of(claim, precise, supersedes, via)
        return self._forms[kind]


def _opens(share: Share | None) -> tuple[bool, bool] | None:
    return None if share is None else (share.low_open, share.high_open)


def _shares(claim: Holding) -> list[str]:
    """Return the ends of both shares as percentages are written."""
    return [end for one in (claim.capital, claim.votes) if one is not None for end in percents(one)]


def _note(claim: Holding) -> str:
    return "" if claim.note is None else escaped(claim.note)


def _form_of(claim: Holding, precise: tuple[int, ...], supersedes: int, via: int) -> Fill | None:
    """Return the form of such a holding; None if the codec refuses it, or it holds our marks."""
    named = [f"{_MARK}named:{number:09}:" for number in range(supersedes + via)]
    dates = [mark[:digits] for mark, digits in zip(MARKED_DATES, precise, strict=True)]
    start, end, known = (PartialDate.parse(one) if one else None for one in dates)
    marked = replace(
        claim,
        id=_ENDS[0],
        holder=_ENDS[1],
        issuer=_ENDS[2],
        supersedes=tuple(named[:supersedes]),
        via=tuple(named[supersedes:]),
        capital=_marked(claim.capital, _CAPITAL),
        votes=_marked(claim.votes, _VOTES),
        period=Period(start, end),
        known_from=known,
        note=None if claim.note is None else _NOTE,
    )
    try:
        text = lines_of(ClaimSet(parties={}, documents={}, holdings=(marked,))).decode()
    except InputError:
        return None
    ends = ((claim.capital, _CAPITAL), (claim.votes, _VOTES))
    numbers = [decimal_text(e * 100) for share, two in ends if share is not None for e in two]
    told = [one for one in dates if one]
    note = () if claim.note is None else (_NOTE,)
    marks = (*_ENDS[1:], *named, *numbers, *told, *note)
    is_clear = text.count(_ENDS[0]) == text.count("\n") and all(
        text.count(mark) == 1 for mark in marks
    )
    return form_of(text, (_ENDS[0], *marks)) if is_clear else None


def _marked(share: Share | None, ends: tuple[Fraction, Fraction]) -> Share | None:
    return None if share is None else Share(*ends, share.low_open, share.high_open)
