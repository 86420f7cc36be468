"""Cells of a holdings table as values: each reader names the rule that a bad cell breaks."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from keiretsu.errors import InputError, shortened
from keiretsu.model import PartialDate, PartyKind, Period, Share

if TYPE_CHECKING:
    from enum import StrEnum

Code = TypeVar("Code", bound="StrEnum")

_LONGEST_CELL = 64
_WHOLE = 100
_NUMERIC = re.compile(r"[\s\d.,%<>=≥≤()\[\]+;:\u2013\u2014eE-]+")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_HUGE_EXPONENT = re.compile(r"[eE][+-]?\d{3,}")
_PLAIN_COUNT = re.compile(r"(\d{1,30})(?:\.0{1,2})?")
_GROUPED_COUNT = re.compile(
    r"\d{1,3}(?:(?:,\d{3})+|(?:[ _'\u2019\u00a0\u202f]\d{3})+|(?:\.\d{3}){2,})"
)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?")
"""A date as programs write it that know only points of time."""
_TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}.*")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_KINDS = {kind.value.casefold(): kind for kind in PartyKind} | {
    "individual": PartyKind.PERSON,
    "naturalperson": PartyKind.PERSON,
    "organization": PartyKind.ORGANISATION,
    "corporation": PartyKind.COMPANY,
    "trust": PartyKind.ARRANGEMENT,
    "government": PartyKind.GOVERNMENT_BODY,
}
_TRUTH = dict.fromkeys(("yes", "y", "true", "1"), True) | dict.fromkeys(
    ("no", "n", "false", "0"), False
)


class CellError(InputError):
    """A cell breaks a rule.

    Parameters
    ----------
    rule
        Short name of the rule.
    problem, mend
        What is wrong and what to do about it.
    """

    def __init__(self, rule: str, problem: str, mend: str) -> None:
        self.rule = rule
        super().__init__(problem, mend=mend)


def shown(text: str) -> str:
    """Return a stranger's text short and quoted, fit for one line of a message."""
    return repr(shortened(text, _LONGEST_CELL))


@lru_cache(maxsize=16_384)  # percentages have a few decimals
def percent(text: str, column: str) -> Share:
    """Return the share that a percentage or band states.

    Raises
    ------
    CellError
        With the rule ``percent-format``, ``percent-range`` or ``reversed-percents``.

    Examples
    --------
    >>> str(percent("43,4 %", "capital_percent"))
    '43.4 %'
    >>> percent("130", "capital_percent")
    Traceback (most recent call last):
    keiretsu.formats.table.cells.CellError: capital_percent '130' is more than 100 %; ...
    """
    # An exponent of a thousand digits would be computed in full before its range is looked at.
    if len(text) > _LONGEST_CELL or _HUGE_EXPONENT.search(text):
        raise _not_a_percentage(text, column)
    try:
        return Share.from_percent(text)
    except InputError:
        raise _percent_error(text, column) from None


def whole_number(text: str, column: str) -> int:
    """Return a count, with or without separators between thousands.

    ``1.234`` is refused: it is a thousand in one country and a little over one in another.

    Raises
    ------
    CellError
        With the rule ``bad-number``.

    Examples
    --------
    >>> whole_number("44,358,343", "shares"), whole_number("1000.0", "shares")
    (44358343, 1000)
    """
    if plain := _PLAIN_COUNT.fullmatch(text):
        return int(plain[1])
    if len(text) <= _LONGEST_CELL and _GROUPED_COUNT.fullmatch(text):
        return int("".join(char for char in text if char.isdigit()))
    raise CellError(
        "bad-number", f"{column} {shown(text)} is not a whole number", "write it like 44358343"
    )


@lru_cache(maxsize=16_384)
def date(text: str, column: str) -> PartialDate | None:
    """Return a date to the precision at which it is given, or None for an empty cell.

    A day at midnight, without a zone, is that day; any other time of day is refused.

    Raises
    ------
    CellError
        With the rule ``bad-date``.

    Examples
    --------
    >>> str(date("2019-12", "valid_from")), str(date("2019-12-31 00:00:00", "valid_from"))
    ('2019-12', '2019-12-31')
    """
    if not text:
        return None
    midnight = _MIDNIGHT.fullmatch(text)
    try:
        return PartialDate.parse(midnight[1] if midnight else text)
    except InputError:
        timed = _TIME_OF_DAY.fullmatch(text)
        problem = "has a time of day, and days are counted whole" if timed else "is not a date"
        mend = f"write {timed[1]}, or another day" if timed else "write 2019-09-03, 2019-09 or 2019"
        raise CellError("bad-date", f"{column} {shown(text)} {problem}", mend) from None


