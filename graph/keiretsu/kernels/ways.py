"""An order in which whatever is under something else comes after it, found by climbing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

LONG = 4096
"""Ways of more steps are not climbed one after the other, step by step."""
TOGETHER = 16
"""So many ways are climbed at a time where they are long."""
_CLIMBED = -2


def downward(above: Integers, ring: Integers) -> Integers:
    """Return all slots in an order in which each comes after the one that it is under.

    Parameters
    ----------
    above
        Per slot the one that it is under, or -1. A loop becomes a root with all others under it.
    ring
        Where the members of such a loop get the root as their mark.

    Notes
    -----
    As long as that settles most of them, those slots are passed of which it is not known yet whom
    they come after, and those that are under one that is known become so. From the few that are
    left, mostly under loops, ways up are climbed to the first slot that was met before, and turned
    round. A step waits for memory until the one before is done, which in a long chain costs more
    than all else. So where a way turns out to be long, several are climbed together. That tells the
    order if no way came back to itself; else nearly the order, and from slots in it no way has many
    steps.

    Examples
    --------
    >>> above, ring = np.array([2, 0, -1, 4, 3]), np.full(5, -1)
    >>> downward(above, ring).tolist()
    [2, 0, 1, 4, 3]
    >>> above.tolist(), ring.tolist()
    ([2, 0, -1, 4, -1], [-1, -1, -1, 4, 4])
    """
    order = np.empty(len(above) + 1, dtype=np.int32)  # one more: it is written before it counts
    left = np.arange(len(above) + 1, dtype=np.int32)
    done = _begun(len(above))
    count, before = 0, 2 * len(above) + 1
    while 0 < 2 * (len(above) - count) < before:
        before = len(above) - count
        count += _settle(left[: before + 1], above, done, order[count:])
    order, left = order[:-1], left[: len(above) - count]
    if _climb(left, above, ring, order, done, count, LONG):
        return order
    return _by_ways(above, ring, order)


def _by_ways(above: Integers, ring: Integers, order: Integers) -> Integers:
    """Return all slots in the order that is sought, where some ways are long."""
    starts, looped = _nearly(above)
    if not looped:
        return starts
    _climb(starts, above, ring, order, _begun(len(above)), 0, len(above))
    return order


def _begun(slots: int) -> NDArray[np.bool_]:
    """Return which slots are done before any is: what roots are under, at -1."""
    done = np.zeros(slots + 1, dtype=np.bool_)
    done[-1] = True
    return done


def _nearly(above: Integers) -> tuple[Integers, bool]:
    """Return all slots in the order that is sought, or nearly so if there are loops."""
    slot, way, met, length, starts = (np.empty(len(above), dtype=np.int32) for _ in range(5))
    count = _climb_together(above, slot, way, met, length)
    order, marks = np.full((2, count), -1, dtype=np.int32)
    each = np.arange(count, dtype=np.int32)
    _climb(each, met[:count], marks, order, _begun(count), 0, count)
    end = np.empty(count, dtype=np.int32)
    end[order] = np.cumsum(length[order])
    _lay_out(slot, way, end, starts)
    return starts, bool((marks >= 0).any())


@compiled
def _settle(left: Integers, above: Integers, done: Integers, order: Integers) -> int:
    """Put slots that are under one that is done into the order, and keep the others; say how many.

    Both are written before they count, rather than decided: which it will be cannot be foreseen.
    """
    count, kept = 0, 0
    for place in range(left.size - 1):
        slot = left[place]
        settled = done[above[slot]]
        done[slot] = settled
        order[count] = slot
        count += settled
        left[kept] = slot
        kept += not settled
    return count


@compiled
def _climb(
    starts: Integers,
    above: Integers,
    ring: Integers,
    order: Integers,
    done: Integers,
    count: int,
    longest: int,
) -> bool:
    """Fill the order from a place on; return False if a way is longer than allowed."""
    for start in starts:
        if done[start]:
            continue
        if done[above[start]]:  # so it is mostly
            done[start] = True
            order[count] = start
            count += 1
            continue
        begin, slot = count, start
        while not done[slot]:
            done[slot] = True
            order[count] = slot
            count += 1
            slot = above[slot]
            if count - begin > longest:
                return False
        if slot >= 0:
            _close_loop(slot, order[begin:count], above, ring)
        _turn_round(order[begin:count])
    return True


@compiled
def _close_loop(met: int, way: Integers, above: Integers, ring: Integers) -> None:
    """Let the last slot of a way be a root, if the way came back to itself."""
    first = way.size
    for place in range(way.size):
        if way[place] == met:
            first = place
    root = way[way.size - 1]
    for slot in way[first:]:
        above[slot] = root
        ring[slot] = root
    if first < way.size:
        above[root] = -1


@compiled
def _turn_round(way: Integers) -> None:
    low, high = 0, way.size - 1
    while low < high:
        way[low], way[high] = way[high], way[low]
        low += 1
        high -= 1


@compiled
def _climb_together(
    above: Integers, slots: Integers, ways: Integers, met: Integers, length: Integers
) -> int:
    """Write which slots are climbed one after the other and on which ways; return how many ways.

    Per way there is which one it met in the end, or -1, and its length. By turns each climber makes
    one step, so that their looks into memory overlap.
    """
    under = above.copy()  # where a slot was climbed, its way instead, from -2 downward
    at = np.full(TOGETHER, -1, dtype=np.int32)
    mine = np.full(TOGETHER, -1, dtype=np.int32)
    count, start, steps, climber = 0, 0, 0, 0
    while steps < above.size:
        climber = (climber + 1) % TOGETHER
        slot = at[climber]
        if slot < 0 or under[slot] <= _CLIMBED:  # the way ends, and another begins
            if mine[climber] >= 0:
                met[mine[climber]] = _CLIMBED - under[slot] if slot >= 0 else -1
                mine[climber] = -1
            while start < above.size and under[start] <= _CLIMBED:
                start += 1
            if start == above.size:
                continue
            slot, mine[climber] = start, count
            length[count] = 0
            count += 1
        at[climber] = under[slot]
        under[slot] = _CLIMBED - mine[climber]
        slots[steps], ways[steps] = slot, mine[climber]
        length[mine[climber]] += 1
        steps += 1
    _meet(at, mine, under, met)
    return count


@compiled
def _meet(at: Integers, mine: Integers, under: Integers, met: Integers) -> None:
    """Write what the last ways met."""
    for climber in range(at.size):
        if mine[climber] >= 0:
            met[mine[climber]] = _CLIMBED - under[at[climber]] if at[climber] >= 0 else -1


@compiled
def _lay_out(slots: Integers, ways: Integers, end: Integers, starts: Integers) -> None:
    """Put the slots of each way in a row, the last one that was met first."""
    for step in range(slots.size):
        end[ways[step]] -= 1
        starts[end[ways[step]]] = slots[step]
