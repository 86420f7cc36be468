"""How a flow may split at a node: quantities in ranges that add up, each with its weight.

A fork is one node's choice. Its ways take quantities, each in an interval, that add up to a known
total; a unit of each weighs something, itself an interval; and what takes a way is its weight as a
part of all weight. Shares of a whole are the plain case, in which every unit weighs one.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Real = Fraction | float

_ROUNDS = 64
_FINE = 10**30
"""How fine the units are in which an open end is left out by one."""


class Way(NamedTuple):
    """One way out of a node: where it leads, how much may take it, and what a unit weighs."""

    target: int
    low: int
    high: int
    low_open: bool = False
    high_open: bool = False
    weight_low: int = 1
    weight_high: int = 1


class Split(NamedTuple):
    """How much takes each way, in units of the whole."""

    parts: tuple[tuple[int, int], ...]
    whole: int

    def worth(self, values: Sequence[Real] | Mapping[int, Real]) -> Real:
        """Return the mean of the values at which the parts arrive."""
        total: Real = sum((part * values[target] for target, part in self.parts), Fraction(0))
        return total / self.whole

    def shares(self) -> dict[int, Fraction]:
        """Return the share that arrives at each target."""
        found: dict[int, Fraction] = {}
        for target, part in self.parts:
            found[target] = found.get(target, Fraction(0)) + Fraction(part, self.whole)
        return found


class Fork:
    """One node's choice among splits.

    Parameters
    ----------
    ways
        The ways out.
    total
        What the quantities add up to; if the ways cannot take all of it, each takes its most.
    void
        Where everything goes if nothing weighs anything.

    Examples
    --------
    Two ways in [1, 3] of four: the first gets three at most.

    >>> fork = Fork([Way(0, 1, 3), Way(1, 1, 3)], 4)
    >>> [str(fork.best({0: 1, 1: 0}, most=sense).worth({0: 1, 1: 0})) for sense in (True, False)]
    ['3/4', '1/4']
    """

    def __init__(self, ways: Sequence[Way], total: int, void: int = -1) -> None:
        self.ways = tuple(ways)
        self.total, self.void = total, void
        self.slack = max(total - sum(way.low for way in ways), 0)

    @cached_property
    def targets(self) -> frozenset[int]:
        """Where something may arrive."""
        found = {way.target for way in self.ways if self._may_weigh(way)}
        return frozenset({*found, self.void} if self.may_vanish else found)

    @cached_property
    def may_vanish(self) -> bool:
        """Whether in some world nothing weighs anything."""
        light = sum(way.high - way.low for way in self.ways if way.weight_low == 0)
        heavy = [way for way in self.ways if way.weight_low > 0]
        if any(way.low for way in heavy):
            return False
        return self.slack <= light or not any(way.high for way in heavy)

    @cached_property
    def is_point(self) -> bool:
        """Whether there is only one split."""
        fixed = self.slack == 0 or sum(way.high > way.low for way in self.ways) <= 1
        return fixed and all(
            way.weight_low == way.weight_high or not self._may_weigh(way) for way in self.ways
        )

    @cached_property
    def has_open_ends(self) -> bool:
        """Whether some end of a range is itself left out."""
        return any(way.low_open or way.high_open for way in self.ways)

    def best(self, values: Sequence[Real] | Mapping[int, Real], *, most: bool) -> Split:
        """Return the split that arrives at the largest values, or at the smallest.

        Notes
        -----
        The slack that the lower ends leave goes to the ways in the order of their values. Where
        weights differ the ratio of two linear forms is improved until it cannot be (Dinkelbach).
        """
        if self.is_point:
            return self._point
        sign = 1 if most else -1
        if self._weight is not None:
            gains: list[Real] = [sign * values[way.target] for way in self.ways]
            return self._split(self._filled(gains), [way.weight_high for way in self.ways])
        found = self.mixed
        level = found.worth(values)
        for _ in range(_ROUNDS):
            split = self._better(values, level, sign)
            improved = split.worth(values)
            if sign * (improved - level) <= 0:
                break
            found, level = split, improved
        if self.may_vanish and sign * (values[self.void] - level) > 0:
            return self._nothing
        return found

    @cached_property
    def mixed(self) -> Split:
        """A split in which something takes every way that may be taken at all."""
        if not self.targets - {self.void}:
            return self._nothing
        room = sum(way.high - way.low for way in self.ways)
        fill = min(self.slack, room)
        quantities = [
            way.low * room + fill * (way.high - way.low) if room else way.low for way in self.ways
        ]
        split = self._split(quantities, [way.weight_low + way.weight_high for way in self.ways])
        if not self.may_vanish:
            return split
        return Split((*split.parts, (self.void, split.whole)), 2 * split.whole)

    def keeps(self, inside: Collection[int]) -> bool:
        """Return whether some split sends everything that weighs to nodes of `inside`."""
        heavy = [w for w in self.ways if w.target not in inside and w.weight_low > 0]
        if any(way.low for way in heavy):
            return False
        room = sum(w.high - w.low for w in self.ways if w.target in inside or w.weight_low == 0)
        if self.slack > room and any(way.high for way in heavy):
            return False
        return any(way.target in inside and self._may_weigh(way) for way in self.ways)

    def narrowed(self) -> Fork:
        """Return the fork in finer units, in which every open end is left out by one of them."""
        ways = [
            way._replace(
                low=way.low * _FINE + way.low_open,
                high=way.high * _FINE - way.high_open,
                low_open=False,
                high_open=False,
            )
            for way in self.ways
        ]
        return Fork(ways, self.total * _FINE, self.void)

    @cached_property
    def _point(self) -> Split:
        if not self.targets - {self.void}:
            return self._nothing
        quantities = self._filled([0] * len(self.ways))
        return self._split(quantities, [way.weight_high for way in self.ways])

    @property
    def _nothing(self) -> Split:
        return Split(((self.void, 1),), 1)

    @cached_property
    def _weight(self) -> int | None:
        """The weight of a unit where all that can vary have the same; None if they differ."""
        weights = set()
        for way in self.ways:
            if way.weight_low != way.weight_high and (way.high or way.low):
                return None
            if way.weight_high or way.low != way.high:
                weights.add(way.weight_high)
        return weights.pop() if len(weights) == 1 and weights != {0} else None

    def _may_weigh(self, way: Way) -> bool:
        return way.weight_high > 0 and (way.low > 0 or (way.high > 0 and self.slack > 0))

    def _filled(self, gains: Sequence[Real]) -> list[int]:
        """Return the quantities when the slack goes to the ways by falling gain."""
        quantities = [way.low for way in self.ways]
        slack = self.slack
        for place in sorted(range(len(gains)), key=lambda n: gains[n], reverse=True):
            if slack == 0:
                break
            way = self.ways[place]
            more = min(slack, way.high - way.low)
            quantities[place] += more
            slack -= more
        return quantities

    def _better(self, values: Sequence[Real] | Mapping[int, Real], level: Real, sign: int) -> Split:
        weights, gains = [], []
        for way in self.ways:
            gain = sign * (values[way.target] - level)
            weight = way.weight_high if gain >= 0 else way.weight_low
            weights.append(weight)
            gains.append(gain * weight)
        split = self._split(self._filled(gains), weights)
        return split if split.whole else self.mixed

    def _split(self, quantities: Sequence[int], weights: Sequence[int]) -> Split:
        parts = tuple(
            (way.target, quantity * weight)
            for way, quantity, weight in zip(self.ways, quantities, weights, strict=True)
            if quantity * weight
        )
        return Split(parts, sum(part for _, part in parts))
