"""Trees joined until nothing changes: nodes that a whole tree dominates are put under it.

A tree that may go under another keeps a list of the candidates that its nodes have weight in. When
it does, only the candidates in its list, or in the other tree's if that is shorter, are looked at
again. So each entry is looked at a number of times that grows with the logarithm of the entries,
however deep trees get.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.candidates import Candidates

    Integers = NDArray[Any]


class _Lists(NamedTuple):
    """Per candidate the list of the candidates in which nodes of its tree have weight."""

    head: Integers
    tail: Integers
    length: Integers
    following: Integers
    entered: Integers


def join_trees(found: Candidates, root: Integers) -> Integers:
    """Return which candidates go under another tree, in that order.

    Parameters
    ----------
    found
        Who may go under another tree, and by whose weight.
    root
        Per slot the root of its tree; in the end, what `find` begins with.
    """
    joined = np.empty(len(found.slot), dtype=np.int32)
    return joined[: _join(found, root, joined)]


@compiled
def find(root: Integers, slot: int) -> int:
    """Return the root of a slot's tree, and make the way there shorter."""
    while root[slot] != slot:
        root[slot] = root[root[slot]]
        slot = root[slot]
    return slot


@compiled
def _dominating(place: int, found: Candidates, root: Integers) -> int:
    """Return the other tree whose nodes together reach what a candidate needs, or -1.

    Only one can, and it has more than half of the weight: so the one that is left when unlike
    trees cancel each other out. What is left of it bounds what it can have.
    """
    own, need = found.slot[place], found.need[place]
    winner, lead, total = -1, 0, 0
    for entry in range(found.first[place], found.first[place + 1]):
        tree = find(root, found.tree[entry])
        mine = int(found.weight[entry]) if tree != own else 0
        total += mine
        # Choices between values, not ways: which one it will be cannot be foreseen.
        left = lead + mine if tree == winner else abs(lead - mine)
        winner = tree if mine > lead else winner
        lead = left
    if (total + lead) // 2 < need:
        return -1
    reached = 0
    for entry in range(found.first[place], found.first[place + 1]):
        if find(root, found.tree[entry]) == winner:
            reached += int(found.weight[entry])
    return winner if reached >= need else -1


@compiled
def _lists(found: Candidates, place_of: Integers) -> _Lists:
    """Enter each candidate in the lists of those trees that may go under another."""
    size, room = found.slot.size, found.first[found.slot.size]
    head, tail = np.full(size, -1, dtype=np.int32), np.full(size, -1, dtype=np.int32)
    length = np.zeros(size, dtype=np.int32)
    following, entered = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    of_tree = np.empty(room, dtype=np.int32)
    for entry in range(room):
        of_tree[entry] = place_of[found.tree[entry]]
    count = 0
    for place in range(size):
        for entry in range(found.first[place], found.first[place + 1]):
            tree = of_tree[entry]
            if tree < 0 or tree == place:
                continue
            entered[count] = place
            following[count] = head[tree]
            head[tree] = count
            if tail[tree] < 0:
                tail[tree] = count
            length[tree] += 1
            count += 1
    return _Lists(head, tail, length, following, entered)


@compiled
def _append(lists: _Lists, place: int, other: int) -> None:
    """Put one list before another."""
    if other < 0 or lists.head[place] < 0:
        return
    lists.following[lists.tail[place]] = lists.head[other]
    if lists.tail[other] < 0:
        lists.tail[other] = lists.tail[place]
    lists.head[other] = lists.head[place]
    lists.length[other] += lists.length[place]


@compiled
def _join(found: Candidates, root: Integers, joined: Integers) -> int:
    size = found.slot.size
    place_of = np.full(root.size, -1, dtype=np.int32)
    for place in range(size):
        place_of[found.slot[place]] = place
    lists = _lists(found, place_of)
    queue = np.arange(size).astype(np.int32)
    waiting = np.ones(size, dtype=np.bool_)
    done = np.zeros(size, dtype=np.bool_)
    count, read, left = 0, 0, size
    while left > 0:
        place = queue[read]
        read = (read + 1) % size
        left -= 1
        waiting[place] = False
        tree = _dominating(place, found, root)
        if tree < 0:
            continue
        done[place] = True
        root[found.slot[place]] = tree
        joined[count] = place
        count += 1
        other = place_of[tree]
        entry = lists.head[place]
        if other >= 0 and lists.length[other] < lists.length[place]:
            entry = lists.head[other]
        while entry >= 0:
            again = lists.entered[entry]
            if not waiting[again] and not done[again]:
                waiting[again] = True
                queue[(read + left) % size] = again
                left += 1
            entry = lists.following[entry]
        _append(lists, place, other)
    return count
