"""Strongly connected components over arrays, in an order in which sources come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


@compiled
def strong_components(
    first: Integers, source: Integers, start: Integers
) -> tuple[Integers, Integers]:
    """Return the component of each node, and the nodes in an order of their components.

    Parameters
    ----------
    first, source
        Edges grouped by target: the sources of `y` are ``source[first[y]:first[y + 1]]``.
    start
        All nodes, in the order in which the search begins at them.

    Returns
    -------
    component
        Per node; a component has a larger number than all that lead into it.
    order
        The nodes by component.

    Notes
    -----
    Tarjan's algorithm without recursion: linear, at any depth.

    Examples
    --------
    >>> component, order = strong_components(
    ...     np.array([0, 1, 2, 3]), np.array([1, 0, 1]), np.arange(3)
    ... )
    >>> component.tolist(), order.tolist()
    ([0, 0, 1], [1, 0, 2])
    """
    nodes = first.size - 1
    lowest = np.zeros(nodes, dtype=np.int32)
    seen = np.zeros(nodes, dtype=np.int32)
    component = np.full(nodes, -1, dtype=np.int32)
    order = np.empty(nodes, dtype=np.int32)
    waiting = np.empty(nodes, dtype=np.int32)
    path = np.empty(nodes, dtype=np.int32)
    place = np.empty(nodes, dtype=np.int32)
    height, count, components, ordered = 0, 0, 0, 0
    for root in start:
        if seen[root] != 0:
            continue
        depth = 0
        path[0] = root
        count += 1
        seen[root] = lowest[root] = count
        waiting[height] = root
        height += 1
        place[root] = first[root]
        while depth >= 0:
            node = path[depth]
            if place[node] < first[node + 1]:
                other = source[place[node]]
                place[node] += 1
                if seen[other] == 0:
                    count += 1
                    seen[other] = lowest[other] = count
                    waiting[height] = other
                    height += 1
                    place[other] = first[other]
                    depth += 1
                    path[depth] = other
                elif component[other] < 0:
                    lowest[node] = min(lowest[node], seen[other])
                continue
            depth -= 1
            if depth >= 0:
                lowest[path[depth]] = min(lowest[path[depth]], lowest[node])
            if lowest[node] == seen[node]:
                while True:
                    height -= 1
                    member = waiting[height]
                    component[member] = components
                    order[ordered] = member
                    ordered += 1
                    if member == node:
                        break
                components += 1
    return component, order
