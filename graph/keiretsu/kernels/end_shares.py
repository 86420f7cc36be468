"""Which ends have how much of every node: one pass in topological order over the whole network.

Each node's list is the mix of its sources' lists. Small entries are dropped on the way, and what is
dropped is carried along as a residual, so that every share is known to lie between its entry and
its entry plus the node's residual.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.visits import inside_visits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.visits import Climb

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]


class EndShares(NamedTuple):
    """The ends of each node, as lists one behind the other.

    Parameters
    ----------
    begin, length
        Per node, where its list stands.
    end, share
        Per entry, an end and the least that it has.
    residual
        Per node, how much was dropped from its list in all.
    """

    begin: Integers
    length: Integers
    end: Integers
    share: Floats
    residual: Floats


def end_shares(climb: Climb, drop_below: float = 0.0) -> EndShares:
    """Return which ends have how much of every node.

    Parameters
    ----------
    climb
        The network with its components.
    drop_below
        Entries smaller than this are dropped; nothing is dropped at 0.

    Examples
    --------
    >>> from keiretsu.kernels.visits import Climb
    >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 40], [0, 100, 100])
    >>> arrays = (np.array(column, dtype=np.int32) for column in columns)
    >>> found = end_shares(Climb(*arrays, np.array([False, True, True])))
    >>> found.length.tolist(), found.end.tolist(), found.share.round(6).tolist()
    ([0, 1, 1], [0, 0], [0.6, 0.44])
    """
    nodes = len(climb.component)
    begin, length = np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.int32)
    residual = np.zeros(nodes)
    room = 2 * nodes + 1024
    end, share = np.empty(room, dtype=np.int32), np.empty(room)
    work = (np.zeros(nodes), np.full(nodes, -1, dtype=np.int64), np.empty(nodes, dtype=np.int32))
    place, top = 0, 0
    while True:
        place, top = _mix(
            *climb.edges,
            climb.component,
            climb.order,
            climb.is_end,
            drop_below,
            begin,
            length,
            residual,
            end,
            share,
            *work,
            place,
            top,
        )
        if place == nodes:
            return EndShares(begin, length, end[:top], share[:top], residual)
        end, share = (np.concatenate([one, np.empty_like(one)]) for one in (end, share))


@compiled
def _mix(
    first: Integers,
    source: Integers,
    weight: Integers,
    whole: Integers,
    component: Integers,
    order: Integers,
    is_end: Integers,
    drop_below: float,
    begin: Integers,
    length: Integers,
    residual: Floats,
    end: Integers,
    share: Floats,
    gathered: Floats,
    stamp: Integers,
    listed: Integers,
    place: int,
    top: int,
) -> tuple[int, int]:
    """Fill lists from a place in the order on; return where room ran out, and the room used."""
    stamp[:] = -1
    while place < order.size:
        after = place + 1
        while after < order.size and component[order[after]] == component[order[place]]:
            after += 1
        members = order[place:after]
        if is_end[members[0]]:
            place = after
            continue
        visits = np.ones((1, 1))
        if members.size > 1:
            visits = inside_visits(members, first, source, weight, whole, component)
        start = top
        for row in range(members.size):
            node, count, lost = members[row], 0, 0.0
            for column in range(members.size):
                through = members[column]
                for edge in range(first[through], first[through + 1]):
                    other = source[edge]
                    if component[other] == component[node]:
                        continue
                    part = visits[row, column] * weight[edge] / max(whole[through], 1)
                    lost += part * residual[other]
                    entries = 1 if is_end[other] else length[other]
                    for entry in range(begin[other], begin[other] + entries):
                        one = other if is_end[other] else end[entry]
                        if stamp[one] != node:
                            stamp[one] = node
                            gathered[one] = 0.0
                            listed[count] = one
                            count += 1
                        gathered[one] += part if is_end[other] else part * share[entry]
            if top + count > end.size:
                return place, start
            begin[node] = top
            for entry in range(count):
                one = listed[entry]
                if gathered[one] >= drop_below:
                    end[top] = one
                    share[top] = gathered[one]
                    top += 1
                else:
                    lost += gathered[one]
            length[node] = top - begin[node]
            residual[node] = lost
        place = after
    return place, top
