"""What every claim carries, read from the description of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from keiretsu.model import PartialDate, Period, Sourcing, Status
from keiretsu.store.codec.description import tail
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    from keiretsu.store.codec.description import Description


class Common(TypedDict):
    """The fields of `keiretsu.model.Claim`."""

    id: str
    document: str
    period: Period
    stated_for: PartialDate | None
    known_from: PartialDate | None
    status: Status
    sourcing: Sourcing
    unsourced_fields: tuple[str, ...]
    supersedes: tuple[str, ...]
    end_document: str | None
    record: str | None
    quote: str | None
    note: str | None


def common(about: Description, graph: str | None) -> Common:
    """Read the fields of every claim; its document may be told by its graph alone.

    Raises
    ------
    InputError
        If neither names its document, or a value is not of its type.
    """
    document = about.iri(KEI.reportedIn) or graph
    if document is None:
        raise about.fail("kei:reportedIn is missing", mend="name the document that says so")
    return Common(
        id=str(about.subject),
        document=document,
        period=about.period(KEI.validFrom, KEI.validUntil),
        stated_for=about.date(KEI.statedFor),
        known_from=about.date(KEI.knownFrom),
        status=about.code(KEI.status, "status", Status.ACCEPTED),
        sourcing=about.code(KEI.sourcing, "sourcing", Sourcing.SOURCED),
        unsourced_fields=about.texts(KEI.unsourcedField),
        supersedes=about.iris(KEI.supersedes),
        end_document=about.iri(KEI.endReportedIn),
        record=_table(about, document),
        quote=about.text(KEI.quote),
        note=about.text(KEI.note),
    )


def _table(about: Description, document: str) -> str | None:
    """Return the table in which a claim stands: claims of one table add up, those of two do not."""
    tables = about.iris(KEI.inRecord)
    if len(tables) > 1:
        names = ", ".join(map(tail, sorted(tables)))
        problem = f"one and the same claim, by {tail(document)}, stands in {len(tables)} tables"
        raise about.fail(f"{problem}: {names}", mend="keep it in one of them, or load one alone")
    return tables[0] if tables else None
