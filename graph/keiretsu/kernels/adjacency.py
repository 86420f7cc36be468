"""Edges grouped by one of their ends, by counting: linear, stable, without a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


def grouped(keys: Integers, count: int) -> tuple[Integers, Integers]:
    """Return where each key's edges begin, and the edges in the order of their keys.

    Parameters
    ----------
    keys
        Per edge a number below `count`.
    count
        How many keys there are.

    Returns
    -------
    first
        32-bit integers, `count` + 1 of them: the edges of key `k` stand at ``first[k]:first[k+1]``.
    order
        32-bit integers, positions of edges; edges of one key keep their order.

    Examples
    --------
    >>> first, order = grouped(np.array([1, 0, 1], dtype=np.int32), 2)
    >>> first.tolist(), order.tolist()
    ([0, 1, 3], [1, 0, 2])
    """
    first = np.zeros(count + 1, dtype=np.int32)
    order = np.empty(len(keys), dtype=np.int32)
    _count(keys, first, order)
    return first, order


@compiled
def _count(keys: Integers, first: Integers, order: Integers) -> None:
    for edge in range(keys.size):
        first[keys[edge] + 1] += 1
    for key in range(first.size - 1):
        first[key + 1] += first[key]
    place = first[:-1].copy()
    for edge in range(keys.size):
        key = keys[edge]
        order[place[key]] = edge
        place[key] += 1
