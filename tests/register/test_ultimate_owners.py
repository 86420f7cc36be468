"""All ultimate owners from a floor on: the list is exact at the floor."""

from fractions import Fraction

import numpy as np
import pytest
from random_registers import WHOLE, rows, world_of

import keiretsu
from keiretsu.errors import InputError
from keiretsu.kernels import end_shares as lists
from keiretsu.kernels.end_shares import end_shares
from keiretsu.kernels.lists import LONGEST, dropped
from keiretsu.measures.register import ultimate_owners as module
from keiretsu.measures.register.near_the_floor import share_between
from keiretsu.measures.register.ownership import climb_of
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot


def by_fractions(world, floor):
    """Return the same list, each pair solved in fractions."""
    climb, found = climb_of(world, "capital"), []
    for company in range(world.network.parties):
        above = climb.above(company)
        ends = above.nodes[climb.is_end[above.nodes]]
        for owner in sorted(int(end) for end in ends if end != company):
            share, is_exact = share_between(world, owner, company, "capital")
            assert is_exact
            if share and share >= floor:
                found.append((owner, company))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


@pytest.mark.parametrize(
    "floor",
    [Fraction(1, 4), Fraction(1, 10), Fraction(3, 10), Fraction(1, 10**10), Fraction(0)],
)
def test_the_list_is_that_of_fractions(floor):
    found = decided = 0
    for seed in range(40):
        for deep in (False, True):
            world = world_of(*rows(seed, most=16, deep=deep))
            mine = ultimate_owners(world, floor=floor)
            assert list(zip(mine.owner, mine.company, strict=True)) == by_fractions(world, floor)
            found, decided = found + len(mine.owner), decided + mine.decided
    assert found > 150
    assert decided > 2 or floor < Fraction(1, 10)


@pytest.mark.parametrize("grain", [0.02, 0.06, 0.12])
def test_what_is_dropped_on_the_way_is_noticed(monkeypatch, grain):
    """With a coarse grain whole shares are dropped; the list stays that of fractions."""
    monkeypatch.setattr(module, "_GRAIN", grain)
    found = 0
    for seed in range(30):
        world = world_of(*rows(seed, most=16, deep=seed % 2 == 0))
        found += (end_shares(climb_of(world, "capital").network, 0.25, grain).slack > 0).sum()
        for floor in (Fraction(1, 4), Fraction(1, 10)):
            mine = ultimate_owners(world, floor=floor)
            assert list(zip(mine.owner, mine.company, strict=True)) == by_fractions(world, floor)
    assert found > 5


def chain(links, step):
    """Return a chain in which every link has a small holder of its own beside the one above."""
    beside = [(links + 1 + link, link + 1, WHOLE - step) for link in range(links)]
    return world_of(2 * links + 1, [(link, link + 1, step) for link in range(links)] + beside)


def test_a_company_in_which_an_owner_may_hide_is_solved_anew(monkeypatch):
    monkeypatch.setattr(module, "_GRAIN", 0.06)
    world, floor = chain(30, 19), Fraction(1, 4)
    lists = end_shares(climb_of(world, "capital").network, 0.25, 0.06)
    assert (lists.slack >= 0.25).sum() > 5
    mine = ultimate_owners(world, floor=floor)
    assert list(zip(mine.owner, mine.company, strict=True)) == by_fractions(world, floor)


def test_an_entry_and_its_slack_enclose_the_share():
    dropped = 0
    for seed in range(40):
        network = climb_of(world_of(*rows(seed, most=30, deep=True)), "capital").network
        whole, least = end_shares(network), end_shares(network, 0.0, 0.1)
        assert not whole.slack.any()
        for place in range(len(network.left)):
            spans = [slice(one.begin[place], one.begin[place + 1]) for one in (whole, least)]
            shares = dict(zip(whole.end[spans[0]], whole.share[spans[0]], strict=True))
            entries = dict(zip(least.end[spans[1]], least.share[spans[1]], strict=True))
            for end, share in shares.items():
                entry, slack = entries.get(end, 0.0), least.slack[place]
                assert entry - 1e-12 <= share <= entry + slack + 1e-12
                dropped += end not in entries
            assert entries.keys() <= shares.keys()
    assert dropped > 20


