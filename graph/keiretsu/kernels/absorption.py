"""Where a flow ends that climbs from issuers to holders: linear solves, and extremes of ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

TOLERANCE = 1e-13
_SETTLED = 1e-12
_NOISE = 1e-15
_SWEEPS = 100_000
_PATIENCE = 200
"""After so many sweeps it is tried whether the splits found so far are already the best."""


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components of a graph on 0..n-1.

    Examples
    --------
    >>> sorted(map(sorted, components([[1], [0], [0]])))
    [[0, 1], [2]]
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - scipy is heavy
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    count = len(successors)
    rows = [node for node, targets in enumerate(successors) for _ in targets]
    columns = [target for targets in successors for target in targets]
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    number, labels = connected_components(matrix, directed=True, connection="strong")
    groups: list[list[int]] = [[] for _ in range(number)]
    for node, label in enumerate(labels.tolist()):
        groups[label].append(node)
    return groups


class Climb:
    """A flow that starts somewhere and splits at every node among its holders.

    Parameters
    ----------
    holders
        For each node the pairs (holder, share of the node); nodes without any keep what arrives.

    Notes
    -----
    With :math:`w_{ij}` the share of j held by i, the visits :math:`y` of a flow that starts at t
    solve :math:`(I - W)y = e_t`. The caller sees to it that no set of nodes keeps everything among
    its own, which would make the system singular.
    """

    def __init__(self, holders: Sequence[Sequence[tuple[int, float]]]) -> None:
        from scipy.sparse import csc_array, eye_array  # noqa: PLC0415 - scipy is heavy
        from scipy.sparse.linalg import splu  # noqa: PLC0415

        count = len(holders)
        rows = [holder for group in holders for holder, _ in group]
        columns = [node for node, group in enumerate(holders) for _ in group]
        shares = [share for group in holders for _, share in group]
        held = csc_array((shares, (rows, columns)), shape=(count, count))
        self._count = count
        self._factors = splu((eye_array(count, format="csc") - held).tocsc())

    def visits(self, start: int) -> NDArray[np.float64]:
        """Return how often a flow of one from `start` passes each node, itself included.

        Examples
        --------
        >>> Climb([[(1, 0.5)], [(0, 0.5)]]).visits(0).round(6).tolist()
        [1.333333, 0.666667]
        """
        unit = np.zeros(self._count)
        unit[start] = 1.0
        solution: NDArray[np.float64] = self._factors.solve(unit)
        return solution

    def arrivals(self, goal: int) -> NDArray[np.float64]:
        """Return, for a flow of one from each node, how often it passes `goal`.

        Examples
        --------
        >>> Climb([[(1, 0.5)], [(0, 0.5)]]).arrivals(0).round(6).tolist()
        [1.333333, 0.666667]
        """
        unit = np.zeros(self._count)
        unit[goal] = 1.0
        solution: NDArray[np.float64] = self._factors.solve(unit, trans="T")
        return solution


class Branch(NamedTuple):
    """One way out of a node, with the least and most of the flow that may take it."""

    target: int
    low: float
    high: float


def extreme_arrival(
    branches: Sequence[Sequence[Branch]], goal: int, *, most: bool
) -> NDArray[np.float64] | None:
    """Return the least or most probability of arriving at `goal` from each node.

    Parameters
    ----------
    branches
        For each node its ways out, whose flows add up to one; nodes without any are ends.
    goal
        The node to arrive at.
    most
        Whether nodes split to make arrival most or least probable.

    Returns
    -------
    array or None
        The probabilities, which one choice of splits attains in all nodes at once; None if the
        iteration, which climbs from zero to the answer, does not settle.

    Examples
    --------
    >>> ways = [[Branch(1, 0.25, 0.5), Branch(2, 0.0, 1.0)], [], []]
    >>> [float(extreme_arrival(ways, 1, most=sense)[0]) for sense in (False, True)]
    [0.25, 0.5]
    """
    value = [float(node == goal) for node in range(len(branches))]
    inner = [node for node, ways in enumerate(branches) if ways and node != goal]
    for sweep in range(1, _SWEEPS + 1):
        largest = 0.0
        for node in inner:
            updated = _worth(branches[node], value, most=most)
            largest = max(largest, abs(updated - value[node]))
            value[node] = updated
        if largest <= TOLERANCE:
            return np.array(value)
        if sweep % _PATIENCE == 0 and sweep > len(inner):
            solved = _solved(branches, goal, inner, value, most=most)
            if solved is not None:
                return solved
    return None


def _worth(ways: Sequence[Branch], value: Sequence[float], *, most: bool) -> float:
    """Return the value of a node that fills its ways in the order of their values."""
    split = _split(ways, value, most=most)
    return sum(part * value[way.target] for way, part in zip(ways, split, strict=True))


def _split(ways: Sequence[Branch], value: Sequence[float], *, most: bool) -> list[float]:
    """Return what takes each way where they are filled in the order of their values."""
    slack = max(1.0 - sum(way.low for way in ways), 0.0)
    split = [way.low for way in ways]
    for place in sorted(range(len(ways)), key=lambda n: value[ways[n].target], reverse=most):
        more = min(slack, ways[place].high - ways[place].low)
        slack -= more
        split[place] += more
    return split


def _solved(
    branches: Sequence[Sequence[Branch]],
    goal: int,
    inner: Sequence[int],
    value: Sequence[float],
    *,
    most: bool,
) -> NDArray[np.float64] | None:
    """Return the answer by improving the splits that `value` suggests; None if that fails.

    Where loops nearly close, iteration creeps while its splits are soon right. Nodes still at zero
    after a sweep for each node can never arrive (or, for the least, need never); without them no
    set of nodes can keep the flow, so that splits which cannot be improved are the answer.
    """
    alive = [node for node in inner if value[node] > 0]
    splits = {node: _split(branches[node], value, most=most) for node in alive}
    for _ in range(_PATIENCE):
        try:
            found = Climb(_taken(branches, splits)).arrivals(goal)
        except RuntimeError:  # these splits close a loop
            return None
        worth = found.tolist()
        better = {node: _split(branches[node], worth, most=most) for node in alive}
        if not any(_improves(branches[n], splits[n], better[n], worth) for n in alive):
            return found
        splits = better
    return None


def _taken(
    branches: Sequence[Sequence[Branch]], splits: Mapping[int, Sequence[float]]
) -> list[list[tuple[int, float]]]:
    ways: list[list[tuple[int, float]]] = [[] for _ in branches]
    for node, parts in splits.items():
        ways[node] = [
            (way.target, part) for way, part in zip(branches[node], parts, strict=True) if part > 0
        ]
    return ways


def _improves(
    ways: Sequence[Branch], old: Sequence[float], new: Sequence[float], value: Sequence[float]
) -> bool:
    """Return whether the flow moved from one split to another gains by the unit, however little."""
    changes = [(b - a, value[way.target]) for way, a, b in zip(ways, old, new, strict=True)]
    moved = sum(abs(change) for change, _ in changes)
    gain = sum(change * worth for change, worth in changes)
    return moved > _NOISE and abs(gain) > _SETTLED * moved
