"""Trees joined until nothing changes: nodes that a whole tree dominates are put under it.

A tree that may go under another keeps a list of the open nodes that its nodes have weight in. When
it does, only the nodes in its list, or in the other tree's if that is shorter, are looked at again.
So each entry is looked at a number of times that grows with the logarithm of the entries, however
deep trees get.
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
    room = int((first[open_nodes + 1] - first[open_nodes]).sum())
    nodes = np.empty(len(open_nodes), dtype=np.int32)
    tops = np.empty(len(open_nodes), dtype=np.int32)
    count = _join(first, source, weight, need, open_nodes, top, room, nodes, tops)
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
    trees cancel each other out. What is left of it bounds what it can have.
    """
    winner, lead, total = -1, 0, 0
    for edge in range(first[node], first[node + 1]):
        tree = _find(above, source[edge])
        if tree == node:
            continue
        mine = int(weight[edge])
        total += mine
        if tree == winner:
            lead += mine
        elif lead < mine:
            winner, lead = tree, mine - lead
        else:
            lead -= mine
    if (total + lead) // 2 < need[node]:
        return -1
    reached = 0
    for edge in range(first[node], first[node + 1]):
        if _find(above, source[edge]) == winner:
            reached += int(weight[edge])
    return winner if reached >= need[node] else -1


@compiled
def _list_open(
    first: Integers,
    source: Integers,
    open_nodes: Integers,
    top: Integers,
    place_of: Integers,
    lists: tuple[Integers, Integers, Integers],
    entries: tuple[Integers, Integers],
) -> None:
    """Enter each open node in the lists of those trees that may go under another."""
    head, tail, length = lists
    following, entered = entries
    entry = 0
    for place in range(open_nodes.size):
        node = open_nodes[place]
        for edge in range(first[node], first[node + 1]):
            tree = place_of[top[source[edge]]]
            if tree < 0:
                continue
            entered[entry] = place
            following[entry] = head[tree]
            head[tree] = entry
            if tail[tree] < 0:
                tail[tree] = entry
            length[tree] += 1
            entry += 1


@compiled
def _join(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    open_nodes: Integers,
    top: Integers,
    room: int,
    nodes: Integers,
    tops: Integers,
) -> int:
    above = top.copy()
    size = open_nodes.size
    place_of = np.full(top.size, -1, dtype=np.int32)
    for place in range(size):
        place_of[open_nodes[place]] = place
    head = np.full(size, -1, dtype=np.int32)
    tail = np.full(size, -1, dtype=np.int32)
    length = np.zeros(size, dtype=np.int32)
    following = np.empty(room, dtype=np.int32)
    entered = np.empty(room, dtype=np.int32)
    lists, entries = (head, tail, length), (following, entered)
    _list_open(first, source, open_nodes, top, place_of, lists, entries)
    queue = np.arange(size).astype(np.int32)
    waiting = np.ones(size, dtype=np.bool_)
    done = np.zeros(size, dtype=np.bool_)
    count, read, left = 0, 0, size
    while left > 0:
        place = queue[read]
        read = (read + 1) % size
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
        other = place_of[tree]
        entry = head[place]
        if other >= 0 and length[other] < length[place]:
            entry = head[other]
        while entry >= 0:
            again = entered[entry]
            if not waiting[again] and not done[again]:
                waiting[again] = True
                queue[(read + left) % size] = again
                left += 1
            entry = following[entry]
        if other >= 0 and head[place] >= 0:
            following[tail[place]] = head[other]
            if tail[other] < 0:
                tail[other] = tail[place]
            head[other] = head[place]
            length[other] += length[place]
    for place in range(count):
        tops[place] = _find(above, nodes[place])
    return count
