"""What a person is shown, as plain values: tables and short lines, before any terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    title
        Its heading.
    right
        Whether its cells end at the right, as numbers do.
    styles
        How certain values look on a terminal with colours.
    """

    title: str
    right: bool = False
    styles: Mapping[str, str] = field(default_factory=dict)


def number(title: str) -> Column:
    """Return a column of numbers."""
    return Column(title, right=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below headings; columns in which nothing stands are left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""

    def filled(self) -> Table:
        """Return the table without its empty columns.

        Examples
        --------
        >>> table = Table((Column("a"), Column("b")), (("x", ""), ("y", "")))
        >>> [column.title for column in table.filled().columns]
        ['a']
        """
        kept = [n for n in range(len(self.columns)) if n == 0 or any(r[n] for r in self.rows)]
        return Table(
            tuple(self.columns[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in self.rows),
            self.title,
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines below a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a person is shown as an answer.

    Parameters
    ----------
    title
        What was asked, for which day and by which rule, in one line.
    parts
        Tables and lines; those without any content are left out.
    """

    title: str
    parts: tuple[Table | Lines, ...] = ()
