"""Claims as statements of BODS 0.4, in the order that the standard asks for.

Statements that were read from BODS and whose claims are still what they were are written as they
stood. Everything else is written anew; what BODS has no place for goes to annotations, and to the
report of losses, for only Keiretsu reads these.
"""

from __future__ import annotations

import heapq
import json
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final, TypeGuard

from keiretsu.formats.bods.annotation import annotated, annotation_beside
from keiretsu.formats.bods.originals import Originals
from keiretsu.formats.bods.write_claims import UNWRITTEN, ends_of, relationship_details
from keiretsu.formats.bods.write_parts import (
    ONLY_ANNOTATED,
    party_details,
    source_words,
    statement,
)
from keiretsu.formats.frame import Horizon
from keiretsu.model import Directness, Holding, PartyKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Piece
    from keiretsu.model import Claim, ClaimSet, Document, LossReport, Party

_UNDATED: Final = "1970-01-01"


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write claims as a JSON array, a statement on each line, see `keiretsu.formats.frame.Writer`.

    Returns
    -------
    int
        How many statements were written.
    """
    count = 0
    stream.write(b"[")
    for one in statements(claims, report):
        text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
        stream.write((",\n" if count else "\n").encode() + text.encode())
        count += 1
    stream.write(b"\n]\n")
    return count


def statements(claims: ClaimSet, report: LossReport) -> Iterator[dict[str, Any]]:
    """Yield claims as statements.

    Parameters
    ----------
    claims
        What is to be written.
    report
        Gets what BODS has no place for.
    """
    originals = Originals(claims)
    writer = _Writer(claims, originals, report)
    new = writer.parties()
    extra = writer.pieces_without_statement()
    if extra:
        first = next(new, None) or writer.bearer()
        first["annotations"] = [*first.get("annotations", ()), annotation_beside(extra)]
        yield first
    yield from new
    yield from originals.kept
    yield from writer.relationships()


class _Writer:
    def __init__(self, claims: ClaimSet, originals: Originals, report: LossReport) -> None:
        self._claims, self._originals, self._report = claims, originals, report
        self._told: set[str] = set()
        chained = [one for one in self._related() if _is_chained(one)]
        hops = {
            pair
            for one in chained
            for middle in one.via
            for pair in ((one.holder, middle), (middle, one.issuer))
        }
        self._direct: dict[tuple[str, str], Holding] = {
            (one.holder, one.issuer): one
            for one in (self._related() if hops else ())
            if isinstance(one, Holding)
            and one.directness is Directness.DIRECT
            and (one.holder, one.issuer) in hops
        }
        chains = {one.id: self._chain(one) for one in chained}
        self._parts = {name: parts for name, parts in chains.items() if parts}
        self._components = {name for parts in self._parts.values() for name in parts}
        self._date = _latest_date(claims)

    def _new(self) -> Iterator[Claim]:
        """Yield the claims that no statement of a source makes, each kind in its order."""
        covered = self._originals.covered
        return (one for one in self._claims.every_claim() if one.id not in covered)

    def _related(self) -> Iterator[Claim]:
        """Yield those of them that are written as relationships; claims may lie on disk."""
        return (one for one in self._new() if _is_related(one))

    def parties(self) -> Iterator[dict[str, Any]]:
        known, recorded = self._originals.parties, self._originals.record_ids
        related = self._related() if known else ()
        needed = {iri for one in related for iri in ends_of(one) or ()}
        for party in self._claims.parties.values():
            # whoever a relationship leaves unspecified has no record until somebody names it
            if party.id not in known or (party.id in needed and party.id not in recorded):
                yield self._party(party)

    def relationships(self) -> Iterator[dict[str, Any]]:
        for claim in self._ordered():
            ends = ends_of(claim)
            assert ends is not None  # noqa: S101 - for the type checker: those without are left out
            party, subject = (self._record(iri) for iri in ends)
            parts = [self._record(name) for name in self._parts.get(claim.id, ())]
            details = relationship_details(
                claim, party, subject, parts, self._report,
                component=claim.id in self._components,
            )  # fmt: skip
            document = self._claims.documents.get(claim.document)
            made = statement("relationship", claim.id, subject, details, self._day(claim))
            if document is not None:
                made["source"] = source_words(document)
            yield annotated(made, [*self._documents(claim), claim])

    def _ordered(self) -> Iterator[Claim]:
        """Yield what is written as a relationship by its IRI, those made of others last."""
        covered = self._originals.covered
        for last in (False, True) if self._parts else (False,):
            yield from heapq.merge(
                *(
                    (one for one in kind if one.id not in covered and _is_related(one)
                     and (one.id in self._parts) is last)
                    for kind in (self._claims.holdings, self._claims.tenures)
                ),
                key=lambda one: one.id,
            )  # fmt: skip

    def pieces_without_statement(self) -> list[Piece]:
        """Return what BODS has no statement for at all, and report it."""
        without = [one for one in self._new() if not _is_related(one)]
        for claim in without:
            kind = type(claim).__name__.lower()
            if ends_of(claim) is not None:
                kind = f"{claim.status.value} {kind}"
            self._report.add(kind, ONLY_ANNOTATED, claim.id)
        horizon = self._claims.horizon
        known = self._originals.parties
        changed = [
            party
            for party in (self._claims.parties.values() if known else ())
            if known.get(party.id, party) != party
        ]
        extra: list[Piece] = [*changed, *self._claims.edits]
        extra += [Horizon(horizon)] if horizon is not None else []
        for edit in self._claims.edits:
            self._report.add("edit", ONLY_ANNOTATED, edit.id)
        documents = [one for claim in without for one in self._documents(claim)]
        cited = {one.document for one in self._claims.every_claim()} | self._originals.documents
        cited |= {one.end_document or "" for one in self._claims.every_claim()}
        untold = [one for iri, one in self._claims.documents.items() if iri not in cited]
        return [*extra, *documents, *untold, *without]

    def bearer(self) -> dict[str, Any]:
        """Return a statement that says nothing, to bear what has no statement."""
        details = {"isComponent": False, "entityType": {"type": "unknownEntity"}}
        return statement("entity", "keiretsu", "keiretsu", details, self._date)

    def _party(self, party: Party) -> dict[str, Any]:
        component = party.id in self._components
        details = party_details(party, self._report, component=component)
        kind = "person" if party.kind is PartyKind.PERSON else "entity"
        return annotated(statement(kind, party.id, party.id, details, self._date), [party])

    def _record(self, iri: str) -> str:
        return self._originals.record_ids.get(iri, iri)

    def _chain(self, claim: Holding) -> tuple[str, ...]:
        """Return the components of an indirect holding, if the holdings between are all known."""
        first = [self._direct.get((claim.holder, one)) for one in claim.via]
        last = [self._direct.get((one, claim.issuer)) for one in claim.via]
        hops = [one for one in (*first, *last) if one is not None]
        if not any(first) or not any(last) or set(claim.via) & self._originals.record_ids.keys():
            return ()
        return tuple(dict.fromkeys((*claim.via, *(one.id for one in hops))))

    def _documents(self, claim: Claim) -> Iterator[Document]:
        for iri in (claim.document, claim.end_document):
            document = self._claims.documents.get(iri or "")
            if document is not None and document.id not in self._told:
                self._told.add(document.id)
                yield document

    def _day(self, claim: Claim) -> str:
        """Return when a claim was declared: when it could be known, or its document appeared."""
        document = self._claims.documents.get(claim.document)
        dates = (claim.known_from, document.date if document else None, claim.begins)
        known = next((date for date in dates if date is not None), None)
        return self._date if known is None else known.first.isoformat()


def _is_related(claim: Claim) -> bool:
    """Return whether a claim is written as a relationship."""
    return ends_of(claim) is not None and claim.status not in UNWRITTEN


def _is_chained(claim: Claim) -> TypeGuard[Holding]:
    """Return whether a claim names parties through whom something is held."""
    if not isinstance(claim, Holding):
        return False
    return claim.directness is Directness.INDIRECT and bool(claim.via)


def _latest_date(claims: ClaimSet) -> str:
    """Return the date of what nobody dated: the horizon, else the last date of the data."""
    if claims.horizon is not None:
        return claims.horizon.isoformat()
    printed = (one.date.first for one in claims.documents.values() if one.date is not None)
    begun = (one.begins.first for one in claims.every_claim() if one.begins is not None)
    latest = max(chain(printed, begun), default=None)
    return _UNDATED if latest is None else latest.isoformat()