@lru_cache(maxsize=16_384)
def period(start: str, end: str) -> Period:
    """Return the period between two cells, either of which may be empty.

    Raises
    ------
    CellError
        With the rule ``bad-date`` or ``reversed-dates``.
    """
    begin, until = date(start, "valid_from"), date(end, "valid_until")
    try:
        found = Period(begin, until)
    except InputError:
        raise CellError(
            "reversed-dates",
            f"valid_until {until} lies before valid_from {begin}",
            "swap or correct the dates",
        ) from None
    if begin is not None and begin == until and begin.day is not None:
        raise CellError(
            "reversed-dates",
            f"the period from {begin} until {until} holds no day",
            "valid_until is the first day on which the holding is no longer so",
        )
    return found


@lru_cache(maxsize=1024)
def kind(text: str, column: str) -> PartyKind | None:
    """Return what kind of party a cell names, or None for an empty cell.

    Raises
    ------
    CellError
        With the rule ``unknown-kind``.

    Examples
    --------
    >>> kind("government body", "holder_kind")
    <PartyKind.GOVERNMENT_BODY: 'GovernmentBody'>
    """
    if not text:
        return None
    found = _KINDS.get(_squashed(text))
    if found is None:
        known = ", ".join(value.value for value in PartyKind)
        raise CellError(
            "unknown-kind", f"{column} {shown(text)} is not a kind of party", f"use one of: {known}"
        )
    return found


def code(text: str, codes: type[Code], column: str) -> Code | None:
    """Return a value of a code list, or None for an empty cell.

    Raises
    ------
    CellError
        With the rule ``unknown-`` and the column's name.
    """
    if not text:
        return None
    found = cast("Code | None", _by_name(codes).get(_squashed(text)))
    if found is None:
        raise CellError(
            f"unknown-{column.replace('_', '-')}",
            f"{column} {shown(text)} is not known",
            f"use one of: {', '.join(value.value for value in codes)}",
        )
    return found


@cache  # a few lists of codes
def _by_name(codes: type[StrEnum]) -> dict[str, StrEnum]:
    return {_squashed(value.value): value for value in codes}


def truth(text: str, column: str) -> bool | None:
    """Return yes or no, or None for an empty cell.

    Raises
    ------
    CellError
        With the rule ``bad-truth-value``.
    """
    if not text:
        return None
    found = _TRUTH.get(text.casefold())
    if found is None:
        raise CellError(
            "bad-truth-value", f"{column} {shown(text)} is neither yes nor no", "write yes or no"
        )
    return found


def country(text: str, column: str) -> str | None:
    """Return a two-letter country code in capitals, or None for an empty cell.

    Raises
    ------
    CellError
        With the rule ``bad-jurisdiction``.
    """
    if not text:
        return None
    if not _COUNTRY.fullmatch(text):
        raise CellError(
            "bad-jurisdiction",
            f"{column} {shown(text)} is not a two-letter country code",
            "write FR or JP",
        )
    return text.upper()


def _squashed(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).casefold()


def _percent_error(text: str, column: str) -> CellError:
    numbers = [float(number.replace(",", ".")) for number in _NUMBERS.findall(text)]
    what = f"{column} {shown(text)}"
    if not numbers or not _NUMERIC.fullmatch(text):
        return _not_a_percentage(text, column)
    if text.lstrip(" ([<>=").startswith("-"):
        return CellError("percent-range", f"{what} is less than 0 %", "a share is at least 0 %")
    if max(numbers) > _WHOLE:
        return CellError("percent-range", f"{what} is more than 100 %", "a share is at most 100 %")
    if numbers[0] > numbers[-1]:
        return CellError("reversed-percents", f"{what} is a reversed range", "write low-high")
    return _not_a_percentage(text, column)


def _not_a_percentage(text: str, column: str) -> CellError:
    return CellError(
        "percent-format",
        f"{column} {shown(text)} is not a percentage",
        "write 43.4, 25-50, (25,50], >25 or unknown",
    )
