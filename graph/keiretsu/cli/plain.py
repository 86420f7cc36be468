"""A page as plain text in full: what goes to files and pipes, as quick for many rows as for few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from keiretsu.cli.page import Lines, Table
from keiretsu.cli.screen import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.cli.page import Page

_GAP = "   "


def plain(page: Page) -> str:
    """Return a page as text, without colours, nothing wrapped or cut; see `rendered`."""
    lines: list[str] = [safe(page.title), ""] if page.title else []
    for part in page.parts:
        if isinstance(part, Table) and part.rows:
            lines += _table(part.filled())
        elif isinstance(part, Lines) and part.lines:
            lines += _lines(part)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _table(table: Table) -> Iterator[str]:
    titles = [safe(column.title) for column in table.columns]
    rows = [[safe(cell) for cell in row] for row in table.rows]
    widths = [max(map(_width, cells)) for cells in zip(titles, *rows, strict=True)]
    rights = [column.right for column in table.columns]
    if table.title:
        yield safe(table.title)
    yield _row(titles, widths, rights)
    yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    for row in rows:
        yield _row(row, widths, rights)
    yield ""


def _row(cells: list[str], widths: list[int], rights: list[bool]) -> str:
    return _GAP.join(
        " " * (width - _width(cell)) + cell if right else cell + " " * (width - _width(cell))
        for cell, width, right in zip(cells, widths, rights, strict=True)
    )


def _width(cell: str) -> int:
    """Return how many columns a text takes: letters of some scripts take two, marks none."""
    return len(cell) if cell.isascii() else cell_len(cell)


def _lines(part: Lines) -> Iterator[str]:
    indent = "  " if part.title else ""
    if part.title:
        yield safe(part.title)
    for line in part.lines:
        yield indent + safe(line)
    yield ""
