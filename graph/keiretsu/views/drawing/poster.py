"""What stands around a picture that is published by itself: title, legend, assumptions, sources.

A page's reader can mark an analysis, go to another day or hide holdings before saving or printing
the picture; so what depends on that, a line below the title and the words on the analysis, is kept
apart from what does not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keiretsu.views.drawing.legend import SAMPLE, legend_of
from keiretsu.views.drawing.marks import Group, Mark, Stroke, Text
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.scene.credits import credits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.layout.geometry import Point
    from keiretsu.views.scene.model import Scene

_MARGIN, _LEAST_WIDTH = 28.0, 720.0
_TITLE, _TITLE_STEP, _SUBTITLE, _SMALL, _SMALL_STEP = 21.0, 27.0, 13.5, 11.5, 16.0
_LEGEND_STEP, _LEGEND_GAP, _SAMPLE_GAP = 24.0, 22.0, 8.0
_MOST_NOTES, _LINES_OF_A_NOTE = 6, 5
_BELOW_THE_LEGEND = 8.0
_STATE_STEP = 20.0
"""Height of the line that tells the day and what is hidden."""


@dataclass(frozen=True, slots=True)
class Poster:
    """The frame of a picture, in the picture's own coordinates.

    Parameters
    ----------
    frame
        The sheet down to the legend; words on an analysis and notes stand below it.
    marks
        Title and legend.
    state
        Where the line stands that tells the day, and what is hidden.
    words
        Where the words on an analysis begin, and then the notes.
    notes
        What was assumed, and who says so, for each moment or for the only one.
    analyses
        The words on each overlay, by key.
    """

    frame: Rect
    marks: tuple[Mark, ...]
    state: Point
    words: Point
    notes: tuple[Block, ...]
    analyses: dict[str, Block]

    def sheet(
        self, overlay: str = "", state: str = "", moment: int = 0
    ) -> tuple[Rect, tuple[Mark, ...]]:
        """Return the sheet and its marks, with an overlay's words and a line on the state."""
        said, notes = self.analyses.get(overlay, _NOTHING), self.notes[moment]
        left, top, right, bottom = self.frame
        across, down = self.words
        line = (Text(*self.state, state, _SUBTITLE, bold=True),) if state else ()
        below = Group(across, down, said.marks), Group(across, down + said.height, notes.marks)
        sheet = Rect(left, top, right, bottom + said.height + notes.height)
        return sheet, (*self.marks, *line, *below)


def poster_of(scene: Scene, picture: Rect) -> Poster:
    """Set title, legend, notes and sources around a picture.

    Parameters
    ----------
    scene
        What is shown.
    picture
        Where its boxes and lines are.
    """
    width = max(picture.width, _LEAST_WIDTH)
    left = picture.centre[0] - width / 2
    head = _head(scene, left, width)
    top = picture.top - _MARGIN - head.height
    legend = _legend(scene, left, picture.bottom + _MARGIN, width)
    down = picture.bottom + _MARGIN + legend.height + _BELOW_THE_LEGEND
    sheet = Rect(left, top, left + width, down).grown(_MARGIN)
    moments = range(max(len(scene.moments), 1))
    marks = (
        Group(0, top, head.marks),
        Stroke(f"M{left:.1f} {picture.bottom + _MARGIN:.1f}h{width:.1f}", line="rule", width=1.0),
        *legend.marks,
    )
    return Poster(
        frame=sheet,
        marks=marks,
        state=(left, top + head.height - _STATE_STEP / 2),
        words=(left, down),
        notes=tuple(_notes(_told(scene, moment), width) for moment in moments),
        analyses={one.key: _notes([f"{one.title}. {one.note}"], width) for one in scene.overlays},
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Marks of a part of the sheet, and its height."""

    marks: tuple[Mark, ...]
    height: float


_NOTHING = Block((), 0.0)


def headline(scene: Scene) -> str:
    """Return the line below the title; it always tells the date."""
    if scene.as_of in scene.subtitle or scene.sides:
        return scene.subtitle
    return " · ".join(part for part in (scene.subtitle, f"As of {scene.as_of}") if part)


def state_words(scene: Scene) -> str:
    """Return the line that tells which moment a picture of several shows.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Moment, Scene
    >>> moments = Moment(date="2019-09-03"), Moment(date="2023-11-08")
    >>> state_words(Scene(title="", as_of="2023-11-08", parties=(), moments=moments, moment=1))
    'As of 2023-11-08'
    """
    return f"As of {scene.moments[scene.moment].date}" if scene.moments else ""


def _head(scene: Scene, left: float, width: float) -> Block:
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
    return Block(tuple(marks), y + _STATE_STEP)


def _legend(scene: Scene, left: float, top: float, width: float) -> Block:
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
    return Block(tuple(marks), y - top)


def _told(scene: Scene, moment: int) -> list[str]:
    """Return what is said below a picture, the sources last and never left out."""
    said = scene.moments[moment].notes if scene.moments else scene.notes
    notes = list(said[:_MOST_NOTES])
    if len(said) > _MOST_NOTES:
        notes.append(f"{len(said) - _MOST_NOTES} further notes stand on the page.")
    sources = credits_of(replace(scene, moment=moment))
    return [one for one in (*notes, scene.left_out, sources) if one]


def _notes(notes: Sequence[str], width: float) -> Block:
    """Return notes about the upper left corner of their place; a page tells each only once."""
    marks: list[Mark] = []
    y = 0.0
    for note in notes:
        lines = wrapped(note, _SMALL, width - 14, lines=_LINES_OF_A_NOTE)
        bullet = Text(0, 8, "\N{BULLET}", _SMALL, "muted")
        texts = (
            Text(12, at * _SMALL_STEP + 8, line, _SMALL, "muted") for at, line in enumerate(lines)
        )
        marks.append(Group(0, y, (bullet, *texts)))
        y += len(lines) * _SMALL_STEP
    return Block(tuple(marks), y)
