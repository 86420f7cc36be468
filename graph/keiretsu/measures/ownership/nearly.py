"""Exact numbers with an infinitesimal part: an open end lies that far inside its limit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_STILL = Fraction(0)
"""The slope of most numbers, one object for all: then only the values need to be computed."""


@dataclass(frozen=True, slots=True, order=True)
class Nearly:
    """A fraction, and how it moves with an infinitesimal; compared by the one, then by the other.

    Parameters
    ----------
    value
        The number.
    slope
        Above zero if it is approached from above and never attained, below zero from below.

    Examples
    --------
    >>> quarter, just_above = Nearly(Fraction(1, 4)), Nearly(Fraction(1, 4), Fraction(1))
    >>> quarter < just_above, (just_above * Nearly(Fraction(1, 2))).slope
    (True, Fraction(1, 2))
    """

    value: Fraction
    slope: Fraction = _STILL

    def __add__(self, other: Nearly) -> Nearly:
        """Return the sum."""
        if self.slope is other.slope is _STILL:
            return Nearly(self.value + other.value)
        return Nearly(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Nearly) -> Nearly:
        """Return the difference."""
        if self.slope is other.slope is _STILL:
            return Nearly(self.value - other.value)
        return Nearly(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: Nearly) -> Nearly:
        """Return the product; what is infinitesimal twice over is nothing."""
        if self.slope is other.slope is _STILL:
            return Nearly(self.value * other.value)
        slope = self.value * other.slope + self.slope * other.value
        return Nearly(self.value * other.value, slope)

    def __truediv__(self, other: Nearly) -> Nearly:
        """Return the quotient; of two infinitesimals, that of their slopes."""
        if other.value == 0:
            return Nearly(self.slope / other.slope)
        if self.slope is other.slope is _STILL:
            return Nearly(self.value / other.value)
        slope = (self.slope * other.value - self.value * other.slope) / other.value**2
        return Nearly(self.value / other.value, slope)


NONE, ALL = Nearly(Fraction(0)), Nearly(Fraction(1))
"""Nothing, and the whole."""
