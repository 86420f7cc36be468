"""Policy iteration: the splits that no node can better, component by component."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.linear import EXACT_LOOP, eliminate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.kernels.chain import Chain
    from keiretsu.kernels.forks import Fork, Split

_ROUNDS = 200
_SETTLED = 1e-12
_NOISE = 1e-15
_LONGEST = 20_000
"""Bits of a denominator."""


class Search:
    """The search for one extreme of what arrives at some goals; see `Chain` for why it ends.

    Parameters
    ----------
    chain
        The choices.
    goals
        The nodes to arrive at.
    most
        Whether nodes split to make arrival most or least.

    Notes
    -----
    `relevant` are the nodes from which something may arrive at all. Components of them are settled
    one after the other, each after those that it leads to, with exact elimination in loops of up
    to `EXACT_LOOP` nodes and in floating point in larger ones; `exact` tells which.
    """

    def __init__(self, chain: Chain, goals: set[int], *, most: bool) -> None:
        self.chain, self.goals, self.most = chain, goals, most
        self.values = [Fraction(node in goals) for node in range(len(chain.forks))]
        self.exact = True
        self.relevant = self._leading_to_goals()

    def onward(self, node: int) -> frozenset[int]:
        """Return where something from a node may arrive on its way to the goals."""
        return self.chain.targets(node) & self.relevant

    def settle(self, group: Sequence[int]) -> None:
        """Find the values of a component; all that it leads to are known."""
        if len(group) == 1 and group[0] not in self.onward(group[0]):
            node = group[0]
            split = self._best(node, self.values)
            self.values[node] = self._short(Fraction(split.worth(self.values)))
            return
        closed = self._closed(group)
        members = [node for node in group if node not in closed]
        if len(members) > EXACT_LOOP:
            self.exact = False
            self._iterate_in_floats(members)
        else:
            self._iterate(members)

    def _closed(self, group: Sequence[int]) -> set[int]:
        return set() if self.most else self.chain.narrowed.keeping(group)

    def _iterate(self, members: Sequence[int]) -> None:
        splits = {node: self._fork(node).mixed for node in members}
        while True:
            self._evaluate(members, splits)
            better = {
                node: split
                for node in members
                if self._gains((split := self._best(node, self.values)).worth(self.values), node)
            }
            if not better:
                return
            splits |= better

    def _evaluate(self, members: Sequence[int], splits: dict[int, Split]) -> None:
        inside, equations = set(members), []
        for node in members:
            shares = splits[node].shares()
            known = sum(
                (share * self.values[t] for t, share in shares.items() if t not in inside),
                Fraction(0),
            )
            equations.append((node, shares, known))
        for node, value in eliminate(equations).items():
            self.values[node] = value

    def _short(self, value: Fraction) -> Fraction:
        """Return a value, rounded where its digits would fill the memory."""
        if value.denominator.bit_length() <= _LONGEST:
            return value
        self.exact = False
        return Fraction(float(value))

    def _gains(self, worth: Fraction | float, node: int) -> bool:
        return worth > self.values[node] if self.most else worth < self.values[node]

    def _iterate_in_floats(self, members: Sequence[int]) -> None:
        """Do the same with sparse factors; a change must gain more than rounding might."""
        values = [float(value) for value in self.values]
        splits = {node: self._fork(node).mixed for node in members}
        for _ in range(_ROUNDS):
            solved = _solved_in_floats(members, splits, values)
            if solved is None:
                break
            values = solved
            better = {}
            for node in members:
                split = self._best(node, values)
                if _improves(splits[node], split, values):
                    better[node] = split
            if not better:
                break
            splits |= better
        for node in members:
            self.values[node] = min(max(Fraction(values[node]), Fraction(0)), Fraction(1))

    def _best(self, node: int, values: Sequence[Fraction] | Sequence[float]) -> Split:
        return self._fork(node).best(values, most=self.most)

    def _fork(self, node: int) -> Fork:
        fork = self.chain.forks[node]
        assert fork is not None  # noqa: S101 - only nodes with a choice are settled
        return fork

    def _leading_to_goals(self) -> set[int]:
        found: set[int] = set()
        pending = list(self.goals)
        while pending:
            for node in self.chain.sources.get(pending.pop(), ()):
                if node not in found and node not in self.goals:
                    found.add(node)
                    pending.append(node)
        return found


def _solved_in_floats(
    members: Sequence[int], splits: dict[int, Split], values: Sequence[float]
) -> list[float] | None:
    import numpy as np  # noqa: PLC0415 - only large loops need arrays
    from scipy.sparse import csc_array, eye_array  # noqa: PLC0415 - scipy is heavy
    from scipy.sparse.linalg import splu  # noqa: PLC0415

    place = {node: n for n, node in enumerate(members)}
    right = np.zeros(len(members))
    rows, columns, shares = [], [], []
    for node, row in place.items():
        split = splits[node]
        for target, part in split.parts:
            if target in place:
                rows.append(row)
                columns.append(place[target])
                shares.append(part / split.whole)
            else:
                right[row] += part / split.whole * values[target]
    size = (len(members), len(members))
    system = eye_array(len(members), format="csc") - csc_array((shares, (rows, columns)), size)
    try:
        solution = splu(system.tocsc()).solve(right).tolist()
    except RuntimeError:  # rounding closed a loop
        return None
    found = list(values)
    for node, row in place.items():
        found[node] = solution[row]
    return found


def _improves(old: Split, new: Split, values: Sequence[float]) -> bool:
    """Return whether what moves from one split to another gains by the unit, however little."""
    changes: dict[int, float] = {}
    for target, part in new.parts:
        changes[target] = changes.get(target, 0.0) + part / new.whole
    for target, part in old.parts:
        changes[target] = changes.get(target, 0.0) - part / old.whole
    moved = sum(abs(change) for change in changes.values())
    gain = sum(change * values[target] for target, change in changes.items())
    return moved > _NOISE and abs(gain) > _SETTLED * moved
