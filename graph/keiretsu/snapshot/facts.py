"""What is known of an issuer's capital, classes, registrations and agreements on a date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from keiretsu.model import Agreement, Capital, Caution, Registration, ShareClass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from keiretsu.model import ClaimSet
    from keiretsu.snapshot.held import HeldOnDate
    from keiretsu.snapshot.timing import Chooser, Moment

OfIssuer = TypeVar("OfIssuer", Capital, ShareClass, Registration, Agreement)

_KINDS = {ShareClass: "share class", Registration: "registration", Agreement: "agreement"}
_FIGURES = {
    "issued": "number of shares issued",
    "treasury": "own shares",
    "gross_votes": "gross votes",
    "exercisable_votes": "exercisable votes",
}


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
    reading = _Reading(claims, chooser, cautions)
    for issuer, classes in _by_issuer(claims.share_classes).items():
        facts[positions[issuer]].share_classes = reading.in_force(classes)
    for issuer, registrations in _by_issuer(claims.registrations).items():
        facts[positions[issuer]].registrations = reading.by_holder(registrations)
    for issuer, agreements in _by_issuer(claims.agreements).items():
        facts[positions[issuer]].agreements = reading.in_force(agreements)
    return dict(facts), cautions


def _capital(
    facts: IssuerFacts, label: str, group: Iterable[Capital], chooser: Chooser
) -> Iterable[Caution]:
    whole = [claim for claim in group if claim.share_class is None]
    for figure, what in _FIGURES.items():
        moment = chooser.choose([c for c in whole if getattr(c, figure) is not None])
        if not moment.winners:
            continue
        winner = moment.winners[0]
        setattr(facts, figure, getattr(winner, figure))
        facts.claims[figure] = winner
        if moment.carried_from is not None:
            facts.carried[figure] = moment.carried_from
            text = f"{what} as of {moment.carried_from}, carried forward"
            yield Caution("carried-forward", text, (label,))
        if moment.is_open:
            yield _open(what, chooser.day, (label,))


def _by_issuer(claims: Iterable[OfIssuer]) -> dict[str, list[OfIssuer]]:
    groups: dict[str, list[OfIssuer]] = defaultdict(list)
    for claim in claims:
        groups[claim.issuer].append(claim)
    return groups


class _Reading:
    """Reads claims of an issuer, and says what is assumed in reading them."""

    def __init__(self, claims: ClaimSet, chooser: Chooser, cautions: list[Caution]) -> None:
        self.claims, self.chooser, self.cautions = claims, chooser, cautions

    def in_force(self, group: Iterable[OfIssuer]) -> tuple[OfIssuer, ...]:
        """Return those that are in force on the day, each by itself."""
        found: list[OfIssuer] = []
        for one in group:
            moment = self.chooser.choose([one])
            found += moment.winners
            self._doubt(moment, f"{_KINDS[type(one)]} {getattr(one, 'label', '')}".strip())
        return tuple(sorted(found, key=lambda claim: claim.id))

    def by_holder(self, group: Iterable[Registration]) -> dict[str, Registration]:
        """Return each holder's registration on the day."""
        of_holder: dict[str, list[Registration]] = defaultdict(list)
        for one in group:
            of_holder[one.holder].append(one)
        found = {}
        for holder, registered in of_holder.items():
            moment = self.chooser.choose(registered)
            for winner in moment.winners[:1]:
                found[holder] = winner
                self._doubt(moment, _KINDS[Registration], holder)
        return found

    def _doubt(self, moment: Moment[OfIssuer], what: str, holder: str | None = None) -> None:
        if not moment.options:
            return
        ends = (holder, moment.winners[0].issuer)
        labels = tuple(self.claims.parties[one].label for one in ends if one is not None)
        if moment.carried_from is not None:
            text = f"{what} of {moment.carried_from} carried forward to {self.chooser.day}"
            self.cautions.append(Caution("carried-forward", text, labels))
        if moment.is_open:
            self.cautions.append(_open(what, self.chooser.day, labels))


def _open(what: str, day: dt.date, labels: tuple[str, ...]) -> Caution:
    text = f"its dates leave open whether the {what} is so on {day}; it is read"
    return Caution("imprecise-date", text, labels)


def without_outdated_registrations(
    facts: Mapping[int, IssuerFacts], held: Iterable[HeldOnDate], positions: Mapping[str, int]
) -> list[Caution]:
    """Drop registrations told for a day before the holder's present interval began.

    They counted shares of a holding that has ended; what is told by a table is the input only
    while the interval in which it was told lasts.
    """
    begun: dict[tuple[int, int], list[dt.date | None]] = defaultdict(list)
    for one in held:
        claim = one.claims[0]
        if not claim.is_level:
            start = claim.period.start
            begun[one.holder, one.issuer].append(None if start is None else start.first)
    cautions = []
    for issuer, known in facts.items():
        for holder, told in list(known.registrations.items()):
            starts = begun.get((positions[holder], issuer))
            stated = told.stated_for
            if stated is None or not starts:
                continue
            if all(start is not None and stated.last < start for start in starts):
                del known.registrations[holder]
                text = f"the registration of {stated} is older than the holding, and is not read"
                cautions.append(Caution("registration-outdated", text))
    return cautions
