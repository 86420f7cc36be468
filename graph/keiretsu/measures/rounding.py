"""Whether a printed percentage can be the computed one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from keiretsu.kernels.box import Bounds

_MOST_DECIMALS = 6


def agree(declared: Bounds, computed: Bounds) -> bool:
    """Return whether a declared number or band can be the computed one, but for rounding.

    Examples
    --------
    >>> from keiretsu.kernels.box import Bounds
    >>> printed, computed = Fraction(434, 1000), Fraction(43365, 100000)
    >>> agree(Bounds(printed, printed), Bounds(computed, computed))
    True
    """
    tolerance = _rounding((declared.low, declared.high))
    return declared.low - tolerance <= computed.high and computed.low <= declared.high + tolerance


def _rounding(numbers: Collection[Fraction]) -> Fraction:
    """Return half of the last decimal in which percentages are printed."""
    decimals = 0
    while decimals < _MOST_DECIMALS and any(
        (number * 100 * 10**decimals).denominator != 1 for number in numbers
    ):
        decimals += 1
    return Fraction(1, 2 * 10 ** (decimals + 2))
