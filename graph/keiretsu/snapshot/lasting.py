"""How long a level lasts: no longer than its age, its own end, or an interval of the pair."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from keiretsu.model import Claim, PartialDate


class Over(Enum):
    """Whether something has ended by a day, as far as its dates tell."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


def level_reaches(level: Claim, day: dt.date, max_age_days: int) -> bool:
    """Return whether a level is stated no later than the day, and not too long before it.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.model import Claim, PartialDate
    >>> level = Claim(id="c", document="d", stated_for=PartialDate.parse("2018-12"))
    >>> [level_reaches(level, dt.date(2019, 1, day), 30) for day in (30, 31)]
    [True, False]
    """
    date = level.stated_for
    return date is not None and date.first <= day and (day - date.last).days <= max_age_days


def may_hold_level(interval: Claim, level: Claim) -> bool:
    """Return whether a level is stated for a day that may lie within an interval."""
    date = level.stated_for
    return date is not None and interval.period.possibly_holds(date.first)


def is_over(level: Claim, intervals: Iterable[Claim], day: dt.date) -> Over:
    """Return whether a level has ended by the day: by its own end, or with an interval of the pair.

    An interval ends the levels stated before its end. Where one of the dates is imprecise it may
    be open whether a level was stated before the end or after it.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.model import Claim, PartialDate, Period
    >>> level = Claim(id="c", document="d", stated_for=PartialDate.parse("2018-06-30"))
    >>> def after(end):
    ...     interval = Claim(id="i", document="d", period=Period.parse(None, end))
    ...     return is_over(level, [interval], dt.date(2019, 6, 30)).name
    >>> after("2018-09-01"), after("2018-03-01"), after("2018")
    ('SURELY', 'NO', 'PERHAPS')
    """
    date, found = level.stated_for, Over.NO
    if date is None:
        return found
    own = level.period.end
    if own is not None and day >= own.first:
        found = Over.SURELY if day >= own.last else Over.PERHAPS
    for interval in intervals:
        end = interval.period.end
        if end is not None and end.last <= day and found is not Over.SURELY:
            ended = _ended_after(date, end)
            found = ended if ended is not Over.NO else found
    return found


def _ended_after(date: PartialDate, end: PartialDate) -> Over:
    """Return whether an end lies after the day for which a level was stated."""
    if date.last < end.first:
        return Over.SURELY
    return Over.PERHAPS if date.first < end.last else Over.NO
