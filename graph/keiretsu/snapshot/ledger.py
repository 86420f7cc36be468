"""Who holds how much of one right in whom, in exact integers.

A ledger has one line per holding, in columns. A line says how many *units* of its issuer it holds,
between `low` and `high`, of `total` units that all holders of the issuer share with its remainder;
and how much one unit counts for the right, between `weight_low` and `weight_high`. Capital has
weight one; votes have the votes of a share. Own shares are units without weight. Everything is an
integer, so a threshold is never decided by a float.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.box import Bounds, Item, ratio_bounds
from keiretsu.snapshot.ledger_columns import LedgerColumns

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    Integers = NDArray[Any]  # 64-bit integers, or Python's where those might not do

NOBODY = -1
"""Holder of units that count in the whole while nobody may use them."""


class Ledger(LedgerColumns):
    """One right in every issuer on a date; see the module's text, and `LedgerColumns`."""

    def item(self, line: int) -> Item:
        """Return a line as the quantity and weight that the kernel reads."""
        return self._items[line]

    def rest(self, issuer: int) -> tuple[int, int] | None:
        """Return the weights of a unit of the issuer's remainder, or None if it has none."""
        if self._plain.closed[issuer]:
            return None
        return (self._plain.rest_low[issuer], self._plain.rest_high[issuer])

    def bounds(self, issuer: int, members: Collection[int]) -> Bounds:
        """Return the tight bounds of what `members` together have of the right in `issuer`.

        Parameters
        ----------
        issuer
            Position of the issuer.
        members
            Positions of holders, taken together as one.

        Returns
        -------
        Bounds
            Fractions of the whole right (own shares and suspended votes left out), each end with
            the answer whether it is attained.
        """
        lines = self.lines_of(issuer)
        if self._exact[issuer]:
            whole = self._whole[issuer]
            mine = sum(self._weights[line] for line in lines if self._plain.holder[line] in members)
            part = Fraction(mine, whole) if whole else Fraction(0)
            return Bounds(part, part)
        inside = [self._items[line] for line in lines if self._plain.holder[line] in members]
        outside = [self._items[line] for line in lines if self._plain.holder[line] not in members]
        return ratio_bounds(inside, outside, self._plain.total[issuer], self.rest(issuer))

    def single(self, line: int) -> Bounds:
        """Return the bounds of what one line alone has of the right."""
        issuer = self._plain.issuer[line]
        if self._exact[issuer]:
            whole = self._whole[issuer]
            part = Fraction(self._weights[line], whole) if whole else Fraction(0)
            return Bounds(part, part)
        others = [self._items[other] for other in self.lines_of(issuer) if other != line]
        return ratio_bounds(
            [self._items[line]], others, self._plain.total[issuer], self.rest(issuer)
        )

    def may_count(self, line: int) -> bool:
        """Whether a line has, or may have, anything of the right."""
        if self._exact[self._plain.issuer[line]]:
            return self._weights[line] > 0
        return self.single(line).high > 0

    def rest_bounds(self, issuer: int) -> Bounds:
        """Return the bounds of what the issuer's remainder has of the right."""
        named = self.bounds(issuer, {self._plain.holder[line] for line in self.lines_of(issuer)})
        if self._exact[issuer] and not self._whole[issuer]:
            return Bounds(Fraction(0), Fraction(0))
        return Bounds(1 - named.high, 1 - named.low, named.high_open, named.low_open)

    def quantity(self, line: int) -> Bounds:
        """Return the units of a line as a fraction of all units (own shares counted)."""
        total = self._plain.total[self._plain.issuer[line]]
        item = self._items[line]
        return Bounds(
            Fraction(item.low, total), Fraction(item.high, total), item.low_open, item.high_open
        )

    def rest_quantity(self, issuer: int) -> Bounds:
        """Return the units of the remainder as a fraction of all units (own shares counted)."""
        parts = [self.quantity(line) for line in self.lines_of(issuer)]
        low = max(1 - sum((part.high for part in parts), Fraction(0)), Fraction(0))
        return Bounds(low, max(1 - sum((part.low for part in parts), Fraction(0)), Fraction(0)))

    def units(self, issuer: int) -> int:
        """Return how many units all holders of an issuer share with its remainder."""
        return self._plain.total[issuer]

    def is_exact(self, issuer: int) -> bool:
        """Whether everything about the issuer is known to the unit."""
        return self._exact[issuer]

    def weight(self, line: int) -> int:
        """Return the exact weight of a line; only for issuers of which `is_exact` holds."""
        return self._weights[line]

    def whole(self, issuer: int) -> int:
        """Return the exact weight of everything; only for issuers of which `is_exact` holds."""
        return self._whole[issuer]

    @cached_property
    def held(self) -> list[list[int]]:
        """For each party the lines that it holds in others."""
        held: list[list[int]] = [[] for _ in self._plain.total]
        for line, (holder, issuer) in enumerate(
            zip(self._plain.holder, self._plain.issuer, strict=True)
        ):
            if holder not in (issuer, NOBODY):
                held[holder].append(line)
        return held

    @cached_property
    def held_weights(self) -> list[list[tuple[int, int]]]:
        """For each party the pairs (issuer, exact weight) that it holds in others."""
        issuers, weights = self._plain.issuer, self._weights
        return [[(issuers[line], weights[line]) for line in lines] for lines in self.held]

    @cached_property
    def all_exact(self) -> bool:
        """Whether everything about every issuer is known to the unit."""
        return all(self._exact)

    def holder_of(self, line: int) -> int:
        """Return the position of the holder of a line, or `NOBODY`."""
        return self._plain.holder[line]

    def issuer_of(self, line: int) -> int:
        """Return the position of the issuer of a line."""
        return self._plain.issuer[line]

    @cached_property
    def line_of(self) -> dict[int, int]:
        """The line of each holding, by the holding's position in the snapshot."""
        return {holding: line for line, holding in enumerate(self.holding.tolist())}

    @cached_property
    def _items(self) -> list[Item]:
        columns = (self.low, self.high, self.low_open, self.high_open)
        weights = (self.weight_low, self.weight_high)
        return [Item(*row) for row in zip(*(c.tolist() for c in (*columns, *weights)), strict=True)]

    @cached_property
    def _exact(self) -> list[bool]:
        fixed_units = self.low == self.high
        fixed_weight = (self.weight_low == self.weight_high) | (self.high == 0)
        fuzzy = np.zeros(len(self.total), dtype=np.bool_)
        fuzzy[self.issuer[~(fixed_units & fixed_weight)].astype(np.int64)] = True
        loose_rest = (self.rest_low != self.rest_high) & ~self.closed & (self._rest_units > 0)
        exact: list[bool] = (~(fuzzy | loose_rest)).tolist()
        return exact

    @cached_property
    def _rest_units(self) -> Integers:
        named = np.zeros(len(self.total), dtype=self.total.dtype)
        np.add.at(named, self.issuer.astype(np.int64), self.low)
        rest: Integers = np.maximum(self.total - named, 0)
        return rest

    @cached_property
    def _weights(self) -> list[int]:
        return [item.low * item.weight_low for item in self._items]

    @cached_property
    def _whole(self) -> list[int]:
        whole = [
            0 if closed else units * weight
            for units, weight, closed in zip(
                self._rest_units.tolist(), self._plain.rest_low, self._plain.closed, strict=True
            )
        ]
        for line, issuer in enumerate(self._plain.issuer):
            whole[issuer] += self._weights[line]
        return whole
