"""Preorder numbers of a forest: whatever is below a node has numbers in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import Place, compiled
from keiretsu.kernels.slots import NONE
from keiretsu.kernels.ways import downward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.slots import Slots

    Integers = NDArray[Any]


def preorder(slots: Slots, *, moved: bool = True) -> tuple[Integers, Integers]:
    """Return each node's preorder number, and how many are below it, itself counted.

    Parameters
    ----------
    slots
        The inner nodes of the forest. Nodes that stand alone come last.
    moved
        Whether slots may have moved since they were given from the roots down.

    Examples
    --------
    >>> from keiretsu.kernels.slots import give_slots
    >>> slots = give_slots(np.array([2, 0, -1, 2, -1]), np.array([0b00101], dtype=np.uint8))
    >>> number, size = preorder(slots)
    >>> number.tolist(), size.tolist()
    ([2, 3, 0, 1, 4], [2, 1, 4, 1, 1])
    """
    count, nodes = len(slots.above), len(slots.above) + len(slots.leaf)
    if moved:
        order = downward(slots.above, np.full(count, NONE, dtype=np.int32))
    else:
        order = np.arange(count, dtype=np.int32)
    below = np.ones(count + 1, dtype=np.int32)
    _count(slots.under, below)  # what is under each slot: itself and leaves, for now
    own = np.empty(count, dtype=np.int32)
    following = np.empty(count + 1, dtype=np.int32)
    _subtrees(slots.above, order, below, own, following)
    number = np.empty(nodes, dtype=np.int32)
    size = np.ones(nodes, dtype=np.int32)
    _number_leaves(slots.leaf, slots.under, following, number)
    _number_slots(slots.node, own, below, number, size)
    return number, size


@compiled
def _count(under: Integers, below: Integers) -> None:
    for slot in under:
        below[slot] += 1


@compiled
def _subtrees(
    above: Integers, order: Integers, below: Integers, own: Integers, following: Integers
) -> None:
    """Sum up what is below each slot; write its number, and the next one for its leaves.

    Leaves take the first numbers below their parent, nodes that stand alone those after all. Roots
    have -1 above them: the last place, one more than there are slots, stands for what is above all.
    """
    slots = above.size
    below[slots] = 0
    free = below.copy()  # the first number that is left for a child, from the slot's own on
    for position in range(slots):
        slot = Place(order[slots - 1 - position])
        below[above[slot]] += below[slot]
    for position in range(slots):
        slot = Place(order[position])
        number = free[above[slot]]
        own[slot] = number
        following[slot] = number + 1
        free[above[slot]] = number + below[slot]
        free[slot] += number
    following[slots] = below[slots]


@compiled
def _number_leaves(leaf: Integers, under: Integers, following: Integers, number: Integers) -> None:
    for one in range(leaf.size):
        mine = following[under[one]]
        number[Place(leaf[one])] = mine
        following[under[one]] = mine + 1


@compiled
def _number_slots(
    node: Integers, own: Integers, below: Integers, number: Integers, size: Integers
) -> None:
    for slot in range(node.size):
        one = Place(node[slot])
        number[one] = own[slot]
        size[one] = below[slot]
