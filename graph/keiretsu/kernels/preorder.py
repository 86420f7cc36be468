"""Preorder numbers of a forest: whatever is below a node has numbers in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.slots import NONE
from keiretsu.kernels.ways import downward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.slots import Slots

    Integers = NDArray[Any]


def preorder(slots: Slots) -> tuple[Integers, Integers]:
    """Return each node's preorder number, and how many are below it, itself counted.

    Parameters
    ----------
    slots
        The inner nodes of the forest. Nodes that stand alone come last.

    Examples
    --------
    >>> from keiretsu.kernels.slots import give_slots
    >>> slots = give_slots(np.array([2, 0, -1, 2, -1]), np.array([True, False, True, False, False]))
    >>> number, size = preorder(slots)
    >>> number.tolist(), size.tolist()
    ([2, 3, 0, 1, 4], [2, 1, 4, 1, 1])
    """
    # Slots were given from the roots down; some may have moved since.
    unmoved = np.full(len(slots.above), NONE, dtype=np.int32)
    order = downward(slots.above, unmoved)
    children = np.ones(2 * len(order) + 2, dtype=np.int32)
    _count(slots.at, children)
    below = children[len(order) + 1 :]  # what is under each slot: itself and leaves, for now
    following = np.empty(2 * len(order) + 1, dtype=np.int32)
    _subtrees(slots.above, order, below, following)
    number = np.empty(len(slots.at), dtype=np.int32)
    size = np.empty(len(slots.at), dtype=np.int32)
    _number(slots.at, following, number)
    _write_sizes(slots.node, below, size)
    return number, size


@compiled
def _count(at: Integers, children: Integers) -> None:
    for one in at:
        children[one] += 1


@compiled
def _subtrees(above: Integers, order: Integers, below: Integers, following: Integers) -> None:
    """Sum up what is below each slot, and write which number comes next at each place of a node.

    Leaves take the first numbers below their parent, nodes that stand alone those after all. Roots
    have -1 above them: the last place, one more than there are slots, stands for what is above all.
    """
    slots = above.size
    own, leaf = following[:slots], following[slots + 1 :]
    below[slots] = 0
    free = below.copy()  # the first number that is left for a child, from the slot's own on
    for slot in order[::-1]:
        below[above[slot]] += below[slot]
    for slot in order:
        own[slot] = free[above[slot]]
        free[above[slot]] += below[slot]
        free[slot] += own[slot]
    for slot in range(slots):
        leaf[slot] = own[slot] + 1
    following[slots] = below[slots]


# Two loops rather than one: each then does so little that its looks into memory overlap.


@compiled
def _number(at: Integers, following: Integers, number: Integers) -> None:
    for node in range(at.size):
        number[node] = following[at[node]]
        following[at[node]] += 1


@compiled
def _write_sizes(nodes: Integers, below: Integers, size: Integers) -> None:
    size[:] = 1
    for slot in range(nodes.size):
        size[nodes[slot]] = below[slot]
