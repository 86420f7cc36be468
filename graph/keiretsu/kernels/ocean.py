"""Power beside an ocean of small voters, or beside equal atoms.

The voters of an ocean each count for nothing and arrive in a steady stream, so that after a part
t of the time a part t of it has come [1]_.

References
----------
.. [1] J. Milnor, L. Shapley, Values of large games II: oceanic games, Mathematics of Operations
   Research 3 (1978).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_EXACT = 10
"""So many blocks' power is integrated in fractions."""

MOST_LISTED = 16
"""Of so many blocks the coalitions are listed."""


def oceanic(weights: Sequence[Fraction], ocean: Fraction, need: Fraction) -> list[Fraction]:
    r"""Return the Shapley-Shubik power of blocks beside an ocean, exactly.

    Parameters
    ----------
    weights
        Of the blocks.
    ocean
        Weight of the ocean; more than nothing.
    need
        The limit that must be passed; whether reaching it is enough makes no difference.

    Notes
    -----
    .. math:: \phi_i = \sum_S \int t^{|S|} (1-t)^{m-1-|S|}
       [\,need - w(S) - w_i < a t \le need - w(S)\,]\,dt

    over all coalitions S of the other blocks: integrals of polynomials, done in fractions.

    Examples
    --------
    >>> [str(power) for power in oceanic([Fraction(1, 3)], Fraction(2, 3), Fraction(1, 2))]
    ['1/2']
    """
    powers = []
    for block, weight in enumerate(weights):
        power = Fraction(0)
        others = [other for n, other in enumerate(weights) if n != block]
        for total, size in coalitions(others):
            begin = min(max((need - total - weight) / ocean, Fraction(0)), Fraction(1))
            end = min(max((need - total) / ocean, Fraction(0)), Fraction(1))
            if begin < end:
                rest = len(others) - size
                power += _integral(size, rest, end) - _integral(size, rest, begin)
        powers.append(power)
    return powers


def oceanic_in_floats(weights: Sequence[float], ocean: float, need: float) -> list[float]:
    """Return the same for more blocks, in floating point.

    Examples
    --------
    >>> [round(power, 9) for power in oceanic_in_floats([0.3, 0.2], 0.5, 0.5)]
    [0.36, 0.16]
    """
    import numpy as np  # noqa: PLC0415 - only many blocks need arrays
    from scipy.special import betainc, betaln  # noqa: PLC0415 - scipy is heavy

    powers = []
    for block, weight in enumerate(weights):
        others = [other for n, other in enumerate(weights) if n != block]
        totals, sizes = np.zeros(1), np.zeros(1)
        for other in others:
            totals = np.concatenate([totals, totals + other])
            sizes = np.concatenate([sizes, sizes + 1])
        first, second = sizes + 1, len(others) - sizes + 1
        begin = np.clip((need - totals - weight) / ocean, 0, 1)
        end = np.clip((need - totals) / ocean, 0, 1)
        parts = betainc(first, second, end) - betainc(first, second, begin)
        powers.append(float((parts * np.exp(betaln(first, second))).sum()))
    return powers


def beside_atoms(
    weights: Sequence[Fraction], atom: Fraction, atoms: int, need: Fraction, *, at_least: bool
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Return the pivots of blocks, and of all atoms together, beside equal small voters.

    Parameters
    ----------
    weights
        Of the blocks.
    atom, atoms
        Weight and number of the small voters.
    need, at_least
        The limit, and whether reaching it is enough.

    Returns
    -------
    list of two lists
        Shapley-Shubik power, and swings as a part of all coalitions, each of the blocks.
    list
        The same two numbers of all atoms together.

    Examples
    --------
    Two blocks, and a hundred atoms that have the same together.

    >>> blocks = [Fraction(1, 4), Fraction(1, 4)]
    >>> found, small = beside_atoms(blocks, Fraction(1, 200), 100, Fraction(1, 2), at_least=False)
    >>> sum(found[0]) + small[0]
    Fraction(1, 1)
    """
    counts = _AtomCounts(len(weights), atoms)
    orders, subsets = [], []
    for block, weight in enumerate(weights):
        others = [other for n, other in enumerate(weights) if n != block]
        order, subset = Fraction(0), Fraction(0)
        for total, size in coalitions(others):
            last = counts.most_losing(need - total, atom, at_least=at_least)
            first = counts.most_losing(need - total - weight, atom, at_least=at_least)
            order += counts.orders(size, last) - counts.orders(size, first)
            subset += counts.subsets(last) - counts.subsets(first)
        orders.append(order)
        subsets.append(subset / 2 ** (len(weights) - 1))
    swung = Fraction(0)
    for total, _ in coalitions(weights):
        # an atom swings where so many others have come that one more wins
        before = counts.most_losing(need - total, atom, at_least=at_least)
        if 0 <= before < atoms:
            swung += Fraction(math.comb(atoms - 1, before), 2 ** (atoms - 1))
    single = swung / 2 ** len(weights)
    return [orders, subsets], [1 - sum(orders, Fraction(0)), single * atoms]


class _AtomCounts:
    """Sums over how many of the atoms have come."""

    def __init__(self, blocks: int, atoms: int) -> None:
        self.blocks, self.atoms = blocks, atoms

    def most_losing(self, left: Fraction, atom: Fraction, *, at_least: bool) -> int:
        """Return the most atoms that still lose where `left` is needed; -1 if none do."""
        whole = left / atom
        most = math.ceil(whole) - 1 if at_least else math.floor(whole)
        return min(max(most, -1), self.atoms)

    def orders(self, size: int, last: int) -> Fraction:
        """Return the part of orders in which a block follows `size` others, up to `last` atoms."""
        return self._orders(size)[last] if last >= 0 else Fraction(0)

    def subsets(self, last: int) -> Fraction:
        """Return the part of the atoms' coalitions that have up to `last` of them."""
        return self._subsets()[last] if last >= 0 else Fraction(0)

    @cache  # noqa: B019 - lives as long as one question
    def _orders(self, size: int) -> list[Fraction]:
        voters = self.blocks + self.atoms
        terms = (
            Fraction(math.comb(self.atoms, come), voters * math.comb(voters - 1, size + come))
            for come in range(self.atoms + 1)
        )
        return list(accumulate(terms))

    @cache  # noqa: B019 - lives as long as one question
    def _subsets(self) -> list[Fraction]:
        whole = 2**self.atoms
        counts = accumulate(math.comb(self.atoms, come) for come in range(self.atoms + 1))
        return [Fraction(count, whole) for count in counts]


def coalitions(weights: Sequence[Fraction]) -> Iterator[tuple[Fraction, int]]:
    """Yield the weight and the size of every coalition.

    Examples
    --------
    >>> sorted((int(total), size) for total, size in coalitions([Fraction(1), Fraction(2)]))
    [(0, 0), (1, 1), (2, 1), (3, 2)]
    """
    found = [(Fraction(0), 0)]
    for weight in weights:
        found += [(total + weight, size + 1) for total, size in found]
    yield from found


@cache
def _integral(first: int, second: int, end: Fraction) -> Fraction:
    """Return the integral of t**first * (1-t)**second from nothing to `end`."""
    return sum(
        (
            Fraction((-1) ** n * math.comb(second, n), first + n + 1) * end ** (first + n + 1)
            for n in range(second + 1)
        ),
        Fraction(0),
    )
