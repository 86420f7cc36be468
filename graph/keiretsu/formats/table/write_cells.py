"""Values as the cells of a holdings table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from keiretsu.model import Share

if TYPE_CHECKING:
    from keiretsu.model import LossReport

_DIGITS: Final = 25
"""Decimals of a percentage; whoever states a share in more has computed it."""


def percent_cell(share: Share | None, claim: str, report: LossReport) -> str:
    """Return a share as a percentage, a band with brackets, or *unknown*; empty for none.

    Parameters
    ----------
    share
        What is stated.
    claim
        By which claim, for the report.
    report
        Gets the digits that no decimal has.

    Examples
    --------
    >>> from keiretsu.model import LossReport, Share
    >>> cells = ("43.4", "(25,50]", ">75", "unknown")
    >>> [percent_cell(Share.from_percent(cell), "urn:c", LossReport()) for cell in cells]
    ['43.4', '(25,50]', '(75,100]', 'unknown']
    """
    if share is None:
        return ""
    if share == Share.unknown():
        return "unknown"
    low, high = (_decimal(end * 100) for end in (share.low, share.high))
    if (Fraction(low) / 100, Fraction(high) / 100) != (share.low, share.high):
        report.add("holding: digits of a share", "no decimal has them all", claim, share)
    if share.is_point:
        return low
    left, right = "(" if share.low_open else "[", ")" if share.high_open else "]"
    return f"{left}{low},{high}{right}"


def _decimal(value: Fraction) -> str:
    """Return a number as a decimal, exact if it has one of ordinary length."""
    scaled = round(value * 10**_DIGITS)
    whole, rest = divmod(scaled, 10**_DIGITS)
    return f"{whole}.{rest:0{_DIGITS}d}".rstrip("0").rstrip(".")
