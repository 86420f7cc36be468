"""What the cells of a plain table say beside names: shares, periods, sources and standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from keiretsu.formats.table import cells
from keiretsu.formats.table.arrays.columns import Coded, NotPlainError, combined, distinct
from keiretsu.formats.table.arrays.shares import numbers_of
from keiretsu.formats.table.parties import cited_document
from keiretsu.model import Document, PartialDate, Period, Share, Sourcing, Status
from keiretsu.model.names import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

LARGEST: Final = 2**62
"""Whole numbers below this are kept in 64 bits."""
_COLUMNS: Final = (
    "valid_from",
    "valid_until",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
    "status",
    "sourcing",
)

Said = tuple[Period, str, str | None, Status, Sourcing, PartialDate | None]
"""When, in which document and table, and how well something is said, and from when it was known."""


class SaidColumn(NamedTuple):
    """Per row a code, what the codes stand for, and the documents that are cited."""

    code: NDArray[np.int32]
    terms: list[Said]
    documents: tuple[Document, ...]


def read_said(columns: Mapping[str, Coded], rows: int, file: Document) -> SaidColumn:
    """Return what rows say beside names and shares; `file` is the table itself."""
    there = [name for name in _COLUMNS if name in columns]
    parts = [(columns[name].codes, len(columns[name].texts)) for name in there]
    codes, found = combined(parts, rows)
    documents: dict[str, Document] = {}
    terms: list[Said] = []
    for combination in found:
        cell = dict.fromkeys(_COLUMNS, "")
        cell |= {n: columns[n].texts[at] for n, at in zip(there, combination, strict=True)}
        document = cited_document(
            title=tidy(cell["source_title"]),
            publisher=tidy(cell["source_publisher"]),
            date=cells.date(cell["source_date"], "source_date"),
            url=cell["source_url"],
            file=file,
        )
        documents[document.id] = document
        period = cells.period(cell["valid_from"], cell["valid_until"])
        status = cells.code(cell["status"], Status, "status") or Status.ACCEPTED
        sourcing = cells.code(cell["sourcing"], Sourcing, "sourcing") or Sourcing.SOURCED
        terms.append((period, document.id, file.id, status, sourcing, None))
    anew, terms = distinct(terms)
    return SaidColumn(anew[codes], terms, tuple(documents[iri] for iri in sorted(documents)))


def read_shares(column: Coded) -> tuple[NDArray[np.int32], list[Share]]:
    """Return per row the code of its share of the capital, and the shares.

    Raises
    ------
    NotPlainError
        If fractions of one are suspected, or a share does not fit into 64 bits.
    InputError
        If a cell is no share.
    """
    read = [_share(text) for text in column.texts]
    anew, _ = distinct(map(numbers_of, read))  # hashes of fractions take long
    shares = [share for _, share in sorted(dict(zip(anew.tolist(), read, strict=True)).items())]
    ends = [share.high for share in shares if share.is_point or share.high < 1]
    if ends and 0 < max(ends) * 100 <= 1:
        raise NotPlainError  # fractions of one are suspected
    return anew[column.codes], shares


def _share(text: str) -> Share:
    share = cells.percent(text, "capital_percent") if text else Share.unknown()
    if max(share.low.denominator, share.high.denominator) >= LARGEST:
        raise NotPlainError
    return share
