"""How far strokes run from labels: by which a reader sees to which line a number belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.views.layout.geometry import Rect
    from keiretsu.views.layout.places import Path

THROUGH = -1.0
"""The distance of a line that runs through a rectangle, before the width of its stroke counts."""


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
    left, top, right, bottom = (plates[:, at, None] for at in range(4))
    x1, y1, x2, y2 = (pieces[None, :, at] for at in range(4))
    dx, dy = x2 - x1, y2 - y1
    squared = dx * dx + dy * dy
    length = np.where(squared == 0, 1.0, squared)
    near = np.full((len(plates), len(pieces)), np.inf)
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        part = np.clip(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0)
        near = np.minimum(near, (x - x1 - part * dx) ** 2 + (y - y1 - part * dy) ** 2)
    for x, y in ((x1, y1), (x2, y2)):
        across = np.maximum(np.maximum(left - x, x - right), 0.0)
        down = np.maximum(np.maximum(top - y, y - bottom), 0.0)
        near = np.minimum(near, across * across + down * down)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    room = np.abs(dy) * (right - left) / 2 + np.abs(dx) * (bottom - top) / 2
    meets = (
        (np.minimum(x1, x2) < right)
        & (np.maximum(x1, x2) > left)
        & (np.minimum(y1, y2) < bottom)
        & (np.maximum(y1, y2) > top)
        & ((np.abs(dx * (middle_y - y1) - dy * (middle_x - x1)) < room) | (squared == 0))
    )
    return np.where(meets, THROUGH, np.sqrt(near))


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

    def clearance(
        self, own: str, plates: np.ndarray, window: Rect
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return how far rectangles are from the strokes of one line, and of the others about it.

        Parameters
        ----------
        own
            Id of the line to which the rectangles belong.
        plates
            Left, top, right and bottom of each, one in a row.
        window
            Strokes of other lines outside of it are not looked at.

        Returns
        -------
        own, others
            Pixels between a rectangle and the strokes of its own line; and, a column for each, of
            other lines. Below zero where a stroke runs through it.
        """
        at = self.numbers[own]
        inside = (
            (self._low[0] < window.right)
            & (self._high[0] > window.left)
            & (self._low[1] < window.bottom)
            & (self._high[1] > window.top)
        ) | (self._line == at)
        lines = self._line[inside]
        first = np.flatnonzero(np.diff(lines, prepend=-1))
        found = np.minimum.reduceat(gaps(plates, self._pieces[inside]), first, axis=1)
        found -= self._reach[lines[first]]
        mine = lines[first] == at
        return found[:, mine][:, 0], found[:, ~mine]
