"""Fields of a JSON record, each asked for with its type; errors name the field.

A record of a stranger may have anything anywhere. A field of the wrong type is an error that names
it, and so is one that is missing where it is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.model import PartialDate, Period
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 64
_DAY: Final = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T[0-9:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?")


class Fields:
    """The fields of a JSON object, and its name within the record.

    Parameters
    ----------
    value
        What should be an object.
    name
        What errors call it, such as ``data.identification``; empty for the record itself.

    Examples
    --------
    >>> fields = Fields({"data": {"name": " Ada  Test "}})
    >>> fields.within("data").text("name")
    'Ada Test'
    >>> fields.within("data").needed("kind")
    Traceback (most recent call last):
    keiretsu.errors.InputError: the field data.kind is missing; add it
    """

    __slots__ = ("_name", "_outer", "all")

    def __init__(self, value: object, name: str = "", outer: Fields | None = None) -> None:
        self._name, self._outer = name, outer  # the whole name is made if an error needs it
        if not isinstance(value, dict):
            whole = self._whole_name
            what = f"the field {whole}" if whole else "the record"
            raise InputError(f"{what} is not an object", mend="write it like {...}")
        self.all: dict[str, Any] = value

    @property
    def _whole_name(self) -> str:
        return self._name if self._outer is None else self._outer.called(self._name)

    def called(self, field: str) -> str:
        """Return the whole name of a field."""
        name = self._whole_name
        return f"{name}.{field}" if name else field

    def within(self, field: str) -> Fields:
        """Return the object in a field; an empty one if it is absent."""
        value = self.all.get(field)
        return Fields({} if value is None else value, field, self)

    def text(self, field: str) -> str:
        """Return a text without needless space; empty if it is absent."""
        value = self.all.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.fail(field, value, "is not text", "put it in quotes")
        return plain_text(value)

    def needed(self, field: str) -> str:
        """Return a text that must be there."""
        found = self.text(field)
        if not found:
            raise InputError(f"the field {self.called(field)} is missing", mend="add it")
        return found

    def texts(self, field: str) -> list[str]:
        """Return the texts in a list; none if it is absent."""
        value = self.all.get(field)
        if value is None:
            return []
        found = []
        for one in value if isinstance(value, list) else (None,):
            if not isinstance(one, str):
                raise self.fail(field, value, "is not a list of texts", 'write it like ["a", "b"]')
            if plain := tidy(one):
                found.append(plain)
        return found

    def objects(self, field: str) -> Iterator[Fields]:
        """Yield the objects in a list; none if it is absent."""
        value = self.all.get(field)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.fail(field, value, "is not a list", "write it like [{...}]")
        for place, one in enumerate(value):
            yield Fields(one, f"{field}[{place}]", self)

    def whole(self, field: str) -> int | None:
        """Return a whole number, None if it is absent."""
        value = self.all.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(field, value, "is not a whole number", "write it like 12")
        return value

    def flag(self, field: str) -> bool:
        """Return whether something is said to be so; not if it is absent."""
        value = self.all.get(field)
        if value not in (None, True, False):
            raise self.fail(field, value, "is neither true nor false", "write true or false")
        return bool(value)

    def date(self, field: str) -> PartialDate | None:
        """Return a date to its precision, the time of day left out; None if it is absent."""
        found = self.text(field)
        if not found:
            return None
        try:
            return date_of(found, "")
        except InputError:
            return date_of(found, self.called(field))  # which says where

    def period(self, start: str, end: str) -> Period:
        """Return the period between two dates."""
        begin, over = self.text(start), self.text(end)
        try:
            return period_between(begin, over, "", "")
        except InputError:  # which says where
            return period_between(begin, over, self.called(start), self.called(end))

    def fail(self, field: str, value: object, problem: str, mend: str) -> InputError:
        """Return an error about a field."""
        return InputError(f"the field {self.called(field)} ({short(value)}) {problem}", mend=mend)


def plain_text(value: str) -> str:
    """Return a text without needless space."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()  # as `tidy` does with nearly all
    return tidy(value)


@lru_cache(maxsize=16_384)
def date_of(text: str, field: str) -> PartialDate:
    """Return a date to its precision; a time of day is left out.

    Raises
    ------
    InputError
        If it is no date; the error names the field.

    Examples
    --------
    >>> str(date_of("2012-11-29T00:00:00.000Z", "StartDate")), str(date_of("2012", "startDate"))
    ('2012-11-29', '2012')
    """
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return PartialDate.parse(found[1])
    except InputError:
        pass
    raise InputError(
        f"the field {field} ({short(text)}) is not a date", mend="write 2019-09-03, 2019-09 or 2019"
    )


def period_of(start: PartialDate | None, end: PartialDate | None, field: str) -> Period:
    """Return the period between two dates, either of which may be absent.

    Raises
    ------
    InputError
        If it ends before it begins; the error names the field.
    """
    try:
        return Period(start, end)
    except InputError:
        problem = f"the field {field} ({end}) lies before the beginning ({start})"
        raise InputError(problem, mend="swap or correct the dates") from None


@lru_cache(maxsize=16_384)  # whole registers know a few thousand days
def period_between(start: str, end: str, start_field: str, end_field: str) -> Period:
    """Return the period between two dates as they are written, either of which may be empty.

    Raises
    ------
    InputError
        If one is no date, or it ends before it begins; the error names the field.

    Examples
    --------
    >>> str(period_between("2016-04-06", "", "notified_on", "ceased_on").start)
    '2016-04-06'
    """
    begins = date_of(start, start_field) if start else None
    return period_of(begins, date_of(end, end_field) if end else None, end_field)


def short(value: object) -> str:
    """Return a stranger's value quoted and cut short, fit for one line of a message."""
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
