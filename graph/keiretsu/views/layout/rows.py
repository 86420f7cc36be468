"""Layout without Graphviz: rows of boxes, and rows of labels between them.

Sugiyama's method in its plain form. Every link gets a cell in each row that it passes, its label
one in the row below its upper end; cells of a row never overlap, and links run upright through
rows and bend between them. So no box or label is ever covered; there may be more crossings.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from keiretsu.views.layout.geometry import Rect, sampled, simplified
from keiretsu.views.layout.loops import loop_beside, loops_width
from keiretsu.views.layout.places import Path, Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from keiretsu.views.layout.geometry import Point
    from keiretsu.views.layout.plan import Plan, PlannedLink

_BOX_GAP, _CELL_GAP, _ROW_GAP = 22.0, 7.0, 34.0
_LANE = 8.0
"""Width of a link that passes a row, beside the width of its strokes."""
_PORTS = 0.7
"""Part of a box's side over which its links are spread."""
_SWEEPS, _STEPS = 16, 10


@dataclass(slots=True, eq=False)
class _Cell:
    """A place in a row: a box, a label, or the lane of a link that passes."""

    row: int
    width: float
    height: float
    order: float = 0.0
    x: float = 0.0
    above: list[_Cell] = field(default_factory=list)
    below: list[_Cell] = field(default_factory=list)


def place_in_rows(plan: Plan) -> Places:
    """Lay a plan out in rows, with nothing but Python.

    Parameters
    ----------
    plan
        Sizes and links.
    """
    rows_of = _ranks(plan)
    boxes = {
        party: _Cell(2 * rows_of[party], box.width + 2 * loops_width(plan, party), box.height)
        for party, box in plan.boxes.items()
    }
    _stand_abreast(boxes.values())
    lanes = {link.id: _lane(link, boxes[link.upper], boxes[link.lower]) for link in plan.between}
    rows = _rows([*boxes.values(), *(cell for lane in lanes.values() for cell in lane)])
    _order(rows)
    _spread(rows)
    widest = max((link.breadth for link in plan.links), default=0.0)
    middles, edges = _heights(rows, _ROW_GAP + 2 * widest)
    places = {
        party: Rect.around((cell.x, middles[cell.row]), plan.boxes[party].width, cell.height)
        for party, cell in boxes.items()
    }
    ports = _ports(plan, places, lanes, boxes)
    routes = {}
    for link in plan.links:
        if link.is_loop:
            routes[link.id] = loop_beside(plan, link, places[link.upper])
        else:
            start, end = ports[link.id]
            routes[link.id] = _path(link, start, end, lanes[link.id], (middles, edges))
    return Places(places, routes)


def _stand_abreast(boxes: Iterable[_Cell]) -> None:
    """Spread the boxes of each row evenly, so that links from above first pass between them."""
    rows: dict[int, list[_Cell]] = defaultdict(list)
    for cell in boxes:
        rows[cell.row].append(cell)
    for row in rows.values():
        for at, cell in enumerate(row):
            cell.order = (at + 0.5) / len(row)


def _ranks(plan: Plan) -> dict[str, int]:
    """Give each party a rank below all who hold it; who holds only stands near what it holds."""
    down, up = defaultdict(list), defaultdict(list)
    for link in plan.between:
        down[link.upper].append(link)
        up[link.lower].append(link)
    waiting = {party: len(up[party]) for party in plan.boxes}
    ready = [party for party, count in waiting.items() if not count]
    ranks = dict.fromkeys(plan.boxes, 0)
    for party in ready:
        for link in down[party]:
            ranks[link.lower] = max(ranks[link.lower], ranks[party] + link.span)
            waiting[link.lower] -= 1
            if not waiting[link.lower]:
                ready.append(link.lower)
    for party in reversed(ready):
        if down[party] and not up[party]:
            ranks[party] = min(ranks[link.lower] - link.span for link in down[party])
    least = min(ranks.values(), default=0)
    return {party: rank - least for party, rank in ranks.items()}


def _lane(link: PlannedLink, upper: _Cell, lower: _Cell) -> list[_Cell]:
    """Make the cells of a link, one in each row between its ends, the first for its label."""
    wide = _lane_width(link)
    lane = [_Cell(row, wide, 0.0) for row in range(upper.row + 1, lower.row)]
    if link.label is not None:
        lane[0].width, lane[0].height = link.label.width + wide, link.label.height
    for cell in lane:
        cell.order = upper.order
    chain = [upper, *lane, lower]
    for one, other in pairwise(chain):
        one.below.append(other)
        other.above.append(one)
    return lane


def _lane_width(link: PlannedLink) -> float:
    return _LANE + 2 * link.breadth


def _rows(cells: Iterable[_Cell]) -> list[list[_Cell]]:
    rows: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    return [rows[row] for row in range(max(rows, default=-1) + 1)]


