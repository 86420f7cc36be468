"""Amounts of shares: percent of the capital, percent of the votes, or a number of shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from keiretsu.errors import InputError
from keiretsu.model import exact

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.model import Number

_TEXT = re.compile(
    r"(?P<number>\d{1,15}(?:[.,]\d{1,30})?|\d{1,6}/\d{1,6})\s*"
    r"(?P<unit>%|sh|shares|%\s*(?:of\s+)?(?:the\s+)?(?:capital|votes))?",
    re.IGNORECASE,
)
_MEND = "write 25, 25% votes or 44358343sh"


class Unit(StrEnum):
    """In what an amount is counted."""

    CAPITAL = "capital"
    VOTES = "votes"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of an issuer.

    Parameters
    ----------
    value
        A fraction of one, or a number of shares.
    unit
        Of what.

    Examples
    --------
    >>> Amount.read("25"), Amount.read("43,4 %").value
    (Amount(value=Fraction(1, 4), unit=<Unit.CAPITAL: 'capital'>), Fraction(217, 500))
    >>> str(Amount.read("25% votes")), str(Amount.read("44358343sh")), str(Amount.read(0.15))
    ('25 % of the votes', '44,358,343 shares', '15 % of the capital')
    """

    value: Fraction
    unit: Unit = Unit.CAPITAL

    def __post_init__(self) -> None:
        if self.value < 0:
            raise InputError("an amount of shares is negative", mend=_MEND)
        if self.unit is not Unit.SHARES and self.value > 1:
            raise InputError(
                f"{_plain(self.value * 100)} % is more than 100 %", mend="a share is at most 100 %"
            )
        if self.unit is Unit.SHARES and self.value.denominator != 1:
            raise InputError("a number of shares is not whole", mend=_MEND)

    @classmethod
    def read(cls, amount: Number | Amount) -> Self | Amount:
        """Read an amount.

        Parameters
        ----------
        amount
            Text is read as on the command line: ``25``, ``25%``, ``25% votes`` or ``44358343sh``.
            A number that is no text is a fraction of one.

        Raises
        ------
        InputError
            If it is none of these, negative, or more than all.
        """
        if isinstance(amount, Amount):
            return amount
        if not isinstance(amount, str):
            return cls(exact(amount))
        found = _TEXT.fullmatch(amount.strip())
        if found is None:
            raise InputError(f"{amount[:40]!r} is not an amount of shares", mend=_MEND)
        try:
            number = exact(found["number"].replace(",", "."))
        except InputError:
            raise InputError(f"{amount[:40]!r} is not an amount of shares", mend=_MEND) from None
        unit = (found["unit"] or "").lower()
        if unit.startswith("sh"):
            return cls(number, Unit.SHARES)
        return cls(number / 100, Unit.VOTES if unit.endswith("votes") else Unit.CAPITAL)

    def __str__(self) -> str:
        """Return the amount in words."""
        if self.unit is Unit.SHARES:
            return f"{int(self.value):,} shares"
        return f"{_plain(self.value * 100)} % of the {self.unit}"


def _plain(value: Fraction) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
