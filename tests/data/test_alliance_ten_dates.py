"""The alliance at ten dates, 1999 to 2024: nobody over the whole, nobody twice, nothing twice."""

import datetime as dt
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from keiretsu.measures import control, ownership, votes
from keiretsu.model import Interest
from keiretsu.model.names import fold
from keiretsu.snapshot import Snapshot, audit

DAYS = [
    *("1999-12-31", "2002-06-30", "2005-06-30", "2009-12-31", "2012-06-30"),
    *("2015-06-30", "2017-12-31", "2019-09-03", "2021-06-30", "2024-12-31"),
]


@pytest.fixture(scope="module", params=DAYS)
def world(request, alliance):
    """Return the alliance on one of the ten days."""
    return Snapshot.of(alliance, dt.date.fromisoformat(request.param))


def test_no_issuer_is_held_for_more_than_all(world):
    """What is surely held of one issuer is at most 100 %, without scaling anything down."""
    sums = defaultdict(Fraction)
    for one in world.holdings:
        if one.interest is not Interest.VOTING_RIGHTS:
            sums[world.parties[one.issuer].label] += one.capital.low
    assert len(sums) > 15
    assert {} == {issuer: float(total) for issuer, total in sums.items() if total > 1}


def test_no_party_is_there_under_two_names(world):
    """Who holds or is held is found under no name of another party."""
    present = {one.holder for one in world.holdings} | {one.issuer for one in world.holdings}
    names = Counter(
        key for party in present for key in {fold(name) for name in world.parties[party].names}
    )
    assert [] == [name for name, times in names.items() if times > 1]
    assert all(world.parties[party].exists.possibly_holds(world.as_of) for party in present)


def test_no_stake_is_counted_twice(world):
    """One holding for each pair and interest, and no summary beside what it sums up."""
    pairs = Counter((one.holder, one.issuer, one.interest) for one in world.holdings)
    assert [] == [pair for pair, times in pairs.items() if times > 1]
    direct = {(one.holder, one.issuer) for one in world.holdings if not one.indirect}
    position = {party.id: place for place, party in enumerate(world.parties)}
    doubled = [
        one.claim_ids
        for one in world.holdings
        if one.indirect and any((position[via], one.issuer) in direct for via in one.claims[0].via)
    ]
    assert [] == doubled


def test_the_measures_take_it(world):
    """Control, ownership and votes of the core are answered, outside owners adding up to all."""
    assert len(control(world)) > 10
    for company in ("Renault", "Nissan"):
        rows = list(ownership(world, of=company))
        assert rows
        assert list(votes(world, company))


def test_audits_of_the_whole_find_nothing(alliance):
    """No issuer above 100 % and no undecided contradiction on any day of the record."""
    assert [] == audit(alliance)
