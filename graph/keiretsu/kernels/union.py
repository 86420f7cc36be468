"""Trees joined until nothing changes: nodes that a whole tree dominates are put under it.

Every tree keeps a list of the open nodes that its nodes have weight in. When a tree goes under
another, only the nodes in the shorter of their two lists are looked at again, so each entry is
looked at a number of times that grows with the logarithm of the entries, however deep trees get.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


class Joined(NamedTuple):
    """The nodes that went under another tree, in that order, and the tree's root at the end."""

    nodes: Integers
    tops: Integers


def join_trees(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    open_nodes: Integers,
    top: Integers,
) -> Joined:
    """Return which open nodes are dominated by trees, and by which in the end.

    Parameters
    ----------
    first, source, weight, need
        As in `keiretsu.kernels.forest.dominance_forest`.
    open_nodes
        Roots that several sources may dominate together.
    top
        The root of each node's tree.
    """
    begin = np.zeros(len(open_nodes) + 1, dtype=np.int64)
    np.cumsum(first[open_nodes + 1] - first[open_nodes], out=begin[1:])
    nodes = np.empty(len(open_nodes), dtype=np.int32)
    tops = np.empty(len(open_nodes), dtype=np.int32)
    count = _join(first, source, weight, need, open_nodes, top, begin, nodes, tops)
    return Joined(nodes[:count], tops[:count])


@compiled
def _find(above: Integers, node: int) -> int:
    while above[node] != node:
        above[node] = above[above[node]]
        node = above[node]
    return node


@compiled
def _dominating(
    node: int, first: Integers, source: Integers, weight: Integers, need: Integers, above: Integers
) -> int:
    """Return the other tree whose nodes together reach what a root needs, or -1.

    Only one can, and it has more than half of the weight: so the one that is left when unlike
    trees cancel each other out.
    """
    winner, lead = -1, 0
    for edge in range(first[node], first[node + 1]):
        tree = _find(above, source[edge])
        if tree == node:
            continue
        mine = int(weight[edge])
        if tree == winner:
            lead += mine
        elif lead < mine:
            winner, lead = tree, mine - lead
        else:
            lead -= mine
    reached = 0
    for edge in range(first[node], first[node + 1]):
        if _find(above, source[edge]) == winner:
            reached += int(weight[edge])
    return winner if winner >= 0 and reached >= need[node] else -1


@compiled
def _list_open(
    first: Integers,
    source: Integers,
    open_nodes: Integers,
    top: Integers,
    begin: Integers,
    lists: tuple[Integers, Integers, Integers],
    entries: tuple[Integers, Integers],
) -> None:
    """Enter each open node in the lists of the trees that have weight in it."""
    head, tail, length = lists
    following, entered = entries
    for place in range(open_nodes.size):
        node = open_nodes[place]
        for offset in range(first[node + 1] - first[node]):
            entry = begin[place] + offset
            tree = top[source[first[node] + offset]]
            entered[entry] = place
            following[entry] = head[tree]
            head[tree] = entry
            if tail[tree] < 0:
                tail[tree] = entry
            length[tree] += 1


@compiled
def _join(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    open_nodes: Integers,
    top: Integers,
    begin: Integers,
    nodes: Integers,
    tops: Integers,
) -> int:
    above = top.copy()
    head = np.full(top.size, -1, dtype=np.int32)
    tail = np.full(top.size, -1, dtype=np.int32)
    length = np.zeros(top.size, dtype=np.int32)
    following = np.empty(begin[-1], dtype=np.int32)
    entered = np.empty(begin[-1], dtype=np.int32)
    _list_open(first, source, open_nodes, top, begin, (head, tail, length), (following, entered))
    queue = np.arange(open_nodes.size).astype(np.int32)
    waiting = np.ones(open_nodes.size, dtype=np.bool_)
    done = np.zeros(open_nodes.size, dtype=np.bool_)
    count, read, left = 0, 0, open_nodes.size
    while left > 0:
        place = queue[read]
        read = (read + 1) % open_nodes.size
        left -= 1
        waiting[place] = False
        node = open_nodes[place]
        tree = _dominating(node, first, source, weight, need, above)
        if tree < 0:
            continue
        done[place] = True
        above[node] = tree
        nodes[count] = node
        count += 1
        shorter = node if length[node] < length[tree] else tree
        entry = head[shorter]
        while entry >= 0:
            other = entered[entry]
            if not waiting[other] and not done[other]:
                waiting[other] = True
                queue[(read + left) % open_nodes.size] = other
                left += 1
            entry = following[entry]
        if head[node] >= 0:
            following[tail[node]] = head[tree]
            if tail[tree] < 0:
                tail[tree] = tail[node]
            head[tree] = head[node]
            length[tree] += length[node]
    for place in range(count):
        tops[place] = _find(above, nodes[place])
    return count
