"""The timeline of a party: periods of control and of votes, between the days of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures import Answer
from keiretsu.rights import control_rule, rights_of
from keiretsu.scenarios.control_changes import DEFAULT_RULES
from keiretsu.scenarios.timeline_changes import changes_between
from keiretsu.scenarios.timeline_days import (
    concerning,
    days_of_change,
    days_of_rules,
    first_day,
    perhaps_controlled,
)
from keiretsu.scenarios.timeline_record import Period
from keiretsu.scenarios.timeline_regime import regime_of
from keiretsu.snapshot import MAX_AGE_DAYS, Directory, Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from keiretsu.model import Caution, ClaimSet, Remainder
    from keiretsu.scenarios.timeline_record import Change


def timeline(
    claims: ClaimSet,
    party: str,
    until: dt.date,
    *,
    since: dt.date | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    known_at: dt.date | None = None,
    max_age_days: int = MAX_AGE_DAYS,
    remainder: Remainder | None = None,
) -> Answer[Period]:
    """Return how control of a party and the votes in it changed.

    Parameters
    ----------
    claims
        What the sources say.
    party
        Name of a company, or of any party.
    until
        The last day that is looked at.
    since
        The first one; if not given, the first day on which something is told.
    rules
        Names of rules of control: in each period the first by which somebody certainly controls
        the party is told.
    known_at, max_age_days, remainder
        As in `keiretsu.snapshot.Snapshot.of`.

    Returns
    -------
    Answer of Period
        In the order of time, without gaps. A period ends where a stake, its votes, an article that
        touches them, or a verdict on control changes; what changed is said with the articles.

    Raises
    ------
    InputError
        If nothing is told up to `until`, or `since` lies after it.
    NameNotFoundError, AmbiguousNameError
        If the name is not that of one party.
    OverAllocatedError
        If on some day the holdings of an issuer add up to more than 100.5 %.

    Notes
    -----
    Only the claims that can matter to the party are resolved, once for each day on which one of
    them begins, ends or becomes too old, or a law changes. A date known to the year leaves open
    what is so within it: that year is a period of its own, with ranges.
    """
    for name in rules:
        control_rule(name)
    everyone = tuple(claims.parties.values())
    found = everyone[Directory(everyone).find(party)]
    history = _History(claims, found.id, rules, (known_at, max_age_days, remainder))
    periods = history.periods(since, until)
    if not periods:
        raise InputError(
            f"nothing is told of {found.label!r} up to {until}",
            mend="ask for a later day, or for another party",
        )
    fields = {
        "party": found.label,
        "party_id": found.id,
        "rules": list(rules),
        "from": periods[0].since.isoformat(),
        "until": until.isoformat(),
    }
    return Answer("timeline", history.world(until), tuple(periods), fields, history.cautions())


class _History:
    """The worlds of one party, each resolved once."""

    def __init__(
        self,
        claims: ClaimSet,
        party: str,
        rules: Sequence[str],
        options: tuple[dt.date | None, int, Remainder | None],
    ) -> None:
        self.every, self.party, self.rules = claims, party, rules
        self.known_at, self.max_age_days, self.remainder = options
        self._through = perhaps_controlled(claims, party)
        self._look()

    def _look(self) -> None:
        self.claims = concerning(self.every, self.party, self._through)
        self._worlds: dict[dt.date, Snapshot] = {}
        self._read: list[Snapshot] = []

    def world(self, day: dt.date) -> Snapshot:
        """Return the party's world on a day."""
        if day not in self._worlds:
            self._worlds[day] = Snapshot.of(
                self.claims,
                day,
                known_at=self.known_at,
                max_age_days=self.max_age_days,
                remainder=self.remainder,
            )
        return self._worlds[day]

    def periods(self, since: dt.date | None, until: dt.date) -> list[Period]:
        """Return the periods up to a day, in order; further claims are read where they matter."""
        while True:
            start = since or first_day(self.claims) or until
            if start > until and since is not None:
                problem = f"the timeline begins on {since}, after its last day {until}"
                raise InputError(problem, mend="begin it earlier")
            periods = self._periods(start, until) if start <= until else []
            through = {one.party_id for period in periods for one in period.regime.controls}
            if through <= self._through:
                return periods
            self._through |= through
            self._look()

    def _periods(self, start: dt.date, until: dt.date) -> list[Period]:
        periods: list[Period] = []
        before: Snapshot | None = None
        for world in self._different(start, until):
            self._read.append(world)
            regime = regime_of(world, self.party, self.rules)
            if periods and periods[-1].regime.told == regime.told:
                continue
            if not periods and regime.is_empty:
                continue
            changes: tuple[Change, ...] = ()
            if periods and before is not None:
                periods[-1] = periods[-1].ending(world.as_of)
                regimes = (periods[-1].regime, regime)
                changes = changes_between((before, world), regimes)
            periods.append(Period(world.as_of, None, regime, changes))
            before = world
        return periods

    def _different(self, start: dt.date, until: dt.date) -> Iterator[Snapshot]:
        """Yield the worlds that differ from the one before in what is held, or in the law."""
        days = days_of_change(self.claims, self.max_age_days)
        rule_days = days_of_rules(self.claims)
        last: object = None
        for day in sorted({start, *(day for day in days if start < day <= until)}):
            world = self.world(day)
            state = (_resolved(world), sum(1 for rule_day in rule_days if rule_day <= day))
            if state != last:
                yield world
            last = state

    def cautions(self) -> tuple[Caution, ...]:
        """Return what was assumed about the party and those it has to do with, each once."""
        labels = {
            label
            for world in self._read
            for pair in world.holdings
            for ends in ((world.parties[pair.holder], world.parties[pair.issuer]),)
            if self.party in (ends[0].id, ends[1].id)
            for label in (ends[0].label, ends[1].label)
        }
        first: dict[tuple[object, ...], Caution] = {}
        for world in self._read:
            for caution in sorted((*world.cautions, *rights_of(world).cautions)):
                if set(caution.parties) <= labels:
                    first.setdefault((caution.code, caution.parties), caution)
        return tuple(sorted(first.values()))


def _resolved(world: Snapshot) -> tuple[object, ...]:
    """Return what votes and control follow from, apart from the day."""
    held = tuple(
        (h.holder, h.issuer, h.claim_ids, h.capital, h.shares, h.interest) for h in world.holdings
    )
    facts = tuple(
        (
            issuer,
            (one.issued, one.treasury, one.gross_votes, one.exercisable_votes),
            tuple(c.id for c in one.share_classes),
            tuple(sorted((who, r.id) for who, r in one.registrations.items())),
            tuple(a.id for a in one.agreements),
        )
        for issuer, one in sorted(world.facts.items())
    )
    return held, facts
