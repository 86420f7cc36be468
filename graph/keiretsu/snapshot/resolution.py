"""From claims to what is held on a date: one holding per pair, class and interest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import (
    Capital,
    Caution,
    Claim,
    ClaimSet,
    Directness,
    Holding,
    Interest,
    Share,
    Sourcing,
    VotesBasis,
)
from keiretsu.snapshot.overlaps import without_overlaps
from keiretsu.snapshot.unmeasured import unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.snapshot.facts import IssuerFacts
    from keiretsu.snapshot.timing import Chooser, Moment

_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class HeldOnDate:
    """A holding as it stands on the date, with the claims that it was read from.

    Parameters
    ----------
    holder, issuer
        Positions of the parties in the snapshot; equal for own shares.
    claims
        What it was read from: the holding's own claim first, then those that added a count.
    capital
        Share of all issued shares, own shares counted.
    shares
        Number of shares, where known.
    reported_votes, votes_basis, vote_count
        What the source reports of its votes; see `keiretsu.model.Holding`.
    carried_from
        The level's date, if a level is carried forward.
    checks
        Levels stated for the very day inside an interval: not read, but held against the answer.
    perhaps_shared
        Whether the source leaves open if it is held directly: it may then be held jointly, or be
        what another holder on record has.
    """

    holder: int
    issuer: int
    claims: tuple[Claim, ...]
    capital: Share
    shares: int | None = None
    share_class: str | None = None
    interest: Interest = Interest.SHAREHOLDING
    reported_votes: Share | None = None
    votes_basis: VotesBasis = VotesBasis.EXERCISABLE
    vote_count: int | Fraction | None = None
    indirect: bool = False
    carried_from: str | None = None
    checks: tuple[Holding, ...] = ()
    perhaps_shared: bool = False

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """IRIs of the claims."""
        return tuple(claim.id for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that was passed over, and the one that was read instead."""

    loser: Claim
    winner: Claim


