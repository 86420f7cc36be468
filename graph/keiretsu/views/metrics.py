"""How good a layout is, counted on its geometry: what a reader would see as a defect."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from keiretsu.views.geometry import Rect, box_of_route, cross, segments

if TYPE_CHECKING:
    from keiretsu.views.geometry import Route
    from keiretsu.views.places import Places

SCREEN = (1060.0, 640.0)
"""The part of a usual window in which a picture is read."""
_FRAME = 24.0
_EDGE = 1.0
"""Boxes that share less than this many pixels only touch."""
_TEXT_SIDES, _TEXT_ENDS = 5.0, 3.0
"""How far a label's text stays clear of the edges of its room."""


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
        Links that run through a box that is not theirs, or through another link's label.
    scale
        How large it appears when it fits a usual window; 1 is full size.
    """

    crossings: int
    box_on_box: int
    label_on_label: int
    label_on_box: int
    route_over_box: int
    route_over_label: int
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
        )

    @property
    def cost(self) -> float:
        """A single number by which layouts are compared; less is better."""
        severe = self.box_on_box + self.label_on_label + self.label_on_box + self.route_over_box
        return self.crossings + 4 * severe + 2 * self.route_over_label - 28 * min(self.scale, 1.15)


def quality_of(places: Places, ends: dict[str, tuple[str, str]]) -> Quality:
    """Count the defects of a layout.

    Parameters
    ----------
    places
        The layout.
    ends
        For each link the ids of its two parties, whose boxes its route may touch.
    """
    routes = {key: route.points for key, route in places.routes.items()}
    extents = {key: box_of_route(route) for key, route in routes.items()}
    labels = {key: route.label for key, route in places.routes.items() if route.label}
    whole = places.bounds
    width, height = SCREEN
    shrunk = {key: box.grown(-_EDGE / 2) for key, box in places.boxes.items()}
    plates = {key: plate.grown(-_EDGE / 2) for key, plate in labels.items()}
    texts = {key: _text_of(plate) for key, plate in labels.items()}
    return Quality(
        crossings=sum(
            extents[a].overlaps(extents[b]) and _crossed(routes[a], routes[b])
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
            _through(routes[link], extents[link], text)
            for link in routes
            for other, text in texts.items()
            if other != link
        ),
        scale=round(
            min(width / (whole.width + 2 * _FRAME), height / (whole.height + 2 * _FRAME)), 3
        ),
    )


def _text_of(plate: Rect) -> Rect:
    return Rect(
        plate.left + _TEXT_SIDES,
        plate.top + _TEXT_ENDS,
        plate.right - _TEXT_SIDES,
        plate.bottom - _TEXT_ENDS,
    )


def _crossed(first: Route, second: Route) -> bool:
    return any(cross(a, b) for a in segments(first) for b in segments(second))


def _through(route: Route, extent: Rect, rect: Rect) -> bool:
    if not (extent.grown(_EDGE).overlaps(rect)):
        return False
    return any(rect.meets(start, end) for start, end in segments(route))
