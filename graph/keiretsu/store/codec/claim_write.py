"""Each kind of claim as predicate and object; `claim_read` is the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, URIRef

from keiretsu.errors import UnknownTermError
from keiretsu.model import (
    Agreement,
    Capital,
    Claim,
    Event,
    Figure,
    Holding,
    Proposal,
    Registration,
    ShareClass,
    Tenure,
    VotesBasis,
)
from keiretsu.store import literals
from keiretsu.store.codec.pairs import (
    booleans,
    dates,
    decimals,
    integers,
    iris,
    part_iri,
    percents,
    texts,
)
from keiretsu.vocabulary import CODES, KEI, ONTOLOGY, PERCENT, code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from keiretsu.model import Participation, ProposedHolding
    from keiretsu.store.codec.pairs import Pair, Triple


def pairs_of(claim: Claim) -> Iterator[Pair]:
    """Yield what is said of the claim itself."""
    yield from _common(claim)
    yield from WRITERS[type(claim)](claim)


def parts_of(claim: Claim) -> Iterator[Triple]:
    """Yield what is said of its parts, which are nodes of their own."""
    if isinstance(claim, Event):
        for one in claim.participations:
            node = _participation_iri(claim, one)
            yield node, RDF.type, KEI.Participation
            yield from ((node, p, o) for p, o in iris(KEI.party, one.party))
            yield node, KEI.role, code("role", one.role)
    if isinstance(claim, Proposal):
        for change in claim.changes:
            node = _change_iri(claim, change)
            yield node, RDF.type, KEI.ProposedHolding
            yield from ((node, p, o) for p, o in _proposed_holding(change))


def _common(claim: Claim) -> Iterator[Pair]:
    yield RDF.type, URIRef(ONTOLOGY + type(claim).__name__)
    yield KEI.reportedIn, literals.iri(claim.document)
    yield from iris(KEI.endReportedIn, claim.end_document)
    yield from iris(KEI.inRecord, claim.record)
    yield from dates(
        (KEI.validFrom, claim.period.start),
        (KEI.validUntil, claim.period.end),
        (KEI.statedFor, claim.stated_for),
        (KEI.knownFrom, claim.known_from),
    )
    yield KEI.status, code("status", claim.status)
    yield KEI.sourcing, code("sourcing", claim.sourcing)
    yield from ((KEI.unsourcedField, literals.text(name)) for name in claim.unsourced_fields)
    yield from iris(KEI.supersedes, *claim.supersedes)
    yield from texts((KEI.quote, claim.quote), (KEI.note, claim.note))


def _holding(claim: Holding) -> Iterator[Pair]:
    yield from iris(KEI.holder, claim.holder)
    yield from iris(KEI.issuer, claim.issuer)
    yield KEI.interest, code("interest", claim.interest)
    yield from percents(PERCENT.capital, claim.capital)
    yield from percents(PERCENT.voting, claim.votes)
    if claim.votes is not None or claim.votes_basis is not VotesBasis.EXERCISABLE:
        yield KEI.votesBasis, code("votes-basis", claim.votes_basis)
    yield from integers((KEI.shares, claim.shares), (KEI.voteCount, claim.vote_count))
    yield from iris(KEI.shareClass, claim.share_class)
    yield KEI.directness, code("directness", claim.directness)
    yield from iris(KEI.via, *claim.via)


def _share_class(claim: ShareClass) -> Iterator[Pair]:
    yield from iris(KEI.issuer, claim.issuer)
    yield RDFS.label, literals.text(claim.label)
    yield from decimals(
        (KEI.votesPerShare, claim.votes_per_share),
        (KEI.registeredVotesPerShare, claim.registered_votes_per_share),
    )
    yield from dates((KEI.registeredVotesFrom, claim.registered_votes_from))


def _registration(claim: Registration) -> Iterator[Pair]:
    yield from iris(KEI.holder, claim.holder)
    yield from iris(KEI.issuer, claim.issuer)
    yield from iris(KEI.shareClass, claim.share_class)
    yield from integers((KEI.shares, claim.shares))


def _capital(claim: Capital) -> Iterator[Pair]:
    yield from iris(KEI.issuer, claim.issuer)
    yield from iris(KEI.shareClass, claim.share_class)
    yield from integers(
        (KEI.issuedShares, claim.issued),
        (KEI.treasuryShares, claim.treasury),
        (KEI.grossVotes, claim.gross_votes),
        (KEI.exercisableVotes, claim.exercisable_votes),
    )


def _agreement(claim: Agreement) -> Iterator[Pair]:
    yield RDFS.label, literals.text(claim.label)
    yield KEI.agreementKind, code("agreement-kind", claim.kind)
    yield from iris(KEI.issuer, claim.issuer)
    yield from iris(KEI.party, *claim.parties)
    yield from iris(KEI.bound, *claim.bound)
    yield from decimals((KEI.capPercent, None if claim.cap is None else claim.cap * 100))
    for decision in claim.decisions:
        if decision not in CODES["decision"]:
            raise UnknownTermError(
                f"{decision!r} is not a class of decision",
                mend=f"use {', '.join(CODES['decision'])}",
            )
        yield KEI.decision, code("decision", decision)


def _tenure(claim: Tenure) -> Iterator[Pair]:
    yield from iris(KEI.person, claim.person)
    yield from iris(KEI.organisation, claim.organisation)
    yield KEI.office, code("office", claim.office)
    yield from texts((KEI.officeTitle, claim.title or None))
    yield from iris(KEI.nominatedBy, claim.nominated_by)


def _figure(claim: Figure) -> Iterator[Pair]:
    yield from iris(KEI.party, claim.party)
    yield KEI.measure, code("measure", claim.measure)
    yield from decimals((KEI.amount, claim.value))
    yield from texts((KEI.unit, claim.unit))
    yield from booleans((KEI.consolidated, claim.consolidated))


def _event(claim: Event) -> Iterator[Pair]:
    yield RDFS.label, literals.text(claim.label)
    yield KEI.eventKind, code("event-kind", claim.kind)
    for one in claim.participations:
        yield KEI.participation, _participation_iri(claim, one)
    yield from texts((KEI.outcome, claim.outcome), (KEI.withheld, claim.withheld))
    yield from iris(KEI.leverage, *claim.leverage)
    yield from iris(KEI.partOf, claim.part_of)
    yield from iris(KEI.ledTo, *claim.led_to)


def _proposal(claim: Proposal) -> Iterator[Pair]:
    yield from _event(claim)
    yield from ((KEI.change, _change_iri(claim, change)) for change in claim.changes)
    yield from texts((KEI.terms, claim.terms))


def _proposed_holding(change: ProposedHolding) -> Iterator[Pair]:
    yield from iris(KEI.holder, change.holder)
    yield from iris(KEI.issuer, change.issuer)
    yield from percents(PERCENT.capital, change.capital)
    yield from percents(PERCENT.voting, change.votes)


def _participation_iri(event: Event, one: Participation) -> URIRef:
    return part_iri(event.id, one.party, one.role.value)


def _change_iri(proposal: Proposal, change: ProposedHolding) -> URIRef:
    numbers = (
        None if share is None else (share.low, share.high, share.low_open, share.high_open)
        for share in (change.capital, change.votes)
    )
    return part_iri(proposal.id, change.holder, change.issuer, *numbers)


WRITERS: Mapping[type[Claim], Callable[..., Iterator[Pair]]] = {
    Agreement: _agreement,
    Capital: _capital,
    Event: _event,
    Figure: _figure,
    Holding: _holding,
    Proposal: _proposal,
    Registration: _registration,
    ShareClass: _share_class,
    Tenure: _tenure,
}
"""How each class of claims is written, beyond what all claims carry."""
