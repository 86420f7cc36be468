"""Rows of typed cells as the text of a holdings table, one row a line.

The table is then read as any other, so that a cell means the same in every file. A row keeps its
number: line 5 of an error is row 5 of the sheet.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ROWS: Final = 2_000_000
"""Rows of one table; a larger one is a register for the formats that stream."""


def sheet_text(rows: Iterable[Sequence[Any]], name: str) -> bytes:
    r"""Return rows as comma-separated text.

    Parameters
    ----------
    rows
        Cells of any type; dates lose a time of day that is midnight, and keep any other, so that
        it is refused as in any table.
    name
        The file's name, for errors.

    Raises
    ------
    InputError
        If there are more rows than a table may have.

    Examples
    --------
    >>> sheet_text([["holder", "valid_from"], ["A\nB", dt.datetime(2019, 9, 3)], []], "t.xlsx")
    b'holder,valid_from\nA B,2019-09-03\n\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(_even(rows), start=1):
        if number > MOST_ROWS:
            problem = f"the table has more than {MOST_ROWS:,} rows"
            raise InputError(problem, place=name, mend="split it")
        if row:
            writer.writerow(row)
        else:
            out.write("\n")
    return out.getvalue().encode()


def _even(rows: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    """Yield rows as wide as the first that says anything: sheets end theirs where they like."""
    width = 0
    for row in rows:
        said = [cell_text(cell) for cell in row]
        while said and not said[-1]:
            said.pop()
        width = width or len(said)
        yield [*said, *[""] * (width - len(said))] if said else []


def cell_text(cell: object) -> str:
    """Return a cell as a person would type it.

    Examples
    --------
    >>> cell_text(43.4), cell_text(1000.0), cell_text(True), cell_text(None)
    ('43.4', '1000', 'yes', '')
    >>> cell_text(dt.datetime(2019, 9, 3)), cell_text(dt.datetime(2019, 9, 3, 13, 30))
    ('2019-09-03', '2019-09-03 13:30:00')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.date):
        return _day(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return " ".join(str(cell).split())


def _day(cell: dt.date) -> str:
    """Return a day, or a point of time within one, which a reader of days refuses."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time.min else cell.isoformat(" ")
    return cell.isoformat()
