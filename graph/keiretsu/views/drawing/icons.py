"""Small signs in the boxes, so that a kind is told without colour."""

from __future__ import annotations

from collections import defaultdict

from keiretsu.views.drawing.marks import Mark, Stroke, circle, polyline


def icon(name: str, x: float, y: float, colour: str) -> list[Mark]:
    """Return the sign of a name about a point, some 20 pixels wide."""
    lines, fills = _LINES.get(name, ()), _FILLS.get(name, ())
    by_width: dict[float, list[str]] = defaultdict(list)
    for corners, width in lines:
        by_width[width].append(_moved(corners, x, y))
    marks: list[Mark] = [
        Stroke("".join(paths), line=colour, width=width) for width, paths in by_width.items()
    ]
    marks += [Stroke(_moved(path, x, y), fill=colour) for path in fills]
    if name in ("person", "people", "rings", "question", "party"):
        marks += _round(name, x, y, colour)
    return marks


_Corners = tuple[tuple[float, float], ...]
_LINES: dict[str, tuple[tuple[_Corners, float], ...]] = {
    "building": (
        (((-7, 9), (-7, -9), (2, -9), (2, 9), (7, 9), (7, -3), (2, -3)), 1.5),
        (((-9.5, 9), (9.5, 9)), 1.5),
        *(
            (((left, y), (left + 2, y)), 2.0)
            for left, y in ((-5, -5.5), (-5, -1), (-5, 3.5), (-1.6, -5.5), (-1.6, -1), (-1.6, 3.5))
        ),
    ),
    "temple": (
        *((((at, -2), (at, 5.5)), 1.7) for at in (-6.8, -2.3, 2.3, 6.8)),
        (((-9.5, 8.6), (9.5, 8.6)), 2.2),
    ),
    "layers": (
        (((-9, -4), (0, -9), (9, -4), (0, 1), (-9, -4)), 1.5),
        (((-9, 0.5), (0, 5.5), (9, 0.5)), 1.5),
        (((-9, 4.5), (0, 9.5), (9, 4.5)), 1.5),
    ),
    "triangle": ((((0, -8.5), (9, 7.5), (-9, 7.5), (0, -8.5)), 1.7),),
    "question": ((((0, 2.6), (0, 0.4), (3.2, -2.6), (3.2, -5), (0, -7), (-3, -5.2)), 1.9),),
}
_FILLS: dict[str, tuple[_Corners, ...]] = {
    "temple": (((-9.5, -3.6), (0, -10), (9.5, -3.6)),),
}


def _moved(corners: _Corners, x: float, y: float) -> str:
    return polyline((x + dx, y + dy) for dx, dy in corners)


def _round(name: str, x: float, y: float, colour: str) -> list[Mark]:
    if name == "party":
        return [Stroke(circle(x, y, 6.5), line=colour, width=1.6)]
    if name == "question":
        return [Stroke(circle(x, y + 6.4, 1.4), fill=colour)]
    if name == "rings":
        return [Stroke(circle(x + side, y, 5.6), line=colour, width=1.7) for side in (-3.6, 3.6)]
    if name == "person":
        return _figure(x, y, 1.0, colour)
    return [*_figure(x - 4.6, y, 0.78, colour), *_figure(x + 4.6, y, 0.78, colour)]


def _figure(x: float, y: float, scale: float, colour: str) -> list[Mark]:
    wide, low, neck = 8 * scale, y + 9 * scale, y + 1.6 * scale
    shoulders = (
        f"M{x - wide:.1f} {low:.1f}Q{x - wide:.1f} {neck:.1f} {x:.1f} {neck:.1f}"
        f"Q{x + wide:.1f} {neck:.1f} {x + wide:.1f} {low:.1f}Z"
    )
    head = circle(x, y - 4.2 * scale, 4.2 * scale)
    return [Stroke(head, fill=colour), Stroke(shoulders, fill=colour)]
