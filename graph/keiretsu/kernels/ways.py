"""An order in which whatever is under something else comes after it, found by climbing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import Place, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

LONG = 4096
"""Ways of more steps are not climbed one after the other, step by step."""
TOGETHER = 16
"""So many ways are climbed at a time where they are long."""
SAMPLES = 64
"""So many ways are tried, and so many steps of each, to see whether most are long."""


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
    than all else. So where most ways are long, or one turns out to be, several are climbed
    together. That tells the order if no way came back to itself; else nearly the order, and from
    slots in it no way has many steps.

    Examples
    --------
    >>> above, ring = np.array([2, 0, -1, 4, 3]), np.full(5, -1)
    >>> downward(above, ring).tolist()
    [2, 0, 1, 4, 3]
    >>> above.tolist(), ring.tolist()
    ([2, 0, -1, 4, -1], [-1, -1, -1, 4, 4])
    """
    return _ordered(above, ring)[0]


def sorted_downward(above: Integers, ring: Integers) -> tuple[Integers, Integers, Integers]:
    """Return slots as `downward` does, the place of each, and per place that of the slot above.

    Where ways are long, almost every slot stands just behind the one that it is under: that is
    known, and not looked up.

    Examples
    --------
    >>> above, ring = np.array([2, 0, -1, 4, 3]), np.full(5, -1)
    >>> [column.tolist() for column in sorted_downward(above, ring)]
    [[2, 0, 1, 4, 3], [1, 2, 0, 4, 3, -1], [-1, 0, 1, -1, 3]]
    """
    order, begins = _ordered(above, ring)
    place = np.empty(len(above) + 1, dtype=np.int32)
    place[-1] = -1  # of what roots are under
    _invert(order, place)
    if begins is None:
        over = np.empty(len(order), dtype=np.int32)
        _look_up(place, above, order, over)
    else:
        over = np.arange(-1, len(order) - 1, dtype=np.int32)
        over[begins] = place[above[order[begins]]]
    return order, place, over


def _ordered(above: Integers, ring: Integers) -> tuple[Integers, Integers | None]:
    """Return the order of `downward`, and where ways begin in it if that is all there is to know.

    A slot at which no way begins stands just behind the one that it is under.
    """
    if 2 * _winding(above) > SAMPLES:
        nearly, begins, looped = _nearly(above)
        if not looped:
            return nearly, begins
    order = np.empty(len(above) + 1, dtype=np.int32)  # one more: it is written before it counts
    left = np.arange(len(above) + 1, dtype=np.int32)
    done = _begun(len(above))
    count, before = 0, 2 * len(above) + 1
    while 0 < 2 * (len(above) - count) < before:
        before = len(above) - count
        count += _settle(left[: before + 1], above, done, order[count:])
    order, left = order[:-1], left[: len(above) - count]
    if _climb(left, above, ring, order, done, count, LONG):
        return order, None
    nearly, begins, looped = _nearly(above)
    if not looped:
        return nearly, begins
    _climb(nearly, above, ring, order, _begun(len(above)), 0, len(above))
    return order, None


def _nearly(above: Integers) -> tuple[Integers, Integers, bool]:
    """Return the order, or nearly so if there are loops; where ways begin in it; if there are."""
    slot, way, starts = (np.empty(len(above), dtype=np.int32) for _ in range(3))
    met, length = (np.empty(len(above) + 1, dtype=np.int32) for _ in range(2))  # see there
    count = _climb_together(above, slot, way, met, length)
    order, marks = np.full((2, count), -1, dtype=np.int32)
    each = np.arange(count, dtype=np.int32)
    _climb(each, met[:count], marks, order, _begun(count), 0, count)
    end = np.empty(count, dtype=np.int32)
    end[order] = np.cumsum(length[order])
    _lay_out(slot, way, end, starts)
    return starts, end, bool((marks >= 0).any())


def _begun(slots: int) -> NDArray[np.bool_]:
    """Return which slots are done before any is: what roots are under, at -1."""
    done = np.zeros(slots + 1, dtype=np.bool_)
    done[-1] = True
    return done


@compiled
def _winding(above: Integers) -> int:
    """Return from how many slots, of some, a way up is long and often goes to a higher slot.

    A pass over all slots in rising order settles whatever has a way up that never does.
    """
    count = 0
    for sample in range(SAMPLES if above.size > SAMPLES * SAMPLES else 0):
        slot, steps, rises = sample * above.size // SAMPLES, 0, 0
        while slot >= 0 and steps < SAMPLES:
            rises += above[slot] > slot
            slot = above[slot]
            steps += 1
        count += slot >= 0 and 4 * rises > SAMPLES
    return count


@compiled
def _invert(order: Integers, place: Integers) -> None:
    for position in range(order.size):
        place[Place(order[position])] = position


@compiled
def _look_up(place: Integers, above: Integers, order: Integers, over: Integers) -> None:
    for position in range(order.size):
        over[position] = place[above[Place(order[position])]]


@compiled
def _settle(left: Integers, above: Integers, done: Integers, order: Integers) -> int:
    """Put slots that are under one that is done into the order, and keep the others; say how many.

    Both are written before they count, rather than decided: which it will be cannot be foreseen.
    """
    count, kept = 0, 0
    for place in range(left.size - 1):
        slot = Place(left[place])
        settled = done[above[slot]]
        done[slot] = settled
        order[Place(count)] = slot
        count += settled
        left[Place(kept)] = slot
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

    Per way there is which one it met in the end, or -1, and its length. In each round each climber
    makes one step, so that their looks into memory overlap: the less a step is, the more of them.
    """
    # Without signs: an index that may be negative would be compared with nought at each look.
    size, one = np.uint32(above.size), np.uint32(1)
    under = _unclimbed(above)
    at = np.full(TOGETHER, size, dtype=np.uint32)
    mine = np.full(TOGETHER, size, dtype=np.uint32)  # a way before the first, that is none
    begun = np.zeros(TOGETHER, dtype=np.uint32)
    climbers, start = np.uint32(TOGETHER), np.uint32(0)
    count, rounds, steps = np.uint32(0), np.uint32(0), np.uint32(0)
    while climbers > 0:
        climber = np.uint32(0)
        while climber < climbers:
            slot = at[climber]
            following = under[slot]
            if following > size:  # the way ends, and another begins
                met[mine[climber]] = np.int64(following - size - one) if slot < size else -1
                length[mine[climber]] = rounds - begun[climber]
                while start < size and under[start] > size:
                    start += one
                if start == size:
                    climbers -= one
                    for column in (at, mine, begun):
                        column[climber] = column[climbers]
                    continue
                slot, following = start, under[start]
                mine[climber], begun[climber] = count, rounds
                count += one
            at[climber] = following
            under[slot] = size + one + mine[climber]
            slots[steps], ways[steps] = slot, mine[climber]
            steps += one
            climber += one
        rounds += one
    return int(count)


@compiled
def _unclimbed(above: Integers) -> Integers:
    """Return what slots are under; at roots, their number, at which one more is marked as climbed.

    Where a slot is climbed, this and its way will be written there instead.
    """
    size = above.size
    under = np.empty(size + 1, dtype=np.uint32)
    for slot in range(size):
        under[slot] = above[slot] if above[slot] >= 0 else size
    under[size] = size + 1
    return under


@compiled
def _lay_out(slots: Integers, ways: Integers, end: Integers, starts: Integers) -> None:
    """Put the slots of each way in a row, the last one that was met first."""
    for step in range(slots.size):
        end[ways[step]] -= 1
        starts[end[ways[step]]] = slots[step]
