"""How large boxes and labels are, and which shape a kind of party has; no positions yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keiretsu.model import PartyKind
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.scene.model import FLOAT, STACK, TIES
from keiretsu.views.scene.wording import LABEL_SIZE, METRICS, label

if TYPE_CHECKING:
    from keiretsu.views.scene.model import SceneLink, SceneParty
    from keiretsu.views.scene.percent import Percent

NAME_SIZE, NAME_STEP = 13.5, 17.0
"""Font size and line height of a party's name, in pixels."""
NOTE_SIZE, NOTE_STEP = 11.5, 14.5
"""The same of the line below it."""
LABEL_STEP = 16.0
"""Line height of what is written on a line; for its font size see `wording.LABEL_SIZE`."""

ICON_ROOM = 42.0
"""From the left edge of a box to its text."""

_NAME_ROOM, _NOTE_ROOM = 138.0, 142.0
_NAME_LINES, _NOTE_LINES = 4, 2
_LEAST_HEIGHT, _LEAST_WIDTH = 46.0, 96.0
_RIGHT, _ABOVE_AND_BELOW = 13.0, 14.0
_LABEL_SIDES, _LABEL_ENDS = 12.0, 6.0
PLATE_SIDES = 4.0
"""How much wider the plate of a label is than its text."""
_THIN, _PER_PERCENT, _UNKNOWN = 1.2, 0.066, 1.8


class Shape(StrEnum):
    """Outline of a box; each kind is told by its shape, its icon and its colour."""

    SQUARE = "square"
    """A rectangle: a company or another organisation."""
    CUT = "cut"
    """Cut corners: a State."""
    CUT_DOUBLE = "cut-double"
    """Cut corners, double line: a body of a State."""
    PILL = "pill"
    """Round ends: a person."""
    HEXAGON = "hexagon"
    """Pointed sides: a fund."""
    ROOF = "roof"
    """Narrower above: a trust or another arrangement."""
    DOUBLE = "double"
    """Double line: several that act together."""
    DASHED = "dashed"
    """Dashed line: somebody who is not named."""
    PILE = "pile"
    """Several sheets: parties that are not shown one by one."""


_LOOKS = {
    PartyKind.PARTY: (Shape.SQUARE, "other", "party"),
    PartyKind.PERSON: (Shape.PILL, "person", "person"),
    PartyKind.ORGANISATION: (Shape.SQUARE, "firm", "building"),
    PartyKind.COMPANY: (Shape.SQUARE, "firm", "building"),
    PartyKind.FUND: (Shape.HEXAGON, "trust", "layers"),
    PartyKind.ARRANGEMENT: (Shape.ROOF, "trust", "triangle"),
    PartyKind.GOVERNMENT_BODY: (Shape.CUT_DOUBLE, "state", "temple"),
    PartyKind.STATE: (Shape.CUT, "state", "temple"),
    PartyKind.SUBNATIONAL_STATE: (Shape.CUT, "state", "temple"),
    PartyKind.MINISTRY: (Shape.CUT_DOUBLE, "state", "temple"),
    PartyKind.AGENCY: (Shape.CUT_DOUBLE, "state", "temple"),
    PartyKind.CONCERT: (Shape.DOUBLE, "person", "people"),
    PartyKind.ALLIANCE: (Shape.DOUBLE, "firm", "rings"),
    PartyKind.NEWS_ORGANISATION: (Shape.SQUARE, "firm", "building"),
    PartyKind.UNKNOWN_PARTY: (Shape.DASHED, "other", "question"),
    FLOAT: (Shape.DASHED, "other", "people"),
    STACK: (Shape.PILE, "other", "layers"),
}
_SIDEWAYS = {Shape.PILL: 10.0, Shape.HEXAGON: 12.0, Shape.ROOF: 12.0}


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of party is drawn: outline, colour by meaning, icon."""

    shape: Shape
    colour: str
    icon: str

    @property
    def inset(self) -> float:
        """How far the outline leans in from the sides of the box."""
        return _SIDEWAYS.get(self.shape, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A party's box before it has a place.

    Parameters
    ----------
    look
        Its outline, colour and icon.
    name, note
        Lines of text, broken to fit.
    width, height
        In pixels.
    dashed
        Whether its outline is broken: somebody who is not named, or who only is supposed.
    """

    look: Look
    name: tuple[str, ...]
    note: tuple[str, ...]
    width: float
    height: float
    dashed: bool = False


