"""Rows of the CSV tables, each of which knows where it stands."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Document, PartialDate, Period, Sourcing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    place
        File and line, such as ``facts.csv:3``.
    cells
        Text by column.
    """

    place: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell, without space around it."""
        return self.cells[column].strip()

    def optional(self, column: str) -> str | None:
        """Return the text of a cell, or None if it is empty."""
        return self[column] or None

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that may hold several, parted by a bar."""
        return tuple(part for value in self[column].split("|") if (part := value.strip()))

    def number(self, column: str) -> int | None:
        """Return a whole number, or None if the cell is empty."""
        return int(self[column]) if self[column] else None

    def date(self, column: str) -> PartialDate | None:
        """Return a date, or None if the cell is empty."""
        return PartialDate.parse(self[column]) if self[column] else None

    def period(self, start: str = "from", end: str = "until") -> Period:
        """Return the period between two columns."""
        return Period(self.date(start), self.date(end))

    def error(self, problem: str, mend: str) -> InputError:
        """Return an error that tells the place of the row."""
        return InputError(problem, place=self.place, mend=mend)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row says of its own sources, as fields of a claim."""

    document: str
    sourcing: Sourcing
    unsourced_fields: tuple[str, ...]
    quote: str | None
    note: str | None

    @classmethod
    def of(cls, row: Row, documents: Mapping[str, Document]) -> Evidence:
        """Read the columns that every curated table of claims has."""
        if row["document"] not in documents:
            raise row.error(f"no document has the key {row['document']!r}", "see documents.csv")
        sourcing, missing = (
            Sourcing(row["sourcing"]),
            tuple(sorted(row.several("unsourced_fields"))),
        )
        if (sourcing is Sourcing.PARTLY_SOURCED) != bool(missing):
            raise row.error("unsourced fields and sourcing disagree", "name the fields, or none")
        return cls(
            documents[row["document"]].id,
            sourcing,
            missing,
            row.optional("quote"),
            row.optional("note"),
        )


def read_table(path: Path) -> list[Row]:
    """Return the rows of a CSV table.

    Raises
    ------
    InputError
        If a row has more or fewer cells than the header.
    """
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        rows = []
        for cells in reader:
            place = f"{path.name}:{reader.line_num}"
            if None in cells or None in cells.values():
                raise InputError(
                    "the row has not as many cells as the header", place=place, mend="count commas"
                )
            rows.append(Row(place, cells))
    return rows