def test_rooms_grow_and_lists_that_nobody_reads_make_way(monkeypatch):
    networks = [climb_of(world, "capital").network for world in (chain(60, 19), chain(60, 10))]
    networks += [climb_of(world_of(*rows(9, most=400)), "capital").network]
    expected = [end_shares(network) for network in networks]
    monkeypatch.setattr(lists, "_AT_WORK", 2)
    monkeypatch.setattr(lists, "_ROOM", 1)
    for network, theirs in zip(networks, expected, strict=True):
        mine = end_shares(network)
        assert len(mine.end) > 90
        for column, other in zip(mine, theirs, strict=True):
            assert column.tolist() == other.tolist()


def test_very_long_lists_are_cut_and_say_by_how_much():
    size = LONGEST + 1
    end, share = np.arange(size, dtype=np.int32), np.linspace(1e-6, 1e-4, size)
    kept, lost = dropped(end, share.copy(), 1e-9, 0, size - 1)
    assert (kept, lost) == (LONGEST, 0)
    mine = share.copy()
    kept, lost = dropped(end, mine, 1e-9, 0, size)
    assert lost == share[share < 1 / LONGEST].max()
    assert mine[:kept].tolist() == share[share >= 1 / LONGEST].tolist()


def test_links_that_lose_next_to_nothing_hide_nobody():
    """A chain of links that lose next to nothing would make lists as long as itself."""
    million, links = 10**6, 60
    steps = [(link, link + 1, million - 1) for link in range(links)]
    beside = [(links + 1 + link, link + 1, 1) for link in range(links)]
    holder, issuer, weight = zip(*steps, *beside, strict=True)
    world = Snapshot.from_arrays(holder, issuer, capital=weight, capital_total=million)
    network = climb_of(world, "capital").network
    found = end_shares(network, 0.0, 1e-5)
    assert np.diff(found.begin).max() == 1
    assert found.slack.max() == pytest.approx(links * 1e-6, rel=1e-3)
    assert ultimate_owners(world).owner.tolist() == [0] * links


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


def test_ties_behind_companies_held_whole_are_seen_through_in_integers():
    """Real registers are full of quarters; these must not take fractions one by one."""
    quarters = [(owner, 4, 5) for owner in range(4)]
    vehicles = [(company, company + 1, WHOLE) for company in range(4, 9)]
    mine = ultimate_owners(world_of(10, quarters + vehicles))
    assert mine.owner.tolist() == [0, 1, 2, 3] * 6
    assert mine.company.tolist() == [company for company in range(4, 10) for _ in range(4)]
    assert (mine.decided, mine.rounded) == (24, 0)


def test_holdings_without_weight_hide_no_closed_loop():
    """1 and 2 hold each other whole; nothings from and to 3 must not open their loop."""
    world = world_of(5, [(1, 2, WHOLE), (2, 1, WHOLE), (3, 1, 0), (1, 3, 10), (2, 3, 5), (0, 3, 5)])
    mine = ultimate_owners(world)
    assert list(zip(mine.owner, mine.company, strict=True)) == [(0, 3), (1, 3), (2, 3)]
    assert mine.share.tolist() == [0.25, 0.5, 0.25]
    assert {row.party: row.percent for row in keiretsu.owners(world, 3)} == {0: 25, 1: 50, 2: 25}


def test_where_a_long_loop_lies_between_floats_decide_and_it_is_told():
    """Each of 30 holds half of the next, and 0 the other half: it has all, and a quarter of 31."""
    loop = [(1 + link, 1 + (link + 1) % 30, 10) for link in range(30)]
    world = world_of(32, loop + [(0, 1 + link, 10) for link in range(30)] + [(1, 31, 5)])
    mine = ultimate_owners(world)
    assert 31 in mine.company
    assert (mine.decided, mine.rounded) == (1, 1)
    assert ultimate_owners(world, floor=Fraction(26, 100)).rounded == 0


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
