"""A claim: what a document says, whether or not it is true.

A claim says so either for a *period* (half-open, partial dates kept) or as a *level* for one date
(`stated_for`). Directions are always holder → issuer; shares are fractions of one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from keiretsu.model.period import PartialDate, Period
from keiretsu.model.source import Sourcing, Status

ID = "https://w3id.org/keiretsu/id/"
"""Namespace of data."""


def claim_id(*parts: object) -> str:
    """Return the stable IRI of a claim made of `parts`.

    The parts are its document, type, parties, class, start and ordinal in the record.

    Loading the same record twice gives the same IRI, so it changes nothing.

    Examples
    --------
    >>> claim_id("doc", "holding", "a", "b") == claim_id("doc", "holding", "a", "b")
    True
    """
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return f"{ID}claim/{hashlib.sha256(text.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim carries.

    Parameters
    ----------
    id
        IRI, see `claim_id`.
    document
        IRI of the document that makes the claim.
    period
        When it is said to be so; for a level only its end is read.
    stated_for
        The date for which a level is stated; None for an interval.
    known_from
        When it could first be known, where that is stated.
    status, sourcing, unsourced_fields
        How far it can be trusted, and which fields the document did not show.
    supersedes
        IRIs of the claims that it replaces.
    end_document
        IRI of the document that tells its end, if another than `document` does.
    record
        IRI of the table whose rows add up; claims of one record never compete with each other.
    quote, note
        Words of the source, and the editor's remark.
    place
        Where it stood in the input, such as ``holdings.csv:3``; not part of its identity.
    """

    id: str
    document: str
    period: Period = Period()
    stated_for: PartialDate | None = None
    known_from: PartialDate | None = None
    status: Status = Status.ACCEPTED
    sourcing: Sourcing = Sourcing.SOURCED
    unsourced_fields: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    end_document: str | None = None
    record: str | None = None
    quote: str | None = None
    note: str | None = None
    place: str = field(default="", compare=False)

    @property
    def is_level(self) -> bool:
        """Whether the claim is stated for one date rather than for a period."""
        return self.stated_for is not None

    @property
    def begins(self) -> PartialDate | None:
        """The date from which the claim can be read: a level's date, an interval's start."""
        return self.stated_for or self.period.start
