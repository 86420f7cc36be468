"""Rows of delimited text: worked cases, refusals with their line, laws."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.formats.table.reader import FIELD_LIMIT, read_table

READ = {
    # each: data, its header, the line and cells of its rows
    "commas": (b"a,b\n1,2\n", ("a", "b"), [(2, ("1", "2"))]),
    "semicolons and decimal commas": (b"a;b\n1,5;2\n", ("a", "b"), [(2, ("1,5", "2"))]),
    "tabs": (b"a\tb\n1\t2,3\n", ("a", "b"), [(2, ("1", "2,3"))]),
    "byte order mark": (b"\xef\xbb\xbfa,b\n1,2\n", ("a", "b"), [(2, ("1", "2"))]),
    "carriage returns": (b"a,b\r\n1,2\r\n3,4\r\n", ("a", "b"), [(2, ("1", "2")), (3, ("3", "4"))]),
    "old Macintosh": (b"a,b\r1,2\r3,4", ("a", "b"), [(2, ("1", "2")), (3, ("3", "4"))]),
    "no final line break": (b"a,b\n1,2", ("a", "b"), [(2, ("1", "2"))]),
    "blank lines": (b"\n\na,b\n\n , \n1,2\n\n", ("a", "b"), [(6, ("1", "2"))]),
    "quoted line breaks": (
        b'a,b\n"x\ny\nz",1\n"q",2\n',
        ("a", "b"),
        [(2, ("x\ny\nz", "1")), (5, ("q", "2"))],
    ),
    "quoted delimiters in the header": (
        b'"a;;;;x",b\n1,2\n',
        ("a;;;;x", "b"),
        [(2, ("1", "2"))],
    ),
    "space around cells": (b"a , b\n 1 , 2 \n", ("a", "b"), [(2, ("1", "2"))]),
}

REFUSED = {
    # each: data and the message
    "empty": (b"", r"^f\.csv: the file is empty; write a header"),
    "only a byte order mark": (b"\xef\xbb\xbf", r"^f\.csv: the file is empty"),
    "blank": (b"\n \n,,\n", r"^f\.csv: the file is empty"),
    "header only": (b"\na,b\n", r"^f\.csv:2: the table has a header and no rows"),
    "not UTF-8": (b"a,b\n1,2\nCitro\xebn,3\n", r"^f\.csv:3: the file is not UTF-8 text; save"),
    "UTF-16": ("a,b\n1,2\n".encode("utf-16"), r"^f\.csv: this is UTF-16 text"),
    "NUL": (b"a,b\n1,\x002\n", r"^f\.csv:2: the file holds a NUL character"),
    "Parquet": (b"PAR1\x15\x04", r"^f\.csv: this is a Parquet file, which cannot be read; save it"),
    "Excel": (b"PK\x03\x04\x14\x00", r"^f\.csv: this is an Excel workbook"),
    "badly quoted header": (b'"a"x,b\n1,2\n', r"^f\.csv:1: the quotes of this record do not match"),
    "only an open quote": (
        b'"a,b\n1,2\n',
        r"^f\.csv:1: a quote is opened in this record and never",
    ),
}


@pytest.mark.parametrize(("data", "header", "rows"), READ.values(), ids=READ)
def test_rows_know_the_line_on_which_they_begin(data, header, rows):
    """Delimiter, line ends and byte order mark do not matter; lines are physical ones."""
    table = read_table(data, "f.csv")

    assert header == table.header.cells
    assert rows == [(row.line, row.cells) for row in table.rows]
    assert table.problems == ()


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_in_one_line(data, message):
    """The error tells file, line, problem and mend."""
    with pytest.raises(InputError, match=message) as caught:
        read_table(data, "f.csv")

    assert len(str(caught.value).splitlines()) == 1


def test_unreadable_records_are_listed_and_the_others_read():
    """Ragged and badly quoted records do not hide the records around them."""
    table = read_table(b'a,b\n1\n"x"y,2\n3,4,5\n6,7\n', "f.csv")

    assert [(5, ("6", "7"))] == [(row.line, row.cells) for row in table.rows]
    assert [(2, "ragged-row"), (3, "bad-quoting"), (4, "ragged-row")] == [
        (problem.line, problem.rule) for problem in table.problems
    ]


def test_a_field_may_be_large_but_not_oversized():
    """The limit is one million characters, and reading leaves the process's own limit alone."""
    previous = csv.field_size_limit(12_345)
    large = read_table(b"a,b\n" + b"x" * FIELD_LIMIT + b",1\n", "f.csv")
    oversized = read_table(b"a,b\n" + b"x" * (FIELD_LIMIT + 1) + b",1\n2,3\n", "f.csv")

    assert FIELD_LIMIT == len(large.rows[0].cells[0])
    assert [(2, "field-size")] == [(p.line, p.rule) for p in oversized.problems]
    assert ("2", "3") == oversized.rows[0].cells
    assert csv.field_size_limit(previous) == 12_345


_cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).map(
    str.strip
)


@given(
    st.lists(st.tuples(_cells, _cells, st.just("end")), min_size=1, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_written_rows_are_read_back(rows, delimiter, line_end):
    """Any text that fits a quoted cell comes back as it was, but for the space around it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b", "c"), *rows])

    table = read_table(out.getvalue().encode(), "f.csv")

    assert rows == [row.cells for row in table.rows]
