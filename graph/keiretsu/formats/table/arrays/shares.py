"""Different shares of the capital, as whole numbers in arrays: few are ever needed as objects."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from keiretsu.model import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class Numbers(NamedTuple):
    """A share as numerator and denominator of both ends, and whether each is open."""

    low: int
    low_unit: int
    high: int
    high_unit: int
    low_open: bool
    high_open: bool


def numbers_of(share: Share) -> Numbers:
    """Return a share as whole numbers.

    Examples
    --------
    >>> tuple(numbers_of(Share.from_percent("(25,50]")))
    (1, 4, 1, 2, True, False)
    """
    low, high = share.low, share.high
    ends = (low.numerator, low.denominator, high.numerator, high.denominator)
    return Numbers(*ends, share.low_open, share.high_open)


class Shares(Sequence[Share]):
    """Shares whose numbers fit into 64 bits; each is made when it is asked for.

    Parameters
    ----------
    ends
        Per share numerator and denominator of the lower end and of the higher one, in lowest terms.
    is_open
        Per share, whether its lower and its higher end are open.

    Examples
    --------
    >>> shares = Shares.of([Share.from_percent("50"), Share.from_percent("(25,50]")])
    >>> str(shares[1]), shares.ends.tolist()
    ('(25, 50] %', [[1, 2, 1, 2], [1, 4, 1, 2]])
    """

    def __init__(self, ends: NDArray[np.int64], is_open: NDArray[np.bool_]) -> None:
        self.ends, self.is_open = ends, is_open

    @classmethod
    def of(cls, shares: Iterable[Share]) -> Shares:
        """Return the arrays of shares."""
        told = [numbers_of(share) for share in shares]
        ends = np.array([one[:4] for one in told], dtype=np.int64).reshape(-1, 4)
        return cls(ends, np.array([one[4:] for one in told], dtype=np.bool_).reshape(-1, 2))

    def take(self, places: NDArray[np.integer]) -> Shares:
        """Return the shares at places, in that order."""
        return Shares(self.ends[places], self.is_open[places])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> Share: ...
    @overload
    def __getitem__(self, place: slice) -> Shares: ...
    def __getitem__(self, place: int | slice) -> Share | Shares:
        """Return the share at a place, or those of a slice."""
        if isinstance(place, slice):
            return Shares(self.ends[place], self.is_open[place])
        numbers = self.ends[place].tolist()
        low = Fraction(*numbers[:2])
        high = low if numbers[:2] == numbers[2:] else Fraction(*numbers[2:])
        return Share(low, high, *self.is_open[place].tolist())
