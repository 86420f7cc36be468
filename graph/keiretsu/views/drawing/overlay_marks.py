"""How an overlay is drawn: a frame around a box, and plates with a few letters on its edge."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.views.drawing.boxes import look_of
from keiretsu.views.drawing.figures import outline
from keiretsu.views.drawing.marks import Mark, Stroke, Text, rounded
from keiretsu.views.drawing.palette import GROUPS
from keiretsu.views.drawing.textsize import text_width
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.scene.overlay import PLAIN, POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.scene.model import Scene, SceneParty
    from keiretsu.views.scene.overlay import Badge, Overlay

_AWAY, _FURTHER = 4.0, 4.2
"""How far a frame stands off its box, and a further one off the first."""
_WIDTH, _BROKEN = 2.6, (6.0, 4.0)
_SIZE, _SIDES, _HEIGHT, _GAP = 11.5, 5.0, 17.0, 3.0
_RAISED, _OUT, _PLATE_LINE = 3.0, 4.0, 1.4
"""How far the middle of a plate stands above the upper edge of its box, and its end beyond the
right one; and how wide the line around it is."""


class Around(NamedTuple):
    """The room around a box that analyses may fill, whichever is chosen, at whatever moment.

    Parameters
    ----------
    frame
        How far frames reach from the box; 0 if it gets none.
    badges
        How wide the plates on its upper edge are together; 0 if it gets none.
    """

    frame: float = 0.0
    badges: float = 0.0

    def framed(self, box: Rect) -> Rect:
        """Return what a box covers with its frames."""
        return box.grown(self.frame)

    def plates(self, box: Rect) -> Rect | None:
        """Return what the plates on a box cover; None if it gets none."""
        if not self.badges:
            return None
        right = box.right + _OUT
        return _plate(right, self.badges, box).grown(_PLATE_LINE / 2)


def rooms_around(scene: Scene) -> dict[str, Around]:
    """Return for each party that is marked at some moment the room that its marks need.

    Examples
    --------
    >>> from keiretsu.views.scene.model import Scene, SceneParty
    >>> from keiretsu.views.scene.overlay import CERTAIN, Badge, Overlay
    >>> badge = Badge(party="n", text="A", words="", tone=CERTAIN)
    >>> overlay = Overlay(key="", title="", note="", badges=(badge,))
    >>> party = SceneParty(id="n", label="Nissan")
    >>> rooms_around(Scene(title="", as_of="", parties=(party,), overlays=(overlay,)))["n"].frame
    5.3
    """
    moments = range(max(1, len(scene.moments)))
    rooms: dict[str, Around] = {}
    for overlay in scene.overlays:
        found: dict[tuple[str, int], list[Badge]] = defaultdict(list)
        for badge in overlay.badges:
            for moment in moments if badge.during is None else badge.during:
                found[badge.party, moment].append(badge)
        for (party, _), badges in found.items():
            room = zip(rooms.get(party, Around()), _room_of(badges), strict=True)
            rooms[party] = Around(*map(max, room))
    return rooms


def _room_of(badges: Sequence[Badge]) -> Around:
    wide = [_width(badge) for badge in badges]
    framed = sum(badge.tone != PLAIN for badge in badges)
    frame = _AWAY + (framed - 1) * _FURTHER + _WIDTH / 2 if framed else 0.0
    return Around(frame, sum(wide) + _GAP * (len(wide) - 1))


def _width(badge: Badge) -> float:
    return text_width(badge.text, _SIZE, bold=True) + 2 * _SIDES


def _plate(right: float, wide: float, box: Rect) -> Rect:
    middle = box.top - _RAISED
    return Rect(right - wide, middle - _HEIGHT / 2, right, middle + _HEIGHT / 2)


def overlay_marks(party: SceneParty, rect: Rect, overlay: Overlay, moment: int) -> list[Mark]:
    """Return the marks of a party, none if the overlay says nothing of it.

    Parameters
    ----------
    party
        Whose box it is.
    rect
        Where the box stands.
    overlay
        What is marked.
    moment
        Number of the scene's moment.
    """
    badges = [badge for badge in overlay.at(moment).badges if badge.party == party.id]
    marks: list[Mark] = []
    framed = [badge for badge in badges if badge.tone != PLAIN]
    for at, badge in enumerate(framed):
        around = outline(look_of(party.kind), rect.grown(_AWAY + at * _FURTHER))
        dash = _BROKEN if badge.tone == POSSIBLE else ()
        marks.append(Stroke(around, line=_colour(badge), width=_WIDTH, dash=dash))
    right = rect.right + _OUT
    for badge in badges:
        wide = _width(badge)
        plate = _plate(right, wide, rect)
        marks.append(Stroke(rounded(plate, 4), fill=_colour(badge), line="page", width=_PLATE_LINE))
        x, y = plate.centre
        room = wide - 2 * _SIDES
        marks.append(Text(x, y, badge.text, _SIZE, "page", bold=True, anchor="middle", room=room))
        right -= wide + _GAP
    return marks


def _colour(badge: Badge) -> str:
    return "accent" if badge.tone == PLAIN else f"group-{badge.group % GROUPS}"
