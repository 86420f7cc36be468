"""Which ends have how much of every node: one pass in topological order over the whole network.

Each node's list is the mix of its sources' lists. A list is kept only until the last node below it
is made, so that what is at work stays small whatever the answer: entries from a least share on are
copied out, all of them if everything is asked for. The list in the making is its own index: an
end's slot says where in the list it should stand, and it does if it stands there, so that nothing
is cleared between nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from keiretsu.kernels.arranged import GROUP, group_end
from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.lists import (
    LACKS,
    PENDING,
    carried,
    compacted,
    count_pending,
    dropped,
    keep,
    mixed,
    settle,
)
from keiretsu.kernels.loops import visits_inside

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.arranged import Arranged

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

PLACE: Final = 0
TOP: Final = 1
STORED: Final = 2
"""Of the state: the next place, where lists at work end, and how many there are."""
_DONE: Final = 0
_ANSWER_FULL: Final = 1
_WORK_FULL: Final = 2
_ROOM: Final = 16
"""Room in the answer for each place, if all is asked for; memory is taken where one is written."""
_AT_WORK: Final = 1 << 14
"""Room for lists at work at first; it is doubled where it does not do."""


class EndShares(NamedTuple):
    """The ends of each node, as lists one behind the other.

    Parameters
    ----------
    begin
        Per place of the arranged network, where its list begins; it ends where the next begins.
    end, share
        Per entry, the node that is an end, and the least that it has.
    slack
        Per place, what any end may have beyond its entry, or without one.
    """

    begin: Integers
    end: Integers
    share: Floats
    slack: Floats


def end_shares(network: Arranged, at_least: float = 0.0, drop_below: float = 0.0) -> EndShares:
    """Return which ends have how much of every node. An end itself has no list.

    Parameters
    ----------
    network
        The arranged network.
    at_least
        Entries that cannot reach this are left out of the answer.
    drop_below
        Entries smaller than this are dropped on the way. At 0 nothing is, and every share is whole.

    Examples
    --------
    >>> from keiretsu.kernels.arranged import arranged
    >>> columns = ([0, 0, 1, 3], [0, 0, 1], [60, 20, 40], [0, 100, 100])
    >>> arrays = (np.array(column, dtype=np.int32) for column in columns)
    >>> found = end_shares(arranged(*arrays, np.array([False, True, True])))
    >>> found.begin.tolist(), found.end.tolist(), found.share.round(6).tolist()
    ([0, 0, 1, 2], [0, 0], [0.6, 0.44])
    """
    places = len(network.left)
    begin, slack = np.zeros(places + 1, dtype=np.int64), np.zeros(places)
    spans = np.zeros((places, 4), dtype=np.int32)
    count_pending(network.ends, network.table, network.source, network.part, spans)
    room = (1 if at_least else _ROOM) * (places + 1)
    answer = (np.empty(room, dtype=np.int32), np.empty(room))
    work = (np.empty(_AT_WORK, dtype=np.int32), np.empty(_AT_WORK))
    slot, stored = np.zeros(network.ends, dtype=np.int32), np.empty(places, dtype=np.int32)
    state = np.array([network.ends, 0, 0])
    options = (float(at_least), float(drop_below))
    while full := _fill(
        *network[2:], *options, begin, slack, *answer, spans, *work, slot, stored, state
    ):
        if full == _ANSWER_FULL:
            answer = _longer(*answer, int(begin[state[PLACE]]))
        else:
            work = _longer(*work, int(state[TOP]))
    top = int(begin[-1])
    _rename(answer[0][:top], network.node)
    return EndShares(begin, answer[0][:top], answer[1][:top], slack)


def _longer(end: Integers, share: Floats, top: int) -> tuple[Integers, Floats]:
    """Return columns of twice the size with what they hold."""
    longer = np.empty(2 * len(end), dtype=end.dtype), np.empty(2 * len(share))
    longer[0][:top], longer[1][:top] = end[:top], share[:top]
    return longer


@compiled
def _fill(
    ends: int,
    table: Integers,
    source: Integers,
    part: Floats,
    left: Floats,
    at_least: float,
    drop_below: float,
    begin: Integers,
    slack: Floats,
    end: Integers,
    share: Floats,
    spans: Integers,
    at_work: Integers,
    their: Floats,
    slot: Integers,
    stored: Integers,
    state: Integers,
) -> int:
    """Fill the answer on from the state; tell which room ran out, if one did."""
    alone = np.ones((1, 1))
    while state[PLACE] < left.size:
        place, start = state[PLACE], state[TOP]
        group = table[place, GROUP]
        after, row, visits = group_end(table, group), place - group, alone
        if after - group > 1:
            visits = visits_inside(group, after, table, source, part, left, -1)
        top = mixed(
            table, source, part, spans, at_work, their, slot, ends, group, row, visits, start
        )
        if top < 0:
            state[STORED], state[TOP] = compacted(spans, stored, state[STORED], at_work, their)
            if 2 * state[TOP] >= start:
                return _WORK_FULL
            continue
        if drop_below > 0.0:
            top, lost = dropped(at_work, their, drop_below, start, top)
            if spans[place, LACKS] > 0:
                lost += carried(table, source, part, slack, group, row, visits)
            slack[place], spans[place, LACKS] = lost, lost > 0.0
        if begin[place] + top - start > end.size:
            return _ANSWER_FULL
        least = at_least - slack[place]
        begin[place + 1] = _copied(at_work, their, start, top, least, end, share, begin[place])
        if spans[place, PENDING] > 0:
            keep(spans, stored, state[STORED], place, start, top)
            state[STORED] += 1
            state[TOP] = top
        state[PLACE] += 1
        if state[PLACE] == after:
            settle(table, source, part, spans, group, after)
    return _DONE


@compiled
def _copied(
    at_work: Integers,
    their: Floats,
    start: int,
    top: int,
    at_least: float,
    end: Integers,
    share: Floats,
    count: int,
) -> int:
    """Copy entries of a list that may reach what is asked for; return where they end."""
    for entry in range(start, top):
        if their[entry] >= at_least:
            end[count], share[count] = at_work[entry], their[entry]
            count += 1
    return count


@compiled
def _rename(numbers: Integers, names: Integers) -> None:
    for entry in range(numbers.size):
        numbers[entry] = names[numbers[entry]]
