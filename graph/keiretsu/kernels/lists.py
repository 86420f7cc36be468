"""Lists of ends while they are at work: one behind the other, until nobody needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from keiretsu.kernels.arranged import FIRST, GROUP
from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

BEGIN: Final = 0
LENGTH: Final = 1
PENDING: Final = 2
LACKS: Final = 3
"""Columns of the spans of lists, a row per place: where its list stands, how many edges are still
to read it, and whether anything was dropped from it or above it."""

LONGEST: Final = 1 << 15
"""Where entries may be dropped, longer lists are cut: no network takes work without bound."""


@compiled
def count_pending(
    ends: int, table: Integers, source: Integers, part: Floats, spans: Integers
) -> None:
    """Count for each place the edges out of its loop, to places that have lists."""
    for place in range(ends, len(spans)):
        for edge in range(table[place, FIRST], table[place + 1, FIRST]):
            if source[edge] < table[place, GROUP] and part[edge] > 0.0:
                spans[source[edge], PENDING] += 1


@compiled
def settle(
    table: Integers, source: Integers, part: Floats, spans: Integers, group: int, after: int
) -> None:
    """Note that a component has read the lists of its sources."""
    for edge in range(table[group, FIRST], table[after, FIRST]):
        if source[edge] < group and part[edge] > 0.0:
            spans[source[edge], PENDING] -= 1


@compiled
def mixed(
    table: Integers,
    source: Integers,
    part: Floats,
    spans: Integers,
    end: Integers,
    share: Floats,
    slot: Integers,
    ends: int,
    group: int,
    row: int,
    visits: Floats,
    start: int,
) -> int:
    """Make the list of one member of a component from `start` on; return its end.

    -1 says that there was no room.
    """
    top, lacks = start, 0
    for column in range(len(visits)):
        factor, through = visits[row, column], group + column
        for edge in range(table[through, FIRST], table[through + 1, FIRST]):
            other, weight = source[edge], factor * part[edge]
            if weight == 0.0 or other >= group:
                continue
            first, size = spans[other, BEGIN], spans[other, LENGTH]
            if top + size >= end.size:
                return -1
            lacks |= spans[other, LACKS]
            if other < ends:
                top = add(other, weight, end, share, slot, start, top)
            for entry in range(first, first + size):
                top = add(end[entry], weight * share[entry], end, share, slot, start, top)
    spans[group + row, LACKS] = lacks
    return top


@compiled
def add(
    one: int,
    much: float,
    end: Integers,
    share: Floats,
    slot: Integers,
    start: int,
    top: int,
) -> int:
    """Add to an end's entry in the list that begins at `start`, or make one; return its end."""
    at = start + slot[one]
    if at < top and end[at] == one:
        share[at] += much
        return top
    slot[one] = top - start
    end[top] = one
    share[top] = much
    return top + 1


@compiled
def carried(
    table: Integers,
    source: Integers,
    part: Floats,
    slack: Floats,
    group: int,
    row: int,
    visits: Floats,
) -> float:
    """Return what an end may lack in a member because it lacks it in the sources."""
    total = 0.0
    for column in range(len(visits)):
        through = group + column
        for edge in range(table[through, FIRST], table[through + 1, FIRST]):
            if source[edge] < group:
                total += visits[row, column] * part[edge] * slack[source[edge]]
    return total


@compiled
def dropped(
    end: Integers, share: Floats, drop_below: float, start: int, top: int
) -> tuple[int, float]:
    """Take small entries out of the last list; return its end, and the largest that is gone.

    More is taken from a list that is very long.
    """
    if top - start > LONGEST:
        drop_below = max(drop_below, 1 / LONGEST)
    kept, lost = start, 0.0
    for entry in range(start, top):
        if share[entry] < drop_below:
            lost = max(lost, share[entry])
            continue
        end[kept], share[kept] = end[entry], share[entry]
        kept += 1
    return kept, lost


@compiled
def keep(spans: Integers, stored: Integers, count: int, place: int, start: int, top: int) -> None:
    """Keep the last list for those below its place."""
    spans[place, BEGIN], spans[place, LENGTH] = start, top - start
    stored[count] = place


@compiled
def compacted(
    spans: Integers, stored: Integers, count: int, end: Integers, share: Floats
) -> tuple[int, int]:
    """Move lists that are still to be read together; return how many, and where they end."""
    kept, top = 0, 0
    for position in range(count):
        place = stored[position]
        if spans[place, PENDING] == 0:
            continue
        first, size = spans[place, BEGIN], spans[place, LENGTH]
        spans[place, BEGIN] = top
        for entry in range(first, first + size):
            end[top], share[top] = end[entry], share[entry]
            top += 1
        stored[kept] = place
        kept += 1
    return kept, top
