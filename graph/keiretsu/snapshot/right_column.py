"""One right at register scale: integer weights beside a network, over a whole for each issuer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError, OverAllocatedError
from keiretsu.snapshot.scaling import LARGEST, Scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.snapshot.network import Network, Pairs

    Integers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class RightColumn:
    """One right in columns, in the order of the network.

    Parameters
    ----------
    weight
        Per holding: 32-bit integers where all fit, else 64-bit, else Python's.
    whole
        Per party: all that counts in the right, own shares left out; 0 where no holding is
        recorded, not even of own shares.
    total
        Per party: all units, own shares counted.
    """

    weight: Integers
    whole: Integers
    total: Integers

    @classmethod
    def of(
        cls,
        scaled: Scaled,
        pairs: Pairs,
        network: Network,
        *,
        closed: NDArray[np.bool_],
        own_counts: bool,
        what: str,
    ) -> RightColumn:
        """Return the column of a right.

        Parameters
        ----------
        scaled
            Per given holding.
        pairs, network
            How the holdings are sorted.
        closed
            Per party, whether the named holders are all there are.
        own_counts
            Whether own shares are part of the total, as they are of capital.
        what
            Name of what adds up, for errors.

        Raises
        ------
        OverAllocatedError
            If an issuer's holdings add up to more than 100.5 % of its total.
        InputError
            If they add up to more than 64 bits hold.
        """
        _refuse_overflow(scaled, pairs, what)
        parties = network.parties
        weight = pairs.summed(scaled.weight)
        own = np.zeros(parties, dtype=scaled.total.dtype)
        if own_counts:
            own[pairs.issuer[pairs.is_own]] = weight[pairs.is_own]
        weight = weight[~pairs.is_own]
        named = np.zeros(parties, dtype=scaled.total.dtype)
        if len(weight):
            named[network.is_held] = np.add.reduceat(weight, network.first[:-1][network.is_held])
        beyond = named + own - scaled.total
        _refuse_over(beyond, scaled.total, what)
        total = scaled.total + np.maximum(beyond, 0)
        whole = np.where(network.is_recorded, np.where(closed, named, total - own), 0)
        return cls(*(_small(column) for column in (weight, whole, total)))

    @property
    def is_narrow(self) -> bool:
        """Whether 64 bits hold everything, so that compiled loops can read it."""
        return object not in (self.weight.dtype, self.whole.dtype)

    def shares(self, network: Network) -> NDArray[np.float64]:
        """Return per holding its share as a float, for what decides nothing."""
        whole = np.repeat(np.maximum(self.whole, 1), np.diff(network.first))
        return np.asarray(self.weight / whole, dtype=np.float64)

    @cached_property
    def largest(self) -> int:
        """The largest whole."""
        return int(self.whole.max()) if len(self.whole) else 0


def _refuse_overflow(scaled: Scaled, pairs: Pairs, what: str) -> None:
    """Notice sums that 64 bits do not hold, before they are made."""
    if object in (scaled.weight.dtype, scaled.total.dtype) or not len(pairs.order):
        return
    weight = np.add.reduceat(scaled.weight[pairs.order].astype(np.float64), pairs.starts)
    rough = np.bincount(pairs.issuer, weights=weight)
    if rough.max() >= LARGEST:
        raise InputError(
            f"{what} add up to more than 64 bits hold",
            place=f"issuer {int(rough.argmax())}",
            mend="check its total, or give weights as Python integers",
        )


def _refuse_over(beyond: Integers, total: Integers, what: str) -> None:
    over = beyond > total // 200
    if over.any():
        issuer = int(np.flatnonzero(over)[0])
        place = f"issuer {issuer}"
        if not total[issuer]:
            problem = f"{what} of an issuer whose total is 0"
            raise InputError(problem, place=place, mend="correct it")
        share = 1 + Fraction(int(beyond[issuer]), int(total[issuer]))
        raise OverAllocatedError(str(issuer), share, place=place, what=what)


def _small(column: Integers) -> Integers:
    """Return a column in the fewest bits that hold it."""
    if column.dtype == object:
        return column
    if column.size == 0 or int(column.max()) < 2**31:
        return column.astype(np.int32)
    return column.astype(np.int64, copy=False)
