"""Documents: one per distinct source of the facts, and those that only curated tables cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.model import ID, Document, PartialDate
from keiretsu.model.names import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alliance_builder.tables import Row

UNSOURCED = "unsourced"
"""Key of the document that stands for no source."""

_LONGEST_SLUG = 60


def documents_by_key(table: Sequence[Row], facts: Sequence[Row]) -> dict[str, Document]:
    """Return every document under its key, the last part of its IRI."""
    found = {UNSOURCED: Document(id=_id(UNSOURCED), title="Unsourced")}
    for row in facts:
        if row["kind"] == "holding" and row["source_url"]:
            _add(found, row, key_of(row), "source_")
    for row in table:
        _add(found, row, row["key"], "")
    return found


def key_of(row: Row) -> str:
    """Return the key of the document that a row of the facts cites."""
    if not row["source_url"]:
        return UNSOURCED
    whole = slug(row["source_title"], longest=len(row["source_title"]) + 1)
    if len(whole) <= _LONGEST_SLUG:
        return whole
    return whole[: _LONGEST_SLUG + 1].rpartition("-")[0]


def used(documents: Mapping[str, Document], cited: set[str]) -> dict[str, Document]:
    """Return the documents that claims cite, by IRI."""
    return {document.id: document for document in documents.values() if document.id in cited}


def _add(found: dict[str, Document], row: Row, key: str, prefix: str) -> None:
    date = row[f"{prefix}date"]
    document = Document(
        id=_id(key),
        title=row[f"{prefix}title"],
        publisher=row.optional(f"{prefix}publisher"),
        date=PartialDate.parse(date) if date else None,
        url=row.optional(f"{prefix}url"),
    )
    if found.setdefault(key, document) != document:
        raise row.error(f"two documents have the key {key!r}", "make their titles differ")


def _id(key: str) -> str:
    return f"{ID}document/{key}"
