"""Ways for lines that pass rows of boxes: each goes through a gap, which is widened as need be."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOWARD_SOURCE = 0.2
"""How much it counts, beside where a line leads, from where it comes."""
_KEPT = 140.0
"""A line that passes no further than this from where it leads goes straight on."""


@dataclass(slots=True, eq=False)
class Cell:
    """What takes room in a row: a box with its labels, or a line that passes.

    Parameters
    ----------
    width
        In pixels, with the room about it.
    x
        Its middle.
    key
        The party, or the line or crowd of lines.
    source
        From where a line comes, from the left.
    """

    width: float
    x: float
    key: str
    source: float = 0.0


@dataclass(slots=True)
class Way:
    """The way of a line, or of several that share it, from row to row.

    Parameters
    ----------
    key
        Its name.
    start, end
        Rows from the one below which it begins to the one above which it ends.
    source, goal
        About where it begins and ends, from the left.
    width
        Of its strokes.
    lanes
        By row.
    """

    key: str
    start: int
    end: int
    source: float
    goal: float
    width: float
    lanes: dict[int, Cell] = field(default_factory=dict)


def lead_through(rows: Sequence[list[Cell]], ways: Iterable[Way], apart: float) -> None:
    """Give each way a lane in each row between its ends, and move boxes aside where they must.

    Parameters
    ----------
    rows
        The boxes of each row from left to right; the lanes come to stand among them.
    ways
        Those that pass a row.
    apart
        Pixels between a line that passes and what it passes.
    """
    passing: dict[int, list[Way]] = defaultdict(list)
    for way in ways:
        for at in range(way.start + 1, way.end):
            passing[at].append(way)
    for at, row in enumerate(rows):
        boxes = _Boxes(row)
        for way in passing[at]:
            row.append(_lane(way, at, boxes, apart))
        row.sort(key=lambda cell: (cell.x, cell.source, cell.key))
        settle(row)


class _Boxes:
    """The boxes of a row from left to right, which do not overlap."""

    def __init__(self, row: Sequence[Cell]) -> None:
        self._cells = list(row)
        self._middles = [cell.x for cell in row]

    def at(self, x: float) -> Cell | None:
        """Return the box in which a place lies; None if it is free."""
        near = bisect(self._middles, x)
        for cell in self._cells[max(near - 1, 0) : near + 1]:
            if abs(cell.x - x) <= cell.width / 2:
                return cell
        return None


def _lane(way: Way, at: int, boxes: _Boxes, apart: float) -> Cell:
    before = way.lanes.get(at - 1)
    source = before.x if before is not None else way.source
    x = way.goal
    if before is not None and abs(before.x - x) < _KEPT and boxes.at(before.x) is None:
        x = before.x
    if (blocked := boxes.at(x)) is not None:
        reach = blocked.width / 2 + 1
        goal = x
        x = min(
            (blocked.x - reach, blocked.x + reach),
            key=lambda side: abs(side - goal) + _TOWARD_SOURCE * abs(side - source),
        )
    cell = Cell(way.width + apart, x, way.key, source)
    way.lanes[at] = cell
    return cell


def settle(row: Sequence[Cell]) -> None:
    """Place cells as near to where they are as their widths allow, by pooling."""
    offsets, offset = [], 0.0
    for at, cell in enumerate(row):
        if at:
            offset += (row[at - 1].width + cell.width) / 2
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for cell, shift in zip(row, offsets, strict=True):
        pools.append((cell.x - shift, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, many), (other, few) = pools[-2:]
            pools[-2:] = [((one * many + other * few) / (many + few), many + few)]
    settled = [value for value, count in pools for _ in range(count)]
    for cell, value, shift in zip(row, settled, offsets, strict=True):
        cell.x = value + shift
