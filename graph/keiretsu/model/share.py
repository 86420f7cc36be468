"""Shares: exact fractions of one, or ranges of them with open or closed ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

from keiretsu.errors import InputError

Number = int | float | Decimal | Fraction | str

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_DECIMAL = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<places>[0-9]{1,12}))?")
"""How nearly all percentages are written: read without a look at what else there is."""
_HUGE = re.compile(r"[eE][+-]?\d{3}|\d{80}")  # written out, these would fill the memory
_TO = "[-;:\u2013\u2014]"  # people type an en or em dash as often as a hyphen
_RANGE = re.compile(
    rf"(?P<left>[\[(\]]?)\s*(?P<low>[\d.,]+)\s*%?\s*{_TO}"
    r"\s*(?P<high>[\d.,]+)\s*%?\s*(?P<right>[\])\[]?)"
)
_BRACKETED = re.compile(
    r"(?P<left>[\[(])\s*(?P<low>[\d.]+)\s*%?\s*[,;]\s*(?P<high>[\d.]+)\s*%?\s*(?P<right>[\])])"
)
_BOUND = re.compile(r"(?P<sense>>=|<=|≥|≤|>|<)\s*(?P<number>[\d.,]+)\s*%?")
_PLUS = re.compile(r"(?P<number>[\d.,]+)\s*%?\s*\+")
_UNKNOWN = {"", "unknown", "n/a", "na", "?", "-"}


def exact(number: Number) -> Fraction:
    """Return a number as an exact fraction; a float is read as its shortest decimal.

    Parameters
    ----------
    number
        An integer, fraction, decimal, float, or the text of one. Text may end in ``%`` and is
        then divided by a hundred.

    Returns
    -------
    Fraction
        The exact value: ``0.15`` is 3/20, not the nearest binary fraction.

    Raises
    ------
    InputError
        If the value is not a finite number.

    Examples
    --------
    >>> exact(0.15), exact("43.4%"), exact("1/3")
    (Fraction(3, 20), Fraction(217, 500), Fraction(1, 3))
    """
    if isinstance(number, (int, Fraction)):
        return Fraction(number)
    text = repr(number) if isinstance(number, float) else str(number).strip()
    hundredths = text.endswith("%")
    if _HUGE.search(text):
        problem = f"{text[:40]!r} is not a number of ordinary size"
        raise InputError(problem, mend="write it like 43.4")
    try:
        value = Fraction(text.removesuffix("%").strip())
    except (ValueError, ZeroDivisionError, InvalidOperation):
        raise InputError(f"{text!r} is not a number", mend="write it like 43.4") from None
    return value / 100 if hundredths else value


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A share, a fraction of one: a point, or a range with open or closed ends.

    Parameters
    ----------
    low, high
        Ends, fractions of one in [0, 1].
    low_open, high_open
        Whether the end itself is left out, as in *more than 25 %*.

    Examples
    --------
    >>> Share.from_percent("43.4")
    Share(low=Fraction(217, 500), high=Fraction(217, 500), low_open=False, high_open=False)
    >>> str(Share.from_percent("(25,50]")), str(Share.from_percent(">25"))
    ('(25, 50] %', '(25, 100] %')
    """

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        low, is_closed = self.low, not (self.low_open or self.high_open)
        if low is self.high and is_closed and 0 <= low.numerator <= low.denominator:
            return  # what nearly all are, at little cost
        if not 0 <= self.low <= self.high:
            raise InputError(f"the range {self} is reversed or negative", mend="write low-high")
        if self.high > 1:
            raise InputError(
                f"{_plain(self.high * 100)} % is more than 100 %", mend="a share is at most 100 %"
            )
        if self.low == self.high and (self.low_open or self.high_open):
            raise InputError(f"the range {self} is empty", mend="close its ends or widen it")

    @classmethod
    def point(cls, value: Number) -> Self:
        """Return an exactly known share, given as a fraction of one."""
        fraction = exact(value)
        return cls(fraction, fraction)

    @classmethod
    def unknown(cls) -> Self:
        """Return the share of which nothing is known: anything from none to all."""
        return cls(Fraction(0), Fraction(1))

    @classmethod
    def from_percent(cls, text: Number) -> Self:
        """Read a percentage, a band or *unknown* as a share.

        Parameters
        ----------
        text
            Percent of 100: ``43.4``, ``43.4 %``, ``43,4 %``; bands ``25-50`` (closed),
            ``(25,50]``, ``>25``, ``>=25``, ``75+``, ``<5``; ``unknown`` or empty.

        Returns
        -------
        Share
            The share as a fraction of one.

        Raises
        ------
        InputError
            If the text is none of these, is above 100 %, or is reversed.
        """
        if not isinstance(text, str):
            return cls.point(exact(text) / 100)
        if decimal := _DECIMAL.fullmatch(text):
            places = decimal["places"] or ""
            value = Fraction(int(decimal["whole"] + places), 100 * 10 ** len(places))
            return cls(value, value)
        return cls._of_text(text)

    @classmethod
    def _of_text(cls, text: str) -> Self:
        plain = text.strip().lower()
        if plain in _UNKNOWN:
            return cls.unknown()
        if _NUMBER.fullmatch(plain.removesuffix("%").rstrip()):
            return cls.point(_hundredth(plain.removesuffix("%").rstrip()))
        if band := _BRACKETED.fullmatch(plain) or _RANGE.fullmatch(plain):
            low, high = _hundredth(band["low"]), _hundredth(band["high"])
            return cls(low, high, band["left"] in ("(", "]"), band["right"] in (")", "["))
        if plus := _PLUS.fullmatch(plain):
            return cls(_hundredth(plus["number"]), Fraction(1))
        if bound := _BOUND.fullmatch(plain):
            return cls._one_sided(bound["sense"], _hundredth(bound["number"]))
        raise InputError(
            f"{text!r} is not a percentage", mend="write 43.4, 25-50, (25,50], >25 or unknown"
        )

    @classmethod
    def _one_sided(cls, sense: str, value: Fraction) -> Self:
        if sense in (">", ">=", "≥"):
            return cls(value, Fraction(1), low_open=sense == ">")
        return cls(Fraction(0), value, high_open=sense == "<")

    @property
    def is_point(self) -> bool:
        """Whether the share is exactly known."""
        return self.low == self.high

    def hull(self, other: Share) -> Share:
        """Return the smallest range that holds both: what two alternatives leave open.

        Examples
        --------
        >>> str(Share.from_percent(51).hull(Share.from_percent("99.4")))
        '[51, 99.4] %'
        """
        low, low_open = min((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = max((self.high, not self.high_open), (other.high, not other.high_open))
        return Share(low, high, low_open, not high_closed)

    def __str__(self) -> str:
        """Return the share in percent, a range with brackets that tell its ends."""
        if self.is_point:
            return f"{_plain(self.low * 100)} %"
        left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{left}{_plain(self.low * 100)}, {_plain(self.high * 100)}{right} %"


def _hundredth(text: str) -> Fraction:
    return exact(text.replace(",", ".")) / 100


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
