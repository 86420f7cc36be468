"""A page as text: with colours and wrapped on a terminal, plain and in full elsewhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from keiretsu.cli.page import Lines, Table
from keiretsu.cli.plain import plain
from keiretsu.cli.screen import safe

if TYPE_CHECKING:
    from keiretsu.cli.page import Page

UNLIMITED = 100_000
"""Columns: wide enough that nothing is wrapped or cut."""


def rendered(page: Page, *, width: int | None = None, color: bool = False) -> str:
    """Return a page as text.

    Parameters
    ----------
    page
        What is shown; its texts may come from strangers.
    width
        Columns to wrap at; None for no limit.
    color
        Whether escape sequences are written.

    Examples
    --------
    >>> from keiretsu.cli.page import Column, Page, number
    >>> table = Table((Column("holder"), number("capital %")), (("[b]A", "43.40"),))
    >>> print(rendered(Page("Owners", (table,))))
    Owners
    <BLANKLINE>
    holder   capital %
    ──────────────────
    [b]A         43.40
    <BLANKLINE>
    """
    if width is None and not color:
        return plain(page)
    console = Console(
        file=io.StringIO(),
        width=width or UNLIMITED,
        force_terminal=color,
        color_system="standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    if page.title:
        console.print(Text(safe(page.title), style="bold"))
        console.print()
    for part in page.parts:
        if isinstance(part, Table) and part.rows:
            _print_table(console, part.filled())
        elif isinstance(part, Lines) and part.lines:
            _print_lines(console, part)
    assert isinstance(console.file, io.StringIO)  # noqa: S101 - for the type checker
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _print_table(console: Console, table: Table) -> None:
    grid = RichTable(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in table.columns:
        grid.add_column(
            Text(safe(column.title)),
            justify="right" if column.right else "left",
            no_wrap=column.right or console.width >= UNLIMITED,
            overflow="fold",
        )
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        grid.add_row(*(Text(safe(cell), style=c.styles.get(cell, "")) for c, cell in cells))
    if table.title:
        console.print(Text(safe(table.title), style="bold"))
    console.print(grid)
    console.print()


def _print_lines(console: Console, part: Lines) -> None:
    indent = 2 if part.title else 0
    if part.title:
        console.print(Text(safe(part.title), style="bold"))
    for line in part.lines:
        console.print(Padding(Text(safe(line)), (0, 0, 0, indent), expand=False))
    console.print()
