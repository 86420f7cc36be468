"""Claims added to a generation: merged with what it holds, block by block.

What is written is what loading everything at once would write. Plain holdings are rows of columns,
other holdings are the text that they have; only parties, and what is said of one thing on both
sides, are looked at as objects.
"""

from __future__ import annotations

import heapq
import re
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, Holding, Party
from keiretsu.store.disk.as_read import as_read, holding_all, repeats
from keiretsu.store.disk.columns_writing import ODD
from keiretsu.store.disk.filled.odd_text import OddText
from keiretsu.store.disk.filled.party_text import PartyText
from keiretsu.store.disk.filled.plain_text import PlainText, lines_of
from keiretsu.store.disk.filled.record_text import RecordText, records_end, stored_records
from keiretsu.store.disk.fitting import fits, odd_parties
from keiretsu.store.disk.in_blocks import (
    Block,
    about_all,
    kinds_of,
    party_block,
    record_blocks,
    text_of,
)
from keiretsu.store.disk.plain import CLAIM, is_plain_holding
from keiretsu.store.disk.writing import Generation
from keiretsu.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.disk.records_aside import RecordsAside

_AT_ONCE: Final = 5_000
_IS_HOLDING: Final = f"#type> <{ONTOLOGY}Holding>".encode()
_SUBJECT: Final = re.compile(rb"<([^>]*)>")
_HOLDINGS: Final = "holdings"
_id: Final = attrgetter("id")


class _Known(NamedTuple):
    """A holding of the generation: a row of columns, or its text."""

    id: str
    row: int
    text: bytes


def merged(
    disk: DiskClaims,
    claims: ClaimSet,
    records: RecordsAside | None = None,
    *,
    columns_alone: bool,
) -> Generation | None:
    """Return what a generation and further claims are together; None if only memory can tell.

    Parameters
    ----------
    disk
        The generation.
    claims
        What is added.
    records
        Source records that are added and are not among the claims.
    columns_alone
        Whether blocks of what columns hold have no text.

    Raises
    ------
    InputError
        If both say of one thing what cannot be so at once.
    """
    if not fits(disk, claims, records.documents if records is not None else ()):
        return None
    return _Merging(disk, claims, records, columns_alone=columns_alone).generation()


