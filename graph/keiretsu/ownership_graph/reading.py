"""Options of the facade as scripts and users write them."""

from __future__ import annotations

import datetime as dt

from keiretsu.errors import InputError
from keiretsu.model import Remainder


def read_date(text: str | dt.date) -> dt.date:
    """Return a full date.

    Raises
    ------
    InputError
        If the text is not one.

    Examples
    --------
    >>> read_date("2019-09-03")
    datetime.date(2019, 9, 3)
    """
    if isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date", mend="write it like 2019-09-03") from None


def read_date_or_none(text: str | dt.date | None) -> dt.date | None:
    """Return a full date, or None where there is none.

    Raises
    ------
    InputError
        If a text is given that is no date.

    Examples
    --------
    >>> read_date_or_none(None)
    """
    return None if text is None else read_date(text)


def read_remainder(text: str | None) -> Remainder | None:
    """Return who is taken to stand behind every remainder; None for what the data says.

    Raises
    ------
    InputError
        If there is no such remainder.

    Examples
    --------
    >>> read_remainder("float"), read_remainder(None)
    (<Remainder.FLOAT: 'float'>, None)
    """
    if text is None:
        return None
    if text not in (Remainder.FLOAT, Remainder.UNDISCLOSED):
        raise InputError(f"no remainder is named {text!r}", mend="use float or undisclosed")
    return Remainder(text)
