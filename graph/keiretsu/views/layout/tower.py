"""Layout for a phone: rows of one box, two or three, and lines led beside them.

What makes a picture wide is not so much its boxes as the lines and labels beside one another. Here
each row holds no more than fits the width of a phone; a line runs sideways only between rows, and
passes them at the edge or between two boxes, as in a grove. Boxes are then moved from row to row
while fewer lines cross, holders always above what they hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.views.layout.blocks import BETWEEN_BOXES
from keiretsu.views.layout.channelled import Channelled
from keiretsu.views.layout.geometry import crossing_pairs, segments
from keiretsu.views.layout.runs import widths_in_rows
from keiretsu.views.layout.screen import TALL, size_cost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from keiretsu.views.layout.places import Places
    from keiretsu.views.layout.plan import Plan

WIDTH, ALONE = 440.0, 0.0
"""How wide rows are that hold several boxes, in pixels, if those fit; or no row holds several."""
_EFFORT = 2000
"""How many lines are drawn in towers that are tried."""
_APART = 9.0
"""Pixels between the strokes of two lines: they run beside one another for long."""
_A_CROSSING, _A_PIXEL = 2.0, 0.0005
"""What it costs if two lines cross, and each pixel of their length."""


class _Row(NamedTuple):
    """Boxes beside one another; a single one may stand aside: to the left, or to the right."""

    parties: tuple[str, ...]
    aside: int = 0


_Rows = tuple[_Row, ...]


class _Found(NamedTuple):
    """A layout, what it costs, and how many crossings there are at the ends of whose lines."""

    drawn: Channelled
    cost: float
    crossed: Counter[str]


def place_in_tower(plan: Plan, strongest_first: Sequence[str], width: float = WIDTH) -> Places:
    """Lay a plan out as narrow as a phone.

    Parameters
    ----------
    plan
        Sizes and links, each label with room of its own.
    strongest_first
        Ids of all links.
    width
        How wide a row with several boxes may be, in pixels.
    """
    return _Tower(plan, width).best(_order(plan, strongest_first))


def _order(plan: Plan, strongest_first: Sequence[str]) -> list[str]:
    """Return parties from the top down: near what they hold, those that only hold just above it."""
    named = {link.id: link for link in plan.between}
    below: dict[str, list[str]] = defaultdict(list)
    for link in (named[line] for line in strongest_first if line in named):
        below[link.upper].append(link.lower)
    held = {link.lower for link in named.values()}
    tops = [party for party in plan.boxes if party not in held and below.get(party)]
    reached = _reached(_downwards(plan.boxes, below), below)
    for parties in (tops, *below.values()):
        parties.sort(key=lambda one: len(reached[one]))
    core = [one for one in _downwards([*tops, *plan.boxes], below) if one not in tops]
    at = {party: number for number, party in enumerate(core)}
    above: dict[str, list[str]] = defaultdict(list)
    for party in tops:
        above[min(below[party], key=at.__getitem__)].append(party)
    return [one for party in core for one in (*above[party], party)]


def _reached(downwards: Sequence[str], below: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Return for each party all that stand somewhere below it."""
    reached: dict[str, set[str]] = {}
    for party in reversed(downwards):
        held = below.get(party, ())
        reached[party] = {*held, *(one for lower in held for one in reached[lower])}
    return reached


def _downwards(parties: Iterable[str], below: Mapping[str, Sequence[str]]) -> list[str]:
    """Return parties each before all that it holds; of these the last are followed up first."""
    found: list[str] = []
    seen: set[str] = set()
    waiting = [(party, False) for party in reversed([*parties])]
    while waiting:
        party, is_done = waiting.pop()
        if is_done:
            found.append(party)
        elif party not in seen:
            seen.add(party)
            waiting.append((party, True))
            waiting += [(one, False) for one in below.get(party, ()) if one not in seen]
    return found[::-1]


