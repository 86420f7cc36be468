"""Lines that run on one another for a while, so that a reader cannot tell them apart."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import box_of_route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keiretsu.views.layout.geometry import Rect, Route

_NEAR, _A_WHILE, _FROM_ONE_END = 5.0, 45.0, 110.0
"""Links nearer than this, for longer than this, look like one; where they come from one box or lead
to one, they may be together for longer."""
_FAN = 16
"""Where so many lines meet at a box, those that lead there fill all the room that there is."""
_ROW = 1 << 24
"""What tells a cell from the one below; no picture is so many cells wide."""
_BESIDE = (0, 1, -1, _ROW, -_ROW)


class Trails:
    """The cells of a fine grid that lines run through, kept while lines stay where they are.

    Parameters
    ----------
    ends
        For each link the ids of its two parties.
    glow
        Whether lines have a glow around them, as where two worlds differ: two that come from one
        box or lead to one are then taken for one sooner.

    Examples
    --------
    >>> trails = Trails({"1": ("a", "b"), "2": ("c", "d")})
    >>> trails.merged({"1": ((0, 0), (0, 90)), "2": ((3, 0), (3, 90))})
    [('1', '2')]
    >>> trails.merged({"1": ((0, 0), (0, 90)), "2": ((30, 0), (30, 90))})
    []
    """

    def __init__(self, ends: Mapping[str, tuple[str, str]], *, glow: bool = False) -> None:
        self._ends, self._from_one_end = ends, _A_WHILE if glow else _FROM_ONE_END
        self._trails: dict[str, _Trail] = {}

    def merged(self, routes: Mapping[str, Route]) -> list[tuple[str, str]]:
        """Return pairs of links that run on one another for too long to be told apart.

        Parameters
        ----------
        routes
            By the id of their link. Those that are the very ones of the call before cost nothing.
        """
        self._follow(routes)
        trails = [(link, self._trails[link]) for link in sorted(routes)]
        crowds = Counter(end for link in routes for end in set(self._ends[link]))
        return [
            (link, other)
            for (link, trail), (other, beside) in combinations(trails, 2)
            if trail.near.overlaps(beside.near)
            and trail.together(beside) * _NEAR > self._longest_together(link, other, crowds)
        ]

    def _longest_together(self, one: str, other: str, crowds: Mapping[str, int]) -> float:
        """Return for how long two links may run on one another."""
        pairs = zip(self._ends[one], self._ends[other], strict=True)
        shared = [end for end, same in pairs if end == same]
        if not shared:
            return _A_WHILE
        return math.inf if max(crowds[end] for end in shared) >= _FAN else self._from_one_end

    def _follow(self, routes: Mapping[str, Route]) -> None:
        """Find the trails of the lines that have moved."""
        moved = [
            link
            for link, route in routes.items()
            if link not in self._trails or self._trails[link].route is not route
        ]
        if moved:
            found = _cells([routes[link] for link in moved])
            for link, cells in zip(moved, found, strict=True):
                self._trails[link] = _Trail(routes[link], cells)


class _Trail:
    """The cells through which one route runs, as numbers."""

    def __init__(self, route: Route, cells: frozenset[int]) -> None:
        self.route = route
        self.near: Rect = box_of_route(route).grown(2 * _NEAR)
        self._cells = cells
        self._around: frozenset[int] | None = None

    def together(self, other: _Trail) -> int:
        """Return how many cells lie on the trail of another, or beside it."""
        if other._around is None:
            other._around = frozenset(cell + step for cell in other._cells for step in _BESIDE)
        return len(self._cells & other._around)


def _cells(routes: Sequence[Route]) -> Iterator[frozenset[int]]:
    """Yield the cells of a fine grid through which each route runs, as numbers."""
    points = np.asarray([point for route in routes for point in route], float)
    joints = np.cumsum([len(route) for route in routes])[:-1] - 1
    pieces = np.delete(np.diff(points, axis=0), joints, axis=0)
    steps = np.maximum(1, np.rint(2 * np.hypot(*pieces.T) / _NEAR).astype(int))
    ends = np.cumsum(steps + 1)
    at = np.arange(ends[-1]) - np.repeat(ends - steps - 1, steps + 1)
    part = (at / np.repeat(steps, steps + 1))[:, None]
    starts = np.delete(points[:-1], joints, axis=0)
    walked = np.repeat(starts, steps + 1, axis=0) + np.repeat(pieces, steps + 1, axis=0) * part
    columns, rows = np.floor(walked / _NEAR).astype(np.int64).T
    cells = (columns + rows * _ROW).tolist()
    lasts = ends[np.cumsum([len(route) - 1 for route in routes]) - 1].tolist()
    for first, last in pairwise([0, *lasts]):
        yield frozenset(cells[first:last])
