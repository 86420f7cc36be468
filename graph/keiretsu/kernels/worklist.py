"""Dominance of everyone over everyone by following each node's group: any threshold, any weights.

Only a node that reaches what is needed in some other node alone can start a group; the work is that
of the edges which leave the groups that are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

_ROOM = 1024


def dominance_pairs(
    first: Integers, target: Integers, weight: Integers, need: Integers, heads: Integers
) -> tuple[Integers, Integers]:
    """Return whom each head dominates, as pairs.

    Parameters
    ----------
    first, target, weight
        Edges grouped by source: the targets of `x` are ``target[first[x]:first[x + 1]]``.
    need
        Per node the weight that must be reached.
    heads
        The nodes whose groups are asked for.

    Returns
    -------
    bounds
        The group of the head at place `k` is ``members[bounds[k]:bounds[k + 1]]``; it does not
        hold the head itself.
    members
        In an order in which dominance can be shown.

    Examples
    --------
    >>> columns = ([0, 2, 3, 3], [1, 2, 2], [60, 20, 35], [51, 51, 51], [0, 1])
    >>> bounds, members = dominance_pairs(*(np.array(column) for column in columns))
    >>> bounds.tolist(), members.tolist()
    ([0, 2, 2], [1, 2])
    """
    bounds = np.zeros(len(heads) + 1, dtype=np.int64)
    members = np.empty(max(_ROOM, len(need)), dtype=np.int32)
    gathered = np.zeros(len(need), dtype=np.int64)
    stamp = np.full(len(need), -1, dtype=np.int32)
    joined = np.full(len(need), -1, dtype=np.int32)
    done = 0
    while True:
        done = _follow(
            first, target, weight, need, heads, done, bounds, members, gathered, stamp, joined
        )
        if done == len(heads):
            return bounds, members[: bounds[-1]].copy()
        members = np.concatenate([members, np.empty_like(members)])


@compiled
def _follow(
    first: Integers,
    target: Integers,
    weight: Integers,
    need: Integers,
    heads: Integers,
    done: int,
    bounds: Integers,
    members: Integers,
    gathered: Integers,
    stamp: Integers,
    joined: Integers,
) -> int:
    """Follow heads from place `done` on until there may be no room; return the next place."""
    for place in range(done, heads.size):
        head = heads[place]
        count = bounds[place]
        if count + need.size > members.size:
            # A group may be large: say that there is no room before it can run out.
            return place
        stamp_now = place
        joined[head] = stamp_now
        node, read = head, count
        while True:
            for edge in range(first[node], first[node + 1]):
                other = target[edge]
                if joined[other] == stamp_now:
                    continue
                if stamp[other] != stamp_now:
                    stamp[other] = stamp_now
                    gathered[other] = 0
                gathered[other] += weight[edge]
                if gathered[other] >= need[other]:
                    joined[other] = stamp_now
                    members[count] = other
                    count += 1
            if read == count:
                break
            node = members[read]
            read += 1
        bounds[place + 1] = count
    return heads.size
