"""Layouts pressed together: the empty bands between rows and columns of boxes made narrower.

A band that no box reaches into, from one side of the picture to the other, holds lines and labels
alone. Made narrower, with all that runs through it, it leaves the order of everything as it was: no
lines cross that did not, and no box comes to lie on anything. Only labels have to find their places
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import Rect, box_of_route
from keiretsu.views.layout.places import Path, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.views.layout.plan import Plan

_LEAST = 30.0
"""How narrow a band may become, in pixels: an arrow with its head must still be seen in it."""
_AROUND_LABEL = 8.0
"""How much wider than a label a band is that the label cannot leave."""


def pressed(places: Places, plan: Plan, part: float) -> Places:
    """Return places with the empty bands between rows of boxes narrower, or wider.

    Parameters
    ----------
    places
        As an engine made them.
    plan
        Sizes of texts: a band stays wide enough for the labels of lines that cross no other.
    part
        Of what a band has beyond the least that it needs: 0 for none of it, 1 for all; more than 1
        makes it wider.
    """
    edges = _edges([*places.boxes.values(), *_loops(places)])
    bands = edges.reshape(-1)[1:-1].reshape(-1, 2)
    needs = _needs(bands, places, plan)
    wide = bands[:, 1] - bands[:, 0]
    less = (wide - np.minimum(wide, needs)) * (part - 1)
    after = edges + np.concatenate([[0.0], np.cumsum(less)])[:, None]

    paths = places.routes.items()
    rects = [*places.boxes.values(), *(path.label for _, path in paths if path.label)]
    heights = [rect.centre[1] for rect in rects]
    heights += [y for _, path in paths for _, y in path.points]
    down = iter(np.interp(heights, edges.ravel(), after.ravel()).tolist())

    def placed(rect: Rect) -> Rect:
        return Rect.around((rect.centre[0], next(down)), rect.width, rect.height)

    boxes = {party: placed(rect) for party, rect in places.boxes.items()}
    labels = {line: placed(path.label) for line, path in paths if path.label}
    return Places(
        boxes,
        {
            line: Path(tuple([(x, next(down)) for x, _ in path.points]), labels.get(line))
            for line, path in paths
        },
    )


def _loops(places: Places) -> Iterable[Rect]:
    """Yield the room of holdings in oneself, which begin and end at one side of a box."""
    for path in places.routes.values():
        if path.points[0][0] == path.points[-1][0]:
            yield box_of_route(path.points)


def _edges(kept: Sequence[Rect]) -> np.ndarray:
    """Return top and bottom of each row of what keeps its height."""
    edges: list[list[float]] = []
    for rect in sorted(kept, key=lambda rect: rect.top):
        if edges and rect.top <= edges[-1][1]:
            edges[-1][1] = max(edges[-1][1], rect.bottom)
        else:
            edges.append([rect.top, rect.bottom])
    return np.asarray(edges)


def _needs(bands: np.ndarray, places: Places, plan: Plan) -> np.ndarray:
    """Return the least height of each band."""
    needs = np.full(len(bands), _LEAST)
    for link in plan.links:
        if link.text is None:
            continue
        top, bottom = places.boxes[link.upper].bottom, places.boxes[link.lower].top
        frames = sum(
            plan.around[end].frame for end in (link.upper, link.lower) if end in plan.around
        )
        crossed = np.flatnonzero((bands[:, 0] < bottom) & (bands[:, 1] > top))
        if len(crossed) == 1:
            needs[crossed] = np.maximum(needs[crossed], link.text.height + _AROUND_LABEL + frames)
    return needs
