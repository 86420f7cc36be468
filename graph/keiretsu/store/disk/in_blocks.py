"""Claims in blocks: what is said of one thing, one after the other, as a generation is written."""

from __future__ import annotations

import heapq
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from keiretsu.model import Claim, ClaimSet, Holding, SourceRecord
from keiretsu.store.disk.filled.odd_text import OddText
from keiretsu.store.disk.filled.party_text import PartyText
from keiretsu.store.disk.filled.plain_text import PlainText, lines_of
from keiretsu.store.disk.filled.record_text import RecordText
from keiretsu.store.disk.plain import is_plain_holding, is_plain_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.model import Party
    from keiretsu.store.disk.records_aside import RecordsAside

_EMPTY = ClaimSet(parties={}, documents={}, holdings=())


class Block(NamedTuple):
    """What is said of one party, claim or source record; without text where columns alone say it.

    The lines of the text are sorted; `is_plain` tells of a claim whether columns hold all of it.
    Source records, to which nothing leads, come several at once; `number` tells how many.
    """

    about: Party | Claim | SourceRecord | None
    text: bytes
    is_plain: bool = False
    number: int = 1


_RECORDS: Final = SourceRecord(id="", document="", format="", number=0, content="")
_MOST_RECORDS: Final = 64


def blocks_of(
    claims: ClaimSet, aside: RecordsAside | None = None, *, columns_alone: bool = False
) -> Iterator[Block]:
    """Yield everything in blocks: parties, what is about all, source records, then claims."""
    plain, odd = PlainText(), OddText()
    records, parties = RecordText(), PartyText()
    for _, party in sorted(claims.parties.items()):
        yield party_block(party, parties, columns_alone=columns_alone)
    yield Block(None, lines_of(about_all(claims)))
    here = sorted(claims.source_records, key=attrgetter("id"))
    written = ((record.id, records.record(record)) for record in here)
    yield from record_blocks(heapq.merge(written, () if aside is None else aside.written()))
    for name in kinds_of(claims):
        for claim in sorted(getattr(claims, name), key=attrgetter("id")):
            if is_plain_holding(claim, claims.parties):
                yield Block(claim, b"" if columns_alone else plain.holding(claim), is_plain=True)
            elif isinstance(claim, Holding):
                yield Block(claim, odd.holding(claim))
            else:
                yield Block(claim, text_of(**{name: (claim,)}))


def record_blocks(written: Iterable[tuple[str, bytes]]) -> Iterator[Block]:
    """Yield the blocks of source records, given by their IRIs and lines in the order of these.

    Several are one block as long as their lines are sorted, too.
    """
    texts, last = list[bytes](), ""
    for iri, text in written:
        mark = f"{iri}>"  # as it ends in a line
        if texts and (len(texts) == _MOST_RECORDS or mark <= last):
            yield Block(_RECORDS, b"".join(texts), number=len(texts))
            texts.clear()
        texts.append(text)
        last = mark
    if texts:
        yield Block(_RECORDS, b"".join(texts), number=len(texts))


def party_block(party: Party, texts: PartyText, *, columns_alone: bool) -> Block:
    """Return the block of a party."""
    is_left_out = columns_alone and is_plain_party(party)
    return Block(party, b"" if is_left_out else texts.party(party))


def kinds_of(claims: ClaimSet) -> list[str]:
    """Return the names of the fields in which there are claims."""
    return [one.name for one in fields(claims) if _are_claims(getattr(claims, one.name))]


def about_all(claims: ClaimSet) -> ClaimSet:
    """Return what is said about all claims: documents, edits, the horizon."""
    none: dict[str, Any] = dict.fromkeys(kinds_of(claims), ())
    return replace(claims, parties={}, source_records=(), **none)


def _are_claims(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Claim)


def text_of(**content: Any) -> bytes:  # noqa: ANN401 - fields of a claim set
    """Return the N-Quads of parties or claims, given by the fields of a claim set."""
    return lines_of(replace(_EMPTY, **content))
