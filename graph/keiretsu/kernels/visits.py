"""Where a unit goes that climbs from one node, or comes from: on the touched part alone.

A unit in node `y` goes to each of its sources `x` with the part that `x` has of `y`'s whole. What
is asked is how much of it visits each node above one target, or how much of each node below one
source ever arrives there. Nothing is touched that is not reached, so time follows the answer and
not the register; and since most answers are of a few nodes, a question costs one call, its figures
stand side by side, and only what was found is copied.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.adjacency import grouped
from keiretsu.kernels.arranged import FIRST, GROUP, LOSES, SLOT, arranged, group_end
from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.loops import visits_inside
from keiretsu.kernels.reached import reach_down, reach_up, sort_and_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]


class Above:
    """What of one unit in a target visits each node above it.

    Parameters
    ----------
    nodes
        The target and all above it, those nearer to it first.
    flows
        A row per node: how much arrives there for the first time, and how often a unit there is
        there in all.
    rest
        How much ends in parts that no source has.
    lost
        How much ends in nodes in which there is nothing to have.
    """

    __slots__ = ("flows", "lost", "nodes", "rest")

    def __init__(self, nodes: Integers, flows: Floats, rest: float, lost: float) -> None:
        self.nodes, self.flows, self.rest, self.lost = nodes, flows, rest, lost

    @property
    def arriving(self) -> Floats:
        """Per node, how much arrives there for the first time; it ends there if it is an end."""
        return self.flows[:, 0]

    @property
    def again(self) -> Floats:
        """Per node, how often a unit there is there in all, itself counted: one outside loops."""
        return self.flows[:, 1]


class Climb:
    """The climb in one network; it holds work space, so every thread needs its own.

    Parameters
    ----------
    first, source, weight
        Edges grouped by target.
    whole
        Per node the weight of everything in it.
    goes_on
        Per node, whether anything is known of who has it; a climb ends where nothing is.
    """

    def __init__(
        self,
        first: Integers,
        source: Integers,
        weight: Integers,
        whole: Integers,
        goes_on: NDArray[np.bool_],
    ) -> None:
        self.network = arranged(first, source, weight, whole, goes_on)
        self.is_end = self.network.place < self.network.ends
        nodes = len(whole)
        self._found, self._flows = np.empty(nodes, dtype=np.int32), np.empty((nodes, 2))
        self._arrays = (*self.network, self._found, self._flows)

    def above(self, target: int) -> Above:
        """Return what of one unit in `target` visits each node above it.

        Examples
        --------
        >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 40], [0, 100, 100])
        >>> arrays = (np.array(column, dtype=np.int32) for column in columns)
        >>> found = Climb(*arrays, np.array([False, True, True])).above(2)
        >>> found.nodes.tolist(), found.arriving.round(6).tolist(), round(float(found.rest), 6)
        ([2, 1, 0], [1.0, 0.4, 0.44], 0.56)
        """
        count, rest, lost = _climb(target, *self._arrays)
        last = count - 1
        found = self._found[last::-1].copy()
        return Above(found, self._flows[last::-1].copy(), rest, lost)

    def below(self, start: int) -> tuple[Integers, Floats]:
        """Return the nodes below `start`, and how much of a unit in each ever arrives at it.

        Examples
        --------
        >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 40], [0, 100, 100])
        >>> arrays = (np.array(column, dtype=np.int32) for column in columns)
        >>> nodes, shares = Climb(*arrays, np.array([False, True, True])).below(0)
        >>> nodes.tolist(), shares.round(6).tolist()
        ([1, 2], [0.6, 0.44])
        """
        count = _descend(start, *self._arrays, *self._turned)
        return self._found[1:count].copy(), self._flows[1:count, 0].copy()

    @cached_property
    def _turned(self) -> tuple[Integers, Integers, Floats]:
        """Edges grouped by source: where they begin, their targets by place, and their parts."""
        network = self.network
        first, edges = grouped(network.source, len(network.left))
        places = np.arange(len(network.left), dtype=np.int32)
        target = np.repeat(places, np.diff(network.table[:, FIRST]))
        return first, target[edges], network.part[edges]


@compiled
def _climb(
    target: int,
    node: Integers,
    place: Integers,
    ends: int,
    table: Integers,
    source: Integers,
    part: Floats,
    left: Floats,
    found: Integers,
    flows: Floats,
) -> tuple[int, float, float]:
    """Fill `found` and `flows` for the part above a target, which stands last.

    Returns its size, the rest, and what is lost.
    """
    count = reach_up(place[target], table, source, found)
    sort_and_start(found, flows, table, 0, count)
    at = table[place[target], SLOT]
    flows[at, 0] = 1.0
    rest, lost, position = 0.0, 0.0, count - 1
    while position >= 0 and found[position] >= ends:
        last = found[position]
        group = table[last, GROUP]
        if group < last:
            visits = visits_inside(group, last + 1, table, source, part, left, -1)
            _turn(visits, flows[position - last + group : position + 1])
        for member in range(last, group - 1, -1):
            mass = flows[position, 0]
            for edge in range(table[member, FIRST], table[member + 1, FIRST]):
                if source[edge] < group:
                    flows[table[source[edge], SLOT], 0] += mass * part[edge]
            if table[member, LOSES] > 0:
                lost += mass
            else:
                rest += mass * left[member]
            flows[position, 0] = mass / flows[position, 1]
            position -= 1
    for position in range(count):
        found[position] = node[found[position]]
    _put_last(at, count, found, flows)
    return count, rest, lost


@compiled
def _put_last(at: int, count: int, found: Integers, flows: Floats) -> None:
    """Move what stands at a position to the end; in a loop others may stand behind the target."""
    for position in range(at, count - 1):
        found[position], found[position + 1] = found[position + 1], found[position]
        for column in range(2):
            flow = flows[position, column]
            flows[position, column] = flows[position + 1, column]
            flows[position + 1, column] = flow


@compiled
def _turn(visits: Floats, flows: Floats) -> None:
    """Let what enters a loop go round in it."""
    entering = flows[:, 0].copy()
    for column in range(len(visits)):
        total = 0.0
        for row in range(len(visits)):
            total += entering[row] * visits[row, column]
        flows[column, 0] = total
        flows[column, 1] = visits[column, column]


@compiled
def _descend(
    start: int,
    node: Integers,
    place: Integers,
    ends: int,
    table: Integers,
    source: Integers,
    part: Floats,
    left: Floats,
    found: Integers,
    flows: Floats,
    first_below: Integers,
    target: Integers,
    part_below: Floats,
) -> int:
    """Fill `found` and `flows` for the part below a start, which stands first; return its size."""
    top = place[start]
    count = reach_down(top, ends, table, first_below, target, found)
    sort_and_start(found, flows, table, 1, count)
    flows[0, 0] = 1.0
    ready = -1
    for position in range(count):
        here = found[position]
        group = table[here, GROUP]
        after = group_end(table, group)
        if position > 0 and group != ready and after - group > 1:
            visits = visits_inside(group, after, table, source, part, left, top)
            _collect(visits, flows, table, group, top)
            ready = group
        for edge in range(first_below[here], first_below[here + 1]):
            at = table[target[edge], SLOT]
            inside = position > 0 and group <= target[edge] < after
            if 0 < at < count and found[at] == target[edge] and not inside:
                flows[at, 0] += flows[position, 0] * part_below[edge]
    for position in range(count):
        found[position] = node[found[position]]
    return count


@compiled
def _collect(visits: Floats, flows: Floats, table: Integers, group: int, top: int) -> None:
    """Let what enters a loop arrive from all its members, the start apart."""
    entering = np.zeros(len(visits))
    for row in range(len(visits)):
        if group + row != top:
            entering[row] = flows[table[group + row, SLOT], 0]
    for row in range(len(visits)):
        if group + row != top:
            total = 0.0
            for column in range(len(visits)):
                total += visits[row, column] * entering[column]
            flows[table[group + row, SLOT], 0] = total
