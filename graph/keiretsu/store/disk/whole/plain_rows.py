"""The plain parties and holdings of a store, row by row filled into forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from keiretsu.store.disk.filled.plain_text import is_fillable
from keiretsu.store.disk.plain import CLAIM
from keiretsu.store.literals import percent_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.formats.table.arrays.said import Said
    from keiretsu.model import Party, Share
    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.disk.texts import Integers
    from keiretsu.store.syntax.forms import Fill

_AT_ONCE: Final = 10_000
"""Rows of which IRIs and labels are read together."""
_MOST_KINDS: Final = 10_000


class Forms(Protocol):
    """What makes a text of a plain party or holding."""

    def form_of_party(self, party: Party) -> Fill:
        """Return what makes a text of the IRI and the label of a party of such a kind."""

    def form_of_holding(self, said: Said, share: Share) -> Fill:
        """Return what makes a text of a holding's IRI, holder, issuer, and two percentages."""

    def escaped_party(self, party: Party) -> str:
        """Return the text of a party in which something is to be escaped."""


class PlainRows:
    """The plain parties and holdings of a store in the order of their lines, as texts.

    Parameters
    ----------
    disk
        The store; its columns are held against their checksums.
    forms
        Make the texts.
    """

    def __init__(self, disk: DiskClaims, forms: Forms) -> None:
        self._disk, self._columns, self._forms = disk, disk.checked_columns, forms

    def parties(self) -> Iterator[str]:
        """Yield the plain parties."""
        return by_lines(self._parties())

    def _parties(self) -> Iterator[tuple[str, str]]:
        columns = self._columns
        forms: dict[tuple[object, ...], Fill] = {}
        for some in _in_parts(np.flatnonzero(columns.party["plain"])):
            kinds = columns.party[some].tolist()
            names = zip(self._disk.iris.many(some), columns.labels(some), strict=True)
            for number, kind, (iri, label) in zip(some.tolist(), kinds, names, strict=True):
                if not is_fillable(iri, label):
                    yield iri, self._forms.escaped_party(columns.party_of(number))
                    continue
                form = forms.get(kind)
                if form is None:
                    form = forms[kind] = self._forms.form_of_party(columns.party_of(number))
                yield iri, form(iri, label)

    def holdings(self) -> Iterator[str]:
        """Yield the plain holdings."""
        columns, iris = self._columns, self._disk.iris
        forms: dict[tuple[object, ...], Fill] = {}
        digits = 2 * columns.ids.shape[1]
        for rows in _in_parts(by_iri(self._disk, np.flatnonzero(columns.is_plain))):
            names = columns.ids[rows].tobytes().hex()
            told = zip(
                range(0, len(names), digits),
                *(iris.many(self._disk.index[rows, side]) for side in (1, 0)),
                columns.term[rows].tolist(),
                columns.share[rows].tolist(),
                columns.shares[columns.share[rows]].tolist(),
                strict=True,
            )
            for at, holder, issuer, term, share, (low, low_of, high, high_of, *opens) in told:
                form = forms.get(kind := (term, *opens))
                if form is None:
                    if len(forms) >= _MOST_KINDS:
                        forms.clear()
                    said, portion = columns.all_said_of(term), columns.share_of(share)
                    form = forms[kind] = self._forms.form_of_holding(said, portion)
                least = percent_text(low, low_of)
                most = least if (high, high_of) == (low, low_of) else percent_text(high, high_of)
                yield form(f"{CLAIM}{names[at : at + digits]}", holder, issuer, least, most)


def by_iri(disk: DiskClaims, rows: Integers) -> Integers:
    """Return places in the index of holdings that columns tell, in the order of their IRIs."""
    ids = np.ascontiguousarray(disk.columns.ids[rows])
    head = ids[:, :8].copy().view(">u8").ravel()
    tail = ids[:, 8:].copy().view(">u2").ravel()
    ordered: Integers = rows[np.lexsort((tail, head))]
    return ordered


def by_lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what belongs to IRIs that are sorted, in the order of lines that begin with them.

    In a line ``>`` follows the IRI: one that another continues comes behind that one if the other
    goes on with a lesser character.

    Examples
    --------
    >>> list(by_lines((iri, iri) for iri in ("urn:a", "urn:a-b", "urn:aa", "urn:b")))
    ['urn:a-b', 'urn:a', 'urn:aa', 'urn:b']
    """
    waiting: list[tuple[str, str]] = []
    for iri, told in pairs:
        while waiting and not (
            iri.startswith(waiting[-1][0]) and iri[len(waiting[-1][0]) :][:1] < ">"
        ):
            yield waiting.pop()[1]
        waiting.append((iri, told))
    yield from (told for _, told in reversed(waiting))


def _in_parts(rows: Integers) -> Iterator[Integers]:
    return (rows[begin : begin + _AT_ONCE] for begin in range(0, len(rows), _AT_ONCE))
