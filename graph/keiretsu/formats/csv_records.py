"""Records of delimited text, one after the other, each with its line.

Text comes from strangers: what is not UTF-8 or is no table is refused with its place, and no more
than one record is held at a time.
"""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from keiretsu.errors import InputError
from keiretsu.formats.opening import not_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input


class CsvRecord(NamedTuple):
    """The cells of one record by the titles of their columns, and where it begins."""

    cells: dict[str, str]
    place: str


Made = TypeVar("Made")
"""What is made of the cells of a row."""


def csv_records(
    source: Input, reading: Reading, *, needed: tuple[str, ...] = (), delimiter: str = ","
) -> Iterator[CsvRecord]:
    r"""Yield the records of comma-separated text by the titles of their columns.

    Parameters
    ----------
    source, reading, needed, delimiter
        As in `csv_rows`.

    Examples
    --------
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> table = Input(b"LEI,Name\r\n1,A\r\n", "x.csv")
    >>> [(r.cells, r.place) for r in csv_records(table, Reading("x.csv"))]
    [({'LEI': '1', 'Name': 'A'}, 'x.csv:2')]
    """

    def by_title(titles: Sequence[str]) -> Callable[[Sequence[str]], dict[str, str]]:
        return lambda cells: dict(zip(titles, cells, strict=True))

    for cells, place in csv_rows(source, reading, by_title, needed=needed, delimiter=delimiter):
        yield CsvRecord(cells, place)


def csv_rows(
    source: Input,
    reading: Reading,
    plan: Callable[[Sequence[str]], Callable[[Sequence[str]], Made]],
    *,
    needed: tuple[str, ...] = (),
    delimiter: str = ",",
) -> Iterator[tuple[Made, str]]:
    r"""Yield what is made of each row of comma-separated text, and where it begins.

    Parameters
    ----------
    source
        UTF-8 text with or without a byte order mark.
    reading
        Told of ragged records, which it may skip.
    plan
        Given the titles of the columns, returns what is called with the cells of every row: where
        a column stands is looked up once, not in every row.
    needed
        Columns that must be there.
    delimiter
        What separates cells.

    Raises
    ------
    InputError
        If a needed column is missing, a title stands twice, a record is ragged, or the text is
        none.

    Examples
    --------
    >>> from operator import itemgetter
    >>> from keiretsu.formats.frame import Reading
    >>> from keiretsu.formats.opening import Input
    >>> table = Input(b"LEI,Name\r\n1,A\r\n", "x.csv")
    >>> list(csv_rows(table, Reading("x.csv"), lambda titles: itemgetter(titles.index("Name"))))
    [('A', 'x.csv:2')]
    """
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        rows = _rows(text, source.name, delimiter)
        header = next(rows, None)
        if header is None:
            raise InputError("the file is empty", place=source.name, mend="give one with records")
        titles = [title.strip() for title in header[1]]
        _check_titles(titles, needed, f"{source.name}:{header[0]}")
        make, width, name = plan(titles), len(titles), source.name
        for line, cells in rows:
            place = f"{name}:{line}"
            if len(cells) == width:
                yield make(cells), place
            else:
                problem = f"the row has {len(cells)} cells, the header {width}"
                reading.count()
                reading.refuse(InputError(problem, mend="add or remove cells"), place)


def _rows(text: IO[str], name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = f"this is no record of a table ({error})"
        mend = "quote whole cells and double the quotes in them"
        raise InputError(problem, place=f"{name}:{begins}", mend=mend) from None
    except UnicodeDecodeError:
        raise not_utf8(name, begins) from None


def _check_titles(titles: list[str], needed: tuple[str, ...], place: str) -> None:
    twice = sorted({title for title in titles if title and titles.count(title) > 1})
    if twice:
        raise InputError(f"the column {twice[0]} stands twice", place=place, mend="remove one")
    missing = [title for title in needed if title not in titles]
    if missing:
        problem = f"the header lacks {', '.join(missing)}"
        raise InputError(problem, place=place, mend="add it, or check that it is this format")
