"""Rows of a flattened table of BODS, of CSV or Parquet, one after the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.table_cells import LINK
from keiretsu.formats.csv_records import csv_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input

SUFFIXES: Final = (".csv", ".parquet")
"""Endings of tables."""
_PARQUET: Final = b"PAR1"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row by the titles of their columns, and where it stands."""

    cells: dict[str, Any]
    place: str

    @property
    def link(self) -> str:
        """What rows of lists call this one."""
        return self._cell(LINK)

    def owner(self, table: str) -> str:
        """Return the row of a table to which this one belongs."""
        return self._cell(f"{LINK}_{table}")

    def _cell(self, title: str) -> str:
        for name, cell in self.cells.items():
            if name.casefold() == title:
                return str(cell)
        problem = f"the column {title} is missing"
        raise InputError(problem, place=self.place, mend="add it, or take the table out")


def table_rows(table: Input, reading: Reading) -> Iterator[TableRow]:
    """Yield the rows of a table.

    Raises
    ------
    InputError
        If it cannot be read, or a row is ragged and the reading is not lenient.
    """
    with table.open() as stream:
        packed = stream.read(len(_PARQUET)) == _PARQUET
    if packed:
        yield from _parquet_rows(table)
        return
    for record in csv_records(table, reading):
        yield TableRow(record.cells, record.place)


def _parquet_rows(table: Input) -> Iterator[TableRow]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        mend = "pip install 'keiretsu[formats]', or name the tables in CSV"
        problem = "reading Parquet needs the package pyarrow"
        raise InputError(problem, place=table.name, mend=mend) from None
    number = 0
    with table.open_packed() as stream:
        try:
            for batch in pq.ParquetFile(stream).iter_batches():
                for row in batch.to_pylist():
                    number += 1
                    cells = {title: _plain(cell) for title, cell in row.items()}
                    yield TableRow(cells, f"{table.name}:{number}")
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            problem = f"the Parquet file is damaged or cut short ({type(error).__name__})"
            raise InputError(problem, place=table.name, mend="write it again") from None


def _plain(cell: object) -> object:
    """Return a typed cell as the text that stands for it in CSV; lists stay lists."""
    match cell:
        case None | str() | list():
            return cell
        case bool():
            return "true" if cell else "false"
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime() | dt.date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)
