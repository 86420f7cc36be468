"""The least closed set: worked cases, and the two ways to find it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.kernels.fixpoint import closure, majority_closure

CASES = {
    # name: (start, held, need, joined, where the answer comes from)
    "two parts of one issuer": (
        [0],
        [[(1, 60), (2, 20)], [(2, 35)], [(3, 51)], []],
        51,
        {1, 2, 3},
        "clingo c1..c4",
    ),
    "the least model, not another": (
        [0],
        [[(1, 30), (2, 30)], [(2, 60)], [(1, 60)]],
        51,
        set(),
        "Ross & Sagiv",
    ),
    "nothing joins by what it holds itself": ([0], [[(1, 40)], [(1, 20)]], 51, set(), "Van Gelder"),
    "the start is no answer": ([0], [[(1, 60)], [(0, 60)]], 51, {1}, "by hand"),
    "two that start together": ([0, 1], [[(2, 30)], [(2, 30)], []], 51, {2}, "by hand"),
}


@pytest.mark.parametrize(("start", "held", "need", "expected", "source"), CASES.values(), ids=CASES)
def test_worked_closures(start, held, need, expected, source):
    """Published and hand-worked closures are reproduced."""
    assert expected == set(majority_closure(start, held, [need] * len(held))), source


@st.composite
def holdings(draw, size=6):
    """Return for each node what it holds in which others."""
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, 60))
    return [draw(st.lists(pair, max_size=3)) for _ in range(size)]


@given(holdings(), st.integers(1, 100))
def test_both_closures_agree(held, need):
    """The worklist over weights finds what the general closure finds with the sum as its rule."""

    def joins(candidate, members):
        return need <= sum(
            weight for member in members for target, weight in held[member] if target == candidate
        )

    for start in range(len(held)):
        general = closure([start], lambda node: [target for target, _ in held[node]], joins)
        assert set(general) == set(majority_closure([start], held, [need] * len(held)))


@given(holdings(), st.integers(1, 100))
def test_the_order_can_be_shown(held, need):
    """Each that joins has enough from the start and from those that joined before it."""
    joined = majority_closure([0], held, [need] * len(held))
    assert len(joined) == len(set(joined))
    inside = {0}
    for one in joined:
        assert need <= sum(w for member in inside for target, w in held[member] if target == one)
        inside.add(one)
