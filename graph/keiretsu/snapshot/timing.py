"""Which of several claims about the same thing is read on a date, and which are passed over.

Status decides first; an interval in force goes before a level; sourced before unsourced; then the
later document. A level is carried forward until something newer is known, and never back. Claims
that meet in an imprecise date are alternatives: either may be so, and they are never added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from keiretsu.model import Claim, Sourcing, Status
from keiretsu.snapshot.lasting import Over, is_over, level_reaches, may_hold_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.model import Document, PartialDate

MAX_AGE_DAYS = 730
"""How long a level is carried forward unless told otherwise: two years."""

AnyClaim = TypeVar("AnyClaim", bound=Claim)

_SOURCING_RANK = {Sourcing.SOURCED: 2, Sourcing.PARTLY_SOURCED: 1, Sourcing.UNSOURCED: 0}
_USABLE = (Status.ACCEPTED, Status.DISPUTED)


@dataclass(frozen=True, slots=True)
class Moment(Generic[AnyClaim]):
    """What the claims about one thing say on one day.

    Parameters
    ----------
    options
        Of these one is so, and which one is open if there are several; the claims of an option add
        up.
    losers
        Claims in force on the day that were passed over.
    perhaps_none
        Whether the day may lie outside every option.
    carried_from
        The level's date, if a level is carried forward to the day.
    tied
        Those of the losers that nothing but their names told from what is read.
    """

    options: tuple[tuple[AnyClaim, ...], ...] = ()
    losers: tuple[AnyClaim, ...] = ()
    perhaps_none: bool = False
    carried_from: str | None = None
    tied: tuple[AnyClaim, ...] = ()

    @property
    def winners(self) -> tuple[AnyClaim, ...]:
        """The claims that are read."""
        return tuple(claim for option in self.options for claim in option)

    @property
    def is_open(self) -> bool:
        """Whether an imprecise date leaves open what is so."""
        return len(self.options) > 1 or self.perhaps_none


class Chooser:
    """Chooses among claims on one day.

    Parameters
    ----------
    day
        The day asked about.
    documents
        Documents by IRI, for their dates.
    max_age_days
        How long a level is carried forward.
    known_at
        By which day it must have been knowable; the date of a later document supports nothing.
    """

    def __init__(
        self,
        day: dt.date,
        documents: Mapping[str, Document],
        max_age_days: int = MAX_AGE_DAYS,
        known_at: dt.date | None = None,
    ) -> None:
        self.day, self.documents, self.max_age_days = day, documents, max_age_days
        self.known_at = known_at

    def choose(self, claims: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        """Return what `claims`, all about the same thing, say on the day."""
        if len(claims) == 1 and self._says_it_alone(claims[0]):
            return Moment((tuple(claims),))
        usable = [claim for claim in claims if claim.status in _USABLE]
        moments, ended = [], []
        for status in _USABLE:
            same = [claim for claim in usable if claim.status is status]
            ended += [claim for claim in same if not claim.is_level]
            moments.append(self._among(same, ended))
        for position, moment in enumerate(moments):
            if moment.options:
                if not any(other.options for other in moments[position + 1 :]):
                    return moment
                later = [c for other in moments[position + 1 :] for c in other.winners]
                return replace(moment, losers=(*moment.losers, *later))
        return Moment()

    def _says_it_alone(self, claim: Claim) -> bool:
        accepted = claim.status is Status.ACCEPTED and not claim.is_level
        return accepted and claim.period.surely_holds(self.day)

    def level_within(self, claims: Iterable[AnyClaim], since: Claim) -> AnyClaim | None:
        """Return the latest accepted level stated no later than the day and within `since`."""
        found = [
            claim
            for claim in claims
            if claim.status is Status.ACCEPTED
            and self._reaches(claim)
            and may_hold_level(since, claim)
            and is_over(claim, (), self.day) is not Over.SURELY
        ]
        return max(found, key=self._newest, default=None)

    def is_today(self, level: Claim) -> bool:
        """Return whether a level is stated for the very day."""
        date = level.stated_for
        return date is not None and date.first == date.last == self.day

    def support(self, claim: Claim) -> tuple[int, dt.date]:
        """Return how well a claim is supported: its sourcing, then the date of its document."""
        document = self.documents.get(claim.document)
        dated = document.date.last if document is not None and document.date else dt.date.min
        if self.known_at is not None and dated > self.known_at:
            dated = dt.date.min
        return (_SOURCING_RANK[claim.sourcing], dated)

    def _among(self, claims: Sequence[AnyClaim], intervals: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        """Return what claims of one status say; `intervals` are those that may end a level."""
        lasting = [claim for claim in claims if not claim.is_level]
        sure = [claim for claim in lasting if claim.period.surely_holds(self.day)]
        if sure:
            return self._best(sure)
        levels = self._levels([claim for claim in claims if claim.is_level], intervals)
        perhaps = [claim for claim in lasting if claim.period.possibly_holds(self.day)]
        return self._hull(perhaps, levels) if perhaps else levels

    def _best(self, claims: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        """Return the best-supported record, with all rows of it that add up."""
        ranked = sorted(claims, key=lambda claim: (self.support(claim), claim.id), reverse=True)
        first = ranked[0]
        same = [claim for claim in ranked if record_of(claim) == record_of(first)]
        losers = tuple(claim for claim in ranked if claim not in same)
        tied = tuple(claim for claim in losers if self.support(claim) == self.support(first))
        return Moment((tuple(sorted(same, key=lambda claim: claim.id)),), losers, tied=tied)

    def _hull(self, claims: Sequence[AnyClaim], levels: Moment[AnyClaim]) -> Moment[AnyClaim]:
        """Return alternatives: intervals that may have begun or ended, and what was so before.

        Claims of one period do not meet: they compete, or are rows that add up.
        """
        periods = dict.fromkeys(claim.period for claim in claims)
        parts = [self._best([c for c in claims if c.period == period]) for period in periods]
        begun = [part for part in parts if self._surely_begun(part.winners[0])]
        beginning = [part for part in parts if part not in begun]
        before = [] if begun else [levels]
        parts = [*begun, *beginning, *(moment for moment in before if moment.options)]
        options = sorted((o for part in parts for o in part.options), key=lambda o: o[0].id)
        if begun:
            perhaps_none = not _meet(begun, beginning)
        else:
            perhaps_none = levels.perhaps_none or not levels.options
        return Moment(
            tuple(options),
            tuple(loser for part in parts for loser in part.losers),
            perhaps_none,
            tied=tuple(loser for part in parts for loser in part.tied),
        )

    def _surely_begun(self, claim: Claim) -> bool:
        start = claim.period.start
        return start is None or start.last <= self.day

    def _levels(
        self, levels: Sequence[AnyClaim], intervals: Sequence[AnyClaim]
    ) -> Moment[AnyClaim]:
        """Return the newest level that is not over; several where dates leave open which it is.

        A level of a month or a year is read from its first day on, beside what was so before.
        """
        dated: dict[PartialDate, list[AnyClaim]] = {}
        for level in levels:
            over = is_over(level, intervals, self.day)
            if level.stated_for is not None and self._reaches(level) and over is not Over.SURELY:
                dated.setdefault(level.stated_for, []).append(level)
        parts: list[Moment[AnyClaim]] = []
        older: list[AnyClaim] = []
        since = dt.date.min  # whatever was stated before this day is out of date
        for date in sorted(dated, key=lambda date: (date.last, date.first), reverse=True):
            if date.last < since:
                older += dated[date]
                continue
            parts.append(self._best(dated[date]))
            if date.last <= self.day:
                since = max(since, date.first)
        if not parts:
            return Moment()
        read = [part.winners[0] for part in parts]
        newest = read[0].stated_for
        today = newest is not None and newest.first <= self.day <= newest.last
        return Moment(
            tuple(option for part in parts for option in part.options),
            (*(loser for part in parts for loser in part.losers), *older),
            any(is_over(level, intervals, self.day) is Over.PERHAPS for level in read),
            None if today else str(newest),
            tuple(loser for part in parts for loser in part.tied),
        )

    def _reaches(self, level: Claim) -> bool:
        return level_reaches(level, self.day, self.max_age_days)

    def _newest(self, claim: Claim) -> tuple[dt.date, tuple[int, dt.date], str]:
        date = claim.stated_for
        return (date.last if date else dt.date.min, self.support(claim), claim.id)


def record_of(claim: Claim) -> str:
    """Return the table whose rows add up: the claim's record, else its document."""
    return claim.record or claim.document


def _meet(begun: Sequence[Moment[AnyClaim]], beginning: Sequence[Moment[AnyClaim]]) -> bool:
    """Return whether a claim may begin just where one that may be over ends."""
    ends = [part.winners[0].period.end for part in begun]
    starts = [part.winners[0].period.start for part in beginning]
    return any(
        start is not None and end is not None and start.first <= end.last
        for start in starts
        for end in ends
    )
