"""What enters a ledger: the holdings in one issuer, in fractions of its units, scaled exactly."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple


class Line(NamedTuple):
    """One holding as it enters a ledger, in fractions of its issuer's units."""

    holding: int
    holder: int
    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False
    weight_low: Fraction = Fraction(1)
    weight_high: Fraction = Fraction(1)


class Account(NamedTuple):
    """All lines of one issuer, and what its remainder weighs.

    Parameters
    ----------
    issuer
        Position of the party.
    lines
        Its holdings.
    rest_low, rest_high
        Weight of a unit of the remainder.
    closed
        Whether the record says that there is no remainder.
    total
        The whole, in the unit of the lines; one, or more where rounding adds up to more.
    """

    issuer: int
    lines: tuple[Line, ...]
    rest_low: Fraction = Fraction(1)
    rest_high: Fraction = Fraction(1)
    closed: bool = False
    total: Fraction = Fraction(1)


def units_of(account: Account) -> tuple[int, int]:
    """Return the integers by which units and weights of an account become whole numbers."""
    shares = {account.total.denominator}
    weights = {account.rest_low.denominator, account.rest_high.denominator}
    for line in account.lines:
        shares |= {line.low.denominator, line.high.denominator}
        weights |= {line.weight_low.denominator, line.weight_high.denominator}
    return math.lcm(*shares), math.lcm(*weights)


def scaled_line(line: Line, issuer: int, unit: int, weight: int) -> tuple[int, ...]:
    """Return a line in whole numbers, as a row of the columns of a ledger."""
    low, weight_low = in_units(line.low, unit), in_units(line.weight_low, weight)
    return (
        line.holding,
        line.holder,
        issuer,
        low,
        low if line.high is line.low else in_units(line.high, unit),
        line.low_open,
        line.high_open,
        weight_low,
        weight_low if line.weight_high is line.weight_low else in_units(line.weight_high, weight),
    )


def in_units(share: Fraction, unit: int) -> int:
    """Return a share in units of which its denominator is a divisor."""
    return share.numerator * (unit // share.denominator)
