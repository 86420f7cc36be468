"""The holdings table written: as text, as a workbook, as Parquet; the same rows in each."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.table.write_rows import table_rows, used_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.formats.table.write_rows import Row
    from keiretsu.model import ClaimSet, LossReport

MOST_SHEET_ROWS: Final = 1_048_575
"""Rows that a sheet of Excel has under its header."""
_COUNTS: Final = ("shares", "votes", "issued_shares")
_PERCENTS: Final = ("capital_percent", "voting_percent")
_EXACT_DIGITS: Final = 15
"""Digits that a cell of a workbook keeps of a number."""
_LARGEST: Final = 2**63
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def write_csv(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings as comma-separated text, see `keiretsu.formats.frame.Writer`."""
    return _write_text(claims, stream, report, ",")


def write_tsv(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings as tab-separated text, see `keiretsu.formats.frame.Writer`."""
    return _write_text(claims, stream, report, "\t")


def write_parquet(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings as Parquet: numbers of shares as integers, all else as text.

    Raises
    ------
    InputError
        If the package pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise _needs("pyarrow", "Parquet") from None
    rows = table_rows(claims, report)
    arrays = {
        column: pa.array(
            [_integer(row.get(column)) if whole else row.get(column) for row in rows],
            pa.int64() if whole else pa.string(),
        )
        for column in used_columns(rows)
        for whole in [column in _COUNTS and _all_fit(rows, column)]
    }
    pq.write_table(pa.table(arrays), stream)
    return len(rows)


def write_workbook(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings as an Excel workbook of one sheet, the same bytes for the same claims.

    Raises
    ------
    InputError
        If the package openpyxl is not installed, or there are more rows than a sheet has.
    """
    try:
        import openpyxl  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        raise _needs("openpyxl", "a workbook") from None
    rows = table_rows(claims, report)
    if len(rows) > MOST_SHEET_ROWS:
        problem = f"a sheet has {MOST_SHEET_ROWS:,} rows, and there are {len(rows):,} holdings"
        raise InputError(problem, mend="write CSV or Parquet")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("holdings")
    columns = used_columns(rows)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_sheet_value(column, row.get(column, "")) for column in columns])
    saved = io.BytesIO()
    book.save(saved)
    _without_clock(saved, stream)
    return len(rows)


def _write_text(claims: ClaimSet, stream: IO[bytes], report: LossReport, delimiter: str) -> int:
    rows = table_rows(claims, report)
    columns = used_columns(rows)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    text.detach()  # flushes, and leaves the stream to whoever opened it
    return len(rows)


def _integer(cell: str | None) -> int | None:
    return int(cell) if cell else None


def _all_fit(rows: Sequence[Row], column: str) -> bool:
    return all(int(row[column]) < _LARGEST for row in rows if row.get(column))


def _sheet_value(column: str, cell: str) -> str | int | float | None:
    """Return a cell as a number if a workbook keeps all its digits, else as text."""
    digits = len(cell.replace(".", ""))
    if column in _COUNTS and cell and digits <= _EXACT_DIGITS:
        return int(cell)
    if column in _PERCENTS and digits <= _EXACT_DIGITS and cell.replace(".", "").isdecimal():
        number = float(cell)
        return number if Fraction(repr(number)) == Fraction(cell) else cell
    return cell or None


def _without_clock(saved: IO[bytes], stream: IO[bytes]) -> None:
    """Copy a workbook without the times at which it and its parts were written."""
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _STAMP.sub(b"", content)
            told = zipfile.ZipInfo(part.filename, _EPOCH)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, content)


def _needs(package: str, what: str) -> InputError:
    problem = f"writing {what} needs the package {package}"
    return InputError(problem, mend="pip install 'keiretsu[formats]', or write CSV")
