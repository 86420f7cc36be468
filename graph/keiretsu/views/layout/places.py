"""Places of boxes and paths of links: what a layout engine gives, and what the painters take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.views.layout.geometry import Rect, box_of_route

if TYPE_CHECKING:
    from keiretsu.views.layout.geometry import Route

_PLACES = 1
"""Decimals of a coordinate, in pixels."""


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

    def copied(self, prefix: str, x: float, y: float) -> Places:
        """Return the places moved, each name with a prefix."""

        def moved(rect: Rect) -> Rect:
            return Rect(rect.left + x, rect.top + y, rect.right + x, rect.bottom + y)

        return Places(
            {f"{prefix}{party}": moved(rect) for party, rect in self.boxes.items()},
            {
                f"{prefix}{line}": Path(
                    tuple((across + x, down + y) for across, down in path.points),
                    moved(path.label) if path.label else None,
                )
                for line, path in self.routes.items()
            },
        )

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
