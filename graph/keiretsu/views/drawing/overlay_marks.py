"""How an overlay is drawn: a frame around a box, and plates with a few letters on its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.views.drawing.boxes import look_of
from keiretsu.views.drawing.figures import outline
from keiretsu.views.drawing.marks import Mark, Stroke, Text, rounded
from keiretsu.views.drawing.palette import GROUPS
from keiretsu.views.drawing.textsize import text_width
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.scene.overlay import PLAIN, POSSIBLE

if TYPE_CHECKING:
    from keiretsu.views.scene.model import SceneParty
    from keiretsu.views.scene.overlay import Badge, Overlay

_AWAY, _FURTHER = 4.5, 5.0
"""How far a frame stands off its box, and a further one off the first."""
_WIDTH, _BROKEN = 2.6, (6.0, 4.0)
_SIZE, _SIDES, _HEIGHT, _GAP = 11.5, 5.0, 17.0, 3.0


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
    right = rect.right + 4
    for badge in badges:
        wide = text_width(badge.text, _SIZE, bold=True) + 2 * _SIDES
        plate = Rect(right - wide, rect.top - _HEIGHT / 2 - 3, right, rect.top + _HEIGHT / 2 - 3)
        marks.append(Stroke(rounded(plate, 4), fill=_colour(badge), line="page", width=1.4))
        x, y = plate.centre
        room = wide - 2 * _SIDES
        marks.append(Text(x, y, badge.text, _SIZE, "page", bold=True, anchor="middle", room=room))
        right -= wide + _GAP
    return marks


def _colour(badge: Badge) -> str:
    return "accent" if badge.tone == PLAIN else f"group-{badge.group % GROUPS}"
