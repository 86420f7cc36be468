"""Each kind of claim, read from the description of its subject."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict

from keiretsu.model import (
    ORDINARY,
    Agreement,
    AgreementKind,
    Capital,
    Claim,
    Directness,
    Holding,
    Interest,
    PartialDate,
    Period,
    Registration,
    ShareClass,
    Sourcing,
    Status,
    VotesBasis,
)
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keiretsu.store.description import Description

_WHOLE = 100


class _Common(TypedDict):
    id: str
    document: str
    period: Period
    stated_for: PartialDate | None
    known_from: PartialDate | None
    status: Status
    sourcing: Sourcing
    unsourced_fields: tuple[str, ...]
    supersedes: tuple[str, ...]
    quote: str | None
    note: str | None


def _common(about: Description, graph: str | None) -> _Common:
    document = about.iri(KEI.reportedIn) or graph
    if document is None:
        raise about.fail("kei:reportedIn is missing", mend="name the document that says so")
    return _Common(
        id=str(about.subject),
        document=document,
        period=about.period(KEI.validFrom, KEI.validUntil),
        stated_for=about.date(KEI.statedFor),
        known_from=about.date(KEI.knownFrom),
        status=about.code(KEI.status, "status", Status.ACCEPTED),
        sourcing=about.code(KEI.sourcing, "sourcing", Sourcing.SOURCED),
        unsourced_fields=about.texts(KEI.unsourcedField),
        supersedes=about.iris(KEI.supersedes),
        quote=about.text(KEI.quote),
        note=about.text(KEI.note),
    )


def holding(about: Description, graph: str | None) -> Holding:
    """Read a holding."""
    return Holding(
        **_common(about, graph),
        holder=about.required_iri(KEI.holder),
        issuer=about.required_iri(KEI.issuer),
        interest=about.code(KEI.interest, "interest", Interest.SHAREHOLDING),
        capital=about.share(
            KEI.capitalPercentMin,
            KEI.capitalPercentMax,
            KEI.capitalPercentMinExclusive,
            KEI.capitalPercentMaxExclusive,
        ),
        shares=about.integer(KEI.shares),
        votes=about.share(
            KEI.votingPercentMin,
            KEI.votingPercentMax,
            KEI.votingPercentMinExclusive,
            KEI.votingPercentMaxExclusive,
        ),
        votes_basis=about.code(KEI.votesBasis, "votes-basis", VotesBasis.EXERCISABLE),
        vote_count=about.integer(KEI.voteCount),
        share_class=about.iri(KEI.shareClass),
        directness=about.code(KEI.directness, "directness", Directness.DIRECT),
        via=about.iris(KEI.via),
    )


def share_class(about: Description, graph: str | None) -> ShareClass:
    """Read a class of shares."""
    votes = about.decimal(KEI.votesPerShare)
    claim = ShareClass(
        **_common(about, graph),
        issuer=about.required_iri(KEI.issuer),
        label=about.labels()[0],
        registered_votes_per_share=about.decimal(KEI.registeredVotesPerShare),
        registered_votes_from=about.date(KEI.registeredVotesFrom),
        votes_per_share=Fraction(1) if votes is None else votes,
    )
    if min(claim.votes_per_share, claim.registered_votes_per_share or 0) < 0:
        raise about.fail("votes per share are negative", mend="write 0 or more")
    return claim


def registration(about: Description, graph: str | None) -> Registration:
    """Read a registration."""
    return Registration(
        **_common(about, graph),
        holder=about.required_iri(KEI.holder),
        issuer=about.required_iri(KEI.issuer),
        share_class=about.iri(KEI.shareClass),
        shares=about.integer(KEI.shares),
    )


def capital(about: Description, graph: str | None) -> Capital:
    """Read the capital of an issuer."""
    claim = Capital(
        **_common(about, graph),
        issuer=about.required_iri(KEI.issuer),
        share_class=about.iri(KEI.shareClass),
        issued=about.integer(KEI.issuedShares),
        treasury=about.integer(KEI.treasuryShares),
        gross_votes=about.integer(KEI.grossVotes),
        exercisable_votes=about.integer(KEI.exercisableVotes),
    )
    for part, whole, words in (
        (claim.treasury, claim.issued, "more treasury shares than issued shares"),
        (claim.exercisable_votes, claim.gross_votes, "more exercisable than gross votes"),
    ):
        if part is not None and whole is not None and part > whole:
            raise about.fail(f"there are {words}", mend="correct one of the two")
    return claim


def agreement(about: Description, graph: str | None) -> Agreement:
    """Read an agreement."""
    if about.one(KEI.agreementKind) is None:
        raise about.fail("kei:agreementKind is missing", mend="add it")
    cap = about.decimal(KEI.capPercent)
    if cap is not None and not 0 <= cap <= _WHOLE:
        raise about.fail("kei:capPercent is not between 0 and 100", mend="correct it")
    return Agreement(
        **_common(about, graph),
        label=about.labels()[0],
        kind=about.code(KEI.agreementKind, "agreement-kind", AgreementKind.VOTE_CAP),
        issuer=about.required_iri(KEI.issuer),
        parties=about.iris(KEI.party),
        bound=about.iris(KEI.bound),
        cap=None if cap is None else cap / _WHOLE,
        decisions=about.codes(KEI.decision, "decision") or (ORDINARY,),
    )


READERS: Mapping[str, Callable[[Description, str | None], Claim]] = {
    "Agreement": agreement,
    "Capital": capital,
    "Holding": holding,
    "Registration": registration,
    "ShareClass": share_class,
}
"""How each class of claims is read, given its document if only its graph tells it."""


def parties_of(claim: Claim) -> tuple[str, ...]:
    """Return the IRIs of the parties that a claim names."""
    match claim:
        case Holding():
            return (claim.holder, claim.issuer, *claim.via)
        case Registration():
            return (claim.holder, claim.issuer)
        case Agreement():
            return (claim.issuer, *claim.parties, *claim.bound)
        case Capital() | ShareClass():
            return (claim.issuer,)
        case _:
            return ()
