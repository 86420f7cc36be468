"""The share of an interest, and back: nothing is rounded, an absent end is open to 0 or 100 %."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, short
from keiretsu.model import Share, exact

if TYPE_CHECKING:
    from keiretsu.formats.bods.usual import ShareTold

_WHOLE: Final = 100
_DECIMALS: Final = 15
"""Digits that a JSON number surely keeps."""


def share_of(interest: Fields) -> Share | None:
    """Return the share of an interest; None if it states none, which is not 100 % and not 0.

    Raises
    ------
    InputError
        If an end is no number between 0 and 100, or the ends are reversed.

    Examples
    --------
    >>> from keiretsu.formats.fields import Fields
    >>> str(share_of(Fields({"share": {"exclusiveMinimum": 25, "maximum": 50}})))
    '(25, 50] %'
    >>> str(share_of(Fields({"share": {"minimum": 0, "exclusiveMaximum": 5}})))
    '[0, 5) %'
    """
    if interest.all.get("share") is None:
        return None
    told = interest.within("share")
    point = told.all.get("exact")
    if point is not None:
        return _point(_checked(told, "exact", point))
    low, low_open = _tighter(told, "minimum", "exclusiveMinimum", max)
    high, high_open = _tighter(told, "maximum", "exclusiveMaximum", min)
    if low is None and high is None:
        return None
    bottom = Fraction(0) if low is None else low
    top = Fraction(1) if high is None else high
    if bottom > top:
        problem = f"the {told.called('minimum')} is more than the maximum"
        raise InputError(problem, mend="swap or correct them")
    return Share(bottom, top, low_open, high_open)


@lru_cache(maxsize=4096)  # registers have a few bands, but many points
def _other_share(told: ShareTold) -> Share | None:
    from msgspec import to_builtins  # noqa: PLC0415 - it is there: it has made the share

    return share_of(Fields({"share": to_builtins(told)}))


def usual_share(told: ShareTold) -> Share | None:
    """Return the share that a typed interest states, as `share_of` does.

    Raises
    ------
    InputError
        As `share_of`.
    """
    point = told.exact
    if type(point) in (int, float) and point <= _WHOLE:  # type: ignore[operator]  # it is a number
        return _point(point)
    return _other_share(told)


@lru_cache(maxsize=65_536)  # percentages have a few decimals
def _point(percentage: float) -> Share:
    share = _hundredth(percentage)
    return Share(share, share)


def share_words(share: Share) -> dict[str, Any]:
    """Return a share as the object that BODS has for it.

    Examples
    --------
    >>> share_words(Share.from_percent("43.4")), share_words(Share.from_percent("(25,50]"))
    ({'exact': 43.4}, {'exclusiveMinimum': 25, 'maximum': 50})
    """
    if share.is_point:
        return {"exact": percent(share.low)}
    low = "exclusiveMinimum" if share.low_open else "minimum"
    high = "exclusiveMaximum" if share.high_open else "maximum"
    return {low: percent(share.low), high: percent(share.high)}


def percent(share: Fraction) -> int | float:
    """Return a fraction of one as a percentage that JSON can write, the nearest if not exact."""
    value = share * _WHOLE
    if value.denominator == 1:
        return int(value)
    return float(round(Decimal(value.numerator) / Decimal(value.denominator), _DECIMALS))


def _tighter(told: Fields, closed: str, open_: str, choose: Any) -> tuple[Fraction | None, bool]:  # noqa: ANN401
    """Return the tighter of two ends of one side, and whether it is left out."""
    inclusive, exclusive = _number(told, closed), _number(told, open_)
    if inclusive is None or exclusive is None:
        return (inclusive, False) if exclusive is None else (exclusive, True)
    tighter = choose(inclusive, exclusive)
    return tighter, tighter == exclusive


def _number(told: Fields, field: str) -> Fraction | None:
    value = told.all.get(field)
    return None if value is None else _hundredth(_checked(told, field, value))


def _checked(told: Fields, field: str, value: object) -> float:
    """Return a number, whole ones whole, that is a percentage."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise told.fail(field, value, "is not a number", "write it like 43.4")
    if not 0 <= value <= _WHOLE:
        _hundredth(value)  # says so if it is no number
        problem = f"the field {told.called(field)} ({short(value)}) is not between 0 and 100"
        raise InputError(problem, mend="write percent of 100")
    return value


@lru_cache(maxsize=4096)
def _hundredth(percentage: float) -> Fraction:
    whole, _, places = repr(percentage).partition(".")
    if (whole + places).isdecimal():  # as nearly all are written: a third of the time
        return Fraction(int(whole + places), _WHOLE * 10 ** len(places))
    return exact(percentage) / _WHOLE
