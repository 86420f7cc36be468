"""Rows of the CSV tables, each of which knows where it stands."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import PartialDate, Period

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
        """Return the text of a cell, or None if it is empty or the table lacks the column."""
        return self.cells.get(column, "").strip() or None

    def several(self, column: str, *, mark: str = "|") -> tuple[str, ...]:
        """Return the values of a cell that may hold several, parted by a mark."""
        return tuple(part for value in self[column].split(mark) if (part := value.strip()))

    def pairs(self, column: str, *, mark: str = "=") -> tuple[tuple[str, str], ...]:
        """Return the values of a cell that are pairs, such as ``start=2012 | end=2013``."""
        found = []
        for text in self.several(column):
            name, found_mark, value = text.partition(mark)
            if not found_mark:
                raise self.error(f"{text!r} has no {mark!r}", f"write name{mark}value")
            found.append((name.strip(), value.strip()))
        return tuple(found)

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
