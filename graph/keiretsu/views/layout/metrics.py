"""How good a layout is, counted on its geometry: what a reader would see as a defect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import Rect, box_of_route, routes_cross, segments
from keiretsu.views.layout.merging import Trails
from keiretsu.views.layout.nearness import BESIDE_LABELS, BETWEEN_LABELS, CLEARLY, Strokes
from keiretsu.views.layout.screen import WIDE, scale_of, size_cost
from keiretsu.views.layout.surrounds import Surrounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.views.drawing.overlay_marks import Around
    from keiretsu.views.layout.places import Path, Places
    from keiretsu.views.layout.screen import Screen

_AMBIGUOUS = 3.0
"""What a label counts of which it is not clear at once whose it is."""
_CROSSING, _FEW, _ONE_MORE = 2, 6, 4
"""What a crossing counts; and how many are few, and how much more each beyond them counts."""
_EDGE = 1.0
"""Boxes that share less than this many pixels only touch."""
_ASIDE = 1.0
"""A label that is less than this many pixels nearer to another line is as near to its own."""
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
    strayed
        Labels that stand nearer to another link than to their own.
    ambiguous
        Labels that are hardly nearer to their own link than to another, and pairs of labels so near
        to each other that they read as one.
    merged
        Pairs of links that run on one another for a while, so that they cannot be told apart.
    label_over_badge
        Labels that lie on a frame around a box, or on a plate with letters.
    route_over_frame
        Links whose strokes run under a box that is not theirs, its frames or its plates.
    frame_on_box
        Pairs of boxes that lie on one another with their frames or plates.
    scale
        How large it appears when it fits a usual window; 1 is full size.
    """

    crossings: int = 0
    box_on_box: int = 0
    label_on_label: int = 0
    label_on_box: int = 0
    route_over_box: int = 0
    route_over_label: int = 0
    strayed: int = 0
    ambiguous: int = 0
    merged: int = 0
    label_over_badge: int = 0
    route_over_frame: int = 0
    frame_on_box: int = 0
    scale: float = 0.0

    @property
    def overlaps(self) -> int:
        """All defects but crossings, and labels that are hardly clear."""
        return (
            self.box_on_box
            + self.label_on_label
            + self.label_on_box
            + self.route_over_box
            + self.route_over_label
            + self.strayed
            + self.merged
            + self.label_over_badge
            + self.route_over_frame
            + self.frame_on_box
        )

    def is_enough(self, scale: float) -> bool:
        """Return whether nothing is covered, and the picture is at least so large."""
        return not self.overlaps and self.scale >= scale

    def cost(self, screen: Screen) -> float:
        """Return a single number by which layouts are compared; less is better.

        On a phone size counts for more: a picture that one has to push about is read by nobody.
        """
        return self.defects + size_cost(self.scale, screen)

    @property
    def defects_at_best(self) -> float:
        """What the defects count if labels that are hardly clear find a better place."""
        return self.defects - _AMBIGUOUS * self.ambiguous

    @property
    def defects(self) -> float:
        """What the defects count together in `cost`."""
        severe = self.box_on_box + self.label_on_label + self.label_on_box + self.route_over_box
        lines = self.route_over_label + self.strayed + self.merged
        marks = self.label_over_badge + self.route_over_frame + self.frame_on_box
        crossings = _CROSSING * self.crossings + _ONE_MORE * max(0, self.crossings - _FEW)
        return 20 * severe + 14 * (lines + marks) + _AMBIGUOUS * self.ambiguous + crossings


def quality_of(
    places: Places,
    ends: dict[str, tuple[str, str]],
    screen: Screen = WIDE,
    breadths: Mapping[str, float] | None = None,
    around: Mapping[str, Around] | None = None,
) -> Quality:
    """Count the defects of a layout.

    Parameters
    ----------
    places
        The layout.
    ends
        For each line the ids of its two parties, whose boxes its route may touch.
    screen
        The window in which it is read.
    breadths
        For each line how far its strokes reach to either side; lines without width if not given.
    around
        For each party that analyses mark the room of their marks around its box.
    """
    trails = Trails(ends, glow=screen.worlds > 1)
    merged = trails.merged({key: route.points for key, route in places.routes.items()})
    reach = dict.fromkeys(places.routes, 0.0) | dict(breadths or {})
    surrounds = Surrounds(places.boxes, around or {})
    under = len(surrounds.crossed(places.routes, ends, reach))
    lines = quality_of_lines(places, ends, merged=len(merged), route_over_frame=under)
    return with_labels(lines, places, surrounds, screen, reach)


