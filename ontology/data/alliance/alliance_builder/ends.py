"""Which document tells the end of an interval: that of the pair's next one, if it is the later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.model import Claim, Holding, Sourcing, Status, Tenure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.model import Document


def with_end_documents(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[Claim]:
    """Return the claims, with the document that tells their end where it is another.

    Only an interval whose own document appeared before it ended needs one. It is the document of
    the interval of the same pair, or of the next in the same office, that begins when it ends.
    """
    every = list(claims)
    successors: dict[object, list[Claim]] = defaultdict(list)
    for claim in every:
        if claim.status is Status.ACCEPTED and claim.period.start and "start" not in _hidden(claim):
            successors[_line(claim)].append(claim)
    return [_ended(claim, successors[_line(claim)], documents) for claim in every]


def needs_end_document(claim: Claim, documents: Mapping[str, Document]) -> bool:
    """Return whether a claim has an end that its own document cannot have told."""
    end, document = claim.period.end, documents[claim.document]
    if end is None or claim.end_document is not None or "end" in _hidden(claim):
        return False
    return document.date is not None and document.date.last < end.first


def _ended(claim: Claim, successors: Iterable[Claim], documents: Mapping[str, Document]) -> Claim:
    if _line(claim) is None or not needs_end_document(claim, documents):
        return claim
    end = claim.period.end
    telling = [
        next_one.document
        for next_one in successors
        if next_one.period.start is not None
        and end is not None
        and next_one.period.start.first <= end.last
        and end.first <= next_one.period.start.last
        and _appeared(documents[next_one.document]) >= str(end.first)
    ]
    return replace(claim, end_document=min(telling)) if telling else claim


def _appeared(document: Document) -> str:
    return str(document.date.last) if document.date else ""


def _hidden(claim: Claim) -> tuple[str, ...]:
    if claim.sourcing is Sourcing.UNSOURCED:
        return ("start", "end")
    return claim.unsourced_fields


def _line(claim: Claim) -> object:
    """Return what a claim shares with the one that may follow it; None if none may."""
    if isinstance(claim, Holding):
        return (claim.holder, claim.issuer, claim.interest, claim.directness)
    if isinstance(claim, Tenure):
        return (claim.organisation, claim.office)
    return None
