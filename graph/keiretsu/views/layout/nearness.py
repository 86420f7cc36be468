"""How far strokes run from labels: by which a reader sees to which line a number belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.views.layout.places import Path

AROUND = 60.0
"""How far from a label lines are looked for, in pixels."""
NEARER, CLEARLY = 5.0, 3.0
"""How much nearer to its own line than to any other a label should stand, in pixels; and with how
much less than which it takes a second look to see whose it is."""
BESIDE_LABELS, BETWEEN_LABELS = 4.0, 10.0
"""Labels nearer than this beside one another, or one above the other, read as one, in pixels; a
label's room is wider than its letters."""
THROUGH = -1.0
"""The distance of a line that runs through a rectangle, before the width of its stroke counts."""
_SLACK = 1.0
"""How much further than need be strokes are looked at, so that no rounding counts."""


def gaps(plates: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return the distance of each upright rectangle from each segment; `THROUGH` where they meet.

    Parameters
    ----------
    plates
        Left, top, right and bottom of each rectangle, one in a row.
    pieces
        Coordinates of both ends of each segment, one in a row.

    Returns
    -------
    numpy.ndarray
        In pixels, a row for each rectangle and a column for each segment.

    Examples
    --------
    >>> gaps(np.array([[0.0, 0, 10, 4]]), np.array([[13.0, 0, 13, 9], [5, -2, 5, 9]])).tolist()
    [[3.0, -1.0]]
    """
    return _gaps(plates.T[:, :, None], pieces.T[:, None, :])


def gaps_of_pairs(plates: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return the distance of each rectangle from the one segment in the same row, as `gaps`."""
    return _gaps(plates.T, pieces.T)


def met(plates: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return for each rectangle and each segment, as `gaps` takes them, whether they meet."""
    return _meet(plates.T[:, :, None], pieces.T[:, None, :])


def _gaps(plates: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return the distance of each rectangle from the segment beside it, both given as columns."""
    left, top, right, bottom = plates
    x1, y1, x2, y2 = pieces
    dx, dy = x2 - x1, y2 - y1
    squared = dx * dx + dy * dy
    length = np.where(squared == 0, 1.0, squared)
    near = np.full(np.broadcast(left, x1).shape, np.inf)
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        part = np.clip(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0)
        near = np.minimum(near, (x - x1 - part * dx) ** 2 + (y - y1 - part * dy) ** 2)
    for x, y in ((x1, y1), (x2, y2)):
        across = np.maximum(np.maximum(left - x, x - right), 0.0)
        down = np.maximum(np.maximum(top - y, y - bottom), 0.0)
        near = np.minimum(near, across * across + down * down)
    return np.where(_meet(plates, pieces), THROUGH, np.sqrt(near))


def _meet(plates: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    left, top, right, bottom = plates
    x1, y1, x2, y2 = pieces
    dx, dy = x2 - x1, y2 - y1
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    room = np.abs(dy) * (right - left) / 2 + np.abs(dx) * (bottom - top) / 2
    meets: np.ndarray = (
        (np.minimum(x1, x2) < right)
        & (np.maximum(x1, x2) > left)
        & (np.minimum(y1, y2) < bottom)
        & (np.maximum(y1, y2) > top)
        & ((np.abs(dx * (middle_y - y1) - dy * (middle_x - x1)) < room) | (dx * dx + dy * dy == 0))
    )
    return meets


class Strokes:
    """All lines of a layout, as wide as they are drawn.

    Parameters
    ----------
    paths
        By the id of their line.
    breadths
        For each line how far its strokes reach to either side.
    """

    def __init__(self, paths: Mapping[str, Path], breadths: Mapping[str, float]) -> None:
        self.numbers = {line: at for at, line in enumerate(paths)}
        pieces = [
            (*start, *end, at)
            for at, path in enumerate(paths.values())
            for start, end in segments(path.points)
        ]
        columns = np.asarray(pieces, float).reshape(-1, 5)
        self._pieces, self._line = columns[:, :4], columns[:, 4].astype(int)
        self._reach = np.array([breadths[line] for line in paths], float)
        reach = self._reach[self._line]
        self._low = np.minimum(columns[:, 0:2], columns[:, 2:4]).T - reach
        self._high = np.maximum(columns[:, 0:2], columns[:, 2:4]).T + reach

    def clearance(self, own: Sequence[str], plates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return how far rectangles are from the strokes of their lines, and of others about them.

        Parameters
        ----------
        own
            Ids of the lines to which the rectangles belong.
        plates
            Left, top, right and bottom of each, one in a row.

        Returns
        -------
        own, others
            Pixels between a rectangle and the strokes of its own line; and, a column for each, of
            other lines. Below zero where a stroke runs through it; more than it is, or infinite,
            for a line further away than `AROUND`, or than its own line by more than `NEARER`.
        """
        at = np.array([self.numbers[line] for line in own], int)
        mine = self._line == at[:, None]
        to_own = self._nearest(plates, mine)[np.arange(len(at)), at]
        within = np.clip(to_own + NEARER + _SLACK, NEARER, AROUND)
        return to_own, self._nearest(plates, self._about(plates, within) & ~mine)

    def _about(self, plates: np.ndarray, within: np.ndarray) -> np.ndarray:
        """Return for each rectangle and segment whether it is not far."""
        left, top, right, bottom = plates.T
        near: np.ndarray = (
            (self._low[0] < (right + within)[:, None])
            & (self._high[0] > (left - within)[:, None])
            & (self._low[1] < (bottom + within)[:, None])
            & (self._high[1] > (top - within)[:, None])
        )
        return near

    def _nearest(self, plates: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Return how far rectangles are from lines, as far as it is asked of their segments."""
        nearest = np.full((len(plates), len(self._reach)), np.inf)
        rows, columns = np.nonzero(asked)
        if len(rows):
            lines = self._line[columns]
            found = _gaps(plates.T[:, rows], self._pieces.T[:, columns])
            first = np.flatnonzero(np.diff(rows * len(self._reach) + lines, prepend=-1))
            near = np.minimum.reduceat(found, first) - self._reach[lines[first]]
            nearest[rows[first], lines[first]] = near
        return nearest
