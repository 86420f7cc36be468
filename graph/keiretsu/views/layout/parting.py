"""Lines that run on one another are pushed apart, so that each can be followed.

Layout engines route lines without width, and may lead two through the same gap. Where two routes
without a common end run together, one is moved aside there and led back gently.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.views.layout.geometry import segments, simplified
from keiretsu.views.layout.nearness import met
from keiretsu.views.layout.places import Path, Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.views.layout.geometry import Rect, Route
    from keiretsu.views.layout.surrounds import Room

_STEP = 6.0
"""Pixels between the points at which a route is moved."""
_APART = 9.0
"""Pixels that two routes should be apart, besides what their strokes reach to the side."""
_OFF, _LED, _FREE = 2.0, 12, 5
"""Pixels that a route should be off a frame, besides what its strokes reach to the side; over how
many points it is led off and back; and over how many from its end it is led off less."""
_REMEMBERED = 256
"""Two routes that could not be parted in one round are often met again in the next."""
_FURTHEST = 2
"""How far a point is moved at most, in times what it should be apart: those further off are not
looked at."""
_SLACK = 0.001
"""Pixels by which more is looked at than need be, so that no rounding counts."""
_ROUNDS = 5
_SMOOTHED = 17
"""Over how many points a move is spread: a bend that was not there before must be a gentle one."""
_GENTLY, _AT_ONCE = (2, 12), (1, 6)
"""How many points at each end stay where they are, and over how many more a route is led aside (a
quarter of a short route); and the same for lines with a glow."""


def parted(
    places: Places,
    pairs: Iterable[tuple[str, str]],
    breadths: Mapping[str, float],
    *,
    glow: bool = False,
) -> Places:
    """Return places in which one line of each pair runs beside the other, not on it.

    A line that would then run through a box stays where it is.

    Parameters
    ----------
    places
        As an engine made them.
    pairs
        Ids of lines that run on one another.
    breadths
        For each line how far its strokes reach to either side.
    glow
        Whether lines have a glow around them, and are led aside sooner.
    """
    routes, near_ends = _Routes(places), _AT_ONCE if glow else _GENTLY
    for pair in pairs:
        room = _APART + sum(breadths[line] for line in pair)
        for line, other in (pair[::-1], pair):
            if routes.moved(line, _moved(routes[line], routes[other], room, near_ends)):
                break
    return routes.places()


def led_around(
    places: Places, crossed: Iterable[tuple[str, Room]], breadths: Mapping[str, float]
) -> Places:
    """Return places in which lines run beside what is drawn around boxes, not under it.

    A line that would then run through a box stays where it is.

    Parameters
    ----------
    places
        As an engine made them.
    crossed
        Ids of lines, each with a room of a party in which it runs.
    breadths
        For each line how far its strokes reach to either side.
    """
    routes = _Routes(places)
    for line, room in crossed:
        routes.moved(line, _led_off(routes[line], room.core, room.reach + breadths[line] + _OFF))
    return routes.places()


class _Routes:
    """Routes that may move as long as none runs through a box through which it did not run."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._routes = {line: path.points for line, path in places.routes.items()}
        self._boxes = np.asarray(list(places.boxes.values()), float).reshape(-1, 4)

    def __getitem__(self, line: str) -> Route:
        return self._routes[line]

    def moved(self, line: str, route: Route) -> bool:
        """Lead a line along another route if it may; return whether it did."""
        before = _met(self._boxes, self._routes[line])
        if np.any(_met(self._boxes, route) & ~before):
            return False
        self._routes[line] = route
        return True

    def places(self) -> Places:
        """Return places with these routes, each with its label where it was."""
        paths = self._places.routes.items()
        moved = {line: Path(self._routes[line], path.label) for line, path in paths}
        return Places(self._places.boxes, moved)


def _met(boxes: np.ndarray, route: Route) -> np.ndarray:
    """Return for each box whether a route runs through it."""
    pieces = np.asarray([(*start, *end) for start, end in segments(route)], float).reshape(-1, 4)
    through: np.ndarray = np.any(met(boxes, pieces), axis=1)
    return through