class _Merging:
    def __init__(
        self,
        disk: DiskClaims,
        claims: ClaimSet,
        aside: RecordsAside | None,
        *,
        columns_alone: bool,
    ) -> None:
        self._disk, self._claims, self._aside = disk, as_read(claims), aside
        self._columns_alone = columns_alone
        self._plain, self._odd = PlainText(), OddText()
        self._parties = self._all_parties()

    def generation(self) -> Generation:
        holdings = self._disk.manifest.counts[_HOLDINGS] + len(self._claims.holdings)
        about = self._about_all()
        blocks = self._blocks(about)
        doubled = self._doubled()
        iris = list(self._parties)
        return Generation(self._parties, iris, blocks, holdings - doubled, about.horizon)

    def _blocks(self, about: ClaimSet) -> Iterator[Block]:
        texts = PartyText()
        for party in self._parties.values():
            yield party_block(party, texts, columns_alone=self._columns_alone)
        yield Block(None, lines_of(about_all(about)))
        yield from record_blocks(self._records(about))
        yield from self._holdings()
        others = self._others()
        for name in kinds_of(others):
            for claim in getattr(others, name):
                yield Block(claim, text_of(**{name: (claim,)}))

    # -- parties and what is about all ---------------------------------------------------------

    def _all_parties(self) -> dict[str, Party]:
        disk = self._disk
        found = {party.id: party for party in odd_parties(disk)}
        for number in np.flatnonzero(disk.columns.party["plain"]).tolist():
            party = disk.party(number)
            found[party.id] = party
        for party in self._claims.parties.values():
            known = found.get(party.id)
            found[party.id] = party if known in (None, party) else self._one_party(party)
        return dict(sorted(found.items()))

    def _one_party(self, party: Party) -> Party:
        number = self._disk.number_of(party.id)
        assert number is not None  # noqa: S101 - for the type checker: it is there
        text = self._disk.party_block(number) or self._plain.party(self._disk.party(number))
        added = ClaimSet(parties={party.id: party}, documents={})
        return self._together(text, added).parties[party.id]

    def _about_all(self) -> ClaimSet:
        first = self._disk.text(*self._disk.rest[0])
        return self._together(first, about_all(self._claims))

    def _records(self, about: ClaimSet) -> Iterator[tuple[str, bytes]]:
        """Yield source records; stores of earlier layouts have them among what is about all."""
        text = RecordText()
        objects = sorted((*about.source_records, *self._claims.source_records), key=_id)
        known = ((one.id, text.record(one)) for one in objects)
        aside = () if self._aside is None else self._aside.written()
        every = heapq.merge(stored_records(self._disk), known, aside, key=itemgetter(0))
        for iri, same in groupby(every, key=itemgetter(0)):
            lines = b"".join(told for _, told in same)
            yield iri, b"".join(sorted(set(lines.splitlines(keepends=True))))

    def _together(self, text: bytes, added: ClaimSet) -> ClaimSet:
        """Return what a text and what is added say together, as the store in memory does."""
        store = holding_all(text)
        store.add(added)
        return store.claims()

    # -- holdings ------------------------------------------------------------------------------

    def _holdings(self) -> Iterator[Block]:
        added = {claim.id: claim for claim in self._claims.holdings}
        others = {claim.id for claim in self._claims.every_claim()} - added.keys()
        new = (_Known(iri, -1, b"") for iri in sorted(added))
        pending: _Known | None = None
        for one in heapq.merge(self._known(), new, key=lambda known: known.id):
            if one.id in others:
                raise InputError("is a Holding and another claim at once", place=one.id)
            if pending is not None and pending.id != one.id:
                yield self._block(pending, added.get(pending.id))
            if pending is None or pending.id != one.id:
                pending = one  # the generation's comes first
        if pending is not None:
            yield self._block(pending, added.get(pending.id))

    def _block(self, known: _Known, added: Holding | None) -> Block:
        if added is not None and known.row < 0:
            return self._block_of(added)
        is_of_old = self._disk.columns.is_of_old
        if known.text and added is None and not is_of_old and not repeats(known.text):
            return Block(_odd(known, self._disk), _sorted(known.text))
        if known.text:
            return self._one_holding(known.text, added)
        claim = self._disk.holding(known.row)
        if added is None or added == claim:
            return self._block_of(claim)
        return self._one_holding(self._plain.holding(claim), added)

    def _one_holding(self, text: bytes, added: Holding | None) -> Block:
        said = ClaimSet(parties={}, documents={}, holdings=() if added is None else (added,))
        (claim,) = self._together(text, said).holdings
        return self._block_of(claim)

    def _block_of(self, claim: Holding) -> Block:
        if not is_plain_holding(claim, self._parties):
            return Block(claim, self._odd.holding(claim))
        text = b"" if self._columns_alone else self._plain.holding(claim)
        return Block(claim, text, is_plain=True)

    def _known(self) -> Iterator[_Known]:
        """Yield the holdings that are there, by their IRIs."""
        plain = np.flatnonzero(self._disk.columns.is_plain)
        ids = self._disk.columns.ids[plain]
        order = np.lexsort(ids.T[::-1]) if len(ids) else np.zeros(0, dtype=np.int64)
        rows = (
            _Known(f"{CLAIM}{ids[place].tobytes().hex()}", int(plain[place]), b"")
            for place in order.tolist()
        )
        return heapq.merge(rows, self._odd_holdings(), key=lambda known: known.id)

    def _odd_rows(self) -> list[int]:
        """Return the rows of the index that columns do not hold, in the order of the file."""
        odd = np.flatnonzero(self._disk.columns.share == ODD)
        rows: list[int] = odd[np.argsort(self._disk.index[odd, 2], kind="stable")].tolist()
        return rows

    def _odd_holdings(self) -> Iterator[_Known]:
        for row in self._odd_rows():
            text = self._disk.text(*self._disk.index[row, 2:])
            if _IS_HOLDING not in text:
                return
            yield _Known(_subject(text), row, text)

    def _doubled(self) -> int:
        """Return how many of the holdings that are added are there."""
        added = {claim.id for claim in self._claims.holdings}
        return sum(known.id in added for known in self._known()) if added else 0

    # -- other claims --------------------------------------------------------------------------

    def _others(self) -> ClaimSet:
        """Return all claims but holdings; there are few, and they lie behind the holdings."""
        disk, claims = self._disk, self._claims
        begin = disk.parties_end
        for row in self._odd_rows():
            if _IS_HOLDING not in disk.text(*disk.index[row, 2:]):
                begin = int(disk.index[row, 2])
                break
        else:
            ends = disk.index[:, 2:].sum(axis=1).max(initial=0)
            begin = max(begin, records_end(disk), int(ends))
        size = disk.claims_file.stat().st_size - begin
        none = replace(claims, parties={}, documents={}, source_records=(), holdings=())
        found = self._together(disk.text(begin, size), none)
        clash = {claim.id for claim in found.every_claim()} & {one.id for one in claims.holdings}
        for iri in sorted(clash):
            raise InputError("is a Holding and another claim at once", place=iri)
        return replace(found, parties={}, documents={}, source_records=(), horizon=None)


def _sorted(text: bytes) -> bytes:
    """Return the lines of a block in order: earlier versions wrote them in another."""
    return b"".join(sorted(text.splitlines(keepends=True)))


def _odd(known: _Known, disk: DiskClaims) -> Holding:
    """Return a holding that stays as it is; if columns do not tell it, what an index needs."""
    if disk.tells(np.array([known.row]))[0]:
        return disk.holding(known.row)
    issuer, holder = disk.index[known.row, :2].tolist()
    return Holding(id=known.id, document="", holder=disk.iri(holder), issuer=disk.iri(issuer))


def _subject(text: bytes) -> str:
    found = _SUBJECT.match(text)
    assert found is not None  # noqa: S101 - for the type checker: it is a block
    return found[1].decode()
