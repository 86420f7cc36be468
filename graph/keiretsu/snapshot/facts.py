"""What is known of an issuer's capital, classes, registrations and agreements on a date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from keiretsu.model import Agreement, Capital, Caution, Registration, ShareClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.model import ClaimSet
    from keiretsu.snapshot.timing import Chooser

OfIssuer = TypeVar("OfIssuer", Capital, ShareClass, Registration, Agreement)

_FIGURES = ("issued", "treasury", "gross_votes", "exercisable_votes")


@dataclass(slots=True)
class IssuerFacts:
    """What the record says of one issuer on the date, beside who holds it.

    Parameters
    ----------
    issued, treasury, gross_votes, exercisable_votes
        Numbers of shares and votes; None where not known. See `keiretsu.model.Capital`.
    claims
        For each known figure the claim that gives it.
    carried
        For each figure carried forward, the date from which.
    share_classes
        Classes in force.
    registrations
        By holder's IRI, what of its shares is registered for multiple votes.
    agreements
        Agreements in force that work in this issuer's meeting.
    """

    issued: int | None = None
    treasury: int | None = None
    gross_votes: int | None = None
    exercisable_votes: int | None = None
    claims: dict[str, Capital] = field(default_factory=dict)
    carried: dict[str, str] = field(default_factory=dict)
    share_classes: tuple[ShareClass, ...] = ()
    registrations: dict[str, Registration] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()


def issuer_facts(
    claims: ClaimSet, positions: Mapping[str, int], chooser: Chooser
) -> tuple[dict[int, IssuerFacts], list[Caution]]:
    """Return what is known of each issuer's capital on the chooser's day, and what was carried."""
    facts: dict[int, IssuerFacts] = defaultdict(IssuerFacts)
    cautions: list[Caution] = []
    for issuer, group in _by_issuer(claims.capitals).items():
        label = claims.parties[issuer].label
        cautions += _capital(facts[positions[issuer]], label, group, chooser)
    for issuer, classes in _by_issuer(claims.share_classes).items():
        in_force = [c for one in classes for c in chooser.choose([one]).winners]
        facts[positions[issuer]].share_classes = tuple(sorted(in_force, key=lambda c: c.id))
    for issuer, registrations in _by_issuer(claims.registrations).items():
        by_holder: dict[str, list[Registration]] = defaultdict(list)
        for registration in registrations:
            by_holder[registration.holder].append(registration)
        for holder, registered in by_holder.items():
            for winner in chooser.choose(registered).winners[:1]:
                facts[positions[issuer]].registrations[holder] = winner
    for issuer, agreements in _by_issuer(claims.agreements).items():
        in_force_now = [a for one in agreements for a in chooser.choose([one]).winners]
        facts[positions[issuer]].agreements = tuple(sorted(in_force_now, key=lambda a: a.id))
    return dict(facts), cautions


def _capital(
    facts: IssuerFacts, label: str, group: Iterable[Capital], chooser: Chooser
) -> Iterable[Caution]:
    whole = [claim for claim in group if claim.share_class is None]
    for figure in _FIGURES:
        moment = chooser.choose(c for c in whole if getattr(c, figure) is not None)
        if not moment.winners:
            continue
        winner = moment.winners[0]
        setattr(facts, figure, getattr(winner, figure))
        facts.claims[figure] = winner
        if moment.carried_from is not None:
            facts.carried[figure] = moment.carried_from
            text = f"{figure.replace('_', ' ')} of {moment.carried_from} carried forward"
            yield Caution("carried-forward", text, (label,))


def _by_issuer(claims: Iterable[OfIssuer]) -> dict[str, list[OfIssuer]]:
    groups: dict[str, list[OfIssuer]] = defaultdict(list)
    for claim in claims:
        groups[claim.issuer].append(claim)
    return groups
