"""Days that the data itself tells: its first, and that of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.scenarios import find_proposal

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.model import ClaimSet


def check_day(claims: ClaimSet, day: dt.date) -> None:
    """Refuse a day before the first that a holding is dated with.

    Raises
    ------
    InputError
        If it lies before; data without any date holds on every day.

    Examples
    --------
    >>> import datetime as dt
    >>> from keiretsu.model import ClaimSet
    >>> check_day(ClaimSet(parties={}, documents={}, holdings=()), dt.date(1850, 1, 1))
    """
    dated = [one.stated_for or one.period.start for one in claims.holdings]
    first = min((date.first for date in dated if date is not None), default=None)
    if first is not None and day < first:
        raise InputError(
            f"{day} lies before any data: the first holding is dated {first}",
            mend="ask about a later day",
        )


def proposal_day(claims: ClaimSet, proposal: str) -> dt.date | None:
    """Return the day of a proposal; None if it is not known.

    Raises
    ------
    InputError
        If there is no proposal of that name, or it has no terms.
    """
    found = find_proposal(claims, proposal)
    day = found.stated_for or found.period.start
    return None if day is None else day.first
