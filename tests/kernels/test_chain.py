"""Where a climbing flow ends, at least and at most: worked cases, then brute force over splits."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.kernels import extremes
from keiretsu.kernels.chain import Chain
from keiretsu.kernels.components import components
from keiretsu.kernels.forks import Fork, Way
from keiretsu.kernels.linear import eliminate

UNIT = 12


def chain(ways, unit=UNIT):
    """Return a chain of ways out, each with its target, least and most."""
    return Chain([Fork([Way(*way) for way in out], unit) if out else None for out in ways])


def extreme_values(ways, goal, unit=UNIT):
    """Return the least and the most of what arrives at the goal from each node."""
    found = chain(ways, unit)
    return [found.extreme({goal}, most=sense).values for sense in (False, True)]


@st.composite
def ranged_flows(draw, inner=3, ends=2):
    """Return ways with ranges in twelfths; a node may be able to keep all in a loop."""
    size, ways = inner + ends, []
    for _ in range(inner):
        targets = draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=3))
        cuts = sorted(draw(st.lists(st.integers(0, UNIT), max_size=2)))[: len(targets) - 1]
        cuts = [0] * (len(targets) - 1 - len(cuts)) + cuts
        shares = [b - a for a, b in itertools.pairwise([0, *cuts, UNIT])]
        ways.append(
            [
                (target, draw(st.integers(0, share)), draw(st.integers(share, UNIT)))
                for target, share in zip(targets, shares, strict=True)
            ]
        )
    return [*ways, *([] for _ in range(ends))]


def corners(ways):
    """Return the corners of a node's splits: all ways but one at an end."""
    found = set()
    for free in range(len(ways)):
        ends = [(0,) if n == free else (low, high) for n, (_, low, high) in enumerate(ways)]
        for chosen in itertools.product(*ends):
            left = UNIT - sum(chosen)
            if ways[free][1] <= left <= ways[free][2]:
                found.add(tuple(left if n == free else c for n, c in enumerate(chosen)))
    return sorted(found)


def arrival(choice, ways, goal):
    """Return, exactly, what arrives at the goal from each node for one choice of splits."""
    rows = [{} for _ in ways]
    for node, split in enumerate(choice):
        for (target, _, _), taken in zip(ways[node], split, strict=True):
            rows[node][target] = Fraction(taken, UNIT)
    alive, pending = set(), [goal]
    while pending:
        reached = pending.pop()
        for node, row in enumerate(rows):
            if row.get(reached) and node not in alive and node != goal:
                alive.add(node)
                pending.append(node)
    solved = eliminate([(n, rows[n], rows[n].get(goal, Fraction(0))) for n in sorted(alive)])
    return [Fraction(1) if n == goal else solved.get(n, Fraction(0)) for n in range(len(ways))]


def all_worlds(ways, goal):
    """Return what arrives from each node, for every choice of corners."""
    inner = [node for node, out in enumerate(ways) if out]
    choices = itertools.product(*(corners(ways[node]) for node in inner))
    return [arrival(choice, ways, goal) for choice in choices]


# -- worked cases ---------------------------------------------------------------------------


def test_a_loop_that_may_close_lets_nothing_out():
    """A loop that can hold itself whole sends out nothing at least, and everything at most."""
    ways = [[(1, 1, 2), (2, 0, 1)], [(0, 2, 2)], []]
    assert [[0, 0, 1], [1, 1, 1]] == extreme_values(ways, 2, unit=2)
    assert [[0, 1]] == chain(ways, 2).closing_sets()


def test_a_loop_that_an_open_end_keeps_from_closing():
    """Where less than all stays in a loop, however much, everything leaves it in the end."""
    ways = [[(1, 1, 2, False, True), (2, 0, 1, True)], [(0, 2, 2)], []]
    found = chain(ways, 2)
    assert [] == found.closing_sets()
    assert (1, 1, False, False) == found.visit({2}, [0]).first[0]


def test_a_loop_that_is_left_by_its_worst_exit():
    """A loop that cannot close lets out by one exit or the other; its worlds choose which."""
    # one of twelve leaves: to the goal, to the other end, or to both
    ways = [[(1, 11, 11), (2, 0, 1), (3, 0, 1)], [(0, 12, 12)], [], []]
    assert [[0, 0, 1, 0], [1, 1, 1, 0]] == extreme_values(ways, 2)


def test_two_loops_of_which_one_may_close():
    """Only the nodes that can keep all among themselves are reported as a loop."""
    ways = [
        [(1, 0, 12), (4, 0, 12)],
        [(0, 12, 12)],
        [(3, 6, 12), (4, 1, 6)],
        [(2, 12, 12)],
        [],
    ]
    assert [[0, 1]] == chain(ways).closing_sets()


def test_a_loop_that_nearly_closes_is_solved():
    """Where almost everything goes round, both extremes are still found, exactly."""
    unit = 10**9
    ways = [[(1, unit - 1, unit - 1), (2, 0, 1), (3, 0, 1)], [(0, unit, unit)], [], []]
    assert [[0, 0, 1, 0], [1, 1, 1, 0]] == extreme_values(ways, 2, unit)


