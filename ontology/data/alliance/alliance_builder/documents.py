"""Documents: one per distinct address, whichever table cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from keiretsu.model import ID, Document, PartialDate
from keiretsu.model.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alliance_builder.tables import Row

UNSOURCED = "unsourced"
"""Key of the document that stands for no source."""

_LONGEST_SLUG = 60


class Library:
    """All documents that the tables cite, by key and by address.

    Parameters
    ----------
    weak_hosts
        Rows that name hosts of blogs, mirrors and copies.
    """

    def __init__(self, weak_hosts: Iterable[Row] = ()) -> None:
        self._weak = frozenset(row["host"] for row in weak_hosts)
        self._by_key = {UNSOURCED: Document(id=_id(UNSOURCED), title="Unsourced")}
        self._key_of_url: dict[str, str] = {}

    def add_curated(self, table: Sequence[Row]) -> None:
        """Add the rows of `documents.csv` under their keys."""
        for row in table:
            self._add(row, row["key"], "")

    def add_cited(self, table: Sequence[Row], prefix: str = "") -> None:
        """Add the documents that rows cite by title and address; the first title of one stays."""
        for row in table:
            url = row[f"{prefix}url"]
            if url and url not in self._key_of_url:
                self._add(row, key_of(row[f"{prefix}title"]), prefix)

    def find(self, key: str, row: Row) -> str:
        """Return the IRI of the document with a key."""
        if key not in self._by_key:
            raise row.error(f"no document has the key {key!r}", "see documents.csv")
        return self._by_key[key].id

    def cited_by(self, row: Row, prefix: str = "") -> str:
        """Return the IRI of the document at the address that a row gives."""
        url = row[f"{prefix}url"]
        return self._by_key[self._key_of_url[url] if url else UNSOURCED].id

    def used(self, cited: set[str]) -> dict[str, Document]:
        """Return the documents that claims cite, by IRI."""
        every = sorted(self._by_key.values(), key=lambda document: document.id)
        return {document.id: document for document in every if document.id in cited}

    @property
    def by_id(self) -> dict[str, Document]:
        """Return all documents, by IRI."""
        return {document.id: document for document in self._by_key.values()}

    def _add(self, row: Row, key: str, prefix: str) -> None:
        date, url = row[f"{prefix}date"], row.optional(f"{prefix}url")
        if key in self._by_key or url in self._key_of_url:
            raise row.error(
                f"two documents have the key {key!r} or the same address",
                "make their titles differ",
            )
        self._by_key[key] = Document(
            id=_id(key),
            title=row[f"{prefix}title"],
            publisher=row.optional(f"{prefix}publisher"),
            date=PartialDate.parse(date) if date else None,
            url=url,
            weak=row.optional("weak") == "yes" or (url is not None and self._is_weak(url)),
        )
        if url:
            self._key_of_url[url] = key

    def _is_weak(self, url: str) -> bool:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return any(host == weak or host.endswith(f".{weak}") for weak in self._weak)


def key_of(title: str) -> str:
    """Return the key of the document with a title that some row cites."""
    whole = slug(title, longest=len(title) + 1) or "untitled"
    if len(whole) <= _LONGEST_SLUG:
        return whole
    return whole[: _LONGEST_SLUG + 1].rpartition("-")[0]


def _id(key: str) -> str:
    return f"{ID}document/{key}"
