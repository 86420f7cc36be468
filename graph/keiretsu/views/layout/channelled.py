"""Boxes in rows with channels between them, in which lines run sideways.

Lines leave a box below, run sideways only between rows, in a track of their own, and pass rows
through gaps between boxes. So no box and no label is ever covered. The lines of a crowd share one
trunk.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from keiretsu.views.layout.channels import APART, Net, set_tracks
from keiretsu.views.layout.geometry import Rect
from keiretsu.views.layout.loops import loop_beside, loops_width
from keiretsu.views.layout.places import Path, Places
from keiretsu.views.layout.routing import rounded
from keiretsu.views.layout.runs import Run, Runs
from keiretsu.views.layout.sides import BESIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.views.layout.geometry import Point
    from keiretsu.views.layout.plan import Plan

_BAND, _FAN, _LEAST = 5.0, 16.0, 20.0
"""Above and below a label; where lines fan out; least height in which an arrow ends."""
_SOME_BOX = Rect(0.0, 0.0, 100.0, 40.0)
_STRAIGHT = 10.0
"""A line that moves aside by less than this in a channel has no track: it runs aslant."""
_CHANNEL = 8.0
"""Above and below the tracks of a channel."""


class Channelled:
    """Boxes in rows, and their lines in channels between them.

    Parameters
    ----------
    plan
        Sizes and links, each label with room of its own.
    places
        For each party its row, and about where its middle stands in it.
    height
        How many rows there are.
    apart
        Pixels between the strokes of two lines that run beside one another.
    """

    def __init__(
        self,
        plan: Plan,
        places: Mapping[str, tuple[int, float]],
        height: int,
        apart: float = APART,
    ) -> None:
        self._plan, self._height, self._apart = plan, height, apart
        self._runs = Runs(plan, places, apart)
        self._nets = self._joined()
        channels = [self._channel(at) for at in range(height)]
        tops, self._starts, self._ends = self._heights(channels)
        self._boxes = {
            party: self._box(party, tops[self._runs.rows[party]]) for party in plan.boxes
        }

    def places(self) -> Places:
        """Return places of boxes, routes and labels."""
        paths = {run.link.id: self._path(run) for run in self._runs.all}
        for link in self._plan.links:
            if link.is_loop:
                paths[link.id] = loop_beside(self._plan, link, self._boxes[link.upper])
        return Places(self._boxes, {link.id: paths[link.id] for link in self._plan.links})

    def corners(self) -> dict[str, list[Point]]:
        """Return the corners of each line that has two ends."""
        return {run.link.id: self._corners(run) for run in self._runs.all}

    @property
    def bounds(self) -> Rect:
        """What boxes, labels and lanes cover, before anything is drawn."""
        parts = [
            Rect(box.left, box.top, box.right + loops_width(self._plan, party), box.bottom)
            for party, box in self._boxes.items()
        ]
        lanes = [cell.x for run in self._runs.all for cell in run.way.lanes.values()]
        parts += [Rect(x, 0.0, x, 0.0) for x in lanes]
        parts += [plate for run in self._runs.all if (plate := self._plate(run))]
        return Rect.covering(parts)

    def _box(self, party: str, top: float) -> Rect:
        box, middle = self._plan.boxes[party], self._runs.cells[party].x
        left = float(round(middle - box.width / 2))
        return Rect(left, top, left + box.width, top + box.height)

    def _joined(self) -> dict[tuple[int, str], Net]:
        """Return what runs in each channel, by the name of its way."""
        nets: dict[tuple[int, str], Net] = {}
        for run in self._runs.all:
            for at, come, go in run.stops():
                net = nets.setdefault((at, run.way.key), Net(run.way.width))
                net.tops.append(come)
                (net.tops if run.is_level else net.bottoms).append(go)
        for net in nets.values():
            net.tops, net.bottoms = sorted(set(net.tops)), sorted(set(net.bottoms))
        return nets

    def _channel(self, at: int) -> float:
        """Set the tracks of a channel and return its height."""
        here = [net for (channel, _), net in self._nets.items() if channel == at]
        turning = [net for net in here if net.span[1] - net.span[0] > _STRAIGHT]
        return math.ceil(set_tracks(turning, self._apart)) + 2 * _CHANNEL

    def _heights(self, channels: list[float]) -> tuple[list[float], list[float], list[float]]:
        """Return the top of each row's boxes, and where the channel below it starts and ends."""
        above, below = [0.0] * self._height, [0.0] * self._height
        for party, box in self._plan.boxes.items():
            at = self._runs.rows[party]
            above[at] = max(above[at], self._room(party, low=False))
            below[at] = max(below[at], box.height + self._room(party, low=True))
        tops, starts, ends, y = [], [], [], 0.0
        for over, under, channel in zip(above, below, channels, strict=True):
            tops.append(y + over)
            starts.append(y + over + under)
            y += over + under + channel
            ends.append(y)
        return tops, starts, ends

    def _room(self, party: str, *, low: bool) -> float:
        """Return how much height the lines and labels at a side of a box need."""
        endings = self._runs.sides.get((party, low), {}).values()
        labels = [one.label.height for one in endings if one.label is not None]
        room = max(labels) + 2 * _BAND if labels else 0.0
        room += self._marks(party, low=low)
        room += _FAN if (party, low) in self._runs.fans else 0.0
        return max(room, _LEAST) if endings and not low else room

    def _marks(self, party: str, *, low: bool) -> float:
        """Return how far what analyses draw around a box reaches beyond its side."""
        around = self._plan.around.get(party)
        if around is None:
            return 0.0
        plates = None if low else around.plates(_SOME_BOX)
        return max(around.frame, _SOME_BOX.top - plates.top if plates else 0.0)

    def _corners(self, run: Run) -> list[Point]:
        upper, lower = self._boxes[run.upper], self._boxes[run.lower]
        arrives, away = (lower.bottom, _FAN) if run.is_level else (lower.top, -_FAN)
        points: list[Point] = [(run.start.port, upper.bottom)]
        if run.start.port != run.start.column:
            points.append((run.start.column, upper.bottom + _FAN))
        for at, come, go in run.stops():
            net = self._nets[at, run.way.key]
            start, end = self._starts[at], self._ends[at]
            if net.track:
                start = end = start + _CHANNEL + net.track
            points += [(come, start), (go, end)]
        if run.end.port != run.end.column:
            points.append((run.end.column, arrives + away))
        points.append((run.end.port, arrives))
        return points

    def _path(self, run: Run) -> Path:
        route = rounded(self._corners(run))
        upwards = (run.upper == run.link.upper) == run.link.rises
        return Path(route[::-1] if upwards else route, self._plate(run))

    def _plate(self, run: Run) -> Rect | None:
        """Return where a label stands: beside its line, above or below its box."""
        text = run.link.text
        if text is None:
            return None
        above = run.start.label is not None
        end, party = (run.start, run.upper) if above else (run.end, run.lower)
        low = above or run.is_level
        away = _BAND + text.height / 2 + self._marks(party, low=low)
        away += _FAN if (party, low) in self._runs.fans else 0.0
        box = self._boxes[party]
        left = end.column + run.link.breadth + BESIDE
        return Rect.around(
            (left + text.width / 2, box.bottom + away if low else box.top - away), *text
        )