def _led_off(route: Route, core: Rect, least: float) -> Route:
    """Return a route led around a rectangle at a distance, its ends where they were."""
    points = _walked(route)
    nearest = np.clip(points, core[:2], core[2:])
    away = points - nearest
    distance = np.hypot(*away.T)
    short = np.where(distance > 0, np.clip(least - distance, 0.0, None), 0.0)
    if not short.any():
        return route
    steps = np.arange(len(points))
    to_end = np.minimum(steps, steps[::-1])
    near = _gentle(1 - np.abs(steps[:, None] - steps) / _LED)
    most = np.argmax(near * short, axis=1)
    moves = (near * short)[steps, most] * _gentle(to_end / _FREE)
    outward = (away / np.maximum(distance, 1e-9)[:, None])[most]
    return simplified([(float(x), float(y)) for x, y in points + outward * moves[:, None]])


@lru_cache(maxsize=_REMEMBERED)
def _moved(route: Route, other: Route, room: float, near_ends: tuple[int, int]) -> Route:
    """Return a route moved away from another wherever it is nearer than `room`."""
    points, fixed, (still, ramp) = _walked(route), _walked(other), near_ends
    if len(points) <= 2 * still + 1:
        return route
    to_end = np.minimum(np.arange(len(points)), np.arange(len(points))[::-1])
    asked = room * _gentle((to_end - still) / min(ramp, len(points) / 4))
    along = np.gradient(points, axis=0)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    normal /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    aside, short, nearest = np.zeros(len(points)), np.zeros(len(points)), np.zeros_like(points)
    near = _within(points, fixed, (1 + _FURTHEST) * asked + _SLACK)
    rows, fixed = np.flatnonzero(near.any(axis=1)), fixed[near.any(axis=0)]
    for _ in range(_ROUNDS if len(rows) else 0):
        here = (points + normal * aside[:, None])[rows]
        across, down = (np.subtract.outer(here[:, axis], fixed[:, axis]) for axis in (0, 1))
        distance = np.hypot(across, down)
        at = np.arange(len(rows)), distance.argmin(axis=1)
        short[rows] = np.clip(asked[rows] - distance[at], 0.0, None)
        nearest[rows] = np.stack([across[at], down[at]], axis=1)
        if not short.any():
            break
        side = np.sign(np.sum(np.sum(nearest * normal, axis=1) * short)) or 1.0
        aside = np.clip(aside + _spread(side * short), -_FURTHEST * asked, _FURTHEST * asked)
    return simplified([(float(x), float(y)) for x, y in points + normal * aside[:, None]])


def _within(points: np.ndarray, others: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Return, for each point and each of the others, whether they are nearer than its limit."""
    across, down = (np.subtract.outer(points[:, axis], others[:, axis]) for axis in (0, 1))
    near: np.ndarray = across * across + down * down < (limits * limits)[:, None]
    return near


def _gentle(part: np.ndarray) -> np.ndarray:
    """Return 0 up to 0, 1 from 1 on, and between them a rise that begins and ends level."""
    within = np.clip(part, 0.0, 1.0)
    rise: np.ndarray = within * within * (3 - 2 * within)
    return rise


def _spread(moves: np.ndarray) -> np.ndarray:
    """Return moves spread over their neighbours, as far as there are any."""
    window = np.hanning(min(_SMOOTHED, (len(moves) - 1) // 2 * 2 + 1) + 2)[1:-1]
    return np.convolve(moves, window / window.sum(), mode="same")


def _walked(route: Route) -> np.ndarray:
    """Return points of a route at even distances."""
    corners = np.asarray(route, float)
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    count = max(2, int(lengths[-1] / _STEP) + 1)
    at = np.linspace(0.0, lengths[-1], count)
    return np.stack([np.interp(at, lengths, corners[:, axis]) for axis in (0, 1)], axis=1)
