"""Statements that were read from BODS, and which of them still say what the claims say."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.formats.bods.index import Index
from keiretsu.formats.bods.read import StatementReader
from keiretsu.formats.bods.statement import FORMAT, raw_records
from keiretsu.formats.collecting import joined
from keiretsu.formats.frame import Reading
from keiretsu.model import Claim, Document, Party

if TYPE_CHECKING:
    from keiretsu.formats.bods.statement import Raw
    from keiretsu.model import ClaimSet, SourceRecord


class Originals:
    """The statements among the source records of a claim set.

    Attributes
    ----------
    kept
        Those that are written as they stood, in their order.
    covered
        IRIs of the claims that they make.
    record_ids
        The recordId of each party that has one.
    parties
        What they say of each party.
    documents
        IRIs of the documents that they stand in or name.
    """

    def __init__(self, claims: ClaimSet) -> None:
        self.kept: list[dict[str, Any]] = []
        self.covered: set[str] = set()
        self.record_ids: dict[str, str] = {}
        self.parties: dict[str, Party] = {}
        self.documents: set[str] = set()
        self._claims = claims
        self._reading = Reading("source records", lenient=True)
        records = [one for one in claims.source_records if one.format == FORMAT]
        self._now = {claim.id: claim for claim in claims.every_claim()} if records else {}
        for document, group in groupby(sorted(records, key=_order), key=lambda one: one.document):
            self._take(document, list(group))

    def _take(self, document: str, records: list[SourceRecord]) -> None:
        file = self._claims.documents.get(document) or Document(id=document, title=document)
        raws = raw_records(records)
        reader = StatementReader(partial(Index, raws), file, self._reading)
        self.documents.add(document)
        for raw in raws:
            try:
                pieces = reader.pieces(raw)
            except InputError:
                continue  # of an older version of Keiretsu: its claims are written anew
            self._judge(raw, pieces)

    def _judge(self, raw: Raw, pieces: list[Any]) -> None:
        claims = [one for one in pieces if isinstance(one, Claim)]
        parties = [one for one in pieces if isinstance(one, Party)]
        unchanged = all(self._now.get(one.id) == one for one in claims)
        if not unchanged or any(one.id not in self._claims.parties for one in parties):
            return
        self.kept.append(raw.value)
        self.covered |= {one.id for one in claims}
        self.documents |= {one.id for one in pieces if isinstance(one, Document)}
        for party in parties:
            known = self.parties.get(party.id)
            joint = party if known is None else joined(known, party, self._reading)
            self.parties[party.id] = joint
        if raw.kind != "relationship":
            self.record_ids[parties[0].id] = raw.record_id
            return
        for party, role in zip(parties, ("subject", "interestedParty"), strict=True):
            name = raw.details.all.get(role)
            if isinstance(name, str):
                self.record_ids.setdefault(party.id, name)


def _order(record: SourceRecord) -> tuple[str, int, str]:
    return record.document, record.number, record.id
