"""Where everything stands: several layouts are tried, the best one is kept.

The same scene gives the same layout: nothing is random and no clock is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from keiretsu.views.geometry import Rect, box_of_route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.views.geometry import Route
    from keiretsu.views.metrics import Quality
    from keiretsu.views.scene import Scene

TRIED = 60
"""Up to so many boxes many layouts are tried; beyond, one takes long enough."""
_LAYER_GAPS, _BOX_GAPS = (0.4, 0.62, 0.85), (0.22, 0.36)
_ONCE = (0.62, 0.36)
_PLACES = 1


@dataclass(frozen=True, slots=True)
class Path:
    """The route of a link, from holder to issuer, and the room of its label."""

    points: Route
    label: Rect | None


@dataclass(frozen=True, slots=True)
class Places:
    """Places of boxes, by the id of their party, and paths, by the id of their link."""

    boxes: dict[str, Rect]
    routes: dict[str, Path]

    @property
    def bounds(self) -> Rect:
        """The smallest rectangle that holds everything."""
        parts = list(self.boxes.values())
        for path in self.routes.values():
            parts.append(box_of_route(path.points))
            parts += [path.label] if path.label else []
        return Rect.covering(parts) if parts else Rect(0, 0, 1, 1)

    def settled(self) -> Places:
        """Return the places moved to begin at zero and rounded, so that bytes repeat."""
        left, top, *_ = self.bounds

        def moved(x: float, y: float) -> tuple[float, float]:
            return round(x - left, _PLACES) + 0.0, round(y - top, _PLACES) + 0.0

        def placed(rect: Rect) -> Rect:
            return Rect(*moved(rect.left, rect.top), *moved(rect.right, rect.bottom))

        return Places(
            {party: placed(rect) for party, rect in self.boxes.items()},
            {
                link: Path(
                    tuple(moved(*point) for point in path.points),
                    placed(path.label) if path.label else None,
                )
                for link, path in self.routes.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """A scene's layout, by which engine it was made, and how good it is."""

    places: Places
    engine: str
    quality: Quality


def lay_out(scene: Scene, *, engine: str | None = None) -> Layout:
    """Lay a scene out in layers, from holders down.

    Parameters
    ----------
    scene
        What is shown.
    engine
        ``dot`` or ``rows``; by default dot where pygraphviz can be used, else our own rows.

    Returns
    -------
    Layout
        The best of those tried: few crossings and overlaps, and large on a screen.
    """
    from keiretsu.views.metrics import quality_of  # noqa: PLC0415 - it measures `Places`

    ends = {link.id: (link.holder, link.issuer) for link in scene.links}
    best: Layout | None = None
    for name, places in _candidates(scene, engine):
        layout = Layout(places, name, quality_of(places, ends))
        if best is None or layout.quality.cost < best.quality.cost:
            best = layout
    if best is None:
        return lay_out(scene, engine="rows")
    return best