def slow_loop(unit):
    """Return a way that pays only after very many rounds, beside one worth three tenths."""
    return [
        [(1, 0, unit), (3, 0, unit)],
        [(2, unit - 1, unit - 1), (4, 1, 1)],
        [(1, unit, unit)],
        [(4, unit * 3 // 10, unit * 3 // 10), (5, unit * 7 // 10, unit * 7 // 10)],
        [],
        [],
    ]


@pytest.mark.parametrize("limit", [24, 0], ids=["fractions", "floats"])
def test_a_slow_loop_is_not_taken_for_a_bad_one(limit, monkeypatch):
    """A way that pays only after very many rounds is still the best one."""
    monkeypatch.setattr(extremes, "EXACT_LOOP", limit)
    least, most = extreme_values(slow_loop(10**9), 4, 10**9)
    assert [0.3, 1.0] == pytest.approx([float(least[0]), float(most[0])], abs=1e-6)


def test_approached_and_attained_ends():
    """An end behind an open range is approached; one that another range can give is attained."""
    way = [[(1, 3, 6, True, False), (2, 0, 12)], [(2, 2, 8, False, True), (3, 0, 12)], [], []]
    found = chain(way).visit({1}, [0]).first[0]
    assert (Fraction(1, 4), Fraction(1, 2), True, False) == found
    through = chain(way).visit({3}, [0]).first[0]
    assert (Fraction(3, 12) * Fraction(4, 12), Fraction(5, 12), True, False) == through


# -- laws -----------------------------------------------------------------------------------


@settings(max_examples=150)
@given(ranged_flows())
def test_extremes_are_those_of_the_corners(ways):
    """The least and the most over all corner splits, exactly, loops that may close included."""
    goal = len(ways) - 1
    worlds = all_worlds(ways, goal)
    least, most = extreme_values(ways, goal)
    assert [min(column) for column in zip(*worlds, strict=True)] == least
    assert [max(column) for column in zip(*worlds, strict=True)] == most


@settings(max_examples=60)
@given(ranged_flows())
def test_large_loops_agree_with_small_ones(ways):
    """The search in floating point, for large loops, finds what the exact one finds."""
    goal = len(ways) - 1
    exact = extreme_values(ways, goal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extremes, "EXACT_LOOP", 0)
        rounded = extreme_values(ways, goal)
    for one, other in zip(exact, rounded, strict=True):
        assert [float(v) for v in one] == pytest.approx([float(v) for v in other], abs=1e-9)


@settings(max_examples=100)
@given(ranged_flows(), st.data())
def test_a_narrower_range_never_widens_an_answer(ways, data):
    """Whatever range is narrowed, what may arrive stays within what might before."""
    node = data.draw(st.sampled_from([n for n, out in enumerate(ways) if out]))
    place = data.draw(st.integers(0, len(ways[node]) - 1))
    target, low, high = ways[node][place]
    kept = data.draw(st.sampled_from(corners(ways[node])))[place]
    changed = list(ways[node])
    narrow = data.draw(st.integers(low, kept)), data.draw(st.integers(kept, high))
    changed[place] = (target, *narrow)
    narrowed = [changed if n == node else out for n, out in enumerate(ways)]
    goal = len(ways) - 1
    wide, close = extreme_values(ways, goal), extreme_values(narrowed, goal)
    assert all(a <= b for a, b in zip(wide[0], close[0], strict=True))
    assert all(a >= b for a, b in zip(wide[1], close[1], strict=True))


@settings(max_examples=100)
@given(ranged_flows(), st.data())
def test_open_ends_change_flags_and_closed_loops_only(ways, data):
    """Opening ends never moves what a world inside attains; where it moves, a loop cannot close."""
    opened = [
        [(t, low, high, low < high and data.draw(st.booleans()), False) for t, low, high in out]
        for out in ways
    ]
    goal = len(ways) - 1
    for out in opened:
        assume(not out or sum(low for _, low, *_ in out) < UNIT or not any(o for *_, o, _ in out))
    closed, half_open = chain(ways), chain(opened)
    for start in range(len(ways)):
        before = closed.visit({goal}, [start]).first[start]
        after = half_open.visit({goal}, [start]).first[start]
        assert before.low <= after.low <= after.high <= before.high
        if closed.closing_sets() == half_open.closing_sets():
            assert (before.low, before.high) == (after.low, after.high)


@given(ranged_flows())
def test_what_can_close_is_closed_in_some_corner(ways):
    """Each set reported as able to close keeps everything in some choice of corners."""
    for group in chain(ways).closing_sets():
        for node in group:
            inside = [
                sum(c for (t, _, _), c in zip(ways[node], corner, strict=True) if t in group)
                for corner in corners(ways[node])
            ]
            assert UNIT in inside


def test_components_come_after_what_they_lead_to():
    """Two loops joined one way are two components, the later one first."""
    successors = [[1], [0, 2], [3], [2], []]
    found = [sorted(group) for group in components(range(5), successors.__getitem__)]
    assert [[2, 3], [0, 1], [4]] == found


def test_components_of_a_long_chain():
    """A hundred thousand nodes in a row need no recursion."""
    count = 100_000
    found = list(components(range(count), lambda n: [n + 1] if n + 1 < count else []))
    assert [[count - 1], [0]] == [found[0], found[-1]]
