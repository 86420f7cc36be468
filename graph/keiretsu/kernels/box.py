"""Extremes of a ratio over a box cut by one sum.

Quantities :math:`c_i` lie in intervals, add up with an unbounded rest to a known total, and weigh
:math:`v_i` each, itself an interval. How large or small can the weight of some of them be, as a
part of the weight of all? Because the ratio is monotone in every quantity that is moved from one
item to another, the slack that the lower ends leave goes to the items in a fixed order, so that one
pass finds the extreme exactly; no search is needed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Item(NamedTuple):
    """A quantity in an interval, and how much one unit of it weighs, also an interval."""

    low: int
    high: int
    low_open: bool = False
    high_open: bool = False
    weight_low: int = 1
    weight_high: int = 1


class Bounds(NamedTuple):
    """Least and most of a ratio; an open end is approached and never attained."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False


class Near(NamedTuple):
    """A number and its slope in an infinitesimal: an open end lies that far inside.

    Compared like any tuple, so that ``Near(0, -1)``, which is approached from below and never
    attained, is less than ``Near(0, 0)``.
    """

    value: int
    slope: int

    def plus(self, other: Near, times: int = 1) -> Near:
        """Return this number with `times` times the other added."""
        return Near(self.value + times * other.value, self.slope + times * other.slope)


ZERO = Near(0, 0)


def ratio_bounds(
    inside: Sequence[Item],
    outside: Sequence[Item],
    total: int,
    rest: tuple[int, int] | None = (1, 1),
) -> Bounds:
    """Return the tight bounds of the weight `inside` as a part of all weight.

    Parameters
    ----------
    inside, outside
        The items asked about, and all others that are named.
    total
        What the quantities of all items and of the rest add up to.
    rest
        Least and most weight of a unit of the rest, which takes up what the items leave; None if
        there is no rest.

    Returns
    -------
    Bounds
        Both ends, each with the answer whether some world attains it. Without any weight, 0 to 0.

    Examples
    --------
    Two items in [25, 50] and one in [45, 60] of 100: the two have at most 55, not 60.

    >>> pair, third = [Item(25, 50), Item(25, 50)], [Item(45, 60)]
    >>> ratio_bounds(pair, third, 100)
    Bounds(low=Fraction(1, 2), high=Fraction(11, 20), low_open=False, high_open=False)
    """
    high, high_open = _extreme(inside, outside, total, rest, most=True)
    low, low_open = _extreme(inside, outside, total, rest, most=False)
    return Bounds(low, high, low_open, high_open)


def _extreme(
    inside: Sequence[Item],
    outside: Sequence[Item],
    total: int,
    rest: tuple[int, int] | None,
    *,
    most: bool,
) -> tuple[Fraction, bool]:
    # (weight of a unit, item or None for the rest, whether inside), in the order of filling
    mine = [((item.weight_high if most else item.weight_low), item, True) for item in inside]
    theirs: list[tuple[int, Item | None, bool]] = [
        ((item.weight_low if most else item.weight_high), item, False) for item in outside
    ]
    if rest is not None:
        theirs.append((rest[0] if most else rest[1], None, False))
    mine.sort(key=lambda entry: entry[0], reverse=most)
    theirs.sort(key=lambda entry: entry[0], reverse=not most)
    order = [*mine, *theirs] if most else [*theirs, *mine]

    top, whole = ZERO, ZERO
    for (weight, _, is_inside), quantity in zip(order, _fill(order, total), strict=True):
        whole = whole.plus(quantity, weight)
        if is_inside:
            top = top.plus(quantity, weight)
    return _quotient(top, whole, most=most)


def _fill(order: Iterable[tuple[int, Item | None, bool]], total: int) -> list[Near]:
    """Return the quantities when every item starts at its low and the slack goes in `order`."""
    entries = list(order)
    lows = [_low(item) for _, item, _ in entries]
    slack = Near(total, 0)
    for low in lows:
        slack = slack.plus(low, -1)
    slack = max(slack, ZERO)
    filled = []
    for (_, item, _), low in zip(entries, lows, strict=True):
        room = slack if item is None else Near(item.high, -item.high_open).plus(low, -1)
        taken = min(slack, max(room, ZERO))
        slack = slack.plus(taken, -1)
        filled.append(low.plus(taken))
    return filled


def _low(item: Item | None) -> Near:
    return ZERO if item is None else Near(item.low, int(item.low_open))


def _quotient(top: Near, whole: Near, *, most: bool) -> tuple[Fraction, bool]:
    if whole.value == 0:
        return (Fraction(top.slope, whole.slope), True) if whole.slope else (Fraction(0), False)
    slope = top.slope * whole.value - top.value * whole.slope
    # from outside only where open ends leave no room, and the end is the nearest number there is
    return Fraction(top.value, whole.value), slope < 0 if most else slope > 0


def largest_excess(
    rival: Sequence[Item],
    inside: Sequence[Item],
    outside: Sequence[Item],
    total: int,
    rest: tuple[int, int] | None = (1, 1),
) -> Near:
    """Return the most by which the weight of `rival` can exceed that of `inside`, in weight units.

    Examples
    --------
    >>> largest_excess([Item(10, 40)], [Item(30, 30)], [], 100)
    Near(value=10, slope=0)
    """
    order: list[tuple[int, Item | None, bool]] = sorted(
        ((item.weight_high, item, False) for item in rival), key=lambda e: e[0], reverse=True
    )
    count = len(order)
    order += [(0, item, False) for item in outside]
    if rest is not None:
        order.append((0, None, False))
    order += sorted(((item.weight_low, item, True) for item in inside), key=lambda e: e[0])
    filled = _fill(order, total)
    excess = ZERO
    for place, ((weight, _, is_inside), quantity) in enumerate(zip(order, filled, strict=True)):
        if is_inside or place < count:
            excess = excess.plus(quantity, -weight if is_inside else weight)
    return excess
