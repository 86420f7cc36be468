"""Where a climbing flow ends: worked cases, then exact elimination and brute force over splits."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.kernels.absorption import Branch, Climb, components, extreme_arrival

UNIT = 12


def reaching(matrix, goal):
    """Return the nodes from which some share leads on to the goal."""
    found, pending = {goal}, [goal]
    while pending:
        target = pending.pop()
        for node, row in enumerate(matrix):
            if row[target] and node not in found:
                found.add(node)
                pending.append(node)
    return found


def solved(matrix, goal):
    """Return the exact probability of arriving at the goal from each node, by elimination."""
    size, alive = len(matrix), reaching(matrix, goal)
    rows = []
    for node in range(size):
        row = [Fraction(node == other) for other in range(size)]
        if node in alive and node != goal:
            row = [a - Fraction(b) for a, b in zip(row, matrix[node], strict=True)]
        rows.append([*row, Fraction(node == goal)])
    for pivot in range(size):
        swap = next(r for r in range(pivot, size) if rows[r][pivot])
        rows[pivot], rows[swap] = rows[swap], rows[pivot]
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(size):
            if other != pivot and rows[other][pivot]:
                factor = rows[other][pivot]
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)
                ]
    return [row[-1] for row in rows]


@st.composite
def flows(draw, inner=4, ends=2):
    """Return rows of shares among nodes; some of each inner node leaves to an end."""
    size = inner + ends
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for node in range(inner):
        left = UNIT - 1
        for target in draw(st.lists(st.integers(0, size - 1), unique=True, max_size=3)):
            share = draw(st.integers(0, left))
            left -= share
            matrix[node][target] += Fraction(share, UNIT)
        matrix[node][inner + draw(st.integers(0, ends - 1))] += Fraction(left + 1, UNIT)
    return matrix


@given(flows())
def test_visits_and_arrivals_equal_exact_elimination(matrix):
    """The sparse solves agree with Gaussian elimination in fractions, loops and all."""
    size = len(matrix)
    climb = Climb([[(t, float(s)) for t, s in enumerate(row) if s] for row in matrix])
    for goal in (size - 2, size - 1):
        exact = [float(value) for value in solved(matrix, goal)]
        assert exact == pytest.approx(climb.arrivals(goal).tolist(), abs=1e-9)
        assert exact == pytest.approx([climb.visits(node)[goal] for node in range(size)], abs=1e-9)


@given(flows())
def test_everything_arrives_somewhere(matrix):
    """A flow of one ends in the ends, whole."""
    size = len(matrix)
    climb = Climb([[(t, float(s)) for t, s in enumerate(row) if s] for row in matrix])
    totals = climb.arrivals(size - 2) + climb.arrivals(size - 1)
    assert totals.tolist() == pytest.approx([1.0] * size, abs=1e-9)


@given(flows())
def test_exact_splits_give_the_point(matrix):
    """With every range a point, the least and the most are the exact solution."""
    size = len(matrix)
    ways = [[Branch(t, float(s), float(s)) for t, s in enumerate(row) if s] for row in matrix]
    exact = [float(value) for value in solved(matrix, size - 1)]
    for most in (False, True):
        assert exact == pytest.approx(extreme_arrival(ways, size - 1, most=most).tolist(), abs=1e-9)


@st.composite
def ranged_flows(draw, inner=3, ends=2):
    """Return branches with ranges in twelfths; a node may be able to keep all in a loop."""
    size, ways = inner + ends, []
    for _ in range(inner):
        targets = draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1, max_size=3))
        lows, left = [], UNIT
        for _ in targets:
            lows.append(draw(st.integers(0, left)))
            left -= lows[-1]
        highs = [draw(st.integers(low, UNIT)) for low in lows]
        assume(sum(highs) >= UNIT)
        ways.append(list(zip(targets, lows, highs, strict=True)))
    return [*ways, *([] for _ in range(ends))]


def splits(ways):
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
    """Return the least non-negative solution for one choice of splits."""
    size = len(ways)
    matrix = [[0.0] * size for _ in range(size)]
    for node, split in enumerate(choice):
        for (target, _, _), taken in zip(ways[node], split, strict=True):
            matrix[node][target] = taken / UNIT
    alive = reaching(matrix, goal)
    system, right = np.eye(size), np.zeros(size)
    right[goal] = 1
    for node in alive - {goal}:
        system[node] -= matrix[node]
    return np.linalg.solve(system, right)


@settings(max_examples=60)
@given(ranged_flows())
def test_extremes_are_those_of_the_corners(ways):
    """The least and the most over all corner splits, loops that may close included."""
    goal = len(ways) - 1
    inner = [node for node, out in enumerate(ways) if out]
    worlds = [
        arrival(choice, ways, goal)
        for choice in itertools.product(*(splits(ways[node]) for node in inner))
    ]
    branches = [[Branch(t, low / UNIT, high / UNIT) for t, low, high in out] for out in ways]
    least, most = (extreme_arrival(branches, goal, most=sense) for sense in (False, True))
    assert np.min(worlds, axis=0).tolist() == pytest.approx(least.tolist(), abs=1e-7)
    assert np.max(worlds, axis=0).tolist() == pytest.approx(most.tolist(), abs=1e-7)


def test_a_loop_that_may_close_lets_nothing_out():
    """A loop that can hold itself whole sends out nothing at least, and everything at most."""
    ways = [[Branch(1, 0.5, 1.0), Branch(2, 0.0, 0.5)], [Branch(0, 1.0, 1.0)], []]
    least, most = (extreme_arrival(ways, 2, most=sense) for sense in (False, True))
    assert [0.0, 0.0, 1.0] == least.tolist()
    assert [1.0, 1.0, 1.0] == pytest.approx(most.tolist())


def test_components_are_strongly_connected():
    """Two loops joined one way are two components."""
    found = components([[1], [0, 2], [3], [2], []])
    assert [[0, 1], [2, 3], [4]] == sorted(map(sorted, found))


def test_a_loop_that_nearly_closes_is_solved():
    """Where almost everything goes round, both extremes are still found, to the millionth."""
    round_trip = 1 - 1e-9
    ways = [
        [Branch(1, round_trip, round_trip), Branch(2, 0.0, 1e-9), Branch(3, 0.0, 1e-9)],
        [Branch(0, 1.0, 1.0)],
        [],
        [],
    ]
    least, most = (extreme_arrival(ways, 2, most=sense) for sense in (False, True))
    assert [0.0, 0.0] == least.tolist()[:2]
    assert [1.0, 1.0] == pytest.approx(most.tolist()[:2], abs=1e-6)


def test_a_slow_loop_is_not_taken_for_a_bad_one():
    """A way that pays only after very many rounds is still the best one, or the worst."""
    slow = [
        [Branch(1, 0.0, 1.0), Branch(3, 0.0, 1.0)],  # the slow loop, or a way worth 3/10
        [Branch(2, 1 - 1e-9, 1 - 1e-9), Branch(4, 1e-9, 1e-9)],
        [Branch(1, 1.0, 1.0)],
        [Branch(4, 0.3, 0.3), Branch(5, 0.7, 0.7)],
        [],
        [],
    ]
    least, most = (extreme_arrival(slow, 4, most=sense) for sense in (False, True))
    assert [0.3, 1.0] == pytest.approx([least[0], most[0]], abs=1e-6)
    # and small ways out of it that differ little in what they are worth
    ways = [
        [Branch(1, 1 - 1e-9, 1 - 1e-9), Branch(2, 0.0, 1e-9), Branch(3, 0.0, 1e-9)],
        [Branch(0, 1.0, 1.0)],
        [Branch(4, 0.5, 0.5), Branch(5, 0.5, 0.5)],
        [Branch(4, 0.5001, 0.5001), Branch(5, 0.4999, 0.4999)],
        [],
        [],
    ]
    least, most = (extreme_arrival(ways, 4, most=sense) for sense in (False, True))
    assert [0.5, 0.5001] == pytest.approx([least[0], most[0]], abs=1e-6)
