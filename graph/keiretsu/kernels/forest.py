"""Dominance of everyone over everyone as one forest.

A group of nodes *dominates* a node when its members' weights in it reach what is needed; a node's
group is the least set that holds it and all that the group dominates. Where what is needed is more
than half of all weight in a node, two groups that dominate the same node share a member. So the
dominators of a node are comparable: there is a lowest one, dominance is transitive, and its pairs
are those of ancestor and descendant in a forest. Nodes that dominate each other form a *ring*; its
members hold more than half of each other, so nobody outside dominates it and it is a root.

Loops here know arrays only. Edges are grouped by target: the sources of `y` are
``source[first[y]:first[y + 1]]``, each once, never `y` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.union import join_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

NONE = -1


class Forest(NamedTuple):
    """Who dominates whom, in twelve bytes a node beside the parents.

    Parameters
    ----------
    parent
        The lowest dominator of each node, or `NONE`; in a ring, another member or `NONE`.
    ring
        The root that stands for the node's ring, or `NONE`.
    number
        Preorder number: a node's group has consecutive numbers.
    begin, size
        The numbers of the node's group: ``begin <= number < begin + size``.
    """

    parent: Integers
    ring: Integers
    number: Integers
    begin: Integers
    size: Integers


def dominance_forest(first: Integers, source: Integers, weight: Integers, need: Integers) -> Forest:
    """Return the forest of dominance.

    Parameters
    ----------
    first, source, weight
        Edges grouped by target.
    need
        Per node the weight that must be reached: more than half of all weight in it.

    Raises
    ------
    ValueError
        If twice what is needed does not exceed the weights in some node, so that the theorem does
        not hold.

    Notes
    -----
    First each node's own majority source, if it has one, is its parent. Then nodes without one are
    put under the tree that together reaches what they need, trees being joined as that spreads;
    and are lowered to the lowest node whose subtree reaches it, until nothing moves. Last, roots
    that are dominated from within their own tree close a ring. Near-linear in edges.

    Examples
    --------
    >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 35], [51, 51, 51])
    >>> forest = dominance_forest(*(np.array(column, dtype=np.int32) for column in columns))
    >>> forest.parent.tolist()
    [-1, 0, 0]
    """
    position = _first_too_small(first, weight, need)
    if position >= 0:
        raise ValueError(f"node {position}: what is needed is not more than half of its weight")
    parent = np.full(len(first) - 1, NONE, dtype=np.int32)
    open_nodes = _majorities(first, source, weight, need, parent)
    ring = np.full(len(parent), NONE, dtype=np.int32)
    top = np.empty(len(parent), dtype=np.int32)
    _find_tops(parent, ring, top)
    joined = join_trees(first, source, weight, need, open_nodes, top)
    parent[joined.nodes] = joined.tops
    above = np.arange(len(parent), dtype=np.int32)
    above[joined.nodes] = joined.tops
    top = above[top]
    work = _Work(len(parent))
    while _lower(first, source, weight, need, joined.nodes, top, parent, *work.columns):
        pass
    rest = open_nodes[parent[open_nodes] == NONE]
    _close_rings(first, source, weight, need, rest, top, parent, ring, *work.columns)
    return numbered(parent, ring)


def numbered(parent: Integers, ring: Integers) -> Forest:
    """Return a forest with its preorder numbers, given parents and rings."""
    number, begin, size = _numbered(parent)
    _spread_rings(ring, begin, size)
    return Forest(parent, ring, number, begin, size)


class _Work:
    """Sums per node that are valid where the stamp is the latest."""

    def __init__(self, nodes: int) -> None:
        self.columns = (
            np.zeros(nodes, dtype=np.int64),
            np.full(nodes, NONE, dtype=np.int32),
        )


@compiled
def _first_too_small(first: Integers, weight: Integers, need: Integers) -> int:
    for node in range(first.size - 1):
        total = 0
        for edge in range(first[node], first[node + 1]):
            total += int(weight[edge])
        if total - int(need[node]) >= int(need[node]):
            return node
    return -1


@compiled
def _majorities(
    first: Integers, source: Integers, weight: Integers, need: Integers, parent: Integers
) -> Integers:
    """Set parents that dominate alone; return nodes that several sources may dominate together."""
    found = np.empty(parent.size, dtype=np.int32)
    count = 0
    for node in range(parent.size):
        total = 0
        for edge in range(first[node], first[node + 1]):
            total += int(weight[edge])
            if weight[edge] >= need[node]:
                parent[node] = source[edge]
        if parent[node] < 0 and total >= need[node] and first[node + 1] - first[node] > 1:
            found[count] = node
            count += 1
    return found[:count].copy()


@compiled
def _find_tops(parent: Integers, ring: Integers, top: Integers) -> None:
    """Write the root of each node's tree; a loop of parents becomes a root with children, marked.

    A node on the way has a mark below `NONE` that tells from where it was reached.
    """
    top[:] = -1
    for start in range(parent.size):
        node, mark = start, -2 - start
        while top[node] == -1 and parent[node] >= 0:
            top[node] = mark
            node = parent[node]
        root = node if top[node] < 0 else top[node]
        if top[node] == mark:  # the way came back to itself
            member = parent[node]
            ring[node] = node
            parent[node] = -1
            top[node] = node
            while member != node:
                above = parent[member]
                ring[member] = node
                parent[member] = node
                top[member] = node
                member = above
        top[root] = root
        node = start
        while top[node] == mark:
            top[node] = root
            node = parent[node]


@compiled
def _lower(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    nodes: Integers,
    top: Integers,
    parent: Integers,
    gathered: Integers,
    stamp: Integers,
) -> bool:
    """Move each node to the lowest one whose subtree reaches what it needs; whether any moved."""
    moved = False
    stamp[:] = -1
    for place in range(nodes.size):
        node = nodes[place]
        lowest, deepest = parent[node], 0
        one = parent[lowest]
        while one >= 0:
            deepest += 1
            one = parent[one]
        for edge in range(first[node], first[node + 1]):
            if top[source[edge]] != top[node]:
                continue
            depth, one, below = 0, source[edge], False
            while one >= 0 and not below:
                below = one == node
                depth += 1
                one = parent[one]
            if below:  # what a node dominates does not help to dominate it
                continue
            one = source[edge]
            while one >= 0:
                depth -= 1
                if stamp[one] != place:
                    stamp[one] = place
                    gathered[one] = 0
                gathered[one] += weight[edge]
                if gathered[one] >= need[node] and depth > deepest:
                    lowest, deepest = one, depth
                one = parent[one]
        if lowest != parent[node]:
            parent[node] = lowest
            moved = True
    return moved


@compiled
def _close_rings(
    first: Integers,
    source: Integers,
    weight: Integers,
    need: Integers,
    roots: Integers,
    top: Integers,
    parent: Integers,
    ring: Integers,
    gathered: Integers,
    stamp: Integers,
) -> None:
    """Mark as a ring the nodes from a root down to the lowest that dominates it in turn."""
    stamp[:] = -1
    for place in range(roots.size):
        root = roots[place]
        lowest, deepest = -1, -1
        for edge in range(first[root], first[root + 1]):
            if top[source[edge]] != root:
                continue
            depth, one = 0, source[edge]
            while one != root:
                depth += 1
                one = parent[one]
            one = source[edge]
            while one != root:
                if stamp[one] != place:
                    stamp[one] = place
                    gathered[one] = 0
                gathered[one] += weight[edge]
                if gathered[one] >= need[root] and depth > deepest:
                    lowest, deepest = one, depth
                depth -= 1
                one = parent[one]
        while lowest >= 0:
            ring[lowest] = root
            lowest = parent[lowest]


@compiled
def _numbered(parent: Integers) -> tuple[Integers, Integers, Integers]:
    """Return preorder numbers, and where each node's subtree begins and how large it is."""
    nodes = parent.size
    children = np.zeros(nodes, dtype=np.int32)
    size = np.ones(nodes, dtype=np.int32)
    order = np.empty(nodes, dtype=np.int32)
    for node in range(nodes):
        if parent[node] >= 0:
            children[parent[node]] += 1
    count = 0
    for leaf in range(nodes):
        node = leaf
        if children[node] != 0:
            continue
        while node >= 0 and children[node] == 0:
            children[node] = -1
            order[count] = node
            count += 1
            above = parent[node]
            if above >= 0:
                size[above] += size[node]
                children[above] -= 1
            node = above
    number = np.empty(nodes, dtype=np.int32)
    following = children  # reused: the next number for a child
    top = 0
    for place in range(nodes - 1, -1, -1):
        node = order[place]
        if parent[node] < 0:
            number[node] = top
            top += size[node]
        else:
            number[node] = following[parent[node]]
            following[parent[node]] += size[node]
        following[node] = number[node] + 1
    return number, number.copy(), size


@compiled
def _spread_rings(ring: Integers, begin: Integers, size: Integers) -> None:
    """Give each member of a ring the whole ring's group."""
    for node in range(ring.size):
        if ring[node] >= 0:
            begin[node] = begin[ring[node]]
            size[node] = size[ring[node]]