def quality_of_lines(
    places: Places, ends: Mapping[str, tuple[str, str]], *, merged: int, route_over_frame: int
) -> Quality:
    """Count what is wrong with boxes and lines alone, as if there were no labels and no screen.

    Parameters
    ----------
    places
        The layout.
    ends
        For each line the ids of its two parties, whose boxes its route may touch.
    merged
        How many pairs of lines run on one another.
    route_over_frame
        How many run under what is drawn around boxes.
    """
    routes = {key: route.points for key, route in places.routes.items()}
    extents = {key: box_of_route(route) for key, route in routes.items()}
    reached = {key: extent.grown(_EDGE) for key, extent in extents.items()}
    shrunk = {key: box.grown(-_EDGE / 2) for key, box in places.boxes.items()}
    return Quality(
        crossings=sum(
            extents[a].overlaps(extents[b]) and routes_cross(routes[a], routes[b])
            for a, b in combinations(routes, 2)
        ),
        box_on_box=sum(a.overlaps(b) for a, b in combinations(shrunk.values(), 2)),
        route_over_box=sum(
            reached[link].overlaps(box)
            and party not in ends[link]
            and any(box.meets(start, end) for start, end in segments(route))
            for link, route in routes.items()
            for party, box in shrunk.items()
        ),
        merged=merged,
        route_over_frame=route_over_frame,
    )


def with_labels(
    quality: Quality,
    places: Places,
    surrounds: Surrounds,
    screen: Screen,
    breadths: Mapping[str, float],
) -> Quality:
    """Return the defects of a layout's lines with those of its labels, and its scale."""
    labels = [path.label for path in places.routes.values() if path.label]
    plates = [plate.grown(-_EDGE / 2) for plate in labels]
    shrunk = [box.grown(-_EDGE / 2) for box in places.boxes.values()]
    over, strayed, unclear = _beside_lines(places.routes, breadths)
    return replace(
        quality,
        label_on_label=sum(a.overlaps(b) for a, b in combinations(plates, 2)),
        label_on_box=sum(a.overlaps(b) for a in plates for b in shrunk),
        route_over_label=over,
        strayed=strayed,
        ambiguous=unclear + _pairs_as_one(labels),
        label_over_badge=sum(surrounds.has_marks_under(plate) for plate in plates),
        frame_on_box=surrounds.on_boxes(),
        scale=round(scale_of(places, screen), 3),
    )


def _beside_lines(paths: Mapping[str, Path], reach: Mapping[str, float]) -> tuple[int, int, int]:
    """Count strokes through labels, labels nearer to another line, and those hardly further."""
    texts = {line: _text_of(path.label) for line, path in paths.items() if path.label}
    if not texts:
        return 0, 0, 0
    own, others = Strokes(paths, reach).clearance(list(texts), np.asarray([*texts.values()]))
    over = np.sum(own < 0) + np.sum(others < 0)
    nearer = own - others.min(axis=1, initial=np.inf)
    strayed = np.sum(nearer > _ASIDE)
    return int(over), int(strayed), int(np.sum(nearer > -CLEARLY) - strayed)


def _pairs_as_one(labels: Sequence[Rect]) -> int:
    """Count pairs of labels that lie apart, but so little that they read as one."""
    left, top, right, bottom = np.asarray(labels, float).reshape(-1, 4).T
    across = np.maximum(left[:, None] - right, left - right[:, None])
    down = np.maximum(top[:, None] - bottom, top - bottom[:, None])
    near = (across < BESIDE_LABELS - _EDGE) & (down < BETWEEN_LABELS - _EDGE)
    return int(np.sum(np.triu(near & (np.maximum(across, down) >= 0), 1)))


def _text_of(plate: Rect) -> Rect:
    return Rect(
        plate.left + _TEXT_SIDES,
        plate.top + _TEXT_ENDS,
        plate.right - _TEXT_SIDES,
        plate.bottom - _TEXT_ENDS,
    )
