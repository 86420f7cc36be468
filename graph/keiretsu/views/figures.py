"""Boxes and lines as marks: what a party and a holding look like."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from keiretsu.views.boxes import (
    ICON_ROOM,
    LABEL_SIZE,
    LABEL_STEP,
    NAME_SIZE,
    NAME_STEP,
    NOTE_SIZE,
    NOTE_STEP,
    Box,
    Look,
    Shape,
    breadth,
    stroke_width,
)
from keiretsu.views.geometry import Point, Rect, middle, passes_left, segments, shifted, shortened
from keiretsu.views.icons import icon
from keiretsu.views.marks import Mark, Stroke, Text, circle, cut, polyline, rounded
from keiretsu.views.scene import ACTS_FOR, STACKED
from keiretsu.views.textsize import text_width
from keiretsu.views.wording import BOTH, CAPITAL, VOTES, is_without_votes, label

if TYPE_CHECKING:
    from keiretsu.views.geometry import Route
    from keiretsu.views.percent import Percent
    from keiretsu.views.places import Path
    from keiretsu.views.scene import SceneLink
    from keiretsu.views.wording import Line

_HEAD_LENGTH, _HEAD_MORE, _HEAD_LEAST = 10.0, 3.0, 5.5
_HEAD_LONGER = 0.7
"""How much longer an arrowhead is for each pixel of its line's width."""
_CLOSE = 0.35
"""Half the gap between the strokes of capital and votes."""
_SOLID: tuple[float, ...] = ()
_NO_VOTES, _INDIRECT, _DOUBTFUL = (7.0, 5.0), (11.0, 4.0, 2.0, 4.0), (3.0, 3.0)
_ICON_CELL = 30.0
_GLOW = 8.0
"""How much wider than its line the glow of a change is."""
_MOST_ASIDE = 30
"""How far a label gives way to its own line, where that runs aslant and wide."""


def outline(look: Look, rect: Rect) -> str:
    """Return the outline of a kind of party."""
    left, top, right, bottom = rect
    lean = min(look.inset, rect.width / 5)
    if look.shape is Shape.PILL:
        return rounded(rect, min(rect.height / 2, 26))
    if look.shape in (Shape.CUT, Shape.CUT_DOUBLE):
        return cut(rect, min(9, rect.height / 4))
    if look.shape is Shape.HEXAGON:
        y = (top + bottom) / 2
        corners = [(left + lean, top), (right - lean, top), (right, y), (right - lean, bottom)]
        return polyline([*corners, (left + lean, bottom), (left, y)], closed=True)
    if look.shape is Shape.ROOF:
        corners = [(left + lean, top), (right - lean, top), (right, bottom), (left, bottom)]
        return polyline(corners, closed=True)
    return rounded(rect, 6)


def box_marks(box: Box, rect: Rect, *, in_focus: bool) -> list[Mark]:
    """Return a party's box: outline, sign, name and note; its outline comes first."""
    look = box.look
    tint = f"{look.colour}-tint"
    shape = outline(look, rect)
    marks: list[Mark] = [
        Stroke(
            shape,
            fill=tint if in_focus else "card",
            line=look.colour,
            width=3.0 if in_focus else 1.5,
            dash=(4.0, 3.0) if look.shape is Shape.DASHED else (),
        )
    ]
    if look.shape in (Shape.CUT_DOUBLE, Shape.DOUBLE):
        marks.append(Stroke(outline(look, rect.grown(-3)), line=look.colour, width=0.9))
    if look.shape is Shape.PILE:
        marks += _sheets_behind(rect, look.colour)
    left = rect.left + look.inset
    _, across = rect.centre
    cell = Rect(left + 5, across - _ICON_CELL / 2, left + 5 + _ICON_CELL, across + _ICON_CELL / 2)
    if not in_focus:
        marks.append(Stroke(rounded(cell, 15 if look.shape is Shape.PILL else 5), fill=tint))
    marks += icon(look.icon, *cell.centre, look.colour)
    return marks + _box_texts(box, left + ICON_ROOM, across)


def _sheets_behind(rect: Rect, colour: str) -> list[Mark]:
    """Return the edges of two more sheets to the right and below."""
    left, _, right, bottom = rect
    top = rect.top
    return [
        Stroke(
            polyline(
                [
                    (right + by - 3, top + by + 2),
                    (right + by, top + by + 2),
                    (right + by, bottom + by),
                    (left + by + 2, bottom + by),
                    (left + by + 2, bottom + by - 3),
                ]
            ),
            line=colour,
            width=1.2,
        )
        for by in (3.0, 6.0)
    ]


def _box_texts(box: Box, x: float, across: float) -> list[Mark]:
    y = across - (len(box.name) * NAME_STEP + len(box.note) * NOTE_STEP) / 2
    marks: list[Mark] = []
    for line in box.name:
        room = text_width(line, NAME_SIZE, bold=True)
        marks.append(Text(x, y + NAME_STEP / 2, line, NAME_SIZE, bold=True, room=room))
        y += NAME_STEP
    for line in box.note:
        room = text_width(line, NOTE_SIZE)
        marks.append(Text(x, y + NOTE_STEP / 2, line, NOTE_SIZE, "muted", room=room))
        y += NOTE_STEP
    return marks


def line_marks(link: SceneLink, route: Route, rights: str, metric: str) -> list[Mark]:
    """Return the strokes of a holding: capital on its left, votes on its right, or one of them."""
    strokes = _strokes(link, route, rights, metric)
    if not link.change:
        return strokes
    glow = 2 * breadth(link, rights) + _GLOW
    return [Stroke(polyline(route), line="halo", width=glow, round_ends=True), *strokes]


