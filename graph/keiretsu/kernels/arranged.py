"""A network laid out for the climb: nodes and edges in an order in which sources come first.

The order is that of a search downwards from the nodes without sources, so that a node mostly stands
just behind one of its sources, whose figures are still at hand when its own are made. The members
of a loop stand side by side, and one comparison of two places tells what must be computed first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from keiretsu.kernels.adjacency import grouped
from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.strong import strong_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

FIRST: Final = 0
GROUP: Final = 1
SLOT: Final = 2
LOSES: Final = 3


class Arranged(NamedTuple):
    """Nodes by *place*: ends first; then the sources of a place stand before it, loops apart.

    Only where an edge has no weight may its source stand anywhere.

    Parameters
    ----------
    node, place
        The node at each place, and the place of each node.
    ends
        How many places are ends, at which a climb stops.
    table
        A row of four numbers per place and one more row. `FIRST`: where its edges begin; they end
        where those of the next row begin. `GROUP`: the first place of its strongly connected
        component. `SLOT`: work space. `LOSES`: whether there is nothing in it to have.
    source, part
        Per edge, a place and which part it has of the whole.
    left
        Per place, the part of the whole that no source has.
    """

    node: Integers
    place: Integers
    ends: int
    table: Integers
    source: Integers
    part: Floats
    left: Floats


def arranged(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    goes_on: NDArray[np.bool_],
) -> Arranged:
    """Return a network in the order of its sources.

    Parameters
    ----------
    first, source, weight
        Edges grouped by target.
    whole
        Per node the weight of everything in it.
    goes_on
        Per node, whether anything is known of who has it. A climb ends where nothing is, and in
        loops that let nothing out.

    Examples
    --------
    >>> columns = ([0, 2, 2, 3], [2, 1, 1], [60, 20, 40], [100, 0, 100])
    >>> found = arranged(*(np.array(c, dtype=np.int32) for c in columns), np.array([1, 0, 1]) > 0)
    >>> found.node.tolist(), found.part.tolist(), found.left.round(6).tolist()
    ([1, 2, 0], [0.4, 0.6, 0.2], [1.0, 0.6, 0.2])
    """
    nodes = len(whole)
    component, order = _sources_first(first, source, weight)
    is_end = _ends(first, source, weight, whole, component, order, goes_on)
    order = np.concatenate([order[is_end[order]], order[~is_end[order]]])
    place = np.empty(nodes, dtype=np.int32)
    place[order] = np.arange(nodes, dtype=np.int32)
    table = np.zeros((nodes + 1, 4), dtype=np.int32)
    table[:-1, GROUP] = _group_begins(component[order])
    table[:-1, LOSES] = whole[order] <= 0
    sources, parts = np.empty(len(source), dtype=np.int32), np.empty(len(source))
    left = np.empty(nodes)
    _lay_out(first, source, weight, whole, order, place, table, sources, parts, left)
    return Arranged(order, place, int(is_end.sum()), table, sources, parts, left)


def _sources_first(
    first: Integers, source: Integers, weight: Integers
) -> tuple[Integers, Integers]:
    """Return the components, and the nodes in the order of a search downwards.

    Edges without weight are none here: they would hide a loop that lets nothing out in another.
    """
    nodes = len(first) - 1
    target = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(first))
    held = np.diff(first) > 0
    if not np.all(weight):
        source, target = source[weight > 0], target[weight > 0]
    first_below, edges = grouped(source, nodes)
    start = np.concatenate([np.flatnonzero(~held), np.flatnonzero(held)])
    component, order = strong_components(first_below, target[edges], start)
    return component, order[::-1].copy()


def _group_begins(component: Integers) -> Integers:
    """Return per place the first place with the same component."""
    places = np.arange(len(component), dtype=np.int32)
    places[1:][component[1:] == component[:-1]] = 0
    return np.maximum.accumulate(places, out=places)


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
def _lay_out(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    order: Integers,
    place: Integers,
    table: Integers,
    sources: Integers,
    parts: Floats,
    left: Floats,
) -> None:
    """Copy the edges in the order of their targets' places; what is left is counted exactly."""
    count = 0
    for here in range(order.size):
        node = order[here]
        all_of_it = max(int(whole[node]), 1)
        unheld = all_of_it
        table[here, FIRST] = count
        for edge in range(first[node], first[node + 1]):
            sources[count] = place[source[edge]]
            parts[count] = weight[edge] / all_of_it
            unheld -= int(weight[edge])
            count += 1
        left[here] = max(unheld, 0) / all_of_it
    table[order.size, FIRST] = count
    table[order.size, GROUP] = order.size


@compiled
def group_end(table: Integers, begin: int) -> int:
    """Return the place after the last of the component that begins at a place."""
    after = begin + 1
    while table[after, GROUP] == begin:
        after += 1
    return after
