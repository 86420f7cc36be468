"""The strokes and letters of which a picture is made, for every painter alike.

A picture is worked out once, here in Python, as paths and texts. The SVG writer, the page's canvas
and its exports only put these marks on their ground, so that none can show what another does not.
Colours are names of the palette, paths are in the notation of SVG, which a canvas reads too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.views.layout.geometry import Point, Rect


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path that is filled, drawn along, or both.

    Parameters
    ----------
    path
        In the notation of SVG's ``d``.
    fill, line
        Names of colours; None for none.
    width
        Of the line.
    dash
        Lengths of dashes and gaps; empty for an unbroken line.
    round_ends
        Whether dashes have round ends, as dots need.
    """

    path: str
    fill: str | None = None
    line: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its middle.

    Parameters
    ----------
    x, y
        Where it is anchored.
    text
        What is written.
    size
        Font size.
    colour
        Name of a colour.
    bold
        Whether it is set in weight 600.
    anchor
        ``start``, ``middle`` or ``end``.
    room
        Width into which it is squeezed if a font runs wider.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str = "ink"
    bold: bool = False
    anchor: str = "start"
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that stand elsewhere: moved by `x` and `y`."""

    x: float
    y: float
    marks: tuple[Mark, ...]


Mark = Stroke | Text | Group


def number(value: float) -> str:
    """Spell a coordinate with at most one decimal.

    Examples
    --------
    >>> number(12.04), number(-0.01), number(7.25)
    ('12', '0', '7.2')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def polyline(points: Iterable[Point], *, closed: bool = False) -> str:
    """Return straight lines through points as a path.

    Examples
    --------
    >>> polyline([(0, 0), (5, 5.25)], closed=True)
    'M0 0L5 5.2Z'
    """
    corners = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{corners}{'Z' if closed else ''}"


def rounded(rect: Rect, radius: float) -> str:
    """Return a rectangle with round corners as a path."""
    left, top, right, bottom = rect
    r = min(radius, rect.width / 2, rect.height / 2)
    n = number
    return (
        f"M{n(left + r)} {n(top)}H{n(right - r)}Q{n(right)} {n(top)} {n(right)} {n(top + r)}"
        f"V{n(bottom - r)}Q{n(right)} {n(bottom)} {n(right - r)} {n(bottom)}"
        f"H{n(left + r)}Q{n(left)} {n(bottom)} {n(left)} {n(bottom - r)}"
        f"V{n(top + r)}Q{n(left)} {n(top)} {n(left + r)} {n(top)}Z"
    )


def cut(rect: Rect, corner: float) -> str:
    """Return a rectangle with cut corners as a path."""
    left, top, right, bottom = rect
    return polyline(
        [
            (left + corner, top),
            (right - corner, top),
            (right, top + corner),
            (right, bottom - corner),
            (right - corner, bottom),
            (left + corner, bottom),
            (left, bottom - corner),
            (left, top + corner),
        ],
        closed=True,
    )


def circle(x: float, y: float, radius: float) -> str:
    """Return a circle as a path."""
    r, d = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"
