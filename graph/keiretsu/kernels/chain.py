"""An interval Markov chain: what may arrive where, at least and at most, and what loops may close.

Each node chooses its split on its own, and one choice of all nodes is a world.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.components import components
from keiretsu.kernels.extremes import Search

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keiretsu.kernels.forks import Fork

_SAME = 1e-11
"""Ends that lie nearer than this are one number, where they were found with rounding."""


class Extreme(NamedTuple):
    """What arrives from each node, and whether it was found without rounding."""

    values: list[Fraction]
    exact: bool


class Visit(NamedTuple):
    """What visits a goal: from each start at least once, and from the goal itself once more."""

    first: dict[int, Bounds]
    again: Bounds
    exact: bool


class Chain:
    """An interval Markov chain.

    Parameters
    ----------
    forks
        For each node its choice; None for an end.

    Notes
    -----
    A world in which a loop is closed lets nothing of it arrive. For the most such worlds are never
    better, and for the least the nodes that can keep everything among themselves have nothing
    arriving. Every other world is proper: from each node some of the flow leaves. Policy iteration
    begins with a proper choice, in which something takes every possible way, and changes a node's
    split only for the better, so that it stays proper; a choice that no change betters is an
    extreme [1]_.

    References
    ----------
    .. [1] D. Bertsekas, J. Tsitsiklis, An analysis of stochastic shortest path problems,
       Mathematics of Operations Research 16 (1991).

    Examples
    --------
    A node sends [1, 2] of four to one end and the rest to another.

    >>> from keiretsu.kernels.forks import Fork, Way
    >>> chain = Chain([Fork([Way(1, 1, 2), Way(2, 0, 4)], 4), None, None])
    >>> [str(chain.extreme({1}, most=sense).values[0]) for sense in (False, True)]
    ['1/4', '1/2']
    """

    def __init__(self, forks: Sequence[Fork | None]) -> None:
        self.forks = forks

    def extreme(self, goals: Collection[int], *, most: bool) -> Extreme:
        """Return the least or most that may arrive at the goals from each node, and stay there."""
        search = Search(self, set(goals), most=most)
        for group in components(search.relevant, search.onward):
            search.settle(group)
        return Extreme(search.values, search.exact)

    def visit(self, goals: Collection[int], starts: Sequence[int]) -> Visit:
        """Return the tight ranges of what arrives at the goals.

        Parameters
        ----------
        goals
            The nodes to arrive at.
        starts
            Nodes from which a flow begins.

        Returns
        -------
        Visit
            From each start, and from the goal itself on its second visit (nothing, if there are
            several goals). An end that no world attains, because a range behind it is open, is
            marked as open.

        Examples
        --------
        >>> from keiretsu.kernels.forks import Fork, Way
        >>> chain = Chain([Fork([Way(1, 1, 2, low_open=True), Way(2, 0, 4)], 4), None, None])
        >>> chain.visit({1}, [0]).first[0]
        Bounds(low=Fraction(1, 4), high=Fraction(1, 2), low_open=True, high_open=False)
        """
        ends, exact = self.ends(goals, starts)
        inner = ends if self.narrowed is self else self.narrowed.ends(goals, starts)[0]
        found = [
            _range(*end, *inside, exact=exact) for end, inside in zip(ends, inner, strict=True)
        ]
        return Visit(dict(zip(starts, found[:-1], strict=True)), found[-1], exact)

    def ends(
        self, goals: Collection[int], starts: Sequence[int]
    ) -> tuple[list[tuple[Fraction, Fraction]], bool]:
        """Return the least and the most from each start, then from the goal itself once more."""
        columns, exact = [], True
        for most in (False, True):
            found = self.extreme(goals, most=most)
            exact &= found.exact
            again = self._again(goals, found, most=most)
            columns.append([*(found.values[start] for start in starts), again])
        return list(zip(*columns, strict=True)), exact

    def closing_sets(self) -> list[list[int]]:
        """Return the largest sets of nodes that can keep everything among themselves.

        Examples
        --------
        >>> from keiretsu.kernels.forks import Fork, Way
        >>> one, other = Fork([Way(1, 1, 4), Way(2, 0, 4)], 4), Fork([Way(0, 4, 4)], 4)
        >>> Chain([one, other, None]).closing_sets()
        [[0, 1]]
        """
        real, found = self.narrowed, []
        pending = [set(group) for group in components(range(len(self.forks)), real.targets)]
        while pending:
            group = pending.pop()
            kept = real.keeping(group)
            if kept == group:
                found += [sorted(kept)] if kept else []
            else:
                onward = {node: real.targets(node) & kept for node in kept}
                pending += [set(part) for part in components(kept, onward.__getitem__)]
        return sorted(found)

    def targets(self, node: int) -> frozenset[int]:
        """Return where something from a node may arrive next."""
        fork = self.forks[node]
        return fork.targets if fork is not None else frozenset()

    def keeping(self, nodes: Collection[int]) -> set[int]:
        """Return the largest part of `nodes` of which each can send everything into the part."""
        kept = set(nodes)
        while True:
            lost = {n for n in kept if (fork := self.forks[n]) is None or not fork.keeps(kept)}
            if not lost:
                return kept
            kept -= lost

    @cached_property
    def narrowed(self) -> Chain:
        """The chain without its open ends; itself, if it has none."""
        if not any(fork is not None and fork.has_open_ends for fork in self.forks):
            return self
        return Chain([fork and fork.narrowed() for fork in self.forks])

    @cached_property
    def sources(self) -> dict[int, list[int]]:
        """From which nodes something may arrive at a node."""
        found: dict[int, list[int]] = {}
        for node in range(len(self.forks)):
            for target in self.targets(node):
                found.setdefault(target, []).append(node)
        return found

    def _again(self, goals: Collection[int], found: Extreme, *, most: bool) -> Fraction:
        fork = self.forks[next(iter(goals))]
        if len(goals) > 1 or fork is None:
            return Fraction(0)
        return Fraction(fork.best(found.values, most=most).worth(found.values))


def _range(
    low: Fraction, high: Fraction, inner_low: Fraction, inner_high: Fraction, *, exact: bool
) -> Bounds:
    """Return a range; its ends are open where the attainable ones lie inside."""
    if exact:
        return Bounds(low, high, inner_low != low, inner_high != high)
    if high - low <= _SAME:
        return Bounds(low, low)
    return Bounds(low, high, inner_low - low > _SAME, high - inner_high > _SAME)
