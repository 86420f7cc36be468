"""All ultimate owners from a floor on: the list is exact at the floor."""

from fractions import Fraction

import numpy as np
import pytest
from random_registers import rows, world_of

import keiretsu
from keiretsu.errors import InputError
from keiretsu.kernels.end_shares import end_shares
from keiretsu.measures.register import ultimate_owners as module
from keiretsu.measures.register.ownership import climb_of
from keiretsu.measures.register.ultimate_owners import exact_share, ultimate_owners
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot


def by_fractions(world, floor):
    """Return the same list, each pair solved in fractions."""
    climb, found = climb_of(world, "capital"), []
    for company in range(world.network.parties):
        above = climb.above(company)
        ends = above.nodes[climb.is_end[above.nodes]]
        for owner in sorted(int(end) for end in ends if end != company):
            share = exact_share(world, owner, company, "capital")
            if share and share >= floor:
                found.append((owner, company))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


@pytest.mark.parametrize("floor", [Fraction(1, 4), Fraction(1, 10), Fraction(3, 10), Fraction(0)])
def test_the_list_is_that_of_fractions(floor):
    found = decided = 0
    for seed in range(40):
        for deep in (False, True):
            world = world_of(*rows(seed, most=16, deep=deep))
            mine = ultimate_owners(world, floor=floor)
            assert list(zip(mine.owner, mine.company, strict=True)) == by_fractions(world, floor)
            found, decided = found + len(mine.owner), decided + mine.decided
    assert found > 150
    assert decided > 2 or not floor


def test_what_is_dropped_on_the_way_is_noticed(monkeypatch):
    """With a coarse grain on the way whole shares are dropped, and found again."""
    monkeypatch.setattr(module, "_FINER", 1)
    # Five paths of 6 % each: none reaches a floor of 25 % on its own, together they do.
    steps = [(0, n, 6) for n in range(1, 6)] + [(n, 6, 4) for n in range(1, 6)]
    world = world_of(7, steps)
    for floor in (Fraction(1, 4), Fraction(29, 100), Fraction(3, 10)):
        found = ultimate_owners(world, floor=floor)
        assert (6 in found.company) == (floor <= Fraction(3, 10))
    lists = end_shares(climb_of(world, "capital"), 0.31)
    assert lists.residual[6] == pytest.approx(0.3)


def test_shares_are_those_of_the_single_question():
    world = world_of(*rows(9, most=200, deep=True))
    found = ultimate_owners(world, floor=0)
    for owner, company, share in zip(found.owner, found.company, found.share, strict=True):
        stakes = {stake.party: stake.percent for stake in keiretsu.owners(world, int(company))}
        assert stakes[owner] == pytest.approx(share * 100, abs=2e-6)
    assert len(found.owner) > 5


def test_exactly_the_floor_is_in_and_a_millionth_less_is_out():
    million = 10**6
    for missing, count in ((0, 1), (1, 0)):
        world = Snapshot.from_arrays(
            [0, 1], [1, 2], capital=[million // 2, million // 2 - missing], capital_total=million
        )
        found = ultimate_owners(world, floor="25%")
        assert (2 in found.company) == bool(count)


def test_what_is_no_floor_is_refused():
    world = world_of(3, [(0, 1, 12)])
    with pytest.raises(InputError, match="not a share"):
        ultimate_owners(world, floor=2)


def test_a_table_has_percent():
    found = ultimate_owners(world_of(3, [(0, 1, 12), (1, 2, 10)])).to_pandas()
    assert found.values.tolist() == [[0.0, 1.0, 60.0], [0.0, 2.0, 30.0]]


def test_measures_of_one_company_read_only_what_lies_above():
    world = world_of(6, [(0, 1, 12), (1, 2, 10), (3, 2, 6), (2, 4, 20), (5, 5, 4)])
    for measure in (keiretsu.votes, keiretsu.power):
        mine, theirs = measure(world, 2), measure(world.in_memory, "2")
        assert mine.as_rows() == theirs.as_rows()
    assert len(rights_of(world.around([2])).ledger("votes").holder) == 3
    assert np.all(world.network.is_recorded == [0, 1, 1, 0, 1, 1])
