"""Which of several claims about the same thing is read on a date, and which are passed over.

Status decides first; an interval in force goes before a level; sourced before unsourced; then the
later document. A level is carried forward until something newer is known, and never back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from keiretsu.model import Claim, Sourcing, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.model import Document

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
    winners
        The claims that are read: they add up, or are alternatives if `alternatives` is true.
    losers
        Claims in force on the day that were passed over.
    alternatives
        Whether the winners meet in an imprecise date, so that only one of them is so.
    perhaps_none
        Whether the day may lie outside every one of the winners.
    carried_from
        The level's date, if a level is carried forward to the day.
    tied
        Whether nothing but their names decided between the first two.
    """

    winners: tuple[AnyClaim, ...] = ()
    losers: tuple[AnyClaim, ...] = ()
    alternatives: bool = False
    perhaps_none: bool = False
    carried_from: str | None = None
    tied: bool = False


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
    """

    def __init__(
        self, day: dt.date, documents: Mapping[str, Document], max_age_days: int = MAX_AGE_DAYS
    ) -> None:
        self.day, self.documents, self.max_age_days = day, documents, max_age_days

    def choose(self, claims: Iterable[AnyClaim]) -> Moment[AnyClaim]:
        """Return what `claims`, all about the same thing, say on the day."""
        usable = [claim for claim in claims if claim.status in _USABLE]
        moments = [
            self._among([claim for claim in usable if claim.status is status]) for status in _USABLE
        ]
        for position, moment in enumerate(moments):
            if moment.winners:
                later = [c for other in moments[position + 1 :] for c in other.winners]
                return Moment(
                    moment.winners,
                    (*moment.losers, *later),
                    moment.alternatives,
                    moment.perhaps_none,
                    moment.carried_from,
                    moment.tied,
                )
        return Moment()

    def level_within(self, claims: Iterable[AnyClaim], since: Claim) -> AnyClaim | None:
        """Return the latest accepted level stated no later than the day and within `since`."""
        found = [
            claim
            for claim in claims
            if claim.is_level
            and claim.status is Status.ACCEPTED
            and self._level_reaches(claim)
            and since.period.possibly_holds(claim.stated_for.first)  # type: ignore[union-attr]
        ]
        return max(found, key=self._newest, default=None)

    def _among(self, claims: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        intervals = [claim for claim in claims if not claim.is_level]
        sure = [claim for claim in intervals if claim.period.surely_holds(self.day)]
        if sure:
            return self._best(sure)
        perhaps = [claim for claim in intervals if claim.period.possibly_holds(self.day)]
        if perhaps:
            return self._hull(perhaps)
        return self._latest_level([c for c in claims if c.is_level], intervals)

    def _best(self, claims: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        """Return the best-supported record, with all rows of it that add up."""
        ranked = sorted(claims, key=lambda claim: (self._support(claim), claim.id), reverse=True)
        first = ranked[0]
        record = first.record or first.document
        same = [claim for claim in ranked if (claim.record or claim.document) == record]
        winners = tuple(sorted(same, key=lambda claim: claim.id))
        losers = tuple(claim for claim in ranked if claim not in same)
        tied = bool(losers) and self._support(losers[0]) == self._support(first)
        return Moment(winners, losers, tied=tied)

    def _hull(self, claims: Sequence[AnyClaim]) -> Moment[AnyClaim]:
        ordered = tuple(sorted(claims, key=lambda claim: claim.id))
        starts = [c.period.start for c in ordered if not self._surely_begun(c)]
        ends = [c.period.end for c in ordered if self._surely_begun(c)]
        meets = any(
            start is not None and end is not None and start.first <= end.last
            for start in starts
            for end in ends
        )
        return Moment(ordered, alternatives=len(ordered) > 1, perhaps_none=not meets)

    def _surely_begun(self, claim: Claim) -> bool:
        start = claim.period.start
        return start is None or start.last <= self.day

    def _latest_level(
        self, levels: Sequence[AnyClaim], intervals: Sequence[AnyClaim]
    ) -> Moment[AnyClaim]:
        reaching = [
            level
            for level in levels
            if self._level_reaches(level) and not self._ended_since(level, intervals)
        ]
        if not reaching:
            return Moment()
        latest = max(level.stated_for.last for level in reaching)  # type: ignore[union-attr]
        now = [c for c in reaching if c.stated_for.last == latest]  # type: ignore[union-attr]
        best = self._best(now)
        date = best.winners[0].stated_for
        on_the_day = date is not None and date.first <= self.day <= date.last
        older = tuple(level for level in reaching if level not in now)
        return Moment(
            best.winners,
            (*best.losers, *older),
            carried_from=None if on_the_day else str(date),
            tied=best.tied,
        )

    def _level_reaches(self, level: Claim) -> bool:
        date, end = level.stated_for, level.period.end
        if date is None or date.first > self.day:
            return False
        fresh = (self.day - date.last).days <= self.max_age_days
        return fresh and (end is None or self.day < end.first)

    def _ended_since(self, level: Claim, intervals: Iterable[Claim]) -> bool:
        date = level.stated_for
        return any(
            claim.period.end is not None
            and date is not None
            and date.first < claim.period.end.last
            and claim.period.end.last <= self.day
            for claim in intervals
        )

    def _support(self, claim: Claim) -> tuple[int, dt.date]:
        document = self.documents.get(claim.document)
        dated = document.date.last if document is not None and document.date else dt.date.min
        return (_SOURCING_RANK[claim.sourcing], dated)

    def _newest(self, claim: Claim) -> tuple[dt.date, tuple[int, dt.date], str]:
        date = claim.stated_for
        return (date.last if date else dt.date.min, self._support(claim), claim.id)
