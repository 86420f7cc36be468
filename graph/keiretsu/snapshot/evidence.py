"""Which document says so: the source of a number, as it is shown beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.model import Claim, Document, Sourcing, Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with what is known of its document.

    Parameters
    ----------
    claim
        The claim.
    title, publisher, date, url
        Of the document; None where not known.
    """

    claim: Claim
    title: str
    publisher: str | None = None
    date: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, claim: Claim, documents: Mapping[str, Document]) -> Evidence:
        """Return a claim with its document looked up."""
        found = documents.get(claim.document)
        if found is None:
            return cls(claim, claim.document)
        date = str(found.date) if found.date is not None else None
        return cls(claim, found.title, found.publisher, date, found.url)

    @property
    def status(self) -> Status:
        """Editorial status of the claim."""
        return self.claim.status

    @property
    def sourcing(self) -> Sourcing:
        """Whether the document was seen to say it."""
        return self.claim.sourcing

    @property
    def valid(self) -> str:
        """When it is said to be so, in words: "on 2020-12-31", "2002-05-28 to 2023-11-08"."""
        if self.claim.stated_for is not None:
            return f"on {self.claim.stated_for}"
        start, end = self.claim.period.start, self.claim.period.end
        if start is None and end is None:
            return "no dates given"
        return f"{start or '…'} to {end or '…'}"

    def as_dict(self) -> dict[str, str | None]:
        """Return the evidence as plain data, keyed as in every JSON answer."""
        return {
            "claim_id": self.claim.id,
            "title": self.title,
            "publisher": self.publisher,
            "date": self.date,
            "url": self.url,
            "sourcing": self.sourcing.value,
            "status": self.status.value,
            "valid": self.valid,
        }
