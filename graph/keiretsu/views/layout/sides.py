"""Upper and lower sides of boxes: where lines end on them, and where their labels stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.views.layout.plan import Size

BESIDE, _APART = 3.0, 8.0
"""Between a line and its label, and between a label and the next line."""
_STEP = 24.0
"""Between lines without labels, if there is so much room."""
_PORTS = 0.86
"""Part of a box's side on which lines may end."""


@dataclass(slots=True, eq=False)
class Ending:
    """The end of a line at a side of a box, or that of several that share it.

    Parameters
    ----------
    key
        Its name.
    breadth
        How far its strokes reach to either side.
    label
        Size of the text that stands beside it; None if that stands elsewhere.
    toward
        From where it comes or where it leads, from the left.
    port, column
        Where it meets the box, and where it runs beside its label.
    """

    key: str
    breadth: float
    label: Size | None
    toward: float = 0.0
    port: float = 0.0
    column: float = 0.0

    @property
    def room(self) -> float:
        """How much width it takes with its label."""
        beside = BESIDE + self.label.width + _APART if self.label is not None else _APART
        return 2 * self.breadth + beside


def width_of(endings: Sequence[Ending]) -> float:
    """Return how wide a side must be for the labels of its lines; nothing if it has none."""
    if all(one.label is None for one in endings):
        return 0.0
    return sum(one.room for one in endings)


def spread(endings: Sequence[Ending], middle: float, box: float, room: float) -> bool:
    """Set where lines end and run, from left to right as they come; return whether they fan out.

    Parameters
    ----------
    endings
        All lines of a side.
    middle
        Of the box.
    box, room
        Width of the box, and of what it may take with its labels.
    """
    ranked = sorted(endings, key=lambda one: (one.toward, one.key))
    whole = width_of(ranked)
    if not whole:
        step = min(_STEP, box * _PORTS / max(len(ranked), 1))
        for at, one in enumerate(ranked):
            one.port = one.column = middle + (at - (len(ranked) - 1) / 2) * step
        return False
    if len(ranked) == 1 and ranked[0].room - ranked[0].breadth <= room / 2:
        ranked[0].port = ranked[0].column = middle
        return False
    left = middle - whole / 2
    for one in ranked:
        one.column = left + one.breadth
        left += one.room
    first, last = ranked[0].column - middle, ranked[-1].column - middle
    reach = max(abs(first), abs(last))
    squeeze = min(1.0, box * _PORTS / 2 / reach) if reach else 1.0
    for one in ranked:
        one.port = middle + (one.column - middle) * squeeze
    return squeeze < 1
