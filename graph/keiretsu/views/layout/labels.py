"""Where labels stand: beside their own line, clear of every box, of every stroke, of each other.

A layout engine keeps room for a label, but knows lines without width; where wide lines fan out
aslant they run through that room. So each label is held against the strokes as they are drawn. One
that is not clear is moved along its line, to the nearest place on either side that is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.views.layout.geometry import Rect, segments
from keiretsu.views.layout.places import Path, Places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.layout.geometry import Point, Route
    from keiretsu.views.layout.plan import Plan

_GAP = 2.0
"""Least distance of a label's text from any stroke or box, in pixels."""
_ALONG = tuple(step / 20 for step in range(3, 18))
"""At which parts of its line a label may stand."""
_ON_OTHERS, _ON_ITS_OWN, _ON_BOX, _ON_LABEL = 40.0, 25.0, 90.0, 90.0
"""What it costs to cover a stroke, a box, a label; a pixel away from the room kept costs less."""
_A_PIXEL = 0.1


def labelled(places: Places, plan: Plan) -> Places:
    """Return places with each label set where its text is clear.

    Parameters
    ----------
    places
        As an engine made them: a label has the room that was kept for it.
    plan
        Sizes of texts, and breadths of strokes.

    Returns
    -------
    Places
        The same boxes and routes; a label has the room of its text, and is drawn in its middle.
    """
    texts = {link.id: link.text for link in plan.links if link.text is not None}
    if not texts:
        return places
    ground = _Ground(places, {link.id: link.breadth for link in plan.links})
    plates = {
        line: Rect.around(path.label.centre, *texts[line])
        for line, path in places.routes.items()
        if path.label is not None
    }
    for line, plate in plates.items():
        others = _Sides.of([other for name, other in plates.items() if name != line])
        if ground.cost(line, plate, others) == 0:
            continue
        route = places.routes[line].points
        reach = ground.breadths[line] + _GAP
        plates[line] = min(
            (plate, *_beside(route, plate, reach)),
            key=lambda one: ground.cost(line, one, others) + _A_PIXEL * _away(one, plate),
        )
    return Places(
        places.boxes,
        {line: Path(path.points, plates.get(line)) for line, path in places.routes.items()},
    )


def _away(one: Rect, other: Rect) -> float:
    return math.dist(one.centre, other.centre)


def _beside(route: Route, plate: Rect, reach: float) -> Iterator[Rect]:
    """Yield places for a plate along a route, on its two sides, clear of its own stroke."""
    width, height = plate.width, plate.height
    whole = sum(math.dist(*piece) for piece in segments(route))
    for part in _ALONG:
        (x, y), (dx, dy) = _at(route, part * whole)
        away = abs(dy) * width / 2 + abs(dx) * height / 2 + reach + _GAP
        for side in (1, -1):
            yield Rect.around((x - side * dy * away, y + side * dx * away), width, height)


def _at(route: Route, length: float) -> tuple[Point, Point]:
    """Return the point of a route after some length, and the direction there."""
    for (x1, y1), (x2, y2) in segments(route):
        piece = math.dist((x1, y1), (x2, y2))
        if piece >= length and piece > 0:
            dx, dy = (x2 - x1) / piece, (y2 - y1) / piece
            return (x1 + dx * length, y1 + dy * length), (dx, dy)
        length -= piece
    return route[-1], (0.0, 1.0)


class _Sides(NamedTuple):
    """Rectangles as columns."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray

    @classmethod
    def of(cls, rects: list[Rect]) -> _Sides:
        return cls(*np.asarray(rects, float).reshape(-1, 4).T)

    def under(self, rect: Rect) -> int:
        """Count those that a rectangle overlaps."""
        across = (self.left < rect.right) & (rect.left < self.right)
        return int(np.sum(across & (self.top < rect.bottom) & (rect.top < self.bottom)))


class _Ground:
    """Boxes and strokes that a label must not cover."""

    def __init__(self, places: Places, breadths: dict[str, float]) -> None:
        self.breadths = breadths
        self._numbers = {line: at for at, line in enumerate(places.routes)}
        self._boxes = _Sides.of(list(places.boxes.values()))
        pieces = [
            (*start, *end, breadths[line], self._numbers[line])
            for line, path in places.routes.items()
            for start, end in segments(path.points)
        ]
        columns = np.asarray(pieces, float).reshape(-1, 6).T
        self._start, self._along, self._line = columns[0:2], columns[2:4] - columns[0:2], columns[5]
        self._reach = columns[4] + _GAP
        self._length = np.hypot(*self._along)
        self._low = np.minimum(columns[0:2], columns[2:4]) - self._reach
        self._high = np.maximum(columns[0:2], columns[2:4]) + self._reach

    def cost(self, line: str, plate: Rect, others: _Sides) -> float:
        """Return what it costs to stand there; 0 if nothing is covered."""
        near = plate.grown(_GAP)
        own = self._numbers[line]
        covered = set(self._line[self._met(plate)])
        return (
            _ON_BOX * self._boxes.under(near)
            + _ON_LABEL * others.under(near)
            + _ON_ITS_OWN * (own in covered)
            + _ON_OTHERS * len(covered - {own})
        )

    def _met(self, plate: Rect) -> np.ndarray:
        """Return which strokes pass through a plate; an axis or the stroke parts all others."""
        half = np.array([[plate.width / 2], [plate.height / 2]])
        middle = np.array([[plate.centre[0]], [plate.centre[1]]])
        near: np.ndarray = np.all(
            (self._low < middle + half) & (self._high > middle - half), axis=0
        )
        (dx, dy), (x, y) = self._along[:, near], (middle - self._start)[:, near]
        distance = np.abs(dx * y - dy * x)
        room = np.abs(dy) * half[0] + np.abs(dx) * half[1] + self._reach[near] * self._length[near]
        near[near] = (self._length[near] == 0) | (distance < room)
        return near
