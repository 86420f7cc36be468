"""Linear systems of flows: exact, then in floating point."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.kernels import linear
from keiretsu.kernels.linear import SingularError, System, eliminate

UNIT = 12


@st.composite
def systems(draw, size=5):
    """Return rows of shares; each row leaves something out, so that there is one solution."""
    rows = []
    for _ in range(size):
        left, row = UNIT - 1, {}
        for target in draw(st.lists(st.integers(0, size - 1), unique=True, max_size=3)):
            share = draw(st.integers(0, left))
            left -= share
            row[target] = Fraction(share, UNIT)
        rows.append(row)
    return rows


@given(systems(), st.integers(0, 4))
def test_solutions_satisfy_the_system(rows, start):
    """Every unknown is what its row makes of the others, exactly."""
    found = System(rows).solve({start: 1})
    expected = [
        (node == start) + sum((share * found[other] for other, share in row.items()), Fraction(0))
        for node, row in enumerate(rows)
    ]
    assert expected == found


@given(systems(), st.integers(0, 4))
def test_floating_point_agrees(rows, start):
    """What large systems are solved with gives the same."""
    exact = System(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear, "EXACT_NODES", 0)
        rounded = System(rows)
        assert (True, False) == (exact.exact, rounded.exact)
    values = [float(value) for value in exact.solve({start: 1})]
    assert values == pytest.approx([float(v) for v in rounded.solve({start: 1})], abs=1e-9)
    returns = {n: float(v) for n, v in exact.returns(range(5)).items()}
    other = {n: float(v) for n, v in rounded.returns(range(5)).items()}
    assert returns == pytest.approx(other, abs=1e-9)


@given(systems())
def test_returns_are_the_diagonal(rows):
    """What a node depends on itself is its part of its own solution."""
    system = System(rows)
    assert system.returns(range(5)) == {n: system.solve({n: 1})[n] for n in range(5)}


def test_a_closed_loop_has_no_solution():
    """Two nodes that pass everything to each other are refused, in fractions and in floats."""
    rows = [{1: Fraction(1)}, {0: Fraction(1)}]
    with pytest.raises(SingularError, match="keep everything among themselves"):
        eliminate([(0, rows[0], Fraction(1)), (1, rows[1], Fraction(0))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linear, "EXACT_NODES", 0)
        with pytest.raises(SingularError):
            System(rows).solve({0: 1})
