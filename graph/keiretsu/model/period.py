"""Dates as the sources give them: to the day, the month or the year; and periods between them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from keiretsu.errors import InputError

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date kept to the precision at which it was given.

    Examples
    --------
    >>> march = PartialDate.parse("2018-03")
    >>> march.first, march.last, str(march)
    (datetime.date(2018, 3, 1), datetime.date(2018, 3, 31), '2018-03')
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            _ = self.first, self.last
        except ValueError:
            raise self._no_date() from None
        if self.month == 0 or self.day == 0:  # as some programs write what is not known
            raise self._no_date()

    def _no_date(self) -> InputError:
        return InputError(f"{self} is not a date", mend="write 2019-09-03, 2019-09 or 2019")

    @classmethod
    def parse(cls, text: str | dt.date | PartialDate) -> Self:
        """Read ``2019``, ``2019-09`` or ``2019-09-03``.

        Raises
        ------
        InputError
            If the text is not such a date.
        """
        found = _PARTIAL.fullmatch(str(text).strip())
        if not found:
            raise InputError(
                f"{str(text)!r} is not a date", mend="write 2019-09-03, 2019-09 or 2019"
            )
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def first(self) -> dt.date:
        """The first day that the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that the date can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return the date in ISO form, no more precise than it was given."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of time: from `start` on, up to and without `end`.

    An absent start means *since before the record*, an absent end *not known to have ended*. A
    partial date leaves open on which of its days the period began or ended ("until 2018" ended
    within 2018), so a day can be certainly inside, possibly inside, or outside.

    Examples
    --------
    >>> import datetime as dt
    >>> period = Period.parse("2002-05-28", "2018")
    >>> period.surely_holds(dt.date(2017, 12, 31)), period.surely_holds(dt.date(2018, 6, 1))
    (True, False)
    >>> period.possibly_holds(dt.date(2018, 6, 1)), period.possibly_holds(dt.date(2019, 1, 1))
    (True, False)
    """

    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start.first > self.end.last:
            raise InputError(
                f"the period ends ({self.end}) before it begins ({self.start})",
                mend="swap or correct the dates",
            )

    @classmethod
    def parse(cls, start: str | None = None, end: str | None = None) -> Self:
        """Read a period from two partial dates, either of which may be absent or empty."""
        return cls(
            PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None
        )

    def surely_holds(self, day: dt.date) -> bool:
        """Return whether `day` lies inside the period in every reading of its dates."""
        begun = self.start is None or self.start.last <= day
        return begun and (self.end is None or day < self.end.first)

    def possibly_holds(self, day: dt.date) -> bool:
        """Return whether `day` lies inside the period in some reading of its dates.

        A period that ends on a full date does not hold that day (it is half-open); one that ends
        "in 2018" may hold up to the last day of that year but one.
        """
        begun = self.start is None or self.start.first <= day
        return begun and (self.end is None or day < self.end.last)