def _order(rows: list[list[_Cell]]) -> None:
    """Sort each row by where its neighbours stand, down and up in turn; keep the best order."""
    for row in rows:
        row.sort(key=lambda cell: cell.order)
        _number(row)
    best = _tangle(rows), [list(row) for row in rows]
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        for row in rows if downwards else reversed(rows):
            row.sort(key=lambda cell: _barycentre(cell, downwards))
            _number(row)
        tangle = _tangle(rows)
        if tangle < best[0]:
            best = tangle, [list(row) for row in rows]
    for row, kept in zip(rows, best[1], strict=True):
        row[:] = kept
        _number(row)


def _number(row: list[_Cell]) -> None:
    for at, cell in enumerate(row):
        cell.order = at / len(row)


def _barycentre(cell: _Cell, downwards: bool) -> float:
    around = cell.above if downwards else cell.below
    return sum(one.order for one in around) / len(around) if around else cell.order


def _tangle(rows: list[list[_Cell]]) -> int:
    """Count crossings between neighbouring rows."""
    total = 0
    for row in rows:
        ends = [other.order for cell in row for other in sorted(cell.below, key=lambda c: c.order)]
        total += sum(ends[j] < ends[i] for i in range(len(ends)) for j in range(i + 1, len(ends)))
    return total


def _spread(rows: list[list[_Cell]]) -> None:
    """Give each cell a place near the mean of its neighbours, without overlaps in its row."""
    for row in rows:
        _settle(row, [0.0] * len(row))
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            _settle(row, [_mean(cell) for cell in row])


def _mean(cell: _Cell) -> float:
    around = [*cell.above, *cell.below]
    return sum(one.x for one in around) / len(around) if around else cell.x


def _settle(row: list[_Cell], wanted: Sequence[float]) -> None:
    """Place a row as near to what is wanted as its widths allow: isotonic regression by pooling."""
    offsets, offset = [], 0.0
    for before, cell in zip([None, *row], row, strict=False):
        if before is not None:
            both_boxes = cell.row % 2 == 0 and before.height > 0 and cell.height > 0
            gap = _BOX_GAP if both_boxes else _CELL_GAP
            offset += before.width / 2 + gap + cell.width / 2
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for want, shift in zip(wanted, offsets, strict=True):
        pools.append((want - shift, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, many), (other, few) = pools[-2:]
            pools[-2:] = [((one * many + other * few) / (many + few), many + few)]
    settled = [value for value, count in pools for _ in range(count)]
    for cell, value, shift in zip(row, settled, offsets, strict=True):
        cell.x = value + shift


def _heights(rows: list[list[_Cell]], gap: float) -> tuple[list[float], list[tuple[float, float]]]:
    """Return the middle of each row, and its upper and lower edge."""
    middles, edges, top = [], [], 0.0
    for row in rows:
        height = max(cell.height for cell in row) if row else 0.0
        middles.append(top + height / 2)
        edges.append((top, top + height))
        top += height + gap
    return middles, edges


def _ports(
    plan: Plan,
    places: dict[str, Rect],
    lanes: dict[str, list[_Cell]],
    boxes: dict[str, _Cell],
) -> dict[str, tuple[Point, Point]]:
    """Spread the links of each box over its lower and upper side, in the order of their lanes."""
    starts: dict[str, list[tuple[float, str]]] = defaultdict(list)
    ends: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for link in plan.between:
        lane = lanes[link.id]
        starts[link.upper].append(((lane[0] if lane else boxes[link.lower]).x, link.id))
        ends[link.lower].append(((lane[-1] if lane else boxes[link.upper]).x, link.id))
    first = _along(starts, places, lambda rect: rect.bottom)
    last = _along(ends, places, lambda rect: rect.top)
    return {link: (first[link], last[link]) for link in first}


def _along(
    sides: dict[str, list[tuple[float, str]]],
    places: dict[str, Rect],
    edge: Callable[[Rect], float],
) -> dict[str, Point]:
    found = {}
    for party, links in sides.items():
        rect = places[party]
        step = rect.width * _PORTS / len(links)
        for at, (_, link) in enumerate(sorted(links)):
            found[link] = (rect.centre[0] + (at - (len(links) - 1) / 2) * step, edge(rect))
    return found


def _path(
    link: PlannedLink,
    start: Point,
    end: Point,
    lane: list[_Cell],
    heights: tuple[list[float], list[tuple[float, float]]],
) -> Path:
    middles, edges = heights
    wide = _lane_width(link)
    stops = [start, (start[0], edges[lane[0].row - 1][1])]
    for cell in lane:
        x = cell.x - cell.width / 2 + wide / 2
        stops += [(x, edges[cell.row][0]), (x, edges[cell.row][1])]
    stops += [(end[0], edges[lane[-1].row + 1][0]), end]
    controls = [stops[0]]
    for (x1, y1), (x2, y2) in pairwise(stops):
        half = (y2 - y1) / 2
        controls += [(x1, y1 + half), (x2, y2 - half), (x2, y2)]
    points = simplified(sampled(controls, _STEPS))
    plate = None
    if link.label is not None:
        centre = lane[0].x + wide / 2, middles[lane[0].row]
        plate = Rect.around(centre, *link.label)
    return Path(points[::-1] if link.rises else points, plate)
