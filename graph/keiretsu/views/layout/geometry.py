"""Points, rectangles and routes: the little plane geometry that a picture needs."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
Route = tuple[Point, ...]

_PARALLEL = 1e-9
_INSIDE = 0.02
"""Crossings nearer to a segment's end than this part of it are a touch at a shared end."""


class Rect(NamedTuple):
    """An upright rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Rect:
        """Return the rectangle of a size about its centre."""
        x, y = centre
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @classmethod
    def covering(cls, rects: Iterable[Rect]) -> Rect:
        """Return the smallest rectangle that holds all the others."""
        lefts, tops, rights, bottoms = zip(*rects, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))

    @property
    def width(self) -> float:
        """Its extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, margin: float) -> Rect:
        """Return it with a margin on each side; a negative one shrinks it."""
        return Rect(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )

    def overlaps(self, other: Rect) -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def meets(self, start: Point, end: Point) -> bool:
        """Return whether a segment passes through the inside (Liang and Barsky's clipping)."""
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        first, last = 0.0, 1.0
        sides = (
            (-dx, x - self.left),
            (dx, self.right - x),
            (-dy, y - self.top),
            (dy, self.bottom - y),
        )
        for step, room in sides:
            if step == 0:
                if room <= 0:
                    return False
            elif step < 0:
                first = max(first, room / step)
            else:
                last = min(last, room / step)
        return first < last


def box_of_route(route: Sequence[Point]) -> Rect:
    """Return the smallest rectangle that holds a route."""
    across, down = zip(*route, strict=True)
    return Rect(min(across), min(down), max(across), max(down))


def segments(route: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    """Return a route's straight pieces in order."""
    return pairwise(route)


def routes_cross(first: Route, second: Route) -> bool:
    """Return whether two routes cross away from their ends: all pairs of segments at once."""
    a, b = np.asarray(first), np.asarray(second)
    start, other = a[:-1, None, :], b[None, :-1, :]
    along, beside = np.diff(a, axis=0)[:, None, :], np.diff(b, axis=0)[None, :, :]
    return bool(np.any(_cross(start, along, other, beside)))


def crossing_pairs(routes: Mapping[str, Sequence[Point]]) -> list[tuple[str, str]]:
    """Return the pairs of routes that cross, of routes with few corners: all at once.

    Examples
    --------
    >>> routes = {"a": [(0, 0), (9, 9)], "b": [(0, 9), (9, 0)], "c": [(20, 0), (20, 9)]}
    >>> crossing_pairs(routes)
    [('a', 'b')]
    """
    names = list(routes)
    pieces = [(*a, *b, at) for at, name in enumerate(names) for a, b in segments(routes[name])]
    columns = np.asarray(pieces, float).reshape(-1, 5)
    start, end, owner = columns[:, 0:2], columns[:, 2:4], columns[:, 4].astype(int)
    (left, top), (right, bottom) = np.minimum(start, end).T, np.maximum(start, end).T
    near = owner[:, None] < owner
    near &= (left[:, None] <= right) & (left <= right[:, None])
    near &= (top[:, None] <= bottom) & (top <= bottom[:, None])
    one, other = np.nonzero(near)
    hit = _cross(start[one], (end - start)[one], start[other], (end - start)[other])
    found = {*zip(owner[one[hit]].tolist(), owner[other[hit]].tolist(), strict=True)}
    return [(names[a], names[b]) for a, b in sorted(found)]


def _cross(
    start: np.ndarray, along: np.ndarray, other: np.ndarray, beside: np.ndarray
) -> np.ndarray:
    """Return whether segments cross, each given by its start and its extent."""
    apart = other - start
    turn = along[..., 0] * beside[..., 1] - along[..., 1] * beside[..., 0]
    level = np.abs(turn) < _PARALLEL
    safe = np.where(level, 1.0, turn)
    first_part = (apart[..., 0] * beside[..., 1] - apart[..., 1] * beside[..., 0]) / safe
    other_part = (apart[..., 0] * along[..., 1] - apart[..., 1] * along[..., 0]) / safe
    inside = [(part > _INSIDE) & (part < 1 - _INSIDE) for part in (first_part, other_part)]
    crossed: np.ndarray = ~level & inside[0] & inside[1]
    return crossed


def sampled(controls: Sequence[Point], steps: int) -> Route:
    """Return points along a chain of cubic Bézier curves, given by 3n + 1 control points."""
    weights, points = _weights(steps), np.asarray(controls, float)
    pieces = [(weights.T @ points[at : at + 4]).tolist() for at in range(0, len(controls) - 1, 3)]
    return (controls[0], *((x, y) for piece in pieces for x, y in piece))


@cache
def _weights(steps: int) -> np.ndarray:
    """Return what each of four control points counts at each step along a Bézier curve."""
    parts = np.arange(1, steps + 1) / steps
    rest = 1 - parts
    return np.stack([rest**3, 3 * rest * rest * parts, 3 * rest * parts * parts, parts**3])


def simplified(route: Sequence[Point], tolerance: float = 0.2) -> Route:
    """Return a route without the points that lie within `tolerance` of the line without them.

    Examples
    --------
    >>> simplified([(0, 0), (5, 0.1), (10, 0), (10, 10)])
    ((0, 0), (10, 0), (10, 10))
    """
    kept = {0, len(route) - 1}
    spans = [(0, len(route) - 1)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing lies between neighbours
            continue
        away = _away(route[start + 1 : end], route[start], route[end])
        most = max(away)
        if most > tolerance:
            far = start + 1 + away.index(most)
            kept.add(far)
            spans += [(start, far), (far, end)]
    return tuple(route[i] for i in sorted(kept))


def _away(points: Sequence[Point], start: Point, end: Point) -> list[float]:
    """Return how far points are from the line through two others; few, so without arrays."""
    (x0, y0), dx, dy = start, end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length > 0:
        return [abs(dx * (y - y0) - dy * (x - x0)) / length for x, y in points]
    return [math.hypot(x - x0, y - y0) for x, y in points]


def shifted(route: Sequence[Point], by: float) -> Route:
    """Return a route moved sideways: to its left, seen down the page, if `by` is positive."""
    moved = []
    for i, (x, y) in enumerate(route):
        before, after = route[max(0, i - 1)], route[min(len(route) - 1, i + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1
        moved.append((x - dy / length * by, y + dx / length * by))
    return tuple(moved)


def shortened(route: Sequence[Point], by: float) -> Route:
    """Return a route without its last `by` pixels, so that a stroke ends where its head begins."""
    points = list(route)
    while len(points) > 1:
        (x1, y1), (x2, y2) = points[-2:]
        length = math.hypot(x2 - x1, y2 - y1)
        if length > by:
            points[-1] = (x2 - (x2 - x1) / length * by, y2 - (y2 - y1) / length * by)
            return tuple(points)
        if len(points) == 2:  # noqa: PLR2004 - the last piece stays, however short
            break
        by -= length
        points.pop()
    return tuple(points)


def middle(route: Sequence[Point]) -> Point:
    """Return the point half way along a route."""
    half = sum(math.dist(a, b) for a, b in segments(route)) / 2
    for start, end in segments(route):
        length = math.dist(start, end)
        if length >= half and length > 0:
            part = half / length
            return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
        half -= length
    return route[-1]
