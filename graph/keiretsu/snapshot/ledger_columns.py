"""What a ledger holds: a line per holding in columns, scaled to integers issuer by issuer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from keiretsu.snapshot.account import Account, Line, in_units, scaled_line, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[Any]  # 64-bit integers, or Python's where those might not do

_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class LedgerColumns:
    """The columns of a ledger, and how accounts become them.

    Parameters
    ----------
    right
        ``capital``, ``gross-votes``, ``votes`` or ``agreed-votes``.
    holding, holder, issuer
        Per line: position of the holding in the snapshot, and of the two parties. Lines are sorted
        by issuer.
    low, high, low_open, high_open, weight_low, weight_high
        Per line, in units of the issuer.
    total, rest_low, rest_high, closed, first
        Per party: its units, the weight of a unit of its remainder, whether it has none, and where
        its lines begin (one entry more than parties).
    """

    right: str
    holding: Integers
    holder: Integers
    issuer: Integers
    low: Integers
    high: Integers
    low_open: NDArray[np.bool_]
    high_open: NDArray[np.bool_]
    weight_low: Integers
    weight_high: Integers
    total: Integers
    rest_low: Integers
    rest_high: Integers
    closed: NDArray[np.bool_]
    first: Integers

    @classmethod
    def from_accounts(cls, right: str, accounts: Iterable[Account], parties: int) -> Self:
        """Return a ledger of `accounts`, scaled to integers issuer by issuer, exactly."""
        by_issuer = {account.issuer: account for account in accounts}
        rows: list[tuple[int, ...]] = []
        totals, rest_low, rest_high = [1] * parties, [1] * parties, [1] * parties
        closed, first = [False] * parties, [0]
        for issuer in range(parties):
            account = by_issuer.get(issuer)
            if account is not None:
                unit, weight = units_of(account)
                totals[issuer] = in_units(account.total, unit)
                rest_low[issuer] = in_units(account.rest_low, weight)
                rest_high[issuer] = in_units(account.rest_high, weight)
                closed[issuer] = account.closed
                lines: Sequence[Line] = account.lines
                if len(lines) > 1:
                    lines = sorted(lines, key=lambda line: (line.holder, line.holding))
                rows += [scaled_line(line, issuer, unit, weight) for line in lines]
            first.append(len(rows))
        columns = zip(*rows, strict=True) if rows else ((),) * 9
        holding, holder, of, low, high, low_open, high_open, weight_low, weight_high = columns
        return cls(
            right=right,
            holding=_integers(holding),
            holder=_integers(holder),
            issuer=_integers(of),
            low=_integers(low),
            high=_integers(high),
            low_open=np.array(low_open, dtype=np.bool_),
            high_open=np.array(high_open, dtype=np.bool_),
            weight_low=_integers(weight_low),
            weight_high=_integers(weight_high),
            total=_integers(totals),
            rest_low=_integers(rest_low),
            rest_high=_integers(rest_high),
            closed=np.array(closed, dtype=np.bool_),
            first=_integers(first),
        )

    def lines_of(self, issuer: int) -> range:
        """Return the positions of an issuer's lines."""
        return range(self._plain.first[issuer], self._plain.first[issuer + 1])

    def account(self, issuer: int) -> Account:
        """Return what the ledger says of an issuer, for another ledger to begin with."""
        lines = tuple(
            Line(
                int(self.holding[line]),
                int(self.holder[line]),
                Fraction(int(self.low[line])),
                Fraction(int(self.high[line])),
                bool(self.low_open[line]),
                bool(self.high_open[line]),
                Fraction(int(self.weight_low[line])),
                Fraction(int(self.weight_high[line])),
            )
            for line in self.lines_of(issuer)
        )
        return Account(
            issuer,
            lines,
            Fraction(int(self.rest_low[issuer])),
            Fraction(int(self.rest_high[issuer])),
            bool(self.closed[issuer]),
            Fraction(int(self.total[issuer])),
        )

    @cached_property
    def _plain(self) -> _Plain:
        names = _Plain._fields
        return _Plain(*(getattr(self, name).tolist() for name in names))


class _Plain(NamedTuple):
    """Columns as lists: loops in Python read them several times faster than arrays."""

    holder: list[int]
    issuer: list[int]
    total: list[int]
    rest_low: list[int]
    rest_high: list[int]
    closed: list[bool]
    first: list[int]


def _integers(values: Sequence[int]) -> Integers:
    """Return a 64-bit column, or one of Python integers where 64 bits might not do."""
    if not values or max(values) < _LARGEST:
        return np.array(values, dtype=np.int64)
    return np.array(values, dtype=object)