class Resolver:
    """Resolves the holdings of a claim set on one day.

    Parameters
    ----------
    claims
        What the sources say.
    positions
        Position of each party by IRI.
    chooser
        The rules of time, for one day.
    facts
        What is known of issuers' capital on the day, by position.
    """

    def __init__(
        self,
        claims: ClaimSet,
        positions: Mapping[str, int],
        chooser: Chooser,
        facts: Mapping[int, IssuerFacts],
    ) -> None:
        self.claims, self.positions, self.chooser, self.facts = claims, positions, chooser, facts
        self.cautions: list[Caution] = []
        self.conflicts: list[Conflict] = []
        self.summaries: list[HeldOnDate] = []

    def holdings(self) -> list[HeldOnDate]:
        """Return what is held on the day, sorted by issuer, holder, class and claim."""
        groups: dict[tuple[object, ...], list[Holding]] = defaultdict(list)
        existing = [claim for claim in self.claims.holdings if self._exist(claim)]
        self.cautions += unmeasured(existing, self.claims.parties, self.chooser)
        for claim in existing:
            if claim.interest.is_measured:
                key = (claim.holder, claim.issuer, self._class(claim), claim.interest)
                groups[(*key, claim.directness)].append(claim)
        held = [one for group in groups.values() for one in self._resolve(group)]
        held += self._treasury(held)
        held = self._without_summaries(held)
        held = self._without_overlaps(held)
        return sorted(held, key=lambda h: (h.issuer, h.holder, h.share_class or "", h.claim_ids))

    def _without_overlaps(self, held: list[HeldOnDate]) -> list[HeldOnDate]:
        kept, overlapping = without_overlaps(held)
        text = (
            "what is held directly or indirectly, perhaps jointly, adds up to more than 100 %: "
            "its least is not counted"
        )
        labels = sorted(self.claims.parties.values(), key=lambda party: party.id)
        self.cautions += (Caution("overlapping", text, (labels[i].label,)) for i in overlapping)
        return kept

    def _class(self, claim: Holding) -> str | None:
        """Return the claim's class; the only class of an issuer is the same as none named."""
        facts = self.facts.get(self.positions[claim.issuer])
        only = facts is not None and len(facts.share_classes) == 1
        return None if only else claim.share_class

    def _exist(self, claim: Holding) -> bool:
        parties = self.claims.parties
        return all(
            parties[party].exists.possibly_holds(self.chooser.day)
            for party in (claim.holder, claim.issuer)
        )

    def _resolve(self, group: list[Holding]) -> Iterable[HeldOnDate]:
        moment = self.chooser.choose(group)
        if not moment.winners:
            return []
        self._note(moment)
        if moment.alternatives or moment.perhaps_none:
            return [self._alternatives(moment)]
        return [self._single(claim, group, moment) for claim in moment.winners]

    def _single(self, claim: Holding, group: list[Holding], moment: Moment[Holding]) -> HeldOnDate:
        plain = self._plain(claim, moment.carried_from)
        if claim.is_level or claim.shares is not None:
            return plain
        levels = [c for c in group if c.is_level]
        level = self.chooser.level_within([c for c in levels if c.shares is not None], claim)
        counted = self._with_count(plain, level) if level is not None else plain
        return replace(counted, checks=tuple(c for c in levels if c.votes and self._today(c)))

    def _today(self, level: Claim) -> bool:
        date = level.stated_for
        return date is not None and date.first == date.last == self.chooser.day

    def _plain(self, claim: Holding, carried_from: str | None = None) -> HeldOnDate:
        return HeldOnDate(
            self.positions[claim.holder],
            self.positions[claim.issuer],
            (claim,),
            self._capital(claim),
            claim.shares,
            claim.share_class,
            claim.interest,
            claim.votes,
            claim.votes_basis,
            claim.vote_count,
            claim.directness is Directness.INDIRECT,
            carried_from,
            perhaps_shared=claim.directness is Directness.UNKNOWN,
        )

    def _capital(self, claim: Holding) -> Share:
        issued = self._issued(claim.issuer)
        if claim.shares is not None and issued:
            return Share.point(Fraction(claim.shares, issued))
        if claim.capital is not None:
            return claim.capital
        return Share.point(0) if claim.interest is Interest.VOTING_RIGHTS else Share.unknown()

    def _issued(self, issuer: str) -> int | None:
        facts = self.facts.get(self.positions[issuer])
        return facts.issued if facts is not None else None

    def _with_count(self, plain: HeldOnDate, level: Holding) -> HeldOnDate:
        """Take the share count of a table inside the interval, if it tells the same percentage."""
        counted = self._capital(level)
        if not (counted.is_point and plain.capital.is_point):
            return plain
        parties = self._labels(level)
        if not _agree(counted.low, plain.capital.low):
            text = (
                f"the table of {level.stated_for} gives {counted}, the interval {plain.capital}; "
                "the interval is used"
            )
            self.cautions.append(Caution("count-disagrees", text, parties))
            return plain
        if not self._today(level):
            text = f"share count of {level.stated_for} carried forward to {self.chooser.day}"
            self.cautions.append(Caution("carried-forward", text, parties))
        return replace(
            plain,
            claims=(*plain.claims, level),
            capital=counted if self._issued(level.issuer) else plain.capital,
            shares=level.shares,
        )

    def _alternatives(self, moment: Moment[Holding]) -> HeldOnDate:
        """Return the hull of claims of which, on an imprecise date, only one is so."""
        all_held = [self._plain(claim) for claim in moment.winners]
        capital = all_held[0].capital
        for other in all_held[1:]:
            capital = capital.hull(other.capital)
        if moment.perhaps_none:
            capital = capital.hull(Share.point(0))
        first = moment.winners[0]
        text = f"its dates leave open what is held on {self.chooser.day}: {capital}"
        self.cautions.append(Caution("imprecise-date", text, self._labels(first)))
        return replace(
            all_held[0],
            claims=moment.winners,
            capital=capital,
            shares=None,
            reported_votes=None,
            vote_count=None,
        )

    def _treasury(self, held: list[HeldOnDate]) -> list[HeldOnDate]:
        stated = {h.issuer for h in held if h.issuer == h.holder}
        found = []
        for issuer, facts in self.facts.items():
            if facts.treasury and facts.issued and issuer not in stated:
                claim: Capital = facts.claims["treasury"]
                share = Share.point(Fraction(facts.treasury, facts.issued))
                found.append(HeldOnDate(issuer, issuer, (claim,), share, facts.treasury))
        return found

    def _without_summaries(self, held: list[HeldOnDate]) -> list[HeldOnDate]:
        """Leave out declared-indirect holdings whose direct parts are there."""
        direct = {(h.holder, h.issuer) for h in held if not h.indirect}
        kept = []
        for one in held:
            claim = one.claims[0]
            if one.indirect and isinstance(claim, Holding) and self._summarises(one, claim, direct):
                self.summaries.append(one)
                continue
            kept.append(one)
        return kept

    def _summarises(self, one: HeldOnDate, claim: Holding, direct: set[tuple[int, int]]) -> bool:
        """Return whether a direct holding is there that the claim only passes on.

        That is one of a party named in `via`, or of one that the holder reaches through direct
        holdings, over however many steps.
        """
        reached = {self.positions[via] for via in claim.via} | {one.holder}
        pending = list(reached)
        while pending:
            holder = pending.pop()
            further = {issuer for who, issuer in direct if who == holder} - reached - {one.issuer}
            reached |= further
            pending += further
        # The accounts of a parent that consolidates directly are those of the ultimate one, too.
        own = () if claim.interest is Interest.CONSOLIDATION else (one.holder,)
        return any((middle, one.issuer) in direct for middle in reached.difference(own))

    def _note(self, moment: Moment[Holding]) -> None:
        first = moment.winners[0]
        self.conflicts += [Conflict(one, first) for one in moment.losers if _contests(one, first)]
        parties = self._labels(first)
        if moment.carried_from is not None:
            text = f"level of {moment.carried_from} carried forward to {self.chooser.day}"
            self.cautions.append(Caution("carried-forward", text, parties))
        if moment.tied and any(_says(loser) != _says(first) for loser in moment.losers):
            text = "sources contradict each other and nothing decides between them"
            self.cautions.append(Caution("conflict-tied", text, parties))
        if first.sourcing is Sourcing.UNSOURCED:
            self.cautions.append(Caution("unsourced", "no source is recorded", parties))

    def _labels(self, claim: Holding) -> tuple[str, ...]:
        return tuple(self.claims.parties[p].label for p in (claim.holder, claim.issuer))


def _contests(loser: Claim, winner: Claim) -> bool:
    """Return whether a claim passed over speaks against the winner: not an older level of it."""
    if loser.stated_for is None:
        return True
    return winner.stated_for is not None and winner.stated_for.last <= loser.stated_for.last


def _says(claim: Holding) -> tuple[object, ...]:
    """Return what a claim says of the size of a holding, to see whether two contradict."""
    return (claim.capital, claim.shares, claim.votes, claim.vote_count)


def _agree(counted: Fraction, printed: Fraction) -> bool:
    """Return whether a count rounds to the printed percentage, at its printed decimals."""
    decimals = 0
    while decimals < _MOST_DECIMALS and (printed * 100 * 10**decimals).denominator != 1:
        decimals += 1
    return abs(counted - printed) * 100 <= Fraction(1, 2 * 10**decimals)
