"""The holdings table as a Parquet file; row 1 is the first after the names of the columns."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.formats.opening import Input
from keiretsu.formats.table import format as holdings_table
from keiretsu.formats.table.sheet_text import MOST_ROWS, sheet_text
from keiretsu.formats.table.write import write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.model import ClaimSet, Finding, LossReport


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what a file says; see `keiretsu.formats.table.format.read`."""
    yield from holdings_table.read(Input(_text(source), source.name), reading)


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings, see `keiretsu.formats.table.write.write_parquet`."""
    return write_parquet(claims, stream, report)


def check(source: Input) -> Sequence[Finding]:
    """Return all that is wrong or doubtful in a file."""
    return holdings_table.check(Input(_text(source), source.name))


def _text(source: Input) -> bytes:
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        mend = "pip install 'keiretsu[formats]', or save the table as CSV"
        problem = "reading Parquet needs the package pyarrow"
        raise InputError(problem, place=source.name, mend=mend) from None
    with source.open_packed() as stream:
        try:
            file = pq.ParquetFile(stream)
            if file.metadata.num_rows > MOST_ROWS:
                problem = f"the table has more than {MOST_ROWS:,} rows"
                raise InputError(problem, place=source.name, mend="split it")
            return sheet_text(_rows(file), source.name)
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            problem = f"the Parquet file is damaged or cut short ({type(error).__name__})"
            raise InputError(problem, place=source.name, mend="write it again") from None


def _rows(file: Any) -> Iterator[list[object]]:  # noqa: ANN401 - pyarrow is loaded late
    names = list(file.schema_arrow.names)
    yield list(names)
    for batch in file.iter_batches():
        columns = [column.to_pylist() for column in batch.columns]
        yield from (list(row) for row in zip(*columns, strict=True))
