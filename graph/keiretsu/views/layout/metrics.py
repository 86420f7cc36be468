"""How good a layout is, counted on its geometry: what a reader would see as a defect."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import Rect, box_of_route, routes_cross, segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.views.layout.geometry import Route
    from keiretsu.views.layout.places import Places

WIDE, TALL = (1060.0, 640.0), (374.0, 1300.0)
"""The part of a usual window in which a picture is read; and of a phone's, which scrolls down."""
_FRAME = 24.0
_EDGE = 1.0
"""Boxes that share less than this many pixels only touch."""
_NEAR, _A_WHILE = 5.0, 45.0
"""Links nearer than this, for longer than this, look like one."""
_ROW = 1 << 24
"""What tells a cell from the one below; no picture is so many cells wide."""
_TEXT_SIDES, _TEXT_ENDS = 3.0, 3.0
"""How far a label's letters stay clear of the edges of its room."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Defects of a layout, and how large it appears.

    Parameters
    ----------
    crossings
        Pairs of links that cross.
    box_on_box, label_on_label, label_on_box
        Pairs that overlap.
    route_over_box, route_over_label
        Links that run through a box that is not theirs, or whose strokes run through a label.
    merged
        Pairs of links that run on one another for a while, so that they cannot be told apart.
    scale
        How large it appears when it fits a usual window; 1 is full size.
    """

    crossings: int
    box_on_box: int
    label_on_label: int
    label_on_box: int
    route_over_box: int
    route_over_label: int
    merged: int
    scale: float

    @property
    def overlaps(self) -> int:
        """All defects but crossings."""
        return (
            self.box_on_box
            + self.label_on_label
            + self.label_on_box
            + self.route_over_box
            + self.route_over_label
            + self.merged
        )

    def cost(self, *, tall: bool = False) -> float:
        """Return a single number by which layouts are compared; less is better.

        On a phone size counts for more: a picture that one has to push about is read by nobody.
        """
        return self.defects + size_cost(self.scale, tall=tall)

    @property
    def defects(self) -> float:
        """What the defects count together in `cost`."""
        severe = self.box_on_box + self.label_on_label + self.label_on_box + self.route_over_box
        slight = self.crossings + 2 * self.route_over_label + 6 * self.merged
        return float(4 * severe + slight)


def size_cost(scale: float, *, tall: bool = False) -> float:
    """Return what a picture's size counts in `Quality.cost`; no layout of that size costs less."""
    return -(70 if tall else 28) * min(scale, 1.15)


def scale_of(places: Places, screen: tuple[float, float] = WIDE) -> float:
    """Return how large a layout appears when it fits a window; 1 is full size."""
    whole = places.bounds
    width, height = screen
    return min(width / (whole.width + 2 * _FRAME), height / (whole.height + 2 * _FRAME))


def quality_of(
    places: Places,
    ends: dict[str, tuple[str, str]],
    screen: tuple[float, float] = WIDE,
    breadths: Mapping[str, float] | None = None,
) -> Quality:
    """Count the defects of a layout.

    Parameters
    ----------
    places
        The layout.
    ends
        For each line the ids of its two parties, whose boxes its route may touch.
    screen
        Width and height of the window in which it is read, in pixels.
    breadths
        For each line how far its strokes reach to either side; lines without width if not given.
    """
    reach = dict.fromkeys(places.routes, 0.0) | dict(breadths or {})
    routes = {key: route.points for key, route in places.routes.items()}
    extents = {key: box_of_route(route) for key, route in routes.items()}
    labels = {key: route.label for key, route in places.routes.items() if route.label}
    shrunk = {key: box.grown(-_EDGE / 2) for key, box in places.boxes.items()}
    plates = {key: plate.grown(-_EDGE / 2) for key, plate in labels.items()}
    texts = {key: _text_of(plate) for key, plate in labels.items()}
    return Quality(
        crossings=sum(
            extents[a].overlaps(extents[b]) and routes_cross(routes[a], routes[b])
            for a, b in combinations(routes, 2)
        ),
        box_on_box=sum(a.overlaps(b) for a, b in combinations(shrunk.values(), 2)),
        label_on_label=sum(a.overlaps(b) for a, b in combinations(plates.values(), 2)),
        label_on_box=sum(a.overlaps(b) for a in plates.values() for b in shrunk.values()),
        route_over_box=sum(
            _through(routes[link], extents[link], box)
            for link in routes
            for party, box in shrunk.items()
            if party not in ends[link]
        ),
        route_over_label=sum(
            _through(routes[link], extents[link], text.grown(reach[link]))
            for link in routes
            for text in texts.values()
        ),
        merged=_merged(routes, ends),
        scale=round(scale_of(places, screen), 3),
    )


def _merged(routes: dict[str, Route], ends: dict[str, tuple[str, str]]) -> int:
    """Count pairs of links that stay close; from one holder or to one issuer they may."""
    trails = {link: _cells(route) for link, route in routes.items()}
    if not trails:
        return 0
    trodden, visits = np.unique(
        np.concatenate([_around(t) for t in trails.values()]), return_counts=True
    )
    busy = trodden[visits > 1]
    visitors: dict[int, list[str]] = defaultdict(list)
    for link, trail in trails.items():
        for cell in np.intersect1d(_around(trail), busy, assume_unique=True).tolist():
            visitors[cell].append(link)
    together = Counter(
        (link, other)
        for link, trail in trails.items()
        for cell in np.intersect1d(trail, busy, assume_unique=True).tolist()
        for other in visitors[cell]
        if link < other
    )
    return sum(
        cells * _NEAR > _A_WHILE
        and ends[link][0] != ends[other][0]
        and ends[link][1] != ends[other][1]
        for (link, other), cells in together.items()
    )


def _around(trail: np.ndarray) -> np.ndarray:
    """Return the cells of a trail and those beside them."""
    return np.unique(np.concatenate([trail + step for step in (0, 1, -1, _ROW, -_ROW)]))


def _cells(route: Route) -> np.ndarray:
    """Return the cells of a fine grid through which a route runs, as numbers."""
    points = np.asarray(route, float)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    steps = np.maximum(1, np.rint(2 * lengths / _NEAR).astype(int))
    walked = [
        start + (end - start) * (np.arange(count + 1) / count)[:, None]
        for start, end, count in zip(points[:-1], points[1:], steps, strict=True)
    ]
    columns, rows = np.floor(np.concatenate(walked) / _NEAR).astype(np.int64).T
    return np.unique(columns + rows * _ROW)


def _text_of(plate: Rect) -> Rect:
    return Rect(
        plate.left + _TEXT_SIDES,
        plate.top + _TEXT_ENDS,
        plate.right - _TEXT_SIDES,
        plate.bottom - _TEXT_ENDS,
    )


def _through(route: Route, extent: Rect, rect: Rect) -> bool:
    if not (extent.grown(_EDGE).overlaps(rect)):
        return False
    return any(rect.meets(start, end) for start, end in segments(route))
