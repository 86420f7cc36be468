"""What goes round inside one loop of an arranged network, without subtraction.

How often a unit in one member visits another is an entry of the inverse of I - P, where P are the
parts that members have of each other. Where a loop lets almost nothing out, I - P is almost
singular, and a general inverse loses as many digits as the loop goes round. Here the diagonal of
every pivot is *added up* from what leaves its row (the elimination of Grassmann, Taksar and Heyman,
"Regenerative analysis and steady state distributions for Markov chains", Operations Research 33,
1985), and what leaves the loop is known exactly. Nothing is subtracted, so every entry keeps its
digits whatever the loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.arranged import FIRST
from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]


@compiled
def visits_inside(
    begin: int,
    after: int,
    table: Integers,
    source: Integers,
    part: Floats,
    left: Floats,
    stop: int,
) -> Floats:
    """Return how often a unit in each member of a loop visits each other.

    Parameters
    ----------
    begin, after
        The members' places.
    table, source, part, left
        The arranged network.
    stop
        A place where units stay once they are there, or -1.
    """
    size = after - begin
    inside, outside = np.zeros((size, size)), np.zeros(size)
    for row in range(size):
        if begin + row == stop:
            outside[row] = 1.0
            continue
        outside[row] = left[begin + row]
        for edge in range(table[begin + row, FIRST], table[begin + row + 1, FIRST]):
            column = source[edge] - begin
            if 0 <= column < size:
                inside[row, column] += part[edge]
            else:
                outside[row] += part[edge]
    return _eliminated(inside, outside)


@compiled
def _eliminated(inside: Floats, outside: Floats) -> Floats:
    """Return the inverse of I - `inside`, whose rows add up to one with `outside`."""
    size = outside.size
    visits = np.zeros((size, size))
    for row in range(size):
        visits[row, row] = 1.0
    for pivot in range(size):
        inside[pivot, pivot] = 0.0
        leaving = outside[pivot]
        for column in range(size):  # not `sum`, which rounds in another order when compiled
            leaving += inside[pivot, column]
        if leaving > 0.0:  # else nothing can leave it: a unit stays, and is counted once
            inside[pivot] /= leaving
            visits[pivot] /= leaving
            outside[pivot] /= leaving
        for row in range(size):
            share = inside[row, pivot]
            if row != pivot and share > 0.0:
                inside[row, pivot] = 0.0
                inside[row] += share * inside[pivot]
                visits[row] += share * visits[pivot]
                outside[row] += share * outside[pivot]
    return visits
