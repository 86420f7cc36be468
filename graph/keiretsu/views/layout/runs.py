"""The runs of a large picture: from which box, through which rows, to which other a link leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.views.layout.lanes import Cell, Way, lead_through
from keiretsu.views.layout.loops import loops_width
from keiretsu.views.layout.sides import Ending, spread, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.views.layout.plan import Plan, PlannedLink

CROWD = 16
"""So many lines between a party and others that have no further ones share a trunk."""
_AROUND = 14.0
"""Between a box or its labels and what stands beside it."""
_BESIDE_FRAMES = 4.0
"""Between the frames of two boxes."""


@dataclass(slots=True)
class Run:
    """A link as it is drawn here: from the box that stands higher down to the other.

    Parameters
    ----------
    link
        What is drawn.
    upper, lower
        The parties at its ends as they stand.
    start, end
        Where it meets them.
    way
        How it passes the rows between.
    rows
        Those of its two parties.
    """

    link: PlannedLink
    upper: str
    lower: str
    start: Ending
    end: Ending
    way: Way
    rows: tuple[int, int]

    @property
    def is_level(self) -> bool:
        """Whether both boxes stand in one row; it then runs below them."""
        return self.rows[0] == self.rows[1]

    def stops(self) -> list[tuple[int, float, float]]:
        """Return for each channel of the run where it comes in and where it goes on."""
        first, last = self.rows
        if self.is_level:
            return [(first, self.start.column, self.end.column)]
        lanes = self.way.lanes
        return [
            (
                at,
                self.start.column if at == first else lanes[at].x,
                self.end.column if at == last - 1 else lanes[at + 1].x,
            )
            for at in range(first, last)
        ]


def links_labelled_above(links: Sequence[PlannedLink]) -> set[str]:
    """Return the links whose labels stand at their upper ends: where fewer lines meet."""
    below = Counter(link.upper for link in links)
    above = Counter(link.lower for link in links)
    return {link.id for link in links if below[link.upper] < above[link.lower]}


def widths_in_rows(plan: Plan) -> dict[str, float]:
    """Return about how much width each box takes with the labels of its lines."""
    up = links_labelled_above(plan.between)
    sides: dict[tuple[str, bool], list[Ending]] = defaultdict(list)
    for link in plan.between:
        high = link.id in up
        sides[link.upper, True].append(Ending(link.id, link.breadth, link.text if high else None))
        sides[link.lower, False].append(Ending(link.id, link.breadth, None if high else link.text))
    return {
        party: _room(plan, party, sides[party, True], sides[party, False]) for party in plan.boxes
    }


def _room(plan: Plan, party: str, *sides: Sequence[Ending]) -> float:
    box = plan.boxes[party].width + 2 * loops_width(plan, party)
    frame = 2 * plan.around[party].frame if party in plan.around else 0.0
    return max(box, *(width_of(side) for side in sides)) + max(_AROUND, frame + _BESIDE_FRAMES)


class Runs:
    """All runs of a plan whose boxes stand in rows.

    Parameters
    ----------
    plan
        Boxes and links.
    places
        For each party its row, and about where it stands in it.
    apart
        Pixels between a line that passes a row and what it passes.

    Attributes
    ----------
    rows
        For each party its row.
    cells
        For each party its place in that row.
    all
        The runs.
    sides
        By party, and whether it is the lower side, where lines end, by name.
    fans
        The sides at which lines fan out from the box to their labels.
    """

    def __init__(self, plan: Plan, places: Mapping[str, tuple[int, float]], apart: float) -> None:
        self._plan, self._apart = plan, apart
        self.rows = {party: row for party, (row, _) in places.items()}
        self.cells = {party: Cell(0.0, x, party) for party, (_, x) in places.items()}
        self.sides: dict[tuple[str, bool], dict[str, Ending]] = defaultdict(dict)
        self._ways: dict[str, Way] = {}
        self.all = self._made(plan.between)
        self._lead()
        self.fans = self._spread()

    def _made(self, links: Sequence[PlannedLink]) -> list[Run]:
        ties = Counter(end for link in links for end in (link.upper, link.lower))
        crowds = {link.id: self._crowd(link, ties) for link in links}
        sizes = Counter(crowds.values())
        above = links_labelled_above(links)
        made = []
        for link in links:
            crowd = crowds[link.id]
            shared = crowd if crowd is not None and sizes[crowd] >= CROWD else None
            made.append(self._run(link, shared, labelled_above=link.id in above))
        return made

    def _crowd(self, link: PlannedLink, ties: Counter[str]) -> tuple[str, bool] | None:
        """Return the party from or to which a party with no other line hangs, and on which side."""
        if self.rows[link.lower] <= self.rows[link.upper]:
            return None
        if ties[link.lower] == 1:
            return link.upper, True
        return (link.lower, False) if ties[link.upper] == 1 else None

    def _run(
        self, link: PlannedLink, crowd: tuple[str, bool] | None, *, labelled_above: bool
    ) -> Run:
        upper, lower = link.upper, link.lower
        if self.rows[upper] > self.rows[lower]:
            upper, lower, labelled_above = lower, upper, not labelled_above
        rows = first, last = self.rows[upper], self.rows[lower]
        names, source, goal = [link.id, link.id], self.cells[upper].x, self.cells[lower].x
        way_name = link.id
        if crowd is not None:
            hub, hangs_below = crowd
            way_name = f"{'below' if hangs_below else 'above'} {hub}"
            names[not hangs_below] = way_name
            source = goal = self.cells[hub].x
        way = self._ways.setdefault(way_name, Way(way_name, first, last, source, goal, 0.0))
        way.start, way.end = min(way.start, first), max(way.end, last)
        way.width = max(way.width, 2 * link.breadth)
        start = self._ending((upper, True), names[0], link, labelled=labelled_above)
        end = self._ending((lower, first == last), names[1], link, labelled=not labelled_above)
        return Run(link, upper, lower, start, end, way, rows)

    def _ending(
        self, side: tuple[str, bool], name: str, link: PlannedLink, *, labelled: bool
    ) -> Ending:
        label = link.text if labelled else None
        ending = self.sides[side].setdefault(name, Ending(name, link.breadth, label))
        ending.breadth = max(ending.breadth, link.breadth)
        return ending

    def _lead(self) -> None:
        """Lead all runs through the rows between their ends."""
        rows: list[list[Cell]] = [[] for _ in range(max(self.rows.values(), default=-1) + 1)]
        for party, cell in self.cells.items():
            sides = ([*self.sides[party, low].values()] for low in (True, False))
            cell.width = _room(self._plan, party, *sides)
            rows[self.rows[party]].append(cell)
        ranked = [sorted(row, key=lambda cell: cell.x) for row in rows]
        lead_through(ranked, self._ways.values(), self._apart)

    def _spread(self) -> set[tuple[str, bool]]:
        """Set where lines end: towards where they lead; return the sides where they fan out."""
        for run in self.all:
            first, last = run.rows
            passes = first + 1 < last
            lanes = run.way.lanes
            run.start.toward = lanes[first + 1].x if passes else self.cells[run.lower].x
            run.end.toward = lanes[last - 1].x if passes else self.cells[run.upper].x
        return {
            (party, low)
            for (party, low), endings in self.sides.items()
            if spread(
                [*endings.values()],
                self.cells[party].x,
                self._plan.boxes[party].width,
                self.cells[party].width - _AROUND,
            )
        }
