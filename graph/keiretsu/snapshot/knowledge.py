"""What could be known by a day: the second axis of time.

A claim has *known from* if it is stated, or if its document appeared within 400 days of its start;
else it is only known *by* the date of its document. What is known to have been unknown is hidden;
what may have been unknown is read, and flagged. An end that a later document tells is that
document's claim: before it appeared, the claim had not ended.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from keiretsu.model import Caution, Claim, ClaimSet, Holding, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

PROMPT = dt.timedelta(days=400)
"""A document that appears this near to a claim's start tells when it became known."""

AnyClaim = TypeVar("AnyClaim", bound=Claim)


def known_from(claim: Claim, claims: ClaimSet) -> dt.date | None:
    """Return the first day on which a claim can have been known; None if that is not recorded.

    Examples
    --------
    >>> from keiretsu.model import Document, PartialDate
    >>> paper = Document(id="d", title="Report", date=PartialDate.parse("2019-07-24"))
    >>> claims = ClaimSet(parties={}, documents={"d": paper})
    >>> stake = Claim(id="c", document="d", period=Period.parse("2019-07-23"))
    >>> known_from(stake, claims), known_from(replace(stake, period=Period.parse("2010")), claims)
    (datetime.date(2019, 7, 24), None)
    """
    if claim.known_from is not None:
        return claim.known_from.first
    document, begins = claims.documents.get(claim.document), claim.begins
    if document is None or document.date is None or begins is None:
        return None
    near = abs(document.date.first - begins.first) <= PROMPT
    return document.date.first if near else None


def known_by(claims: ClaimSet, day: dt.date) -> tuple[ClaimSet, list[Caution]]:
    """Return what could be known by a day, and which of it may not have been.

    Parameters
    ----------
    claims
        What the sources say.
    day
        The day by which it must have been knowable.

    Returns
    -------
    ClaimSet
        Without claims known to have been unknown, and without ends that nobody had told.
    list of Caution
        ``known-by`` for claims of which only a later document tells.
    """
    view = _Knowledge(claims, day)
    known = replace(
        claims,
        holdings=view.of(claims.holdings),
        share_classes=view.of(claims.share_classes),
        registrations=view.of(claims.registrations),
        capitals=view.of(claims.capitals),
        agreements=view.of(claims.agreements),
        tenures=view.of(claims.tenures),
        figures=view.of(claims.figures),
        events=view.of(claims.events),
    )
    return known, sorted(view.cautions)


class _Knowledge:
    def __init__(self, claims: ClaimSet, day: dt.date) -> None:
        self.claims, self.day = claims, day
        self.cautions: set[Caution] = set()

    def of(self, group: Iterable[AnyClaim]) -> tuple[AnyClaim, ...]:
        return tuple(self._as_known(claim) for claim in group if self._knowable(claim))

    def _knowable(self, claim: Claim) -> bool:
        since = known_from(claim, self.claims)
        if since is not None:
            return since <= self.day
        document = self.claims.documents.get(claim.document)
        told = document.date.first if document is not None and document.date else None
        if told is not None and told > self.day and isinstance(claim, Holding):
            parties = tuple(self.claims.parties[p].label for p in (claim.holder, claim.issuer))
            text = f"told only later, by {told}; it may not have been known on {self.day}"
            self.cautions.add(Caution("known-by", text, parties))
        return True

    def _as_known(self, claim: AnyClaim) -> AnyClaim:
        teller = self.claims.documents.get(claim.end_document or "")
        if teller is None or teller.date is None or teller.date.first <= self.day:
            return claim
        return replace(claim, period=Period(claim.period.start, None))
