"""What is reached from a place of an arranged network, listed and ready for flows.

A list of places is its own index: a place's slot says where in the list it should stand, and it is
reached if it stands there. So nothing has to be cleared between questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.kernels.arranged import FIRST, GROUP, SLOT
from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]


@compiled
def reach_up(start: int, table: Integers, source: Integers, found: Integers) -> int:
    """List the places that are reached against the edges; return how many."""
    found[0] = start
    table[start, SLOT] = 0
    count, read = 1, 0
    while read < count:
        here = found[read]
        read += 1
        for edge in range(table[here, FIRST], table[here + 1, FIRST]):
            other = source[edge]
            at = table[other, SLOT]
            if at >= count or found[at] != other:
                table[other, SLOT] = count
                found[count] = other
                count += 1
    return count


@compiled
def reach_down(
    start: int,
    ends: int,
    table: Integers,
    first_below: Integers,
    target: Integers,
    found: Integers,
) -> int:
    """List the places that are reached along the edges; return how many."""
    found[0] = start
    table[start, SLOT] = 0
    count, read = 1, 0
    while read < count:
        here = found[read]
        read += 1
        for edge in range(first_below[here], first_below[here + 1]):
            other = target[edge]
            at = table[other, SLOT]
            # A loop that lets nothing out is an end; it opens only where the search starts in it.
            goes_on = other >= ends or table[other, GROUP] == table[start, GROUP]
            if goes_on and (at >= count or found[at] != other):
                table[other, SLOT] = count
                found[count] = other
                count += 1
    return count


@compiled
def sort_and_start(found: Integers, flows: Floats, table: Integers, first: int, count: int) -> None:
    """Sort what was found, from a first position on; give everything its slot and no flow."""
    gap = 1
    while gap < (count - first) // 9:
        gap = 3 * gap + 1
    while gap > 0:  # Shell's sort: most answers are of a few nodes, and none needs another array
        for position in range(first + gap, count):
            one, at = found[position], position
            while at >= first + gap and found[at - gap] > one:
                found[at] = found[at - gap]
                at -= gap
            found[at] = one
        gap //= 3
    for position in range(count):
        table[found[position], SLOT] = position
        flows[position, 0] = 0.0
        flows[position, 1] = 1.0
