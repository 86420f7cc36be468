"""Each kind of claim, read from the description of its subject."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from keiretsu.model import (
    ORDINARY,
    Agreement,
    AgreementKind,
    Capital,
    Claim,
    Directness,
    Event,
    Figure,
    Holding,
    Interest,
    Participation,
    Proposal,
    ProposedHolding,
    Registration,
    ShareClass,
    Tenure,
    VotesBasis,
)
from keiretsu.store.codec.common_read import common
from keiretsu.store.codec.event_read import event, figure, proposal, tenure
from keiretsu.vocabulary import KEI, PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from keiretsu.store.codec.description import Description

_WHOLE = 100


def holding(about: Description, graph: str | None) -> Holding:
    """Read a holding."""
    return Holding(
        **common(about, graph),
        holder=about.required_iri(KEI.holder),
        issuer=about.required_iri(KEI.issuer),
        interest=about.code(KEI.interest, "interest", Interest.SHAREHOLDING),
        capital=about.share(PERCENT.capital),
        shares=about.integer(KEI.shares),
        votes=about.share(PERCENT.voting),
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
        **common(about, graph),
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
        **common(about, graph),
        holder=about.required_iri(KEI.holder),
        issuer=about.required_iri(KEI.issuer),
        share_class=about.iri(KEI.shareClass),
        shares=about.integer(KEI.shares),
    )


def capital(about: Description, graph: str | None) -> Capital:
    """Read the capital of an issuer."""
    claim = Capital(
        **common(about, graph),
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
        **common(about, graph),
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
    "Event": event,
    "Figure": figure,
    "Holding": holding,
    "Proposal": proposal,
    "Registration": registration,
    "ShareClass": share_class,
    "Tenure": tenure,
}
"""How each class of claims is read, given its document if only its graph tells it."""


_PARTY_FIELDS: Final[Mapping[type[Claim], tuple[str, ...]]] = {
    Agreement: ("issuer", "parties", "bound"),
    Capital: ("issuer",),
    Event: ("participations",),
    Figure: ("party",),
    Holding: ("holder", "issuer", "via"),
    Proposal: ("participations", "changes"),
    Registration: ("holder", "issuer"),
    ShareClass: ("issuer",),
    Tenure: ("person", "organisation", "nominated_by"),
}


def parties_of(claim: Claim) -> tuple[str, ...]:
    """Return the IRIs of the parties that a claim names."""
    fields = _PARTY_FIELDS[type(claim)]
    return tuple(name for field in fields for name in _named(getattr(claim, field)))


def _named(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Participation():
            yield value.party
        case ProposedHolding():
            yield from (value.holder, value.issuer)
        case tuple():
            for one in value:
                yield from _named(one)
