"""What each group has in each of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


def group_weights(
    first: Integers,
    source: Integers,
    weight: Integers,
    heads: Integers,
    bounds: Integers,
    members: Integers,
) -> Integers:
    """Return for each member the weight that its group has in it, the head's own included.

    Parameters
    ----------
    first, source, weight
        Edges grouped by target.
    heads, bounds, members
        The group of the head at place `k` is ``members[bounds[k]:bounds[k + 1]]``.

    Examples
    --------
    >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 35], [0], [0, 2], [1, 2])
    >>> group_weights(*(np.array(column) for column in columns)).tolist()
    [60, 55]
    """
    gathered = np.zeros(len(members), dtype=np.int64)
    stamp = np.full(len(first) - 1, -1, dtype=np.int32)
    _gather(first, source, weight, heads, bounds, members, gathered, stamp)
    return gathered


@compiled
def _gather(
    first: Integers,
    source: Integers,
    weight: Integers,
    heads: Integers,
    bounds: Integers,
    members: Integers,
    gathered: Integers,
    stamp: Integers,
) -> None:
    for place in range(heads.size):
        stamp[heads[place]] = place
        for row in range(bounds[place], bounds[place + 1]):
            stamp[members[row]] = place
        for row in range(bounds[place], bounds[place + 1]):
            node = members[row]
            for edge in range(first[node], first[node + 1]):
                if stamp[source[edge]] == place:
                    gathered[row] += weight[edge]
