"""What all rows of the facts share: sourcing, the words for fields, remarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keiretsu.model import Sourcing

if TYPE_CHECKING:
    from alliance_builder.tables import Row

_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # what the words of the column `unsourced_fields` mean, the first that fits a part of the cell
    ("valid_from", ("begins",)),
    ("valid_until", ("end",)),
    ("voting_pct", ("votes",)),
    ("capital_pct", ("capital",)),
    ("6.8 is the 2019 level", ("capital",)),
    ("statement is of 30 Apr 2015", ()),
    ("which was a Thursday", ()),
    ("percentage", ()),
    ("result", ("outcome",)),
    ("dates", ("begins", "end")),
    ("days", ("begins", "end")),
    ("date", ("begins",)),
    ("day", ("begins",)),
    ("month", ("begins",)),
)
_SAID = {
    # columns of the record in words, where readers are told what a source does not show
    "valid_from": "start",
    "valid_until": "end",
    "voting_pct": "votes",
    "capital_pct": "capital",
}


def sourcing_of(row: Row, begins: str) -> tuple[Sourcing, tuple[str, ...]]:
    """Return how far a row is sourced, and the fields of the model that the source did not show.

    Parameters
    ----------
    row
        The row.
    begins
        Name of the field that holds its first date: ``start`` or ``stated_for``.
    """
    if row["status"] == "unsourced":
        return Sourcing.UNSOURCED, ()
    found: set[str] = set()
    for part in re.split("[,;]", row["unsourced_fields"]):
        words = part.strip()
        if words:
            found.update(begins if f == "begins" else f for f in _fields_of(words, row))
    fields = tuple(sorted(found))
    return (Sourcing.PARTLY_SOURCED if fields else Sourcing.SOURCED), fields


def note_of(row: Row, remark: str) -> str | None:
    """Return the remark, with the words of the record where the fields alone would lose some."""
    words = row["unsourced_fields"]
    parts = [remark] if remark else []
    if words:
        for column, said in _SAID.items():
            words = words.replace(column, said)
        parts.append(f"not shown by the source: {words}")
    return "; ".join(parts) or None


def _fields_of(words: str, row: Row) -> tuple[str, ...]:
    for phrase, fields in _FIELDS:
        if phrase in words:
            return fields
    raise row.error(f"unknown unsourced field {words!r}", "add it to the builder's list")
