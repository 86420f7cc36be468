"""All that a settled store says, as claims that are read each time they are gone through.

Parties and holdings come from columns; what these do not tell lies in a temporary database, read
from RDF in parts. So memory does not grow with the store.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, cast, overload

import numpy as np

from keiretsu.formats import Reading, kept
from keiretsu.model import Holding, Party
from keiretsu.store.disk.blocks import Blocks, Context, in_parts, named_in, subjects_of
from keiretsu.store.disk.whole.plain_rows import by_iri

if TYPE_CHECKING:
    from keiretsu.formats.frame import Piece
    from keiretsu.model import ClaimSet
    from keiretsu.store.disk.claims import DiskClaims

_PART: Final = 1 << 20
_AT_ONCE: Final = 10_000
"""Holdings whose parties are looked up together."""
_KNOWN: Final = 100_000
"""Parties that are remembered: whoever writes holdings asks for their ends again and again."""


def streamed_claims(disk: DiskClaims) -> ClaimSet:
    """Return all claims of a settled store, as `whole_claims` does, without holding them.

    Returns
    -------
    ClaimSet
        Equal to that of `keiretsu.store.disk.whole.from_columns.whole_claims` in all that is gone
        through, but for its kinds being no tuples and dictionaries.
    """
    odd = kept(_odd(disk), Reading(disk.path))
    return replace(
        odd,
        parties=_Parties(disk, odd.parties),
        holdings=cast("tuple[Holding, ...]", _Holdings(disk, odd.holdings)),
        digest=disk.manifest.fingerprint,
        horizon=disk.horizon,
    )


def _odd(disk: DiskClaims) -> Iterator[Piece]:
    """Yield what columns do not tell, each thing from the part in which it is described."""
    blocks = Blocks(disk)
    context = Context(disk, blocks)
    for text in in_parts(blocks.untold(), _PART):
        subjects = subjects_of(text)
        said = disk.read([text, context.of(named_in(text) - subjects)])
        own = {subject.decode() for subject in subjects}
        things: Iterator[Piece] = chain(
            said.parties.values(),
            said.documents.values(),
            said.source_records,
            said.edits,
            said.every_claim(),
        )
        yield from (one for one in things if getattr(one, "id", "") in own)


class _Holdings(Sequence[Holding]):
    """The holdings of a store in the order of their IRIs, told ones among the others."""

    def __init__(self, disk: DiskClaims, odd: Sequence[Holding]) -> None:
        self._disk, self._odd = disk, odd
        rows = np.arange(len(disk.index))
        self._rows = by_iri(disk, rows[disk.tells(rows)])

    def __len__(self) -> int:
        return len(self._odd) + len(self._rows)

    def __iter__(self) -> Iterator[Holding]:
        return heapq.merge(self._told(), self._odd, key=attrgetter("id"))

    def _told(self) -> Iterator[Holding]:
        disk, holding = self._disk, self._disk.columns.holding
        for begin in range(0, len(self._rows), _AT_ONCE):
            rows = self._rows[begin : begin + _AT_ONCE]
            issuers, holders = (disk.iris.many(disk.index[rows, side]) for side in (0, 1))
            yield from map(holding, rows.tolist(), holders, issuers)

    @overload
    def __getitem__(self, place: int) -> Holding: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Holding]: ...
    def __getitem__(self, place: int | slice) -> Holding | Sequence[Holding]:
        if isinstance(place, slice):
            return list(self)[place]
        start = place + len(self) if place < 0 else place
        found = next(islice(self, start, None), None) if start >= 0 else None
        if found is None:
            raise IndexError(place)
        return found


class _Parties(Mapping[str, Party]):
    """The parties of a store by their IRIs, in the order of these."""

    def __init__(self, disk: DiskClaims, odd: Mapping[str, Party]) -> None:
        self._disk, self._odd = disk, odd
        numbers = np.arange(disk.party_count)
        self._told = numbers[disk.tells_of(numbers)]
        self._known = lru_cache(_KNOWN)(self._read)

    def __len__(self) -> int:
        return len(self._odd) + len(self._told)

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self.values())

    def __getitem__(self, iri: str) -> Party:
        return self._known(iri)

    def _read(self, iri: str) -> Party:
        number = self._disk.number_of(iri)
        if number is not None and self._disk.tells_of(np.array([number]))[0]:
            return self._disk.party(number)
        return self._odd[iri]

    def values(self) -> Any:  # noqa: ANN401 - a view that is gone through once is enough
        """Return the parties, read one after the other rather than looked up one by one."""
        told = (self._disk.party(int(number)) for number in self._told)
        return heapq.merge(told, self._odd.values(), key=attrgetter("id"))

    def items(self) -> Any:  # noqa: ANN401 - as `values`
        """Return IRIs and parties."""
        return ((one.id, one) for one in self.values())