def look_of(kind: str) -> Look:
    """Return how a kind of party is drawn; an unknown kind is drawn as a party."""
    return Look(*_LOOKS.get(kind, _LOOKS[PartyKind.PARTY]))


def box_of(party: SceneParty) -> Box:
    """Return the box that holds a party's name and note.

    Examples
    --------
    >>> from keiretsu.views.scene.model import SceneParty
    >>> box = box_of(SceneParty(id="n", label="Nissan Motor Co., Ltd.", subtitle="Listed"))
    >>> box.name, box.width < 200
    (('Nissan Motor Co.,', 'Ltd.'), True)
    """
    look = look_of(party.kind)
    name = wrapped(party.label or "(no name)", NAME_SIZE, _NAME_ROOM, lines=_NAME_LINES, bold=True)
    words = " · ".join(part for part in (party.supposition, party.subtitle) if part)
    note = wrapped(f"{words[:1].upper()}{words[1:]}", NOTE_SIZE, _NOTE_ROOM, lines=_NOTE_LINES)
    text = max(
        *(text_width(line, NAME_SIZE, bold=True) for line in name),
        *(text_width(line, NOTE_SIZE) for line in note),
        0.0,
    )
    width = ICON_ROOM + text + _RIGHT + 2 * look.inset
    height = len(name) * NAME_STEP + len(note) * NOTE_STEP + _ABOVE_AND_BELOW
    return Box(
        look,
        name,
        note,
        float(round(max(width, _LEAST_WIDTH))),
        float(round(max(height, _LEAST_HEIGHT))),
        look.shape is Shape.DASHED or bool(party.supposition),
    )


def fits_note(text: str) -> bool:
    """Return whether a text is whole as the note below a party's name."""
    return wrapped(text, NOTE_SIZE, _NOTE_ROOM, lines=_NOTE_LINES) == wrapped(
        text, NOTE_SIZE, _NOTE_ROOM, lines=_NOTE_LINES + 1
    )


def stroke_width(share: Percent) -> float:
    """Return how wide a line a share is drawn; a range is drawn at its middle."""
    if share.is_unknown:
        return _UNKNOWN
    return round(_THIN + float(share.middle) * _PER_PERCENT, 1)


def breadth(link: SceneLink, rights: str) -> float:
    """Return how far a link's strokes reach to the side of its route."""
    if link.kind in TIES:
        return _THIN
    shares = (link.capital, link.votes_of(rights))
    return max((stroke_width(share) for share in shares if share is not None), default=_THIN)


def text_size(link: SceneLink, rights: str) -> tuple[float, float]:
    """Return width and height of a link's label under whatever metric it is largest; or nothing."""
    labels = [label(link, rights, metric) for metric in METRICS]
    if not any(labels):
        return 0.0, 0.0
    widest = max(text_width(line.text, LABEL_SIZE, bold=True) for lines in labels for line in lines)
    tallest = max(len(lines) for lines in labels)
    return float(round(widest)) + PLATE_SIDES, tallest * LABEL_STEP - 1


def label_size(link: SceneLink, rights: str) -> tuple[float, float]:
    """Return the room to keep for a link's label: that of its text, clear of its strokes."""
    width, height = text_size(link, rights)
    if not height:
        return 0.0, 0.0
    return (
        float(round(width - PLATE_SIDES + _LABEL_SIDES + breadth(link, rights))),
        float(round(height + 1 + _LABEL_ENDS)),
    )
