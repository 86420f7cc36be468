"""Nodes moved down in their tree to the lowest one that dominates them; and rings closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.union import find

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.candidates import Candidates

    Integers = NDArray[Any]


class _Sums(NamedTuple):
    """Weights gathered per slot, valid where they were gathered in the present look."""

    weight: Integers
    look: Integers


class _Looks(NamedTuple):
    """When each candidate was looked at, and when something last moved in the tree of a root."""

    at: Integers
    moved: Integers


def settle(
    found: Candidates, joined: Integers, root: Integers, above: Integers, ring: Integers
) -> None:
    """Put candidates under the lowest slot whose subtree reaches what they need; close rings.

    Parameters
    ----------
    found
        The candidates, and what has weight in them.
    joined
        Which of them are dominated by their tree's root, at least.
    root
        Per slot the root of its tree; see `keiretsu.kernels.union.find`.
    above
        Per slot its parent's; changed in place.
    ring
        Where a root is dominated in turn, the slots from it down to the lowest that does so get the
        root as their mark.
    """
    slots = len(above)
    sums = _Sums(np.empty(slots, dtype=np.int64), np.zeros(slots, dtype=np.int32))
    looks = _Looks(np.zeros(len(found.slot), dtype=np.int32), np.zeros(slots, dtype=np.int32))
    _begin_at_roots(found, joined, root, above)
    before, now = -1, 0
    while before < now:
        before, now = now, _lower(found, joined, root, above, sums, looks, now)
    _close_rings(found, root, above, ring, sums, now)


@compiled
def _begin_at_roots(found: Candidates, joined: Integers, root: Integers, above: Integers) -> None:
    for place in joined:
        above[found.slot[place]] = find(root, found.slot[place])


@compiled
def _depth(slot: int, above: Integers) -> int:
    depth = 0
    while above[slot] >= 0:
        depth += 1
        slot = above[slot]
    return depth


@compiled
def _depth_beside(slot: int, other: int, above: Integers) -> int:
    """Return the depth of a slot, or -1 if it is another one or below it."""
    depth = 0
    while slot != other:
        if above[slot] < 0:
            return depth
        depth += 1
        slot = above[slot]
    return -1


@compiled
def _lowest(
    place: int,
    found: Candidates,
    root: Integers,
    above: Integers,
    sums: _Sums,
    look: int,
    deepest: int,
) -> int:
    """Return the lowest slot, deeper than given, whose subtree reaches a need; -1 if none does."""
    own, need, lowest = found.slot[place], found.need[place], -1
    tree = find(root, own)
    for entry in range(found.first[place], found.first[place + 1]):
        slot = found.source[entry]
        if find(root, found.tree[entry]) != tree:
            continue
        # What a node dominates does not help to dominate it, unless it is the root of all.
        depth = _depth_beside(slot, own if above[own] >= 0 else -1, above)
        while slot >= 0 and depth > deepest:
            if sums.look[slot] != look:
                sums.look[slot] = look
                sums.weight[slot] = 0
            sums.weight[slot] += found.weight[entry]
            if sums.weight[slot] >= need:
                lowest, deepest = slot, depth
            depth -= 1
            slot = above[slot]
    return lowest


@compiled
def _lower(
    found: Candidates,
    joined: Integers,
    root: Integers,
    above: Integers,
    sums: _Sums,
    looks: _Looks,
    now: int,
) -> int:
    """Lower each candidate once, if something else moved in its tree since; return the last look.

    What moves takes with it only what does not help to dominate it: so it is where it belongs.
    """
    for place in joined:
        own = found.slot[place]
        tree = find(root, own)
        if looks.at[place] > 0 and looks.at[place] >= looks.moved[tree]:
            continue
        now += 1
        looks.at[place] = now
        deepest = _depth(above[own], above)
        lowest = _lowest(place, found, root, above, sums, now, deepest)
        if lowest >= 0:
            above[own] = lowest
            looks.moved[tree] = now
    return now


@compiled
def _close_rings(
    found: Candidates,
    root: Integers,
    above: Integers,
    ring: Integers,
    sums: _Sums,
    now: int,
) -> None:
    for place in range(found.slot.size):
        own = found.slot[place]
        if above[own] >= 0:
            continue
        now += 1
        slot = _lowest(place, found, root, above, sums, now, 0)
        while slot >= 0:
            ring[slot] = own
            slot = above[slot]