def _strokes(link: SceneLink, route: Route, rights: str, metric: str) -> list[Mark]:
    if link.kind == ACTS_FOR:
        return [
            Stroke(polyline(shortened(route, 5)), line="muted", width=1.2),
            Stroke(circle(*route[-1], 3.6), fill="muted"),
        ]
    capital, votes = link.capital, link.votes_of(rights)
    if link.kind == STACKED and capital is None and link.each is not None:
        capital = votes = link.each
    silent = is_without_votes(link, rights)
    shows_votes = metric != CAPITAL and votes is not None and not votes.is_zero
    shows_capital = metric != VOTES and capital is not None
    if metric == BOTH and shows_capital and shows_votes and capital and votes:
        return [
            *_stroke(link, route, capital, "capital", side=1),
            *_stroke(link, route, votes, "votes", side=-1),
        ]
    if shows_votes and votes:
        return _stroke(link, route, votes, "votes")
    if shows_capital and capital:
        return _stroke(link, route, capital, "capital", silent=silent)
    ghost = _NO_VOTES if silent else (1.0, 5.0)
    return [
        Stroke(polyline(shortened(route, 9)), line="muted", width=1.4, dash=ghost, round_ends=True),
        _head(route, _HEAD_LEAST, 0, "muted"),
    ]


def _stroke(
    link: SceneLink,
    route: Route,
    share: Percent,
    colour: str,
    *,
    side: int = 0,
    silent: bool = False,
) -> list[Mark]:
    width = stroke_width(share)
    dash = _dash(link, share, width, silent=silent)
    head = _HEAD_LENGTH + width * _HEAD_LONGER
    short = shortened(route, head - 2)
    beside = shifted(short, side * (width / 2 + _CLOSE)) if side else short
    reach = max(_HEAD_LEAST, width + _HEAD_MORE if side else width / 2 + _HEAD_MORE)
    dots = bool(dash) and not share.is_point
    return [
        Stroke(polyline(beside), line=colour, width=width, dash=dash, round_ends=dots),
        _head(route, reach, side, colour, head),
    ]


def _dash(link: SceneLink, share: Percent, width: float, *, silent: bool) -> tuple[float, ...]:
    """Return the pattern of a line: what is not known comes before what is out of the usual."""
    if link.kind == STACKED and link.each is share:
        return _SOLID
    if not share.is_point:
        return (0.1, round(width + (5.0 if share.is_unknown else 3.0), 1))
    if silent:
        return _NO_VOTES
    if link.indirect:
        return _INDIRECT
    return _DOUBTFUL if link.doubtful else _SOLID


def _head(route: Route, reach: float, side: int, colour: str, long: float = _HEAD_LENGTH) -> Stroke:
    """Return an arrowhead: whole, or the half on one side of the line."""
    tip, base = route[-1], shortened(route, long)[-1]
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = math.hypot(dx, dy) or 1
    out = (-dy / length * reach, dx / length * reach)
    plus: Point = (base[0] + out[0], base[1] + out[1]) if side >= 0 else base
    minus: Point = (base[0] - out[0], base[1] - out[1]) if side <= 0 else base
    return Stroke(polyline([tip, plus, minus], closed=True), fill=colour)


def label_marks(lines: tuple[Line, ...], centre: Point) -> list[Mark]:
    """Return a label: a plate, so that nothing shows through, and its lines."""
    rooms = _rooms(lines)
    plate = _plate(lines, centre)
    left, top, right, bottom = plate
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    marks: list[Mark] = [Stroke(polyline(corners, closed=True), fill="page")]
    x, y = centre
    for at, (line, room) in enumerate(zip(lines, rooms, strict=True)):
        down = y + (at - (len(lines) - 1) / 2) * LABEL_STEP
        bold = line.colour != "muted"
        ink = f"{line.colour}-ink" if line.colour in ("capital", "votes") else line.colour
        marks.append(Text(x, down, line.text, LABEL_SIZE, ink, bold, "middle", room))
    return marks


def _rooms(lines: tuple[Line, ...]) -> list[float]:
    return [text_width(line.text, LABEL_SIZE, bold=line.colour != "muted") for line in lines]


def _plate(lines: tuple[Line, ...], centre: Point) -> Rect:
    return Rect.around(centre, max(_rooms(lines)) + 4, len(lines) * LABEL_STEP - 1)


def name_marks(link: SceneLink, path: Path, rights: str, metric: str) -> list[Mark]:
    """Return the label of a holding under a metric, in the room that the layout kept for it."""
    return label_marks(label(link, rights, metric), label_place(link, path, rights, metric))


def label_place(link: SceneLink, path: Path, rights: str, metric: str) -> Point:
    """Return the middle of a label: in the room kept for it, clear of its own line."""
    lines = label(link, rights, metric)
    if path.label is None:
        return middle(path.points)
    x, y = path.label.centre
    away = 1 if passes_left(path.points, (x, y)) else -1
    reach = breadth(link, rights)
    text = _plate(lines, (x + away * reach / 2, y)).grown(reach - 1)
    aside = next(
        (shift for shift in range(0, _MOST_ASIDE, 2) if _is_clear(text, shift * away, path)), 0
    )
    return x + away * (reach / 2 + aside), y


def _is_clear(text: Rect, shift: float, path: Path) -> bool:
    moved = Rect(text.left + shift, text.top, text.right + shift, text.bottom)
    return not any(moved.meets(start, end) for start, end in segments(path.points))
