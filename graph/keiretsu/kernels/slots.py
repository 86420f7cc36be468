"""The few nodes of a forest that decide, in slots of their own that fit into a cache.

Most nodes of a register dominate nobody: they are leaves, or stand alone. Only *inner* nodes, those
that some node has as its parent, make trees; and only *open* nodes, those that several sources may
dominate together, can still move. Both get a *slot*, a small number, from the roots down. What
follows pointers does so from slot to slot. All nodes are passed in rising order alone, with at most
one look elsewhere for each, which does not wait for the one before: so large registers cost what
memory can deliver, and not what it makes one wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import Place, compiled
from keiretsu.kernels.ways import sorted_downward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

NONE = -1


class Slots(NamedTuple):
    """Which nodes have slots.

    Parameters
    ----------
    at
        Per node its slot, or its parent's if it is a leaf, or `NONE` if it stands alone. One entry
        more than there are nodes, for `NONE` itself.
    node
        Per slot its node.
    above
        Per slot the slot of the node's parent, lower than its own; or `NONE`.
    ring
        Per slot the slot of the root if it was in a loop of parents; or `NONE`.
    leaf, under
        The nodes that have no slot, in rising order, and where they are.
    """

    at: Integers
    node: Integers
    above: Integers
    ring: Integers
    leaf: Integers
    under: Integers


def give_slots(parent: Integers, has_slot: Integers) -> Slots:
    """Give slots to some nodes.

    Parameters
    ----------
    parent
        The parent of each node, or `NONE`. In the slots a loop of parents becomes a root with
        children.
    has_slot
        Per node a bit, from the lowest of each byte on: whether it gets a slot; parents must.

    Examples
    --------
    >>> slots = give_slots(np.array([2, 0, -1, 0, -1]), np.array([0b00101], dtype=np.uint8))
    >>> slots.node.tolist(), slots.above.tolist()
    ([2, 0], [-1, 0])
    >>> slots.leaf.tolist(), slots.under.tolist()
    ([1, 3, 4], [1, 1, -1])
    """
    nodes = len(parent)
    at = np.empty(nodes + 1, dtype=np.int32)
    at[nodes] = NONE  # also what stands at `NONE`
    node = np.empty(nodes + 1, dtype=np.int32)  # one more: see `_split`
    leaf = np.empty_like(node)
    count = _split(has_slot, at, node, leaf)
    node, leaf = node[:count], leaf[: nodes - count]
    above = np.empty(count, dtype=np.int32)
    ring = np.full(count, NONE, dtype=np.int32)
    _look_up(parent, at, node, above)
    order, place, sorted_above = sorted_downward(above, ring)
    sorted_ring, members = ring, np.flatnonzero(ring != NONE)
    if len(members):
        sorted_ring = np.full(count, NONE, dtype=np.int32)
        sorted_ring[place[members]] = place[ring[members]]
    sorted_node, under = np.empty(count, dtype=np.int32), np.empty(len(leaf), dtype=np.int32)
    _sort(order, node, sorted_node)
    _enter(node, place, parent, at, leaf, under)
    return Slots(at, sorted_node, sorted_above, sorted_ring, leaf, under)


@compiled
def _split(has_slot: Integers, rank: Integers, node: Integers, leaf: Integers) -> int:
    """Give ranks in rising order to the nodes that get a slot; list the others; return how many.

    Both lists are written before it counts: which it will be cannot be foreseen.
    """
    count = 0
    for one in range(rank.size - 1):
        rank[one] = count
        node[Place(count)] = one
        leaf[Place(one - count)] = one
        count += (int(has_slot[one >> 3]) >> (one & 7)) & 1
    return count


@compiled
def _look_up(parent: Integers, rank: Integers, node: Integers, above: Integers) -> None:
    """Write the rank of the parent of each rank, or `NONE`."""
    for slot in range(node.size):
        above[slot] = rank[parent[Place(node[slot])]]


@compiled
def _sort(order: Integers, column: Integers, sorted_column: Integers) -> None:
    """Sort a column; numpy would first make its indices wider."""
    for slot in range(order.size):
        sorted_column[slot] = column[Place(order[slot])]


@compiled
def _enter(
    node: Integers,
    place: Integers,
    parent: Integers,
    at: Integers,
    leaf: Integers,
    under: Integers,
) -> None:
    """Write where nodes are, given the place of each rank."""
    for slot in range(node.size):
        at[Place(node[slot])] = place[slot]
    for one in range(leaf.size):
        mine = Place(leaf[one])
        slot = at[parent[mine]]
        under[one] = slot
        at[mine] = slot
