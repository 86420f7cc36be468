"""Percentages as they are drawn: exact or a range, with one spelling everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Protocol, Self

from keiretsu.errors import InputError
from keiretsu.model import Number, exact

WHOLE = Fraction(100)
_PLACES, _MORE_PLACES = 2, 6


class Interval(Protocol):
    """Anything with the ends of a share, fractions of one: a `Share` of the model, or bounds."""

    @property
    def low(self) -> Fraction: ...  # noqa: D102
    @property
    def high(self) -> Fraction: ...  # noqa: D102
    @property
    def low_open(self) -> bool: ...  # noqa: D102
    @property
    def high_open(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, or a range of them; exact, in [0, 100].

    Parameters
    ----------
    low, high
        Ends, in percent.
    low_open, high_open
        Whether the end itself is left out.

    Examples
    --------
    >>> str(Percent.point("43.4")), str(Percent.between(25, 50)), str(Percent.unknown())
    ('43.4 %', '25–50 %', 'unknown')
    """  # noqa: RUF002 - a range is printed with an en dash

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= WHOLE:
            raise InputError(
                f"{self.low} to {self.high} is not a percentage", mend="write it within 0 and 100"
            )

    @classmethod
    def point(cls, percent: Number) -> Self:
        """Return an exactly known percentage, given in percent."""
        value = exact(percent)
        return cls(value, value)

    @classmethod
    def between(
        cls, low: Number, high: Number, *, low_open: bool = False, high_open: bool = False
    ) -> Self:
        """Return a range, its ends given in percent."""
        return cls(exact(low), exact(high), low_open, high_open)

    @classmethod
    def unknown(cls) -> Self:
        """Return the percentage of which nothing is known."""
        return cls(Fraction(0), WHOLE)

    @classmethod
    def of_share(cls, share: Interval) -> Self:
        """Return a share, a fraction of one as everywhere inside, in percent.

        Examples
        --------
        >>> from keiretsu.model import Share
        >>> str(Percent.of_share(Share.from_percent("(25,50]")))
        '>25–50 %'
        """  # noqa: RUF002 - as above
        return cls(share.low * 100, share.high * 100, share.low_open, share.high_open)

    @property
    def is_point(self) -> bool:
        """Whether the percentage is exactly known."""
        return self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it: it may be all, none or anything between."""
        closed = not (self.low_open or self.high_open)
        return closed and self.low == 0 and self.high == WHOLE

    @property
    def is_zero(self) -> bool:
        """Whether it is exactly nothing."""
        return self.high == 0

    @property
    def middle(self) -> Fraction:
        """The value at which a range is drawn: its middle."""
        return (self.low + self.high) / 2

    @property
    def notation(self) -> str:
        """The percentage as a holdings table writes it: ``43.4``, ``(25,50]``, ``unknown``.

        Examples
        --------
        >>> Percent.point("43.4").notation, Percent.between(25, 50, low_open=True).notation
        ('43.4', '(25,50]')
        """
        if self.is_unknown:
            return "unknown"
        if self.is_point:
            return _plain(self.low)
        left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{left}{_plain(self.low)},{_plain(self.high)}{right}"

    def __str__(self) -> str:
        """Return the percentage as people read it: ``43.4 %``, ``>25 %``, ``unknown``."""
        if self.is_unknown:
            return "unknown"
        if self.is_point:
            return f"{_number(self.low)} %"
        above, below = ">" if self.low_open else "≥", "<" if self.high_open else "≤"
        if self.high == WHOLE and not self.high_open:
            return f"{above}{_number(self.low)} %"
        if self.low == 0 and not self.low_open:
            return f"{below}{_number(self.high)} %"
        least = f">{_number(self.low)}" if self.low_open else _number(self.low)
        most = f"<{_number(self.high)}" if self.high_open else _number(self.high)
        return f"{least}\N{EN DASH}{most} %"


@lru_cache(maxsize=4096)
def _number(value: Fraction) -> str:
    """Spell a number so that it never looks like a threshold that it only comes near to."""
    for places in (_PLACES, _MORE_PLACES):
        rounded = round(value, places)
        if rounded == value or rounded.denominator != 1:
            return _plain(rounded)
    near = round(value)
    return f"{'just under' if value < near else 'just over'} {near}"


@lru_cache(maxsize=4096)
def _plain(value: Fraction) -> str:
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{decimal.quantize(Decimal(1).scaleb(-_MORE_PLACES), ROUND_HALF_EVEN):f}"
    return text.rstrip("0").rstrip(".")
