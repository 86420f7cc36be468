"""Open nodes that trees can still dominate, and what has weight in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.majorities import Majorities
    from keiretsu.kernels.slots import Slots

    Integers = NDArray[Any]


class Candidates(NamedTuple):
    """Open nodes in which nodes with slots have what is needed, all together.

    Parameters
    ----------
    slot, need
        Per candidate its slot, and the weight that must be reached.
    first, source, tree, weight
        The entries of candidate `k` stand at ``first[k]:first[k + 1]``: the slot of what has weight
        in it, of a leaf its parent's; the root above that; and how much. What can be in no tree is
        left out.
    """

    slot: Integers
    need: Integers
    first: Integers
    source: Integers
    tree: Integers
    weight: Integers


def candidates(found: Majorities, need: Integers, slots: Slots, root: Integers) -> Candidates:
    """Return the candidates among open nodes, given the root of each slot.

    Sources are looked up here, once; nothing that follows leaves the slots.
    """
    count, room = len(found.node), len(found.source)
    slot = np.empty(count, dtype=np.int32)
    bounds = np.zeros(count + 1, dtype=np.int32)
    source, tree = np.empty((2, room), dtype=np.int32)
    weight = np.empty(room, dtype=np.int64)
    enough = need[found.node]
    _look_up(slots.at, found.source, source)
    count = _enter(
        slots.at,
        len(root),
        enough,
        found.node,
        found.first,
        found.weight,
        slot,
        bounds,
        source,
        weight,
    )
    _look_up(root, source[: bounds[count]], tree)
    return Candidates(slot[:count], enough[:count], bounds[: count + 1], source, tree, weight)


@compiled
def _look_up(column: Integers, places: Integers, values: Integers) -> None:
    """Write what stands at some places, in a loop that does nothing else: so that looks overlap."""
    for entry in range(places.size):
        values[entry] = column[places[entry]]


@compiled
def _enter(
    at: Integers,
    slots: int,
    need: Integers,
    nodes: Integers,
    first: Integers,
    weight: Integers,
    slot_of: Integers,
    bounds: Integers,
    source: Integers,
    weights: Integers,
) -> int:
    """Fill the columns, entries and needs over those that were read; return how many candidates."""
    count, entry = 0, 0
    for place in range(nodes.size):
        total = 0
        for edge in range(first[place], first[place + 1]):
            slot = source[edge]
            if slot >= slots:  # a leaf, or alone
                slot -= slots + 1
            if slot >= 0:
                source[entry] = slot
                weights[entry] = weight[edge]
                total += int(weight[edge])
                entry += 1
        if total < need[place]:
            entry = bounds[count]
            continue
        slot_of[count] = at[nodes[place]]
        need[count] = need[place]
        count += 1
        bounds[count] = entry
    return count
