"""What a row of a curated table says of its own sources, as fields of a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from keiretsu.model import PartialDate, Period, Sourcing, Status

if TYPE_CHECKING:
    from alliance_builder.documents import Library
    from alliance_builder.tables import Row


class Common(TypedDict):
    """The fields that every claim has."""

    id: str
    document: str
    sourcing: Sourcing
    unsourced_fields: tuple[str, ...]
    status: Status
    quote: str | None
    note: str | None
    period: Period
    stated_for: PartialDate | None
    end_document: str | None
    place: str


def common(row: Row, library: Library) -> Common:
    """Read the columns that every curated table of claims has.

    Raises
    ------
    InputError
        If the document is unknown, or sourcing and unsourced fields disagree.
    """
    sourcing, missing = Sourcing(row["sourcing"]), tuple(sorted(row.several("unsourced_fields")))
    if (sourcing is Sourcing.PARTLY_SOURCED) != bool(missing):
        raise row.error("unsourced fields and sourcing disagree", "name the fields, or none")
    stated_for, end_document = row.optional("stated_for"), row.optional("end_document")
    return Common(
        id="",
        document=library.find(row["document"], row),
        sourcing=sourcing,
        unsourced_fields=missing,
        status=Status(row.optional("status") or Status.ACCEPTED),
        quote=row.optional("quote"),
        note=row.optional("note"),
        period=row.period(),
        stated_for=PartialDate.parse(stated_for) if stated_for else None,
        end_document=library.find(end_document, row) if end_document else None,
        place=row.place,
    )
