"""Where labels stand: beside their own line, clear of every box, of every stroke, of each other.

A layout engine keeps room for a label, but knows lines without width; where wide lines fan out
aslant they run through that room. So each label is held against the strokes as they are drawn. One
that is not clear, or that stands nearer to another line than to its own, is moved along its line,
to the nearest place on either side that is.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.views.layout.geometry import Rect, segments
from keiretsu.views.layout.nearness import (
    AROUND,
    BESIDE_LABELS,
    BETWEEN_LABELS,
    CLEARLY,
    NEARER,
    Strokes,
)
from keiretsu.views.layout.places import Path, Places
from keiretsu.views.layout.surrounds import Surrounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.views.layout.geometry import Point, Route
    from keiretsu.views.layout.plan import Plan

_GAP, _NEARLY = 2.0, 0.1
"""Least distance of a label's text from any stroke or box, in pixels; and a bit more than that."""
_ALONG, _FINELY = (tuple(step / n for step in range(n // 10, n - n // 10 + 1)) for n in (40, 120))
"""At which parts of its line a label may stand; and those that are looked at to give it room."""
_ON_OTHERS, _ON_ITS_OWN, _ON_A_THING = 80.0, 65.0, 1000.0
"""What it costs to cover a stroke, a box or a label; a pixel away from the room kept costs less."""
_STRAYED, _UNCLEAR, _TOO_NEAR = 20.0, (6.0, 30.0), 2.0
"""What it costs to stand nearer to another line; not clearly nearer to one's own, or so near to
another label that both read as one (more where labels get room); and each pixel short of `NEARER`.
"""
_SURELY = CLEARLY + 1
"""A label's letters, by which its place is judged, are nearer to a line aslant than its room."""
_A_PIXEL = 0.1
_CLEAR, _ROOMY, _CROWDED = 7.0, 14.0, 4.0
"""Nearer than this a frame around a box reaches a label, and two labels crowd; its cost."""
_ON_A_MARK, _BESIDE_A_MARK = 90.0, 6.0
"""What it costs to cover a frame around a box or the letters on it, and to stand close to them."""
_SWEEPS = 3
"""How often labels are gone through: one that has moved makes room for another."""


def labelled(places: Places, plan: Plan, *, roomy: bool = False) -> Places:
    """Return places with each label set where its text is clear.

    Parameters
    ----------
    places
        As an engine made them: a label has the room that was kept for it.
    plan
        Sizes of texts, and breadths of strokes.
    roomy
        Whether labels also keep away from one another, and from where analyses mark a box, as far
        as they can without covering anything else.

    Returns
    -------
    Places
        The same boxes and routes; a label has the room of its text, and is drawn in its middle.
    """
    texts = {link.id: link.text for link in plan.links if link.text is not None}
    plates = {
        line: Rect.around(path.label.centre, *texts[line])
        for line, path in places.routes.items()
        if path.label is not None
    }
    if not plates:
        return places
    ground = _Ground(places, plan, plates, roomy=roomy)
    for _ in range(_SWEEPS):
        if not sum(ground.settle(line, places.routes[line].points) for line in plates):
            break
    return Places(
        places.boxes,
        {line: Path(path.points, ground.plate(line)) for line, path in places.routes.items()},
    )


def _beside(
    route: Route, plate: Rect, parts: Sequence[float], aparts: Sequence[float]
) -> Iterator[Rect]:
    """Yield places for a plate along a route, on its two sides, clear of its own stroke."""
    width, height = plate.width, plate.height
    pieces = [(start, end, math.dist(start, end)) for start, end in segments(route)]
    whole = sum(length for _, _, length in pieces)
    for part in parts:
        (x, y), (dx, dy) = _at(pieces, part * whole)
        away = abs(dy) * width / 2 + abs(dx) * height / 2
        for side, apart in product((1, -1), aparts):
            off = side * (away + apart)
            yield Rect.around((x - dy * off, y + dx * off), width, height)


def _at(pieces: list[tuple[Point, Point, float]], length: float) -> tuple[Point, Point]:
    """Return the point of a route after some length, and the direction there."""
    for (x1, y1), (x2, y2), piece in pieces:
        if piece >= length and piece > 0:
            dx, dy = (x2 - x1) / piece, (y2 - y1) / piece
            return (x1 + dx * length, y1 + dy * length), (dx, dy)
        length -= piece
    return pieces[-1][1], (0.0, 1.0)


class _Sides(NamedTuple):
    """Rectangles as columns."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray

    @classmethod
    def of(cls, rects: list[Rect]) -> _Sides:
        return cls(*np.asarray(rects, float).reshape(-1, 4).T)

    def under(
        self, plates: np.ndarray, beside: float, over: float | None = None, but: int | None = None
    ) -> np.ndarray:
        """Count for each of several rectangles those that it overlaps, with a margin, but one.

        The margin above and below may be another one than beside.
        """
        over = beside if over is None else over
        left, top, right, bottom = (plates[:, at, None] for at in range(4))
        covered = (
            (self.left < right + beside)
            & (left - beside < self.right)
            & (self.top < bottom + over)
            & (top - over < self.bottom)
        )
        if but is not None:
            covered[:, but] = False
        counts: np.ndarray = np.sum(covered, axis=1)
        return counts


class _Ground:
    """Boxes, strokes and labels that a label must not cover."""

    def __init__(self, places: Places, plan: Plan, plates: dict[str, Rect], *, roomy: bool) -> None:
        self._breadths, self._roomy, self._unclear = plan.breadths, roomy, _UNCLEAR[roomy]
        self._boxes = _Sides.of(list(places.boxes.values()))
        surrounds = Surrounds(places.boxes, plan.around)
        self._marks = _Sides.of([*surrounds.frames, *surrounds.plates])
        self._strokes = Strokes(places.routes, self._breadths)
        self._numbers = {line: at for at, line in enumerate(plates)}
        self._plates = _Sides.of(list(plates.values()))
        self._strokes_here = self._on_strokes(list(plates), np.asarray([*plates.values()]))

    def plate(self, line: str) -> Rect | None:
        """Return where the label of a line stands; None if it has none."""
        at = self._numbers.get(line)
        return None if at is None else Rect(*(float(side[at]) for side in self._plates))

    def settle(self, line: str, route: Route) -> bool:
        """Move the label of a line where it costs least; return whether it has moved."""
        at, plate = self._numbers[line], self.plate(line)
        if plate is None:
            return False
        here, strokes_here = np.asarray([plate]), self._strokes_here[:, at : at + 1]
        things_here = self._on_anything(at, here)
        if not (_total(things_here, strokes_here) + self._crowding(at, here))[0]:
            return False
        reach, parts = self._breadths[line] + _GAP, _FINELY if self._roomy else _ALONG
        aparts = (reach + _GAP, reach + _NEARLY) if self._roomy else (reach + _GAP,)
        beside = np.asarray([*_beside(route, plate, parts, aparts)])
        beside = beside[self._on_anything(at, beside) == 0]
        found = np.concatenate([here, beside])
        strokes_beside = self._on_strokes([line] * len(beside), beside)
        strokes = np.concatenate([strokes_here, strokes_beside], axis=1)
        things = np.concatenate([things_here, np.zeros(len(found) - 1)])
        moves = found[:, :2] - found[0, :2]
        slight = self._crowding(at, found) + _A_PIXEL * np.hypot(*moves.T)
        best = int(np.argmin(_total(things, strokes) + slight))
        for side, value in zip(self._plates, found[best], strict=True):
            side[at] = value
        self._strokes_here[:, at] = strokes[:, best]
        return best > 0

    def _on_strokes(self, lines: list[str], plates: np.ndarray) -> np.ndarray:
        """Return, in two rows, what strokes cost that are covered, and those that are too near."""
        own, strokes = self._strokes.clearance(lines, plates)
        nearest = strokes.min(axis=1, initial=AROUND)
        short = np.clip(own + NEARER - nearest, 0.0, 2 * NEARER)
        covered = (
            _ON_ITS_OWN * (own < _GAP)
            + _ON_OTHERS * np.sum(strokes < _GAP, axis=1)
            + _STRAYED * (nearest < own)
            + self._unclear * (nearest < own + _SURELY)
        )
        return np.stack([covered, _TOO_NEAR * short])

    def _crowding(self, at: int, plates: np.ndarray) -> np.ndarray:
        """Return what it costs to cover frames and letters, or to stand close to other labels."""
        costs: np.ndarray = _ON_A_MARK * self._marks.under(plates, 0.0)
        costs += self._unclear * self._plates.under(plates, BESIDE_LABELS, BETWEEN_LABELS, but=at)
        if self._roomy:
            boxes = self._boxes.under(plates, _CLEAR)
            costs += _CROWDED * (boxes + self._plates.under(plates, _ROOMY, but=at))
            costs += _BESIDE_A_MARK * self._marks.under(plates, _GAP)
        return costs

    def _on_anything(self, at: int, plates: np.ndarray) -> np.ndarray:
        """Return how many boxes and other labels each of several places of a label covers."""
        boxes = self._boxes.under(plates, _GAP)
        covered: np.ndarray = boxes + self._plates.under(plates, _GAP, but=at)
        return covered


def _total(things: np.ndarray, strokes: np.ndarray) -> np.ndarray:
    """Return what it costs to stand at each of several places; 0 where nothing is covered."""
    costs: np.ndarray = _ON_A_THING * things + strokes[0] + strokes[1]
    return costs
