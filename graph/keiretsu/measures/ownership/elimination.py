"""Where a flow arrives, solved exactly: one node after the other is taken out of the system."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from keiretsu.measures.ownership.nearly import ALL, NONE, Nearly

if TYPE_CHECKING:
    from collections.abc import Mapping

Ways = dict[int, dict[int, Nearly]]
"""For each node the further nodes and which part of the flow goes there."""


def arrivals(ways: Mapping[int, Mapping[int, Nearly]], sure: Mapping[int, Nearly]) -> Arrivals:
    r"""Return, for each node, which part of a flow from it arrives at the goal.

    Parameters
    ----------
    ways
        For each node, what of its flow goes to which further node.
    sure
        For each node, what of its flow arrives at once.

    Returns
    -------
    dict
        The parts. A flow that a closed loop keeps arrives nowhere.

    Notes
    -----
    The values solve :math:`v = Wv + s` over the rationals. Taking a node out passes its ways on to
    those that lead to it, divided by what does not return at once [1]_; nodes with few ways are
    taken out first, so that only loops cost more than their number of holdings.

    References
    ----------
    .. [1] W. Grassmann, M. Taksar, D. Heyman, Regenerative analysis and steady state distributions
       for Markov chains, Operations Research 33 (1985).

    Examples
    --------
    >>> from fractions import Fraction
    >>> half = Nearly(Fraction(1, 2))
    >>> arrivals({0: {1: half}, 1: {0: half}}, {0: half})[1].value
    Fraction(1, 3)
    """
    rows: Ways = {
        node: {to: part for to, part in out.items() if to in ways and part != NONE}
        for node, out in ways.items()
    }
    constants = {node: sure.get(node, NONE) for node in ways}
    leading: dict[int, set[int]] = {node: set() for node in ways}
    for node, out in rows.items():
        for to in out:
            leading[to].add(node)
    order = []
    waiting = [(_cost(node, rows, leading), node) for node in ways]
    heapify(waiting)
    while waiting:
        cost, node = heappop(waiting)
        if node not in leading or cost != _cost(node, rows, leading):
            continue  # taken out already, or listed again with what it costs by now
        order.append(node)
        touched = _take_out(node, rows, constants, leading)
        for one in touched:
            heappush(waiting, (_cost(one, rows, leading), one))
    values: Arrivals = {}
    for node in reversed(order):
        value = constants[node]
        for to, part in rows[node].items():
            value += part * values[to]
        values[node] = value
    return values


Arrivals = dict[int, Nearly]
"""For each node the part of its flow that arrives at the goal."""


def _cost(node: int, rows: Ways, leading: Mapping[int, set[int]]) -> int:
    """Return how many ways taking a node out makes."""
    return len(rows[node]) * len(leading[node])


def _take_out(node: int, rows: Ways, constants: Arrivals, leading: dict[int, set[int]]) -> set[int]:
    """Pass the ways of a node on to those that lead to it; return whose ways have changed."""
    out = rows[node]
    back = out.pop(node, NONE)
    leaders = leading.pop(node) - {node}
    kept = ALL - back
    if kept == NONE:  # everything returns: a closed loop, from which nothing arrives
        out.clear()
        constants[node] = NONE
    elif back != NONE:
        for to in out:
            out[to] = out[to] / kept
        constants[node] = constants[node] / kept
    for before in leaders:
        part = rows[before].pop(node)
        constants[before] += part * constants[node]
        for to, share in out.items():
            rows[before][to] = rows[before].get(to, NONE) + part * share
            leading[to].add(before)
    for to in out:
        leading[to].discard(node)
    return leaders | set(out)
