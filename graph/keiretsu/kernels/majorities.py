"""Who dominates alone, found in one pass over the edges; and what that leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import Place, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


class Majorities(NamedTuple):
    """What one pass over all edges tells.

    Parameters
    ----------
    parent
        Per node the one source that reaches what is needed, or -1.
    decides
        Per node a bit, from the lowest of each byte on: whether it is somebody's parent or open.
    node
        Open nodes: those that only several sources may dominate, together.
    first, source, weight
        The edges of the open node at place `k` are copied to ``first[k]:first[k + 1]``: elsewhere
        each would be a way into another corner of memory.
    """

    parent: Integers
    decides: NDArray[np.uint8]
    node: Integers
    first: Integers
    source: Integers
    weight: Integers


def majorities(first: Integers, source: Integers, weight: Integers, need: Integers) -> Majorities:
    """Return who dominates alone.

    Raises
    ------
    ValueError
        If twice what is needed does not exceed the weights in some node.

    Examples
    --------
    >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 35], [51, 51, 51])
    >>> found = majorities(*(np.array(column, dtype=np.int32) for column in columns))
    >>> found.parent.tolist(), found.decides.tolist(), found.node.tolist()
    ([-1, 0, -1], [5], [2])
    """
    nodes = len(first) - 1
    parent = np.empty(nodes, dtype=np.int32)
    decides = np.zeros(nodes // 8 + 1, dtype=np.uint8)  # bits, since these stay in a cache
    node = np.empty(nodes, dtype=np.int32)
    bounds = np.empty(nodes + 1, dtype=np.int32)
    bounds[0] = 0
    copies = np.empty_like(source), np.empty_like(weight)
    count, wrong = _pass(first, source, weight, need, parent, decides, node, bounds, *copies)
    if wrong >= 0:
        raise ValueError(f"node {wrong}: what is needed is not more than half of its weight")
    copied = bounds[count]
    return Majorities(
        parent, decides, node[:count], bounds[: count + 1], *(copy[:copied] for copy in copies)
    )


@compiled
def _pass(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    parent: Integers,
    decides: Integers,
    open_nodes: Integers,
    bounds: Integers,
    open_source: Integers,
    open_weight: Integers,
) -> tuple[int, int]:
    """Fill the columns; return how many open nodes there are, and the first bad node or -1.

    What cannot be foreseen is no branch: edges are copied before it is known whether their node is
    open. A node with one source, as most have that have any, needs no loop, whose end would be one.
    """
    count, copied, end = 0, 0, int(first[0])
    for node in range(parent.size):
        begin, end, enough = end, int(first[node + 1]), int(need[node])
        total, above = 0, -1
        if end - begin == 1:
            total = int(weight[Place(begin)])
            above = int(source[Place(begin)]) if total >= enough else -1
        elif end > begin:
            to = copied
            for edge in range(Place(begin), Place(end)):
                mine = int(weight[edge])
                total += mine
                above = int(source[edge]) if mine >= enough else above
                open_source[Place(to)] = source[edge]
                open_weight[Place(to)] = weight[edge]
                to += 1
            is_open = above < 0 and total >= enough
            decides[Place(node >> 3)] |= int(is_open) << (node & 7)
            open_nodes[Place(count)] = node
            count += is_open
            copied = to if is_open else copied
            bounds[Place(count)] = copied
        if total - enough >= enough:
            return count, node
        parent[node] = above
        if above >= 0:
            decides[Place(above >> 3)] |= 1 << (above & 7)
    return count, -1
