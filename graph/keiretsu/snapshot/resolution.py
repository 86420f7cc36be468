"""From claims to what is held on a date: one holding per pair, class and interest."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import (
    Capital,
    Caution,
    ClaimSet,
    Directness,
    Holding,
    Interest,
    Share,
    Sourcing,
)
from keiretsu.snapshot.held import Conflict, HeldOnDate
from keiretsu.snapshot.lasting import may_hold_level
from keiretsu.snapshot.overlaps import without_overlaps
from keiretsu.snapshot.telling import (
    agree,
    contests,
    contradicted,
    speaks_against,
    together,
)
from keiretsu.snapshot.timing import record_of
from keiretsu.snapshot.unmeasured import passed_over, unmeasured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.snapshot.facts import IssuerFacts
    from keiretsu.snapshot.timing import Chooser, Moment


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
        self.powers: list[Holding] = []

    def holdings(self) -> list[HeldOnDate]:
        """Return what is held on the day, sorted by issuer, holder, class and claim."""
        pairs: dict[tuple[object, ...], dict[str | None, list[Holding]]] = {}
        existing = [claim for claim in self.claims.holdings if self._exist(claim)]
        self.powers = unmeasured(existing, self.chooser)
        self.cautions += passed_over(self.powers, self.claims.parties)
        for claim in existing:
            if claim.interest.is_measured:
                key = (claim.holder, claim.issuer, claim.interest, claim.directness)
                classes = pairs.setdefault(key, {})
                classes.setdefault(self._class(claim), []).append(claim)
        held = [one for classes in pairs.values() for one in self._pair(classes)]
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

    def _pair(self, classes: Mapping[str | None, list[Holding]]) -> list[HeldOnDate]:
        """Return what a pair holds, class by class; a claim of no class may be about all of them.

        Classes are apart, but a claim that names none and one that does, of another table, are
        about the same shares: the one that comes before the other is read.
        """
        moments = {name: self.chooser.choose(group) for name, group in classes.items()}
        if len(moments) == 1:
            ((name, only),) = moments.items()
            return self._read(only, classes[name])
        named: dict[str | None, Moment[Holding]] = {
            name: moment for name, moment in moments.items() if name is not None
        }
        whole = moments.get(None)
        if whole is not None and whole.options and any(m.options for m in named.values()):
            prefers = self._prefers(whole, [m for m in named.values() if m.options])
            moments = moments if prefers is None else named if prefers else {None: whole}
        return [
            one for name, moment in moments.items() for one in self._read(moment, classes[name])
        ]

    def _prefers(self, whole: Moment[Holding], parts: list[Moment[Holding]]) -> bool | None:
        """Return whether claims by class are read rather than one of no class; None for both."""
        first, rows = whole.winners[0], [claim for part in parts for claim in part.winners]
        if {record_of(claim) for claim in rows} & {record_of(c) for c in whole.winners}:
            return None
        levels = all(claim.is_level for claim in rows)
        if not first.is_level:
            return self._agree_with(first, rows) if levels else None
        if not levels:
            return True
        ranks = [(c.stated_for.last, self.chooser.support(c)) for c in (first, *rows)]  # type: ignore[union-attr]
        return max(ranks[1:]) > ranks[0]

    def _agree_with(self, interval: Holding, rows: list[Holding]) -> bool:
        """Return whether a table by class, stated within an interval, tells its percentage."""
        if not all(may_hold_level(interval, row) for row in rows):
            return False
        whole, shares = self._capital(interval), [self._capital(row) for row in rows]
        if not (whole.is_point and all(share.is_point for share in shares)):
            return False
        total = sum((share.low for share in shares), Fraction(0))
        agrees = agree(total, whole.low)
        if not agrees:
            self._disagree(rows[0], Share.point(min(total, Fraction(1))), whole)
        return agrees

    def _read(self, moment: Moment[Holding], group: list[Holding]) -> list[HeldOnDate]:
        if not moment.options:
            return []
        self._note(moment)
        if moment.is_open:
            return [self._alternatives(moment)]
        return [self._single(claim, group, moment) for claim in moment.winners]

    def _single(self, claim: Holding, group: list[Holding], moment: Moment[Holding]) -> HeldOnDate:
        plain = self._plain(claim, moment.carried_from)
        if claim.is_level or claim.shares is not None:
            return plain
        levels = [c for c in group if c.is_level]
        if not levels:
            return plain
        level = self.chooser.level_within([c for c in levels if c.shares is not None], claim)
        counted = self._with_count(plain, level) if level is not None else plain
        return replace(
            counted, checks=tuple(c for c in levels if c.votes and self.chooser.is_today(c))
        )

    def _plain(self, claim: Holding, carried_from: str | None = None) -> HeldOnDate:
        self._check_count(claim)
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

    def _check_count(self, claim: Holding) -> None:
        """Say if a claim's number of shares is another share than the one that it states."""
        told, issued = claim.capital, self._issued(claim.issuer)
        if told is None or claim.shares is None or not issued:
            return
        counted = Fraction(claim.shares, issued)
        if speaks_against(counted, told):
            text = (
                f"{claim.shares:,} of {issued:,} shares are {Share.point(counted)} and not {told}, "
                "which the same claim states; the shares are used"
            )
            self.cautions.append(Caution("count-disagrees", text, self._labels(claim)))

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
        if not agree(counted.low, plain.capital.low):
            self._disagree(level, counted, plain.capital)
            return plain
        if not self.chooser.is_today(level):
            text = f"share count of {level.stated_for} carried forward to {self.chooser.day}"
            self.cautions.append(Caution("carried-forward", text, self._labels(level)))
        return replace(
            plain,
            claims=(*plain.claims, level),
            capital=counted if self._issued(level.issuer) else plain.capital,
            shares=level.shares,
        )

    def _alternatives(self, moment: Moment[Holding]) -> HeldOnDate:
        """Return the hull of claims of which, on an imprecise date, only one is so."""
        sums = [together([self._capital(one) for one in option]) for option in moment.options]
        capital = sums[0]
        for other in sums[1:]:
            capital = capital.hull(other)
        if moment.perhaps_none:
            capital = capital.hull(Share.point(0))
        first = moment.winners[0]
        text = f"its dates leave open what is held on {self.chooser.day}: {capital}"
        self.cautions.append(Caution("imprecise-date", text, self._labels(first)))
        return replace(
            self._plain(first),
            claims=moment.winners,
            capital=capital,
            shares=None,
            reported_votes=None,
            vote_count=None,
        )

    def _disagree(self, level: Holding, counted: Share, whole: Share) -> None:
        text = (
            f"the table of {level.stated_for} gives {counted}, the interval {whole}; "
            "the interval is used"
        )
        self.cautions.append(Caution("count-disagrees", text, self._labels(level)))

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
        direct: dict[int, set[int]] = {}
        for one in held:
            if not one.indirect:
                direct.setdefault(one.holder, set()).add(one.issuer)
        kept = []
        for one in held:
            claim = one.claims[0]
            if one.indirect and isinstance(claim, Holding) and self._summarises(one, claim, direct):
                self.summaries.append(one)
                continue
            kept.append(one)
        return kept

    def _summarises(self, one: HeldOnDate, claim: Holding, direct: Mapping[int, set[int]]) -> bool:
        """Return whether a direct holding is there that the claim only passes on.

        That is one of a party named in `via`, or of one that the holder reaches through direct
        holdings, over however many steps.
        """
        reached = {self.positions[via] for via in claim.via} | {one.holder}
        pending = list(reached)
        while pending:
            further = direct.get(pending.pop(), set()) - reached - {one.issuer}
            reached |= further
            pending += further
        # The accounts of a parent that consolidates directly are those of the ultimate one, too.
        own = () if claim.interest is Interest.CONSOLIDATION else (one.holder,)
        return any(one.issuer in direct.get(middle, ()) for middle in reached.difference(own))

    def _note(self, moment: Moment[Holding]) -> None:
        first = moment.winners[0]
        self.conflicts += [Conflict(one, first) for one in moment.losers if contests(one, first)]
        told: list[tuple[str, str]] = []
        if moment.carried_from is not None:
            text = f"level of {moment.carried_from} carried forward to {self.chooser.day}"
            told.append(("carried-forward", text))
        if contradicted(moment):
            text = "sources contradict each other and nothing decides between them"
            told.append(("conflict-tied", text))
        if first.sourcing is Sourcing.UNSOURCED:
            told.append(("unsourced", "no source is recorded"))
        self.cautions += [Caution(code, text, self._labels(first)) for code, text in told]

    def _labels(self, claim: Holding) -> tuple[str, ...]:
        return tuple(self.claims.parties[p].label for p in (claim.holder, claim.issuer))