class _Tower:
    """A plan in rows of a bounded width, and what each way to set them costs."""

    def __init__(self, plan: Plan, width: float) -> None:
        self._plan, self._width = plan, width
        self._widths = widths_in_rows(plan)
        self._ends = {link.id: (link.upper, link.lower) for link in plan.between}
        self._above: dict[str, set[str]] = defaultdict(set)
        self._below: dict[str, set[str]] = defaultdict(set)
        for upper, lower in self._ends.values():
            self._above[lower].add(upper)
            self._below[upper].add(lower)
        self._tries = _EFFORT // max(1, len(self._ends))

    def best(self, order: Sequence[str]) -> Places:
        """Return the layout to which moving single boxes leads."""
        rows = self._filled(order)
        best = self._drawn(rows)
        tries, settled, improved = self._tries, set[str](), False
        while tries > 0:
            waiting = best.crossed.keys() - settled
            if not waiting and not improved:
                break
            if not waiting:
                settled, improved = set(), False
                continue
            party = min(waiting, key=lambda one: (-best.crossed[one], one))
            for found in islice(self._with_elsewhere(rows, party), tries):
                tries -= 1
                one = self._drawn(found)
                if one.cost < best.cost:
                    rows, best, improved = found, one, True
                    break
            else:
                settled.add(party)
        return best.drawn.places()

    def _filled(self, order: Sequence[str]) -> _Rows:
        rows: list[tuple[str, ...]] = []
        for party in order:
            joined = (*rows[-1], party) if rows else (party,)
            if rows and self._fits(joined) and not self._above[party] & set(rows[-1]):
                rows[-1] = joined
            else:
                rows.append((party,))
        return tuple(map(_Row, rows))

    def _fits(self, parties: Sequence[str]) -> bool:
        return self._wide(parties) <= self._width

    def _wide(self, parties: Sequence[str]) -> float:
        return sum(self._widths[one] for one in parties) + BETWEEN_BOXES * (len(parties) - 1)

    def _drawn(self, rows: _Rows) -> _Found:
        places: dict[str, tuple[int, float]] = {}
        for at, row in enumerate(rows):
            wide = self._wide(row.parties)
            x = -wide / 2 + row.aside * max(0.0, WIDTH - wide) / 2
            for party in row.parties:
                places[party] = at, x + self._widths[party] / 2
                x += self._widths[party] + BETWEEN_BOXES
        found = Channelled(self._plan, places, len(rows), _APART)
        routes = found.corners()
        crossed: Counter[str] = Counter()
        pairs = crossing_pairs(routes)
        for pair in pairs:
            crossed.update(end for line in pair for end in self._ends[line])
        length = sum(
            abs(x2 - x1) + abs(y2 - y1)
            for route in routes.values()
            for (x1, y1), (x2, y2) in segments(route)
        )
        size = size_cost(TALL.scale(found.bounds), TALL)
        return _Found(found, size + _A_CROSSING * len(pairs) + _A_PIXEL * length, crossed)

    def _with_elsewhere(self, rows: _Rows, party: str) -> Iterator[_Rows]:
        """Yield rows with a box in any other place, the nearest first."""
        before = next(at for at, row in enumerate(rows) if party in row.parties)
        left = tuple(one for one in rows[before].parties if one != party)
        rest = [*rows[:before], *([_Row(left)] if left else []), *rows[before + 1 :]]
        number = {one: at for at, row in enumerate(rest) for one in row.parties}
        first = max((number[one] + 1 for one in self._above[party]), default=0)
        last = min((number[one] for one in self._below[party]), default=len(rest))
        for at in sorted(range(first, last + 1), key=lambda at: (abs(at - before), at)):
            if at < last:
                others = rest[at].parties
                for place in range(len(others) + 1):
                    joined = (*others[:place], party, *others[place:])
                    if self._fits(joined) and joined != rows[before].parties:
                        yield (*rest[:at], _Row(joined), *rest[at + 1 :])
            for aside in (-1, 1, 0):
                alone = _Row((party,), aside)
                if left or at != before or alone != rows[before]:
                    yield (*rest[:at], alone, *rest[at:])
