"""Routes of upright and level pieces with round corners."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from keiretsu.views.layout.geometry import simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.layout.geometry import Point, Route

_CORNER = 10.0
_STEPS = (1 / 3, 2 / 3)


def rounded(corners: Sequence[Point]) -> Route:
    """Return a route along some corners, in whole pixels, each of them round.

    Examples
    --------
    >>> route = rounded([(0, 0), (0, 40), (40, 40)])
    >>> route[0], route[-1], (0, 40) in route
    ((0.0, 0.0), (40.0, 40.0), False)
    """
    # Whole pixels are told in fewer bytes.
    corners = [(float(round(x)), float(round(y))) for x, y in corners]
    stops = [corners[0]]
    stops += [b for a, b in pairwise(corners) if math.dist(a, b) > 0]
    stops = list(simplified(stops, tolerance=0.01))
    points = [stops[0]]
    for before, corner, after in zip(stops, stops[1:], stops[2:], strict=False):
        reach = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        first, last = _toward(corner, before, reach), _toward(corner, after, reach)
        points.append(first)
        points += [_bent(first, corner, last, part) for part in _STEPS]
        points.append(last)
    return (*points, stops[-1])


def _toward(start: Point, goal: Point, by: float) -> Point:
    part = by / math.dist(start, goal)
    return start[0] + (goal[0] - start[0]) * part, start[1] + (goal[1] - start[1]) * part


def _bent(first: Point, corner: Point, last: Point, part: float) -> Point:
    """Return a point of the quadratic curve from one place to another about a corner."""
    rest = 1 - part
    x, y = (
        rest * rest * a + 2 * rest * part * b + part * part * c
        for a, b, c in zip(first, corner, last, strict=True)
    )
    return x, y
