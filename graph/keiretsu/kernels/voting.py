"""Power in weighted votes: how often each voter turns a losing coalition into a winning one.

Everything is counted in integers. A coalition wins when its weight reaches what is needed, so that
*more than* half of 100 is 51, or one more than half of the whole in whatever unit.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 18
"""So many voters' coalitions are listed one by one."""

MOST_BITS = 2 * 10**8
"""So large the generating function may become; beyond, power is sampled."""

MOST_WORK = 15 * 10**9
"""Bits times operations: so much takes a few seconds."""

_INT64 = 2**62


class Swings(NamedTuple):
    """For a voter, by the size of the coalition it joins, how many it makes winning."""

    by_size: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many coalitions in all."""
        return sum(self.by_size)


def swings(weights: Sequence[int], need: int) -> list[Swings] | None:
    r"""Return the swings of each voter, exactly; None if there are too many to count.

    Parameters
    ----------
    weights
        Of the voters; not negative.
    need
        The weight with which a coalition wins; more than nothing.

    Notes
    -----
    With few voters coalitions are listed. With more, the generating function
    :math:`\prod_j (1 + z x^{w_j})` is held in one long integer, a group of digits for each weight;
    a voter is taken out of it by :math:`1/(1+y) = (1-y)(1+y^2)(1+y^4)\cdots`, so that integers of
    any length do the counting and nothing can overflow.

    Examples
    --------
    >>> [found.total for found in swings([50, 49, 1], 51)]
    [3, 1, 1]
    """
    unit = math.gcd(*weights) or 1
    small, needed = [weight // unit for weight in weights], -(-need // unit)
    if len(weights) <= MOST_LISTED:
        return _listed(small, needed)
    count = len(weights)
    bits = needed * (count + 1) * (count + 1)
    rounds = sum(max(needed // weight, 1).bit_length() for weight in {*small} - {0})
    if bits > MOST_BITS or bits * (rounds + count) > MOST_WORK:
        return None
    return _generated(small, needed)


def shapley_shubik(found: Sequence[Swings]) -> list[Fraction]:
    """Return how often each voter is pivotal among all orders.

    Examples
    --------
    >>> [str(power) for power in shapley_shubik(swings([50, 49, 1], 51))]
    ['2/3', '1/6', '1/6']
    """
    count = len(found)
    orders = [math.factorial(size) * math.factorial(count - 1 - size) for size in range(count)]
    whole = math.factorial(count)
    return [
        Fraction(sum(n * m for n, m in zip(one.by_size, orders, strict=True)), whole)
        for one in found
    ]


def banzhaf(found: Sequence[Swings]) -> list[Fraction]:
    """Return each voter's part of all swings.

    Examples
    --------
    >>> [str(power) for power in banzhaf(swings([50, 49, 1], 51))]
    ['3/5', '1/5', '1/5']
    """
    whole = sum(one.total for one in found)
    return [Fraction(one.total, whole) if whole else Fraction(0) for one in found]


def _listed(weights: Sequence[int], need: int) -> list[Swings]:
    count = len(weights)
    kind = np.int64 if sum(weights) + need < _INT64 else object
    sums, sizes = np.zeros(1, dtype=kind), np.zeros(1, dtype=np.int64)
    for weight in weights:  # the coalition of number n has the voters of its binary digits
        sums = np.concatenate([sums, sums + weight])
        sizes = np.concatenate([sizes, sizes + 1])
    numbers = np.arange(1 << count)
    found = []
    for voter, weight in enumerate(weights):
        without = (numbers >> voter) & 1 == 0
        swung = without & (sums < need) & (sums >= need - weight)
        counted = np.bincount(sizes[swung.astype(bool)], minlength=count)
        found.append(Swings(tuple(counted.tolist()[:count])))
    return found


def _generated(weights: Sequence[int], need: int) -> list[Swings]:
    count = len(weights)
    digit = count + 1  # bits: no count of coalitions of one size is larger than 2**count
    group = digit * (count + 1)
    mask = (1 << group * need) - 1
    whole = 1
    for weight in weights:
        whole = (whole + (whole << group * weight + digit)) & mask
    found: dict[int, Swings] = {}
    for weight in weights:
        if weight not in found:
            others = _without(whole, group * weight + digit, group * need, mask)
            window = others >> group * max(need - weight, 0) if weight else 0
            found[weight] = _by_size(_folded(window, group), digit, count)
    return [found[weight] for weight in weights]


def _without(whole: int, step: int, length: int, mask: int) -> int:
    """Return the generating function divided by one factor."""
    others = (whole - (whole << step)) & mask
    step *= 2
    while step < length:
        others = (others + (others << step)) & mask
        step *= 2
    return others


def _folded(window: int, group: int) -> int:
    """Return the sum of a window's groups of digits; no digit can carry."""
    groups = -(-window.bit_length() // group)
    while groups > 1:
        half = -(-groups // 2)
        window = (window & ((1 << group * half) - 1)) + (window >> group * half)
        groups = half
    return window


def _by_size(folded: int, digit: int, count: int) -> Swings:
    mask = (1 << digit) - 1
    return Swings(tuple((folded >> digit * size) & mask for size in range(count)))
