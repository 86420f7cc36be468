"""What could be known by a day: the second axis of time.

A claim has *known from* if it is stated, or if its document appeared within 400 days of its start;
else it is only known *by* the date of its document. What is known to have been unknown is hidden;
what may have been unknown is read, and flagged: also where the document has no date, or one that
leaves open whether it had appeared. An end that a later document tells is that document's claim:
before it appeared, the claim had not ended.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from keiretsu.model import Caution, Claim, ClaimSet, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import PartialDate

PROMPT = dt.timedelta(days=400)
"""A document that appears this near to a claim's start tells when it became known."""

AnyClaim = TypeVar("AnyClaim", bound=Claim)


def known_from(claim: Claim, claims: ClaimSet) -> PartialDate | None:
    """Return from when a claim was known, as precisely as that is recorded; None if it is not.

    Examples
    --------
    >>> from keiretsu.model import Document, PartialDate
    >>> paper = Document(id="d", title="Report", date=PartialDate.parse("2019-07-24"))
    >>> claims = ClaimSet(parties={}, documents={"d": paper})
    >>> stake = Claim(id="c", document="d", period=Period.parse("2019-07-23"))
    >>> (
    ...     str(known_from(stake, claims)),
    ...     known_from(replace(stake, period=Period.parse("2010")), claims),
    ... )
    ('2019-07-24', None)
    """
    if claim.known_from is not None:
        return claim.known_from
    document, begins = claims.documents.get(claim.document), claim.begins
    if document is None or document.date is None or begins is None:
        return None
    near = abs(document.date.first - begins.first) <= PROMPT
    return document.date if near else None


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
        ``known-by`` for claims of which it is not recorded that they were known by then.
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
        # a document that tells an end and what follows tells both on the same day
        self._stated = {
            _about(claim, claim.document): claim.known_from.first
            for claim in claims.holdings
            if claim.known_from is not None
        }

    def of(self, group: Iterable[AnyClaim]) -> tuple[AnyClaim, ...]:
        return tuple(self._as_known(claim) for claim in group if self._knowable(claim))

    def _knowable(self, claim: Claim) -> bool:
        since = known_from(claim, self.claims)
        if since is not None:
            if since.first <= self.day < since.last:
                self._doubt(claim, f"known from {since}")
            return since.first <= self.day
        document = self.claims.documents.get(claim.document)
        told = document.date if document is not None else None
        if told is None:
            self._doubt(claim, "its document has no date")
        elif told.last > self.day:
            self._doubt(claim, f"told only later, by {told}")
        return True

    def _doubt(self, claim: Claim, why: str) -> None:
        """Note a doubt about a claim that is read for a snapshot."""
        ends = [getattr(claim, end, None) for end in ("holder", "issuer")]
        if ends[1] is None:  # offices, figures and events are not read for a snapshot
            return
        labels = tuple(self.claims.parties[party].label for party in ends if party is not None)
        text = f"{why}; what was known on {self.day} is not recorded"
        self.cautions.add(Caution("known-by", text, labels))

    def _as_known(self, claim: AnyClaim) -> AnyClaim:
        """Return the claim without an end that had not been told."""
        teller = self.claims.documents.get(claim.end_document or "")
        if teller is None or teller.date is None:
            return claim
        told = max(teller.date.first, self._stated.get(_about(claim, teller.id), dt.date.min))
        if told > self.day:
            return replace(claim, period=Period(claim.period.start, None))
        if self.day < teller.date.last and told == teller.date.first:
            self._doubt(claim, f"its end is told by a document of {teller.date}")
        return claim


def _about(claim: Claim, document: str) -> tuple[str, object, object]:
    """Return a document with the parties that it speaks of."""
    return (document, getattr(claim, "holder", None), getattr(claim, "issuer", None))
