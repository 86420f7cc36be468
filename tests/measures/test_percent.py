"""Percentages at the edge are the exact ones, rounded half-even once."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from keiretsu.measures import percent
from keiretsu.measures.answer import PLACES

TIES = st.integers(-200, 2 * 10**8).map(lambda half: Fraction(half, 2 * 10**8))


@given(st.one_of(st.fractions(-1, 2), TIES))
def test_a_percentage_is_rounded_half_even(share):
    assert percent(share) == float(round(share * 100, PLACES))
