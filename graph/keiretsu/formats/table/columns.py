"""The columns of a holdings table: which there are, and which cell of a row belongs to which."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.defusing import undefused
from keiretsu.formats.table.cells import shown
from keiretsu.formats.table.reader import NoTableError, Problem
from keiretsu.model import Severity

if TYPE_CHECKING:
    from keiretsu.formats.table.reader import Row

NEEDED = ("holder", "issuer")
AMOUNTS = (
    "capital_percent",
    "voting_percent",
    "shares",
    "capital_percent_min",
    "capital_percent_max",
)
OPTIONAL = (
    "holder_kind",
    "issuer_kind",
    "share_class",
    "votes",
    "voting_basis",
    "issued_shares",
    "valid_from",
    "valid_until",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
    "status",
    "sourcing",
    "issuer_jurisdiction",
    "issuer_listed",
    "actsfor",
    "interest",
    "directness",
    "stated_for",
    "known_from",
    "record",
    "quote",
    "note",
)
COLUMNS = (*NEEDED, *AMOUNTS, *OPTIONAL)
_MEANT = dict.fromkeys(
    ("from", "start", "since", "begin", "startdate", "begindate", "fromdate", "validsince"),
    "valid_from",
) | dict.fromkeys(
    ("to", "until", "till", "end", "enddate", "todate", "untildate", "validto", "validtill"),
    "valid_until",
)
"""Titles of other tables' columns that are spelled unlike ours."""


class Columns:
    """Which cell of a row belongs to which column.

    Parameters
    ----------
    header
        The header; case, spaces, underscores and hyphens do not matter.
    name
        The file's name, for the place of errors.

    Raises
    ------
    NoTableError
        If a needed column is missing.
    InputError
        If a column stands twice.
    """

    def __init__(self, header: Row, name: str) -> None:
        known = {_squashed(column): column for column in COLUMNS}
        self.line = header.line
        self.unknown: dict[int, str] = {}
        self._at: dict[str, int] = {}
        for index, title in enumerate(header.cells):
            column = known.get(_squashed(title))
            if column is None:
                self.unknown[index] = title
            elif column in self._at:
                raise InputError(
                    f"the column {column} stands twice",
                    place=f"{name}:{header.line}",
                    mend="remove or rename one",
                )
            else:
                self._at[column] = index
        self._refuse_missing(f"{name}:{header.line}")

    def _refuse_missing(self, place: str) -> None:
        missing = [column for column in NEEDED if column not in self]
        if not any(column in self for column in AMOUNTS):
            missing.append("one of capital_percent, voting_percent, shares")
        if missing:
            read = ", ".join(shown(title) for title in self.unknown.values())
            raise NoTableError(
                f"the header lacks {' and '.join(missing)}",
                place=place,
                mend=f"add it, or rename one of {read}" if read else "add it",
            )

    def __contains__(self, column: str) -> bool:
        return column in self._at

    def index(self, column: str) -> int | None:
        """Return at which place a column stands; None if the table lacks it."""
        return self._at.get(column)

    def cell(self, row: Row, column: str) -> str:
        """Return a cell's text, empty if the table lacks the column; a defused one as it was."""
        index = self._at.get(column)
        return "" if index is None else undefused(row.cells[index])

    def problems(self, rows: tuple[Row, ...]) -> list[Problem]:
        """Return a warning for each unknown column that holds anything."""
        return [
            Problem(
                self.line,
                "unknown-column",
                *self._not_read(title),
                Severity.WARNING,
            )
            for index, title in self.unknown.items()
            if title or any(row.cells[index] for row in rows)
        ]

    def _not_read(self, title: str) -> tuple[str, str]:
        """Return what is said of an unknown column and, where none seems meant, of the known."""
        problem = f"the column {shown(title)} is not known and was not read"
        near = self._nearest(_squashed(title))
        if near is None:
            return problem, f"known columns: {', '.join(COLUMNS)}"
        return f"{problem}; perhaps {near} is meant", ""

    def _nearest(self, squashed: str) -> str | None:
        """Return the column that a title was probably meant for, unless the table has it."""
        meant = _MEANT.get(squashed)
        if meant is not None:
            return None if meant in self else meant
        near = difflib.get_close_matches(squashed[:64], COLUMNS, n=1)
        return near[0] if near else None


def _squashed(title: str) -> str:
    return re.sub(r"[\s_-]+", "", title).casefold()
