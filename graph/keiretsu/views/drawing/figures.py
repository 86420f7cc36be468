"""Boxes and lines as marks: what a party and a holding look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.views.drawing.boxes import (
    ICON_ROOM,
    LABEL_STEP,
    NAME_SIZE,
    NAME_STEP,
    NOTE_SIZE,
    NOTE_STEP,
    PLATE_SIDES,
    Box,
    Look,
    Shape,
)
from keiretsu.views.drawing.icons import icon
from keiretsu.views.drawing.marks import Group, Mark, Stroke, Text, cut, polyline, rounded
from keiretsu.views.drawing.strokes import drawn, strokes_of
from keiretsu.views.drawing.textsize import text_width
from keiretsu.views.layout.geometry import Point, Rect, middle
from keiretsu.views.scene.wording import LABEL_SIZE, label

if TYPE_CHECKING:
    from keiretsu.views.layout.geometry import Route
    from keiretsu.views.layout.places import Path
    from keiretsu.views.scene.model import SceneLink
    from keiretsu.views.scene.wording import Line

_ICON_CELL = 30.0


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
            dash=(6.0, 4.0) if box.dashed else (),
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
    marks.append(Group(*cell.centre, tuple(icon(look.icon, 0, 0, look.colour))))
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
    return drawn(strokes_of(link, rights, metric), route)


def label_marks(lines: tuple[Line, ...], centre: Point) -> list[Mark]:
    """Return a label: a plate, so that nothing shows through, and its lines; nothing of none."""
    if not lines:
        return []
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
    return Rect.around(centre, max(_rooms(lines)) + PLATE_SIDES, len(lines) * LABEL_STEP - 1)


def name_marks(link: SceneLink, path: Path, rights: str, metric: str) -> list[Mark]:
    """Return the label of a holding under a metric, in the room that the layout has for it."""
    return label_marks(label(link, rights, metric), label_place(path))


def label_place(path: Path) -> Point:
    """Return the middle of a label: of its room, or of its line if no room was kept."""
    return middle(path.points) if path.label is None else path.label.centre
