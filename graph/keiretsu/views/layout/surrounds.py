"""What analyses draw around boxes, frames and plates with letters: room that is not free either."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.views.drawing.overlay_marks import Around
from keiretsu.views.layout.geometry import Rect, segments
from keiretsu.views.layout.nearness import gaps_of_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.views.layout.places import Path

_UNMARKED = Around()
_TOUCH = 0.5
"""What shares less than this many pixels only touches."""


class Room(NamedTuple):
    """What a box covers with its frames, or what the plates on it cover.

    Parameters
    ----------
    party
        Id of the party.
    core
        A box, or the line in the middle of plates.
    reach
        How far what is drawn reaches about it.
    """

    party: str
    core: Rect
    reach: float


class Surrounds:
    """Boxes with all that is drawn around them.

    Parameters
    ----------
    boxes
        Places of boxes, by the id of their party.
    around
        For each party that analyses mark the room that its marks need.
    """

    def __init__(self, boxes: Mapping[str, Rect], around: Mapping[str, Around]) -> None:
        rooms = [(party, box, around.get(party, _UNMARKED)) for party, box in boxes.items()]
        plates = [(party, plate) for party, box, room in rooms if (plate := room.plates(box))]
        self.plates = [plate for _, plate in plates]
        self.frames = [room.framed(box) for _, box, room in rooms if room.frame]
        self._rooms = [Room(party, box, room.frame) for party, box, room in rooms]
        self._rooms += [_plated(*one) for one in plates]
        self._cores = np.asarray([room.core for room in self._rooms], float).reshape(-1, 4)
        self._reaches = np.array([room.reach for room in self._rooms], float)
        self._covered = self._cores + self._reaches[:, None] * np.array([-1, -1, 1, 1])

    def has_marks_under(self, label: Rect) -> bool:
        """Return whether a label lies on a frame or a plate."""
        return any(label.overlaps(room) for room in (*self.frames, *self.plates))

    def on_boxes(self) -> int:
        """Return how many pairs of boxes lie on one another with their frames or plates."""
        left, top, right, bottom = self._covered.T
        lie = (
            (left[:, None] < right - _TOUCH)
            & (top[:, None] < bottom - _TOUCH)
            & (right[:, None] > left + _TOUCH)
            & (bottom[:, None] > top + _TOUCH)
        )
        lie &= (self._reaches[:, None] > 0) | (self._reaches > 0)
        parties = [room.party for room in self._rooms]
        pairs = ((parties[one], parties[other]) for one, other in np.argwhere(lie).tolist())
        return len({pair for pair in pairs if pair[0] < pair[1]})

    def crossed(
        self,
        paths: Mapping[str, Path],
        ends: Mapping[str, tuple[str, str]],
        breadths: Mapping[str, float],
    ) -> list[tuple[str, Room]]:
        """Return lines, each with a room of a party not its own in which its strokes run.

        Parameters
        ----------
        paths
            By the id of their line.
        ends
            For each line the ids of its two parties.
        breadths
            For each line how far its strokes reach to either side.
        """
        pieces = [
            (*start, *end, at)
            for at, path in enumerate(paths.values())
            for start, end in segments(path.points)
        ]
        if not pieces or not self._rooms:
            return []
        lines, columns = list(paths), np.asarray(pieces, float)
        reach = np.array([breadths[line] for line in lines])[columns[:, 4].astype(int)] - _TOUCH
        low = np.minimum(columns[:, 0:2], columns[:, 2:4]).T - reach
        high = np.maximum(columns[:, 0:2], columns[:, 2:4]).T + reach
        left, top, right, bottom = self._covered.T[:, :, None]
        near = (left < high[0]) & (low[0] < right) & (top < high[1]) & (low[1] < bottom)
        at, piece = np.nonzero(near)
        away = gaps_of_pairs(self._cores[at], columns[piece, :4])
        hit = away < self._reaches[at] + reach[piece]
        found = {
            (lines[int(line)], room)
            for line, room in zip(columns[piece[hit], 4], at[hit].tolist(), strict=True)
        }
        return [
            (line, self._rooms[room])
            for line, room in sorted(found)
            if self._rooms[room].party not in ends[line]
        ]


def _plated(party: str, plate: Rect) -> Room:
    half, (_, middle) = plate.height / 2, plate.centre
    return Room(party, Rect(plate.left + half, middle, plate.right - half, middle), half)
