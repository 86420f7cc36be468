"""What runs sideways between two rows: a track for each line, so that few cross.

A line comes down into a channel, runs along its track and goes on down; or both its ends lie on one
side. Lines whose tracks would meet get different ones, in the order in which the fewest cross.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

APART = 7.0
"""Pixels between the strokes of two lines."""
_TOGETHER = 8.0
"""How much worse than a crossing it is if two lines come to lie on one another."""


@dataclass(slots=True)
class Net:
    """A line's way through a channel, or that of several lines that share it.

    Parameters
    ----------
    thick
        How wide its strokes are together.
    tops, bottoms
        Where lines come in from above, and from below.
    track
        How far below the upper edge of the channel it runs.
    """

    thick: float
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    track: float = 0.0

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it runs."""
        return min(self.tops + self.bottoms), max(self.tops + self.bottoms)


def set_tracks(nets: list[Net], apart: float = APART) -> float:
    """Give each net of a channel its track, and return how high the channel has to be."""
    if not nets:
        return 0.0
    if len(nets) == 1:
        nets[0].track = nets[0].thick / 2 + apart / 2
        return 2 * nets[0].track
    low, high = np.array([net.span for net in nets]).T
    pads = np.array([net.thick / 2 for net in nets])
    room = pads + apart / 2
    meets = (low - room)[:, None] < (high + room)[None, :]
    meets &= meets.T
    upper = _cost_above(nets, low, high, room)
    better = np.where(meets, upper.T - upper, 0.0)
    order = _ordered(better)
    bottoms = np.zeros(len(nets))
    placed = np.zeros(len(nets), bool)
    for at in order:
        over = bottoms[placed & meets[at]].max(initial=0.0)
        nets[at].track = float(over + room[at])
        bottoms[at] = over + 2 * room[at]
        placed[at] = True
    return float(bottoms.max())


def _cost_above(nets: list[Net], low: np.ndarray, high: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Return, row above column, what crosses if one net runs above another."""
    cost = np.zeros((len(nets), len(nets)))
    top, down = _ends(net.tops for net in nets)
    bottom, up = _ends(net.bottoms for net in nets)
    # What comes from above crosses all that run above its own track; what goes on, all below.
    np.add.at(cost.T, down, (low < top[:, None]) & (top[:, None] < high))
    np.add.at(cost, up, (low < bottom[:, None]) & (bottom[:, None] < high))
    apart = room[up][:, None] + room[down][None, :] - 1.0
    near = np.abs(bottom[:, None] - top[None, :]) < apart
    np.add.at(cost, (up[:, None], down[None, :]), _TOGETHER * near)
    np.fill_diagonal(cost, 0.0)
    return cost


def _ends(sides: Iterable[list[float]]) -> tuple[np.ndarray, np.ndarray]:
    """Return where lines come in, and the number of the net of each."""
    found = [(x, at) for at, side in enumerate(sides) for x in side]
    places, numbers = np.asarray(found, float).reshape(-1, 2).T
    return places, numbers.astype(int)


def _ordered(better: np.ndarray) -> list[int]:
    """Return nets from the top down: next is the one that most of the others want above them."""
    score = better.sum(axis=1)
    order = []
    for _ in range(len(score)):
        at = int(np.argmax(score))
        order.append(at)
        score -= better[:, at]
        score[at] = -np.inf
    return order
