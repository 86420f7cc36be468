"""Laws on cross-holdings as objects: where they stand, whom they concern, since when, how much."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from keiretsu.rights.rules import (
    DE_328,
    FR_L233_31,
    FR_PRESUMPTION_40,
    IT_121,
    IT_2359_BIS,
    MAJORITY,
    NL_2_118,
    Article,
    ControlRule,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keiretsu.snapshot import Snapshot


_IN_EVERY_MONTH = 28


@dataclass(frozen=True, slots=True)
class ControlledCannotVote:
    """A law by which those whom a company controls cannot vote in its meeting.

    Parameters
    ----------
    article
        Where it stands; its country is that of the meeting.
    rule
        What control is.
    since
        First day on which it is law; None for as long as the data may go back.
    """

    article: Article
    rule: ControlRule
    since: dt.date | None = None

    def in_force(self, day: dt.date) -> bool:
        """Return whether it is law on a day."""
        return self.since is None or self.since <= day


@dataclass(frozen=True, slots=True)
class Reciprocal:
    """A law that limits the later of two companies with more than so much of each other.

    Parameters
    ----------
    article
        Where it stands; both companies must be of its country.
    limits
        First days and, from then on, how much each must have of the other; the last one counts.
    listed
        Whether it concerns listed companies only.
    excess_counts
        Whether what cannot be voted stays in the whole.
    both_if_unknown
        Whether both are limited if it is not known who was later; else either may be.
    months_to_sell
        After so many months none of the shares can be voted; 0 for never.
    """

    article: Article
    limits: tuple[tuple[dt.date, Fraction], ...]
    listed: bool
    excess_counts: bool
    both_if_unknown: bool
    months_to_sell: int = 0

    def limit_on(self, day: dt.date) -> Fraction | None:
        """Return the limit on a day; None before it was law.

        Examples
        --------
        >>> import datetime as dt
        >>> RECIPROCAL["IT"].limit_on(dt.date(2016, 3, 17))
        Fraction(1, 50)
        """
        found = [limit for since, limit in self.limits if since <= day]
        return found[-1] if found else None

    def to_sell_by(self, passed: dt.date) -> dt.date | None:
        """Return from which day none of the shares can be voted, of who passed the limit then.

        Examples
        --------
        >>> import datetime as dt
        >>> (
        ...     RECIPROCAL["IT"].to_sell_by(dt.date(2019, 5, 31)),
        ...     RECIPROCAL["DE"].to_sell_by(dt.date(2019, 5, 31)),
        ... )
        (datetime.date(2020, 5, 28), None)
        """
        if not self.months_to_sell:
            return None
        years, month = divmod(passed.month - 1 + self.months_to_sell, 12)
        return passed.replace(
            year=min(passed.year + years, dt.MAXYEAR),
            month=month + 1,
            day=min(passed.day, _IN_EVERY_MONTH),
        )


CONTROLLED: Mapping[str, ControlledCannotVote] = MappingProxyType(
    {
        "FR": ControlledCannotVote(FR_L233_31, FR_PRESUMPTION_40),
        "IT": ControlledCannotVote(IT_2359_BIS, MAJORITY),
        "NL": ControlledCannotVote(NL_2_118, MAJORITY),
    }
)
"""By the country of the meeting; German dependence is by shares, see `reciprocal`."""

RECIPROCAL: Mapping[str, Reciprocal] = MappingProxyType(
    {
        "DE": Reciprocal(
            DE_328,
            ((dt.date(1966, 1, 1), Fraction(1, 4)),),
            listed=False,
            excess_counts=True,
            both_if_unknown=False,
        ),
        "IT": Reciprocal(
            IT_121,
            ((dt.date(1998, 7, 1), Fraction(1, 50)), (dt.date(2016, 3, 18), Fraction(3, 100))),
            listed=True,
            excess_counts=False,
            both_if_unknown=True,
            months_to_sell=12,
        ),
    }
)
"""By the country of both companies."""

DOUBLE_VOTES_COUNT = "double votes count in Companies Act 308(1)"
"""A reading of the Japanese quarter that no court has decided; each share counts once without."""

READINGS: Mapping[str, str] = MappingProxyType(
    {
        DOUBLE_VOTES_COUNT: "shares with double votes count twice towards the quarter of the votes "
        "by which a holder loses its own"
    }
)
"""Readings of the law that can be adopted, with what they say."""


def stands(snapshot: Snapshot, article: Article) -> bool:
    """Return whether an article is in force in a world: whether no scenario has ended it."""
    return article.name not in snapshot.ended_rules


RULED_JURISDICTIONS = frozenset({"JP", "DE", *CONTROLLED, *RECIPROCAL})
"""Countries whose rules on cross-holdings are known here."""


def rule_days(countries: Collection[str | None], passed: Collection[dt.date]) -> set[dt.date]:
    """Return the days on which the laws of some countries begin, change, or begin to bite.

    Parameters
    ----------
    countries
        Of the companies concerned.
    passed
        Days on which one of them may have passed a limit.

    Examples
    --------
    >>> sorted(map(str, rule_days({"IT"}, [])))
    ['1998-07-01', '2016-03-18']
    """
    days: set[dt.date] = set()
    for country, controlled in CONTROLLED.items():
        if country in countries and controlled.since is not None:
            days.add(controlled.since)
    for country, law in RECIPROCAL.items():
        if country in countries:
            days |= {since for since, _ in law.limits}
            by = (law.to_sell_by(day) for day in passed)
            days |= {day for day in by if day is not None}
    return days
