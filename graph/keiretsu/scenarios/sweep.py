"""Where something switches along a line of whole numbers, found by samples and bisection."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

State = TypeVar("State")


class Stretch(NamedTuple, Generic[State]):
    """Whole numbers from `first` to `last`, both included, over which the state stays the same."""

    first: int
    last: int
    state: State


def stretches(
    state_at: Callable[[int], State], points: Sequence[int]
) -> tuple[Stretch[State], ...]:
    """Return the stretches of equal state between the first and the last of some points.

    Parameters
    ----------
    state_at
        The state at a whole number; asked as seldom as can be, so it may be slow.
    points
        Samples in rising order. What switches on and off again between two neighbours is not seen;
        every switch that is seen is found to the unit.

    Examples
    --------
    >>> [(s.first, s.last, s.state) for s in stretches(lambda n: n > 40, [0, 25, 50, 100])]
    [(0, 40, False), (41, 100, True)]
    """
    known: dict[int, State] = {}

    def at(point: int) -> State:
        if point not in known:
            known[point] = state_at(point)
        return known[point]

    starts = [points[0]]
    for low, high in itertools.pairwise(points):
        here = low
        while at(here) != at(high):
            here = _next_switch(at, here, high)
            starts.append(here)
    lasts = [*(start - 1 for start in starts[1:]), points[-1]]
    return tuple(Stretch(first, last, at(first)) for first, last in zip(starts, lasts, strict=True))


def _next_switch(at: Callable[[int], State], low: int, high: int) -> int:
    """Return the first number after `low` whose state is another, where that of `high` is."""
    before = at(low)
    while high - low > 1:
        middle = (low + high) // 2
        if at(middle) == before:
            low = middle
        else:
            high = middle
    return high
