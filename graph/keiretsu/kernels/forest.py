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

from keiretsu.kernels.candidates import candidates
from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.lowering import settle
from keiretsu.kernels.majorities import Majorities, majorities
from keiretsu.kernels.preorder import preorder
from keiretsu.kernels.slots import NONE, Slots, give_slots
from keiretsu.kernels.union import join_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


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
    alone = majorities(first, source, weight, need)
    parent = alone.parent
    slots = give_slots(parent, alone.decides)
    moved = members = np.flatnonzero(slots.ring != NONE)
    if len(alone.node):
        moved = np.concatenate([moved, put_together(alone, need, slots)])
        members = np.flatnonzero(slots.ring != NONE)
    up = slots.above[moved]
    parent[slots.node[moved]] = np.where(up == NONE, NONE, slots.node[up])
    ring = np.full(len(parent), NONE, dtype=np.int32)
    ring[slots.node[members]] = slots.node[slots.ring[members]]
    return _with_numbers(parent, ring, slots.node[members], slots, moved=len(moved) > 0)


def put_together(alone: Majorities, need: Integers, slots: Slots) -> Integers:
    """Move what only several sources dominate to where it belongs; return which slots it is."""
    root = _roots(slots.above)
    found = candidates(alone, need, slots, root)
    joined = join_trees(found, root)
    settle(found, joined, root, slots.above, slots.ring)
    return found.slot[joined]


def numbered(parent: Integers, ring: Integers) -> Forest:
    """Return a forest with its preorder numbers, given parents and rings."""
    has_slot = np.zeros(len(parent), dtype=np.bool_)
    has_slot[parent[parent != NONE]] = True
    slots = give_slots(parent, np.packbits(has_slot, bitorder="little"))
    return _with_numbers(parent, ring, np.flatnonzero(ring != NONE), slots, moved=False)


def _with_numbers(
    parent: Integers, ring: Integers, members: Integers, slots: Slots, *, moved: bool
) -> Forest:
    number, size = preorder(slots, moved=moved)
    begin = number.copy() if len(members) else number
    begin[members], size[members] = begin[ring[members]], size[ring[members]]  # the whole ring's
    return Forest(parent, ring, number, begin, size)


@compiled
def _roots(above: Integers) -> Integers:
    """Return the root of each slot, and -1 for what is above roots; parents have lower slots."""
    root = np.empty(above.size + 1, dtype=np.int32)
    root[above.size] = -1
    for slot in range(above.size):
        over = root[above[slot]]
        root[slot] = slot if over < 0 else over
    return root
