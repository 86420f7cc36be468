"""Open nodes that trees can still dominate, and what has weight in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import Place, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.majorities import Majorities
    from keiretsu.kernels.slots import Slots

    Integers = NDArray[Any]


class Candidates(NamedTuple):
    """Open nodes in which one tree may come to have what is needed.

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
    """Return the candidates among open nodes, given the root of each slot and of `NONE`.

    Notes
    -----
    Sources are looked up here, once; nothing that follows leaves the slots. Only the trees of
    candidates can go under others. So the most that one tree can come to have in a node is one
    entry, and all entries of trees that were met before in it, or that can go under others. Most
    open nodes fall short of that, and then more do, since fewer can go under others.
    """
    count = len(slots.node)
    own = np.empty(len(found.node), dtype=np.int32)
    source, tree = np.empty((2, len(found.source)), dtype=np.int32)
    _look_up(slots.at, found.node, own)
    _look_up(slots.at, found.source, source)
    _look_up(root, source, tree)
    every = Candidates(own, need[found.node], found.first, source, tree, found.weight)
    return _narrowed(_narrowed(every, count), count)


def _narrowed(given: Candidates, slots: int) -> Candidates:
    """Return the candidates in which one tree may come to have enough, written over all given."""
    movable = np.zeros(slots + 1, dtype=np.bool_)  # one more, for what is in no tree
    movable[given.slot] = True
    count = _choose(given, movable)
    entries = given.first[count]
    columns = (given.source, given.tree, given.weight)
    return Candidates(
        given.slot[:count],
        given.need[:count],
        given.first[: count + 1],
        *(column[:entries] for column in columns),
    )


@compiled
def _look_up(column: Integers, places: Integers, values: Integers) -> None:
    """Write what stands at some places, in a loop that does nothing else: so that looks overlap."""
    for entry in range(places.size):
        values[entry] = column[places[entry]]


@compiled
def _choose(given: Candidates, movable: Integers) -> int:
    """Write the candidates that are left, and their entries, over all; return how many there are.

    Trees are told apart by six bits of their number, which errs upward. Whatever may be left is
    written before it counts, and chosen between as a value: what comes cannot be foreseen.
    """
    last = Place(movable.size - 1)
    count, entry, end = 0, 0, int(given.first[0])
    for place in range(given.slot.size):
        begin, end, to = end, int(given.first[place + 1]), entry
        largest, more, seen = 0, 0, 0
        for edge in range(Place(begin), Place(end)):
            tree, weight = given.tree[edge], int(given.weight[edge])
            value = weight if tree >= 0 else 0
            at = Place(tree) if tree >= 0 else last
            bit = 1 << int(at & Place(63))
            more += value if movable[at] or seen & bit else 0
            seen |= bit if tree >= 0 else 0
            largest = max(largest, value)
            given.source[Place(to)] = given.source[edge]
            given.tree[Place(to)] = tree
            given.weight[Place(to)] = weight
            to += tree >= 0
        is_left = largest + more >= given.need[place]
        given.slot[Place(count)] = given.slot[place]
        given.need[Place(count)] = given.need[place]
        count += is_left
        entry = to if is_left else entry
        given.first[Place(count)] = entry
    return count
