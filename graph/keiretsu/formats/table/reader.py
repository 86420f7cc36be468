"""Delimited text as rows that know the line on which they begin.

Knows nothing of holdings. Text comes from strangers: what is not UTF-8 text, has a NUL or holds an
oversized field is refused with its place, before anything is made of it.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats.opening import not_utf8
from keiretsu.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD_LIMIT = 1_000_000
"""Characters of one field; more is a quote that was never closed, or an attack."""

DELIMITERS = (",", ";", "\t")

SYNTAX_RULES = frozenset({"bad-quoting", "field-size"})
"""Rules whose breach leaves open where records begin and end: the file is not a readable table."""

_OTHER_FORMATS = {
    b"PAR1": "a Parquet file",
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
    codecs.BOM_UTF16_LE: "UTF-16 text",
    codecs.BOM_UTF16_BE: "UTF-16 text",
}


class NoTableError(InputError):
    """What is read is text, but no table of holdings."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at one line of a table.

    Parameters
    ----------
    line
        Physical line, counted from 1, where the record begins.
    rule
        Short name of the rule that was broken.
    problem, mend
        What is wrong and what to do about it, in one clause each.
    severity
        Whether the record can be used all the same.
    parties
        Labels of the parties concerned.
    """

    line: int
    rule: str
    problem: str
    mend: str = ""
    severity: Severity = Severity.ERROR
    parties: tuple[str, ...] = ()

    def error(self, name: str) -> InputError:
        """Return the problem as the error that stops a reader of the file `name`."""
        return InputError(self.problem, place=f"{name}:{self.line}", mend=self.mend)

    def finding(self, name: str) -> Finding:
        """Return the problem as what a check of the file `name` found."""
        message = f"{self.problem}; {self.mend}" if self.mend else self.problem
        return Finding(
            self.severity, self.rule, " ".join(message.split()), f"{name}:{self.line}", self.parties
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the physical line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the records under it, and the records that could not be read.

    Parameters
    ----------
    header, rows
        Records with as many cells as the header; blank records are left out.
    problems
        Records that are ragged or badly quoted.
    """

    header: Row
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def read_table(data: bytes, name: str) -> Table:
    r"""Read comma-, semicolon- or tab-separated UTF-8 text.

    Parameters
    ----------
    data
        The bytes of the file, with or without a byte order mark.
    name
        The file's name, for the place of errors.

    Returns
    -------
    Table
        Header, records and unreadable records.

    Raises
    ------
    InputError
        If the bytes are not such text, or hold no header with records under it.

    Examples
    --------
    >>> table = read_table(b'holder;issuer\n\n"A\nB";C\nD\n', "t.csv")
    >>> [(row.line, row.cells) for row in table.rows]
    [(3, ('A\nB', 'C'))]
    >>> [str(problem.error("t.csv")) for problem in table.problems]
    ['t.csv:5: the row has 1 cell, the header 2; add or remove cells']
    """
    text = _decode(data, name)
    problems: list[Problem] = []
    records = list(_records(text, problems))
    if not records:
        raise problems[0].error(name) if problems else _nothing(name, "the file is empty")
    header, *rest = records
    if problems and problems[0].line < header.line:
        raise problems[0].error(name)  # the header itself: what follows cannot be understood
    rows = []
    for row in rest:
        if len(row.cells) == len(header.cells):
            rows.append(row)
        else:
            problems.append(_ragged(row, header))
    if not rows and not problems:
        raise _nothing(name, "the table has a header and no rows", header.line)
    return Table(header, tuple(rows), tuple(sorted(problems)))


def _decode(data: bytes, name: str) -> str:
    for magic, what in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise InputError(
                f"this is {what}, which cannot be read",
                place=name,
                mend="save it as CSV, TSV or semicolon-separated UTF-8 text",
            )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise not_utf8(name, line) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(
            "the file holds a NUL character, so it is not text",
            place=f"{name}:{line}",
            mend="export it again as text",
        )
    return text


def _records(text: str, problems: list[Problem]) -> Iterator[Row]:
    """Yield the records that are not blank; add those that cannot be parsed to `problems`."""
    delimiter = delimiter_of(text)
    # The limit is one setting of the whole process: it is put back whatever happens.
    previous = csv.field_size_limit(FIELD_LIMIT)
    try:
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            begins = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problems.append(_unparsed(begins, error))
                continue
            if any(cell.strip() for cell in cells):
                yield Row(begins, tuple(cell.strip() for cell in cells))
    finally:
        csv.field_size_limit(previous)


def delimiter_of(text: str) -> str:
    """Return the delimiter that stands most often in the first line that is not blank."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    outside_quotes = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside_quotes.count)


def _unparsed(line: int, error: csv.Error) -> Problem:
    if "field larger" in str(error):
        return Problem(
            line,
            "field-size",
            f"a field of this record is larger than {FIELD_LIMIT:,} characters",
            "close its quote or shorten it",
        )
    if "unexpected end" in str(error):
        return Problem(
            line, "bad-quoting", "a quote is opened in this record and never closed", "close it"
        )
    return Problem(
        line,
        "bad-quoting",
        "the quotes of this record do not match",
        'quote the whole cell and double the quotes in it, like "a ""b"" c"',
    )


def _ragged(row: Row, header: Row) -> Problem:
    count = len(row.cells)
    cells = "1 cell" if count == 1 else f"{count} cells"
    return Problem(
        row.line,
        "ragged-row",
        f"the row has {cells}, the header {len(header.cells)}",
        "add or remove cells",
    )


def _nothing(name: str, problem: str, line: int | None = None) -> NoTableError:
    place = name if line is None else f"{name}:{line}"
    return NoTableError(problem, place=place, mend="write a header and one row per holding")
