"""What a FollowTheMoney link can say of a claim, and what it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keiretsu.formats.ftm.amounts import written
from keiretsu.formats.ftm.entity import entity_id
from keiretsu.formats.table.parties import cited_document
from keiretsu.model import Directness, Document, Interest, Sourcing, Status, VotesBasis
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.model import Claim, Holding, LossReport, Share

NO_FIELD: Final = "entities have no such property"
_FILE: Final = Document(id="", title="")
"""Stands for the file that is written: a claim that cites nothing is its own."""
_OF_CLAIMS: Final = ("known_from", "end_document", "record", "quote")
_OF_CLAIMS_SEVERAL: Final = ("supersedes", "unsourced_fields")


class Said:
    """The properties of the link that a claim becomes.

    Parameters
    ----------
    claim, kind
        The claim, and what its fields are called after in the report.
    documents
        The documents that claims name.
    report
        Told of what cannot be said.
    """

    def __init__(
        self, claim: Claim, kind: str, documents: Mapping[str, Document], report: LossReport
    ) -> None:
        self.properties: dict[str, list[str]] = {}
        self._claim, self._kind, self._report = claim, kind, report
        self._dates()
        self._document(documents.get(claim.document))
        self._doubts()
        if claim.note:
            self.properties["summary"] = [claim.note]
            if tidy(claim.note) != claim.note:
                self.lost("note", "needless space is left out")
        if not entity_id(claim.id)[1]:
            self.lost("id", "an id holds no address", claim.id)

    def lost(self, field: str, why: str = NO_FIELD, value: object = None) -> None:
        """Tell that a field is not carried."""
        self._report.add(f"{self._kind}.{field}", why, self._claim.id, value)

    def refuse(self, claim: Claim, fields: Iterable[str]) -> None:
        """Tell that fields are not carried, where they say anything."""
        for field in fields:
            value = getattr(claim, field)
            if value not in (None, (), ""):
                shown = ", ".join(value) if isinstance(value, tuple) else value
                self.lost(field, NO_FIELD, shown)

    def size(self, claim: Holding, schema: str) -> None:
        """Say how much is held: one percentage and a number of shares, if there is an owner."""
        of_votes = claim.interest is Interest.VOTING_RIGHTS
        said, unsaid = ("votes", "capital") if of_votes else ("capital", "votes")
        share: Share | None = getattr(claim, said)
        if schema != "Ownership":
            self.refuse(claim, ("capital", "votes", "shares"))
        else:
            if share is not None:
                text, whole = written(share)
                self.properties["percentage"] = [text]
                if not whole:
                    why = "a percentage says neither open ends nor more than 14 digits"
                    self.lost(said, why, share)
            if claim.shares is not None:
                self.properties["sharesCount"] = [str(claim.shares)]
            self.refuse(claim, (unsaid,))
        self.refuse(claim, ("vote_count", "share_class", "via"))
        if claim.votes_basis is not VotesBasis.EXERCISABLE:
            self.lost("votes_basis", NO_FIELD, claim.votes_basis.value)

    def directness(self, claim: Holding, schema: str) -> None:
        """Say whether it is held indirectly."""
        if claim.directness is Directness.INDIRECT and schema == "Ownership":
            self.properties["ownershipType"] = ["indirect"]
        elif claim.directness is Directness.INDIRECT and schema == "Control":
            types = self.properties.get("controlType", [])
            self.properties["controlType"] = [*types, "indirect"]
        elif claim.directness is not Directness.DIRECT:
            self.lost("directness", NO_FIELD, claim.directness.value)

    def _dates(self) -> None:
        claim = self._claim
        for name, date in (("startDate", claim.period.start), ("endDate", claim.period.end)):
            if date is not None:
                self.properties[name] = [str(date)]
        if claim.stated_for is None:
            return
        if self.properties:
            self.lost("stated_for", "a link has a period or a date", claim.stated_for)
        else:
            self.properties["date"] = [str(claim.stated_for)]

    def _document(self, document: Document | None) -> None:
        if document is None:
            return
        url = document.url or ""
        web = url if url.startswith(("http://", "https://")) else ""
        for name, value in (("sourceUrl", web), ("publisher", document.publisher)):
            if value:
                self.properties[name] = [value]
        read_again = cited_document(
            title="", publisher=document.publisher or "", date=None, url=web, file=_FILE
        )
        if read_again != document:
            why = "a link tells the address and the publisher of its source only"
            self._report.add("document", why, document.id, document.title)

    def _doubts(self) -> None:
        if self._claim.status is not Status.ACCEPTED:
            self.lost("status", NO_FIELD, self._claim.status.value)
        if self._claim.sourcing is not Sourcing.SOURCED:
            self.lost("sourcing", NO_FIELD, self._claim.sourcing.value)
        self.refuse(self._claim, (*_OF_CLAIMS, *_OF_CLAIMS_SEVERAL))
