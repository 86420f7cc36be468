"""Where a unit goes that climbs from one node, or comes from: on the touched part alone.

A unit in node `y` goes to each of its sources `x` with the part that `x` has of `y`'s whole. What
is asked is how much of it visits each node above one target, or how much of each node below one
source ever arrives there. Strongly connected components are solved one after the other in
topological order, larger ones as dense systems; nothing is touched that is not reached, so time
follows the answer and not the register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.strong import strong_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]


class Above(NamedTuple):
    """What of one unit in a target visits each node above it.

    Parameters
    ----------
    nodes
        The target and all above it, those nearer to it first.
    arriving
        Per node, how much arrives there for the first time; it ends there if the node is an end.
    again
        Per node, how often a unit there is there in all, itself counted: one outside loops.
    rest
        How much ends in parts that no source has.
    lost
        How much ends in nodes in which there is nothing to have.
    """

    nodes: Integers
    arriving: Floats
    again: Floats
    rest: float
    lost: float


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
        self.edges = (first, source, weight, whole)
        self.component, self.order = strong_components(first, source)
        self.is_end = _ends(*self.edges, self.component, self.order, goes_on)
        nodes = len(whole)
        self._work = (
            np.zeros(nodes),
            np.ones(nodes),
            np.full(nodes, -1, dtype=np.int32),
            np.empty(nodes, dtype=np.int32),
        )
        self._stamp = 0

    def above(self, target: int) -> Above:
        """Return what of one unit in `target` visits each node above it.

        Examples
        --------
        >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 40], [0, 100, 100])
        >>> arrays = (np.array(column, dtype=np.int32) for column in columns)
        >>> found = Climb(*arrays, np.array([False, True, True])).above(2)
        >>> found.nodes.tolist(), found.arriving.round(6).tolist(), round(found.rest, 6)
        ([2, 1, 0], [1.0, 0.4, 0.44], 0.56)
        """
        self._stamp += 1
        count, rest, lost = _climb(
            *self.edges, self.component, self.is_end, target, self._stamp, *self._work
        )
        mass, again, _, nodes = self._work
        found = nodes[:count].copy()
        return Above(found, mass[found] / again[found], again[found], rest, lost)

    def below(
        self, start: int, first_held: Integers, issuer_held: Integers
    ) -> tuple[Integers, Floats]:
        """Return the nodes below `start`, and how much of a unit in each ever arrives at it."""
        self._stamp += 1
        mass, _, mark, nodes = self._work
        count = _descend(
            *self.edges,
            self.component,
            self.is_end,
            start,
            self._stamp,
            mass,
            mark,
            nodes,
            first_held,
            issuer_held,
        )
        found = nodes[1:count].copy()
        return found, mass[found]


@compiled
def _ends(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    component: Integers,
    order: Integers,
    goes_on: Integers,
) -> Integers:
    """Return where a climb ends: at nodes without sources, and in loops that let nothing out."""
    ends = np.zeros(whole.size, dtype=np.bool_)
    begin = 0
    while begin < order.size:
        end = begin
        closed = True
        while end < order.size and component[order[end]] == component[order[begin]]:
            node = order[end]
            inside = 0
            for edge in range(first[node], first[node + 1]):
                if component[source[edge]] == component[node]:
                    inside += int(weight[edge])
            closed = closed and inside == whole[node]
            end += 1
        for place in range(begin, end):
            node = order[place]
            ends[node] = not goes_on[node] or (closed and end - begin > 1)
        begin = end
    return ends


@compiled
def inside_visits(
    members: Integers,
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    component: Integers,
) -> Floats:
    """Return how often a unit of each member visits each other, within their component."""
    size = members.size
    matrix = np.eye(size)
    for row in range(size):
        node = members[row]
        for edge in range(first[node], first[node + 1]):
            if component[source[edge]] == component[node]:
                for column in range(size):
                    if members[column] == source[edge]:
                        matrix[row, column] -= weight[edge] / max(whole[node], 1)
    inverse = np.linalg.inv(matrix)
    return inverse.astype(np.float64)


@compiled
def _climb(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    component: Integers,
    is_end: Integers,
    target: int,
    stamp: int,
    mass: Floats,
    again: Floats,
    mark: Integers,
    nodes: Integers,
) -> tuple[int, float, float]:
    """Fill `nodes`, `mass` and `again` for the part above a target.

    Returns its size, the rest, and what is lost.
    """
    nodes[0] = target
    mark[target] = stamp
    count, read = 1, 0
    while read < count:
        node = nodes[read]
        read += 1
        mass[node] = 0.0
        again[node] = 1.0
        for edge in range(first[node], first[node + 1]):
            if mark[source[edge]] != stamp:
                mark[source[edge]] = stamp
                nodes[count] = source[edge]
                count += 1
    found = nodes[:count]
    found[:] = found[np.argsort(-component[found], kind="mergesort")]
    mass[target] = 1.0
    rest, lost = 0.0, 0.0
    begin = 0
    while begin < count:
        end = begin + 1
        while end < count and component[found[end]] == component[found[begin]]:
            end += 1
        members = found[begin:end]
        begin = end
        if is_end[members[0]]:
            continue
        if members.size > 1:
            visits = inside_visits(members, first, source, weight, whole, component)
            entering = mass[members]
            for column in range(members.size):
                total = 0.0
                for row in range(members.size):
                    total += entering[row] * visits[row, column]
                mass[members[column]] = total
                again[members[column]] = visits[column, column]
        for node in members:
            left = 1.0
            for edge in range(first[node], first[node + 1]):
                part = weight[edge] / whole[node] if whole[node] > 0 else 0.0
                left -= part
                if component[source[edge]] != component[node]:
                    mass[source[edge]] += mass[node] * part
            if whole[node] > 0:
                rest += mass[node] * max(left, 0.0)
            else:
                lost += mass[node]
    return count, rest, lost


@compiled
def _descend(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    component: Integers,
    is_end: Integers,
    start: int,
    stamp: int,
    mass: Floats,
    mark: Integers,
    nodes: Integers,
    first_held: Integers,
    issuer_held: Integers,
) -> int:
    """Fill `nodes` and `mass` for the part below a start, which stands first; return its size."""
    nodes[0] = start
    mark[start] = stamp
    count, read = 1, 0
    while read < count:
        node = nodes[read]
        read += 1
        mass[node] = 0.0
        for place in range(first_held[node], first_held[node + 1]):
            other = issuer_held[place]
            looped = component[other] == component[start]  # a closed loop opens where it starts
            if mark[other] != stamp and (looped or not is_end[other]):
                mark[other] = stamp
                nodes[count] = other
                count += 1
    below = nodes[1:count]
    below[:] = below[np.argsort(component[below], kind="mergesort")]
    mass[start] = 1.0
    begin = 0
    while begin < below.size:
        end = begin + 1
        while end < below.size and component[below[end]] == component[below[begin]]:
            end += 1
        members = below[begin:end]
        begin = end
        entering = np.zeros(members.size)
        for row in range(members.size):
            node = members[row]
            for edge in range(first[node], first[node + 1]):
                other = source[edge]
                outside = component[other] != component[node] or other == start
                if outside and mark[other] == stamp:
                    entering[row] += mass[other] * weight[edge] / max(whole[node], 1)
        if members.size > 1:
            visits = inside_visits(members, first, source, weight, whole, component)
            for row in range(members.size):
                total = 0.0
                for column in range(members.size):
                    total += visits[row, column] * entering[column]
                mass[members[row]] = total
        else:
            mass[members[0]] = entering[0]
    return count
