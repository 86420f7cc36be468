"""The holdings table as an Excel workbook: its first sheet.

A cell formatted as a percentage holds a fraction of one and is read as the percentage that it
shows. Formulas are not computed; what they came to when the workbook was saved is read, and one
of which nothing was saved is refused: an empty cell would say that a share is not known.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.opening import FREE_EXPANSION, MOST_EXPANSION, Input
from keiretsu.formats.table import format as holdings_table
from keiretsu.formats.table.cells import shown
from keiretsu.formats.table.reader import NoTableError
from keiretsu.formats.table.sheet_text import sheet_text
from keiretsu.formats.table.write import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.formats.frame import Piece, Reading
    from keiretsu.model import ClaimSet, Finding, LossReport

_HEAD: Final = 2048
_DOCUMENT_TYPE: Final = b"<!DOCTYPE"
_SHEETS: Final = "xl/worksheets/"
_FORMULA: Final = re.compile(rb"<f[ >]")
_EMPTY_TEXT: Final = "str"
"""The type of a cell whose formula came to a text, be it an empty one."""
_BLOCK: Final = 2**20
_NAMED_SHEETS: Final = 5


def read(source: Input, reading: Reading) -> Iterator[Piece]:
    """Yield what a workbook says; see `keiretsu.formats.table.format.read`."""
    text, others = _text(source)
    if others:
        words = f"only its first sheet is read, not {', '.join(others)}"
        reading.caution("other-sheets", f"{source.name}: {words}")
    with _naming(others):
        yield from holdings_table.read(Input(text, source.name), reading)


def write(claims: ClaimSet, stream: IO[bytes], report: LossReport) -> int:
    """Write holdings, see `keiretsu.formats.table.write.write_workbook`."""
    return write_workbook(claims, stream, report)


def check(source: Input) -> Sequence[Finding]:
    """Return all that is wrong or doubtful in a workbook."""
    text, others = _text(source)
    with _naming(others):
        return holdings_table.check(Input(text, source.name))


@contextmanager
def _naming(others: Sequence[str]) -> Iterator[None]:
    """Name the other sheets where the first one has no table of holdings."""
    try:
        yield
    except NoTableError as error:
        if not others:
            raise
        named = ", ".join(map(shown, others[:_NAMED_SHEETS]))
        more = f" and {len(others) - _NAMED_SHEETS} more" if len(others) > _NAMED_SHEETS else ""
        mend = (
            f"only the first sheet is read: move the one of holdings, perhaps {named}{more}, to "
            "the front, or save it alone"
        )
        raise NoTableError(error.problem, place=error.place, mend=mend) from None


def _text(source: Input) -> tuple[bytes, list[str]]:
    """Return the first sheet as the text of a table, and the names of the others."""
    try:
        import openpyxl  # noqa: PLC0415 - only workbooks need it
    except ImportError:
        mend = "pip install 'keiretsu[formats]', or save the sheet as CSV"
        problem = "reading a workbook needs the package openpyxl"
        raise InputError(problem, place=source.name, mend=mend) from None
    with source.open_packed() as stream:
        _refuse_bombs(stream, source.name)
        stream.seek(0)
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            sheet, *others = book.worksheets
            _refuse_unsaved_formulas(sheet, stream, source.name)
            return sheet_text(_rows(sheet), source.name), [other.title for other in others]
        except InputError:
            raise
        except Exception as error:  # noqa: BLE001 - the library raises whatever a part provokes
            problem = f"the workbook is damaged ({type(error).__name__})"
            raise InputError(problem, place=source.name, mend="save it again") from None


def _rows(sheet: Any) -> Iterator[list[object]]:  # noqa: ANN401 - openpyxl is loaded late
    sheet.reset_dimensions()  # what the file says of its size need not be so
    for row in sheet.iter_rows():
        yield [_value(cell) for cell in row]


def _refuse_unsaved_formulas(  # openpyxl is loaded late
    sheet: Any,  # noqa: ANN401
    stream: Any,  # noqa: ANN401
    name: str,
) -> None:
    """Refuse a sheet with a formula whose result was not saved, as programs write them."""
    import openpyxl  # noqa: PLC0415 - only workbooks need it

    with zipfile.ZipFile(stream) as archive:
        sheets = [part for part in archive.namelist() if part.startswith(_SHEETS)]
        if not any(_has_formulas(archive, part) for part in sheets):
            return
    stream.seek(0)
    formulas = openpyxl.load_workbook(stream, read_only=True).worksheets[0]
    formulas.reset_dimensions()
    sheet.reset_dimensions()
    for saved, written in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        for result, cell in zip(saved, written, strict=True):
            if cell.data_type == "f" and result.value is None and result.data_type != _EMPTY_TEXT:
                raise InputError(
                    f"the formula in {cell.coordinate} was saved without what it comes to",
                    place=f"{name}:{cell.row}",
                    mend="open and save the workbook in a spreadsheet program, or write the value",
                )


def _has_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    end = b""
    with archive.open(part) as opened:
        while block := opened.read(_BLOCK):
            if _FORMULA.search(end + block):
                return True
            end = block[-2:]
    return False


def _value(cell: Any) -> object:  # noqa: ANN401
    value = cell.value
    shown = isinstance(value, (int, float)) and not isinstance(value, bool)
    if shown and "%" in str(cell.number_format):
        return (Decimal(repr(value)) * 100).normalize()
    return value


def _refuse_bombs(stream: Any, name: str) -> None:  # noqa: ANN401
    """Refuse a workbook that unpacks to too much, or has document types in its parts."""
    try:
        with zipfile.ZipFile(stream) as archive:
            found = _danger(archive)
    except _DAMAGE as error:
        problem = f"this is no Excel workbook ({error})"
        raise InputError(problem, place=name, mend="save it as .xlsx") from None
    if found:
        raise InputError(found[0], place=name, mend=found[1])


def _danger(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """Return what makes a workbook dangerous to read, and the mend."""
    parts = archive.infolist()
    unpacked, packed = (sum(getattr(p, size) for p in parts) for size in _SIZES)
    if unpacked > max(FREE_EXPANSION, packed * MOST_EXPANSION):
        problem = f"the workbook unpacks to more than {MOST_EXPANSION} times its size"
        return problem, "save the sheet as CSV"
    for part in parts:
        with archive.open(part) as opened:
            if _DOCUMENT_TYPE in opened.read(_HEAD):
                problem = f"{part.filename} has a document type, with which entities come"
                return problem, "save it again"
    return None


_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What zipfile raises of an archive of which bytes are missing or wrong."""

_SIZES: Final = ("file_size", "compress_size")
