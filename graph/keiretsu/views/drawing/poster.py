"""What stands around a picture that is published by itself: title, legend, assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.views.drawing.legend import SAMPLE, legend_of
from keiretsu.views.drawing.marks import Group, Mark, Stroke, Text
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.layout.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.scene.model import Scene
    from keiretsu.views.scene.overlay import Overlay

_MARGIN, _LEAST_WIDTH = 28.0, 720.0
_TITLE, _TITLE_STEP, _SUBTITLE, _SMALL, _SMALL_STEP = 21.0, 27.0, 13.5, 11.5, 16.0
_LEGEND_STEP, _LEGEND_GAP, _SAMPLE_GAP = 24.0, 22.0, 8.0
_MOST_NOTES, _LINES_OF_A_NOTE = 6, 3


@dataclass(frozen=True, slots=True)
class Poster:
    """The frame of a picture, in the picture's own coordinates.

    Parameters
    ----------
    frame
        The whole sheet.
    marks
        Everything but boxes and lines.
    """

    frame: Rect
    marks: tuple[Mark, ...]


def poster_of(scene: Scene, picture: Rect, overlay: Overlay | None = None) -> Poster:
    """Set title, legend and notes around a picture.

    Parameters
    ----------
    scene
        What is shown.
    picture
        Where its boxes and lines are.
    overlay
        What is marked on it, told among the notes.
    """
    width = max(picture.width, _LEAST_WIDTH)
    left = picture.centre[0] - width / 2
    head = _head(scene, left, width)
    top = picture.top - _MARGIN - head.height
    legend = _legend(scene, left, picture.bottom + _MARGIN, width)
    marked = [] if overlay is None else [f"{overlay.title}. {overlay.note}"]
    notes = _notes(scene, left, legend.bottom, width, marked)
    sheet = Rect(left, top, left + width, notes.bottom).grown(_MARGIN)
    marks = (
        Group(0, top, head.marks),
        Stroke(f"M{left:.1f} {picture.bottom + _MARGIN:.1f}h{width:.1f}", line="rule", width=1.0),
        *legend.marks,
        *notes.marks,
    )
    return Poster(sheet, marks)


@dataclass(frozen=True, slots=True)
class _Block:
    """Marks of a part of the sheet, its height and its lower edge."""

    marks: tuple[Mark, ...]
    height: float
    bottom: float


def headline(scene: Scene) -> str:
    """Return the line below the title; it always tells the date."""
    if scene.as_of in scene.subtitle or scene.sides:
        return scene.subtitle
    return " · ".join(part for part in (scene.subtitle, f"As of {scene.as_of}") if part)


def _head(scene: Scene, left: float, width: float) -> _Block:
    lines = wrapped(scene.title, _TITLE, width, lines=3, bold=True)
    marks: list[Mark] = []
    y = 0.0
    for line in lines:
        room = text_width(line, _TITLE, bold=True)
        marks.append(Text(left, y + _TITLE_STEP / 2, line, _TITLE, bold=True, room=room))
        y += _TITLE_STEP
    for line in wrapped(headline(scene), _SUBTITLE, width, lines=2):
        marks.append(Text(left, y + 10, line, _SUBTITLE, "muted"))
        y += 19
    return _Block(tuple(marks), y, y)


def _legend(scene: Scene, left: float, top: float, width: float) -> _Block:
    marks: list[Mark] = []
    x, y = left, top + 14
    for entry in legend_of(scene):
        words = text_width(entry.words, _SMALL)
        wide = SAMPLE.width + _SAMPLE_GAP + words
        if x > left and x + wide > left + width:
            x, y = left, y + _LEGEND_STEP
        marks.append(Group(x, y, entry.marks))
        text_x = x + SAMPLE.width + _SAMPLE_GAP
        marks.append(Text(text_x, y + SAMPLE.height / 2, entry.words, _SMALL, room=words))
        x += wide + _LEGEND_GAP
    y += _LEGEND_STEP
    return _Block(tuple(marks), y - top, y)


def _notes(
    scene: Scene, left: float, top: float, width: float, first: Sequence[str] = ()
) -> _Block:
    notes = [*first, *scene.notes[:_MOST_NOTES]]
    if len(scene.notes) > _MOST_NOTES:
        notes.append(f"{len(scene.notes) - _MOST_NOTES} further notes stand on the page.")
    notes += [scene.left_out] if scene.left_out else []
    marks: list[Mark] = []
    y = top + (8 if notes else 0)
    for note in notes:
        for at, line in enumerate(wrapped(note, _SMALL, width - 14, lines=_LINES_OF_A_NOTE)):
            if at == 0:
                marks.append(Text(left, y + 8, "\N{BULLET}", _SMALL, "muted"))
            marks.append(Text(left + 12, y + 8, line, _SMALL, "muted"))
            y += _SMALL_STEP
    return _Block(tuple(marks), y - top, y)
