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

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.ways import downward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

NONE = -1


class Slots(NamedTuple):
    """Which nodes have slots.

    Parameters
    ----------
    at
        Per node its slot; or, of `count` slots, `count` for a node that stands alone and
        ``count + 1 + k`` for a leaf under slot `k`.
    node
        Per slot its node.
    above
        Per slot the slot of the node's parent, lower than its own; or `NONE`.
    ring
        Per slot the slot of the root if it was in a loop of parents; or `NONE`.
    """

    at: Integers
    node: Integers
    above: Integers
    ring: Integers


def give_slots(parent: Integers, has_slot: Integers) -> Slots:
    """Give slots to some nodes.

    Parameters
    ----------
    parent
        The parent of each node, or `NONE`. In the slots a loop of parents becomes a root with
        children.
    has_slot
        Whether a node gets a slot; parents must.

    Examples
    --------
    >>> parent, has_slot = np.array([2, 0, -1, 0, -1]), np.array([True, False, True, False, False])
    >>> slots = give_slots(parent, has_slot)
    >>> slots.node.tolist(), slots.above.tolist()
    ([2, 0], [-1, 0])
    >>> slots.at.tolist()
    [1, 4, 0, 4, 2]
    """
    rank = np.empty(len(parent), dtype=np.int32)
    node = np.empty(len(parent) + 1, dtype=np.int32)  # one more: it is written before it counts
    node = node[: _number(has_slot, rank, node)]
    above = np.empty(len(node), dtype=np.int32)
    ring, sorted_ring = np.full((2, len(node)), NONE, dtype=np.int32)
    at = np.empty(len(parent), dtype=np.int32)
    _look_up(parent, rank, node, at, above)
    order = downward(above, ring)
    place = np.full(len(node) + 1, NONE, dtype=np.int32)  # the last one is the place of `NONE`
    sorted_node, sorted_above = np.empty((2, len(node)), dtype=np.int32)
    _sort(order, node, above, place, sorted_node, sorted_above)
    members = np.flatnonzero(ring != NONE)
    sorted_ring[place[members]] = place[ring[members]]
    _enter(node, place, at)
    return Slots(at, sorted_node, sorted_above, sorted_ring)


@compiled
def _number(has_slot: Integers, rank: Integers, node: Integers) -> int:
    """Give ranks in rising order to the nodes that get a slot; return how many."""
    count = 0
    for one in range(has_slot.size):
        rank[one] = count if has_slot[one] else -1
        node[count] = one
        count += has_slot[one]
    return count


@compiled
def _look_up(
    parent: Integers, rank: Integers, node: Integers, at: Integers, above: Integers
) -> None:
    """Write the rank of each node's parent, or `NONE`; and the same for each rank."""
    # One thing in each loop, so that looks into memory overlap.
    for one in range(at.size):
        at[one] = rank[max(parent[one], 0)]
    for one in range(at.size):
        at[one] = at[one] if parent[one] >= 0 else -1
    for slot in range(node.size):
        above[slot] = at[node[slot]]


@compiled
def _sort(
    order: Integers,
    node: Integers,
    above: Integers,
    place: Integers,
    sorted_node: Integers,
    sorted_above: Integers,
) -> None:
    """Sort columns of ranks, and write the place of each rank."""
    for slot in range(order.size):
        place[order[slot]] = slot
    for slot in range(order.size):
        sorted_node[place[slot]] = node[slot]
        sorted_above[place[slot]] = place[above[slot]]


@compiled
def _enter(node: Integers, place: Integers, at: Integers) -> None:
    """Turn ranks of parents into where nodes are, given the place of each rank, last of `NONE`."""
    count = node.size
    for one in range(at.size):
        at[one] = count + 1 + place[at[one]]
    for slot in range(count):
        at[node[slot]] = place[slot]
