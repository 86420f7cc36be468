"""No issuer is held for more than 100.5 %: an oracle of the rules of time, independent of the code.

A partial date is read once as the first and once as the last of its days; both readings must hold.
"""

import datetime as dt
from collections import defaultdict
from itertools import combinations

import pytest

from keiretsu.model import Directness, Interest, Sourcing, Status
from keiretsu.snapshot import Snapshot

FIRST, LAST = dt.date(1999, 1, 1), dt.date(2024, 12, 31)
TWO_YEARS = dt.timedelta(days=730)
RANK = {Sourcing.SOURCED: 2, Sourcing.PARTLY_SOURCED: 1, Sourcing.UNSOURCED: 0}


class Oracle:
    """Resolves one pair after another on a day, slowly and plainly."""

    def __init__(self, claims, reading):
        self.claims, self.read = claims, lambda date: date and getattr(date, reading)
        self.pairs = defaultdict(list)
        for claim in claims.holdings:
            key = (claim.holder, claim.issuer, claim.interest, claim.directness)
            self.pairs[key].append(claim)

    def change_days(self):
        """Return the days on which something can begin, end or grow too old."""
        spans = [p.exists for p in self.claims.parties.values()]
        spans += [c.period for c in self.claims.holdings]
        edges = {self.read(edge) for span in spans for edge in (span.start, span.end) if edge}
        levels = {self.read(c.stated_for) for c in self.claims.holdings if c.is_level}
        edges |= levels | {day + TWO_YEARS + dt.timedelta(days=1) for day in levels}
        return sorted({day for day in (*edges, FIRST, LAST) if FIRST <= day <= LAST})

    def exists(self, party, day):
        """Return whether a party exists on the day."""
        return self.inside(self.claims.parties[party].exists, day)

    def inside(self, period, day):
        """Return whether the day lies in a half-open period."""
        start, end = self.read(period.start), self.read(period.end)
        return (start is None or start <= day) and (end is None or day < end)

    def winner(self, claims, day):
        """Return the claim of one pair that is read on the day, or None."""
        for status in (Status.ACCEPTED, Status.DISPUTED):
            usable = [c for c in claims if c.status is status]
            intervals = [c for c in usable if not c.is_level]
            now = [c for c in intervals if self.inside(c.period, day)]
            now = now or self.latest([c for c in usable if c.is_level], intervals, day)
            if now:
                return max(now, key=self.support)
        return None

    def latest(self, levels, intervals, day):
        """Return the levels of the latest date that still reach the day."""
        ended = [self.read(c.period.end) for c in intervals if c.period.end]
        reaching = []
        for level in levels:
            stated, end = self.read(level.stated_for), self.read(level.period.end)
            fresh = stated <= day <= stated + TWO_YEARS and (end is None or day < end)
            if fresh and not any(stated < one <= day for one in ended):
                reaching.append(level)
        newest = max((self.read(level.stated_for) for level in reaching), default=None)
        return [level for level in reaching if self.read(level.stated_for) == newest]

    def support(self, claim):
        """Return how well a claim is supported: sourcing, then the document's date."""
        date = self.claims.documents[claim.document].date
        return (RANK[claim.sourcing], date.last if date else dt.date.min, claim.id)

    def resolved(self, day):
        """Return what is held on the day, without summaries of holdings that are there."""
        held = []
        for (holder, issuer, *_), claims in self.pairs.items():
            if self.exists(holder, day) and self.exists(issuer, day):
                claim = self.winner(claims, day)
                held += [claim] if claim else []
        direct = {(c.holder, c.issuer) for c in held if c.directness is Directness.DIRECT}
        return [c for c in held if not any((via, c.issuer) in direct for via in c.via)]


@pytest.mark.parametrize("reading", ["first", "last"])
def test_no_issuer_is_held_for_more_than_the_whole(alliance, reading):
    """Whenever anything changes, capital and votes of one basis stay within 100.5 %."""
    oracle = Oracle(alliance, reading)
    days = oracle.change_days()
    assert len(days) > 180
    over = set()
    for day in days:
        sums = defaultdict(int)
        for claim in oracle.resolved(day):
            if claim.interest is Interest.BENEFICIARY:
                continue
            if claim.capital is not None:
                sums[claim.issuer, "capital"] += claim.capital.low
            if claim.votes is not None:
                sums[claim.issuer, claim.votes_basis] += claim.votes.low
        over |= {
            (alliance.parties[issuer].label, what, str(day), float(100 * total))
            for (issuer, what), total in sums.items()
            if total * 1000 > 1005
        }
    assert set() == over


@pytest.mark.parametrize("reading", ["first", "last"])
def test_intervals_of_one_pair_do_not_overlap(alliance, reading):
    """Of one direct pair at most one accepted interval holds on any day."""
    oracle = Oracle(alliance, reading)
    overlapping = []
    compared = 0
    for claims in oracle.pairs.values():
        accepted = [c for c in claims if not c.is_level and c.status is Status.ACCEPTED]
        for one, other in combinations(accepted, 2):
            compared += 1
            starts = [oracle.read(c.period.start) or dt.date.min for c in (one, other)]
            ends = [oracle.read(c.period.end) or dt.date.max for c in (one, other)]
            if max(starts) < min(ends):
                overlapping.append((one.id, other.id))
    assert compared > 60
    assert [] == overlapping


def test_levels_of_one_pair_and_day_come_from_different_documents(alliance):
    """Two levels of one document would be added up, where they are meant as one."""
    seen = defaultdict(list)
    for claim in alliance.holdings:
        if claim.is_level:
            key = (claim.holder, claim.issuer, claim.document, str(claim.stated_for))
            seen[key].append(claim.id)
    assert [] == [ids for ids in seen.values() if len(ids) > 1]
    assert len(seen) == 120


def test_snapshots_resolve_on_every_change_day(alliance):
    """The snapshot room takes the dataset on each of these days without refusing it."""
    days = Oracle(alliance, "last").change_days()
    counts = [len(Snapshot.of(alliance, day).holdings) for day in days]
    assert min(counts) > 20


@pytest.mark.parametrize("day", ["2012-06-30", "2019-09-03", "2020-12-31", "2023-11-09"])
def test_oracle_and_snapshot_agree(alliance, day):
    """Where every date is precise, two implementations of the rules read the same claims."""
    as_of = dt.date.fromisoformat(day)
    world = Snapshot.of(alliance, as_of)
    own = {c.id for c in alliance.capitals}
    read = {h.claims[0].id for h in world.holdings if h.claims[0].id not in own}
    unclear = {c.id for h in world.holdings if not h.capital.is_point for c in h.claims}
    expected = {c.id for c in Oracle(alliance, "first").resolved(as_of)}
    assert expected - unclear == read - unclear
    assert len(read - unclear) > 50
