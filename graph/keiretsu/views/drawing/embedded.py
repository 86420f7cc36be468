"""The picture inside a page, for print and for readers without scripts: as SVG, spelled short.

It says what `svg.py` says of the same marks. But a page has a style sheet, so that looks that come
again are told there, once, as classes; and routes go on from where they are, in shorter numbers.
"""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from keiretsu.views.drawing.marks import Group, Text, number
from keiretsu.views.drawing.palette import themed
from keiretsu.views.drawing.svg import (
    MARGIN_OF_SHEET,
    PALE,
    held_room,
    opening,
    overlay_of,
    parts_of,
)

if TYPE_CHECKING:
    from keiretsu.views.drawing.marks import Mark, Stroke
    from keiretsu.views.drawing.svg import Part
    from keiretsu.views.layout.choice import Layout
    from keiretsu.views.scene.model import Scene

_CORNERS = re.compile(r"M(-?[\d.]+ -?[\d.]+(?:L-?[\d.]+ -?[\d.]+)+)(Z?)")
"""Straight lines through points, as `polyline` spells them."""
_BASELINE = 0.35
"""How far a text's baseline lies below its middle, as a part of its size."""


def embedded(scene: Scene, layout: Layout) -> tuple[str, str]:
    """Return the picture alone, in the colours of the page that it stands in, and its style.

    Parameters
    ----------
    scene, layout
        What is drawn, and where.

    Returns
    -------
    tuple of str
        An SVG element, and rules for the style sheet of the page.
    """
    sheet = _Sheet()
    overlay = overlay_of(scene, scene.mark)
    inside = "".join(map(sheet.part, parts_of(scene, layout, overlay)))
    frame = layout.frame.grown(MARGIN_OF_SHEET)
    figure = f"{opening(frame)}<title>{escape(scene.title)}</title>{sheet.groups}{inside}</svg>"
    return figure, sheet.rules


class _Sheet:
    """Writes marks, and remembers their looks and what stands in several places."""

    def __init__(self) -> None:
        self._looks: dict[str, str] = {}
        self._groups: dict[tuple[Mark, ...], str] = {}

    def part(self, part: Part) -> str:
        """Return a line, a box or a label; its words stand in the page's table."""
        inside = "".join(map(self.write, part.marks))
        return f'<g opacity="{PALE:g}">{inside}</g>' if part.is_pale else inside

    def write(self, mark: Mark) -> str:
        """Return a mark as SVG; every text is escaped here."""
        if isinstance(mark, Group):
            name = self._groups.setdefault(mark.marks, f"s{len(self._groups)}")
            return f'<use href="#{name}" x="{number(mark.x)}" y="{number(mark.y)}"/>'
        if isinstance(mark, Text):
            return self._text(mark)
        return f'<path class="{self._class(_stroke_looks(mark))}" d="{relative(mark.path)}"/>'

    @property
    def groups(self) -> str:
        """What stands in several places, told once; a group inside another comes behind it."""
        told: list[str] = []
        while len(told) < len(self._groups):
            marks, name = list(self._groups.items())[len(told)]
            told.append(f'<g id="{name}">{"".join(map(self.write, marks))}</g>')
        return f"<defs>{''.join(told)}</defs>" if told else ""

    @property
    def rules(self) -> str:
        """The looks as rules. They name no element around: what `use` draws stands in none."""
        return "".join(f".{named}{{{looks}}}" for looks, named in self._looks.items())

    def _text(self, mark: Text) -> str:
        place = f'x="{number(mark.x)}" y="{number(mark.y + _BASELINE * mark.size)}"'
        width = held_room(mark)
        room = f' textLength="{width}"' if width else ""
        named = self._class(_text_looks(mark))
        return f'<text class="{named}" {place}{room}>{escape(mark.text)}</text>'

    def _class(self, looks: str) -> str:
        return self._looks.setdefault(looks, f"k{len(self._looks)}")


def _stroke_looks(mark: Stroke) -> str:
    parts = [f"fill:{themed(mark.fill) if mark.fill else 'none'}"]
    if mark.line:
        parts += [f"stroke:{themed(mark.line)}", f"stroke-width:{number(mark.width)}"]
    if mark.dash:
        parts.append(f"stroke-dasharray:{' '.join(map(number, mark.dash))}")
    if mark.round_ends:
        parts.append("stroke-linecap:round")
    return ";".join(parts)


def _text_looks(mark: Text) -> str:
    parts = [f"fill:{themed(mark.colour)}", f"font-size:{mark.size:g}px"]
    if mark.bold:
        parts.append("font-weight:600")
    if mark.anchor != "start":
        parts.append(f"text-anchor:{mark.anchor}")
    return ";".join(parts)


def relative(path: str) -> str:
    """Return a path of straight lines with each corner told from the one before.

    Corners are summed up in tenths, as they are spelled, so that none moves. Other paths stay.

    Examples
    --------
    >>> relative("M1888.8 180.4L1899.8 174.3L1900.1 179.7Z")
    'M1888.8 180.4l11-6.1l.3 5.4Z'
    >>> relative("M6 0H105Q111 0 111 6")
    'M6 0H105Q111 0 111 6'
    """
    found = _CORNERS.fullmatch(path)
    if found is None:
        return path
    corners = [
        [round(float(part) * 10) for part in corner.split()] for corner in found[1].split("L")
    ]
    told = [f"M{found[1].partition('L')[0]}"]
    for (x1, y1), (x2, y2) in pairwise(corners):
        across, down = _tenths(x2 - x1), _tenths(y2 - y1)
        told.append(f"l{across}{down if down.startswith('-') else f' {down}'}")
    return "".join([*told, found[2]])


def _tenths(value: int) -> str:
    text = number(value / 10)
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
