"""The worlds at the ends of what the ranges of a company's votes allow together."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.kernels.box import Item
    from keiretsu.snapshot import Ledger

MOST_CORNERS = 64
"""Of so many choices between ends power is reckoned."""

NUDGE = Fraction(1, 10**12)
"""So far inside its range, as a part of the whole, lies an end that does not belong to it."""

Quantities = tuple[Fraction, ...]


def choices(ledger: Ledger, issuer: int) -> int:
    """Return how many ways there are to choose an end for every quantity and weight."""
    items = [ledger.item(line) for line in ledger.lines_of(issuer)]
    ways = [
        len({(end, weight) for end in (i.low, i.high) if end for weight in _weights(i)}) or 1
        for i in items
    ]
    return math.prod(ways)


def corners(ledger: Ledger, issuer: int) -> Iterator[tuple[Quantities, Fraction]]:
    """Yield the weights of an issuer's lines, and of its remainder, in the worlds at the ends.

    Every quantity is at an end of its range, but for one at most that takes what the others leave
    of the whole: what ranges allow together is a box cut by one sum, and these are its corners.
    """
    items = [ledger.item(line) for line in ledger.lines_of(issuer)]
    rest, total = ledger.rest(issuer), ledger.units(issuer)
    for quantities in _quantities(items, total, filled=rest is None):
        left = max(total - sum(quantities, Fraction(0)), Fraction(0))
        units = sorted(set(rest)) if rest is not None and left else [0]
        weights = [
            _weights(item) if quantity else [item.weight_low]
            for item, quantity in zip(items, quantities, strict=True)
        ]
        for chosen in itertools.product(*weights):
            mine = tuple(q * w for q, w in zip(quantities, chosen, strict=True))
            for unit in units:
                yield mine, left * unit


def _weights(item: Item) -> list[int]:
    return sorted({item.weight_low, item.weight_high})


def _quantities(items: Sequence[Item], total: int, *, filled: bool) -> list[Quantities]:
    """Return the corners of the ranges that add up to the whole at most; if `filled`, to it."""
    ends = [_ends(item, total * NUDGE) for item in items]
    found = {
        corner: None
        for corner in itertools.product(*ends)
        if sum(corner) == total or (sum(corner) < total and not filled)
    }
    for place, its in enumerate(ends):
        others = [end if other != place else [Fraction(0)] for other, end in enumerate(ends)]
        for corner in itertools.product(*others):
            left = total - sum(corner, Fraction(0))
            if its[0] < left < its[-1]:
                found[*corner[:place], left, *corner[place + 1 :]] = None
    if found:
        return list(found)
    least, most = tuple(end[0] for end in ends), tuple(end[-1] for end in ends)
    return [most if sum(most) < total else least]  # rounding: they only just miss the whole


def _ends(item: Item, nudge: Fraction) -> list[Fraction]:
    low, high = Fraction(item.low), Fraction(item.high)
    if low == high:
        return [low]
    return [low + nudge if item.low_open else low, high - nudge if item.high_open else high]
