r"""Shapley-Shubik power in floating point, to twelve digits, for hundreds of voters.

A voter's power is the chance of being pivotal when everybody joins at a random time: the integral
over :math:`t` of the chance that the others who joined by :math:`t` are losing without it and
winning with it. At each :math:`t` the weight that joined has a distribution, the product of one
factor :math:`1 - t + t x^w` per voter; a voter's own factor is divided out in the direction in
which errors shrink. The integrand is a polynomial, so Gauss-Legendre nodes integrate it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

MOST_NODES = 256
"""So many nodes give all digits up to thousands of voters; fewer are exact for few voters."""


def work(weights: Sequence[int]) -> int:
    """Return how many steps `pivot_chances` takes: nodes times voters times weight."""
    return min(MOST_NODES, len(weights) // 2 + 1) * len(weights) * sum(weights)


def pivot_chances(weights: Sequence[int], need: int) -> list[float]:
    """Return how often each voter is pivotal among all orders.

    Parameters
    ----------
    weights
        Of the voters; whole, not negative.
    need
        The weight with which a coalition wins; more than nothing.

    References
    ----------
    G. Owen, Multilinear extensions of games, Management Science 18 (1972).

    Examples
    --------
    >>> [round(power, 12) for power in pivot_chances([50, 49, 1], 51)]
    [0.666666666667, 0.166666666667, 0.166666666667]
    >>> pivot_chances([60, 20, 20], 51)
    [1.0, 0.0, 0.0]
    """
    columns = np.array(weights, dtype=np.int64)
    if (columns >= need).any() and columns.sum() - columns.max() < need:
        return [float(weight >= need) for weight in weights]
    nodes, parts = np.polynomial.legendre.leggauss(min(MOST_NODES, len(columns) // 2 + 1))
    distinct, of = np.unique(columns, return_inverse=True)
    chances = np.zeros(len(distinct))
    for time, part in zip((nodes + 1) / 2, parts / 2, strict=True):
        _add_swings(columns, distinct, need, time, part, chances)
    power: list[float] = chances[of].tolist()
    return power


@compiled
def _add_swings(
    weights: Integers, distinct: Integers, need: int, time: float, part: float, chances: Floats
) -> None:
    """Add to the chances of each weight its chance to swing at a time, times a part."""
    total = weights.sum()
    joined = np.zeros(total + 1)
    joined[0] = 1.0
    reached = 0
    for weight in weights:
        reached += weight
        for at in range(reached, weight - 1, -1):
            joined[at] = joined[at] * (1 - time) + time * joined[at - weight]
        for at in range(min(weight, reached + 1) - 1, -1, -1):
            joined[at] *= 1 - time
    others = np.empty(total + 1)
    for place in range(distinct.size):
        weight = distinct[place]
        if weight == 0:
            continue
        last = total - weight
        if time <= 0.5:  # noqa: PLR2004 - divide from below or from above, where errors shrink
            ratio = time / (1 - time)
            for at in range(last + 1):
                others[at] = joined[at] / (1 - time)
                if at >= weight:
                    others[at] -= ratio * others[at - weight]
        else:
            ratio = (1 - time) / time
            for at in range(last, -1, -1):
                others[at] = joined[at + weight] / time
                if at + weight <= last:
                    others[at] -= ratio * others[at + weight]
        swing = 0.0
        for at in range(max(0, need - weight), min(need, last + 1)):
            swing += others[at]
        chances[place] += part * swing
