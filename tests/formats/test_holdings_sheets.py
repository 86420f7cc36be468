"""The holdings table as a workbook and as Parquet says what the same table says as text."""

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.formats.reading import read

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, recognised
from keiretsu.model import PartialDate

COLUMNS = ("holder", "issuer", "capital_percent", "valid_from", "issuer_listed")
ROWS = [("A", "B", 43.4, dt.date(2019, 9, 3), True), ("C", "B", 5, None, None)]
TEXT = b"holder,issuer,capital_percent,valid_from,issuer_listed\nA,B,43.4,2019-09-03,yes\nC,B,5,,\n"


def workbook(*rows, sheets=("Holdings",)):
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(row)
    for title in sheets[1:]:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


AS_PARQUET = parquet(**{name: [row[i] for row in ROWS] for i, name in enumerate(COLUMNS)})


def said(found):
    claims = found.claims
    return {
        (claim.holder, claim.issuer, claim.capital, claim.period) for claim in claims.holdings
    }, {(party.label, party.listed) for party in claims.parties.values()}


@pytest.mark.parametrize(
    ("name", "data"),
    [("xlsx", workbook(COLUMNS, *ROWS)), ("parquet", AS_PARQUET)],
)
def test_every_form_of_the_table_says_the_same(name, data):
    """Numbers, dates and truth values as a person would type them; rows keep their numbers."""
    found = read(name, data, f"t.{name}")
    assert said(found) == said(read("csv", TEXT, "t.csv"))
    assert {claim.place for claim in found.claims.holdings} == {f"t.{name}:2", f"t.{name}:3"}
    assert recognised(Input(data, f"t.{name}")).name == name


def timed(name, moment):
    """Return a table of one holding from a moment on."""
    row = ("A", "B", 43.4, dt.datetime.fromisoformat(moment))
    if name == "xlsx":
        return workbook(COLUMNS[:4], row)
    return parquet(**{title: [cell] for title, cell in zip(COLUMNS, row, strict=False)})


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_a_time_of_day_is_not_lost_in_silence(name):
    """As in a table in text: midnight is the day, any other time is refused with its place."""
    (holding,) = read(name, timed(name, "2019-09-03"), f"t.{name}").claims.holdings
    assert PartialDate.parse("2019-09-03") == holding.period.start
    with pytest.raises(InputError, match="2019-09-03 13:30:00' has a time of day") as refused:
        read(name, timed(name, "2019-09-03 13:30"), f"t.{name}")
    told = (refused.value.place, refused.value.mend)
    assert told == (f"t.{name}:2", "write 2019-09-03, or another day")


@pytest.mark.parametrize("zone", ["+00:00", "+09:00"])
def test_midnight_in_a_zone_is_its_day(zone):
    """As Parquet keeps points of time; no zone is reckoned into another."""
    data = timed("parquet", f"2019-09-03T00:00:00{zone}")
    (holding,) = read("parquet", data, "t.parquet").claims.holdings
    assert PartialDate.parse("2019-09-03") == holding.period.start


def test_a_cell_shown_as_a_percentage_is_one():
    """0.434 formatted as a percentage is 43.4 %."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(COLUMNS, ("A", "B", 0.434))))
    book.active["C2"].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    (claim,) = read("xlsx", out.getvalue(), "t.xlsx").claims.holdings
    assert str(claim.capital) == "43.4 %"


def with_cell(data, cell):
    """Return a workbook with another third row of C, as spreadsheet programs write formulas."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'<c r="C3".*?</c>', cell, old.read(name)))
    return out.getvalue()


def test_a_formula_without_its_result_is_refused():
    """Programs that write workbooks save no results; read as empty, a share would be unknown."""
    data = workbook(COLUMNS, ROWS[0], ("A", "B", "=25+5"))
    with pytest.raises(InputError, match=r"^t\.xlsx:3: the formula in C3 was saved without"):
        read("xlsx", data, "t.xlsx")


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        (b'<c r="C3"><f>25+5</f><v>30</v></c>', "30 %"),
        (b'<c r="C3" t="str"><f>IF(1,"","")</f><v></v></c>', "[0, 100] %"),
    ],
)
def test_a_formula_is_read_as_what_it_came_to(cell, share):
    """Also if that is an empty text, which says that the share is unknown."""
    data = with_cell(workbook(COLUMNS, ROWS[0], ("A", "B", "=25+5")), cell)
    claims = read("xlsx", data, "t.xlsx").claims.holdings
    assert share in {str(claim.capital) for claim in claims}


def test_blank_rows_and_other_sheets():
    """A sheet may begin late; only the first one is read, and that is said."""
    found = read("xlsx", workbook((), COLUMNS, (), ROWS[0], sheets=("H", "More")), "t.xlsx")
    assert {claim.place for claim in found.claims.holdings} == {"t.xlsx:4"}
    assert "other-sheets" in found.codes


def test_decimals_of_parquet_are_exact():
    """No float comes between."""
    data = parquet(holder=["A"], issuer=["B"], capital_percent=[Decimal("33.3333333333")])
    (claim,) = read("parquet", data, "t.parquet").claims.holdings
    assert claim.capital.low * 100 == Decimal("33.3333333333")


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PAR1", b"holder,issuer\n", AS_PARQUET[:-9]])
def test_what_is_damaged_is_refused(name, data):
    """In one line."""
    with pytest.raises(InputError) as error:
        read(name, data, f"t.{name}")
    assert str(error.value).startswith(f"t.{name}: ")


def test_a_workbook_whose_directory_is_damaged_is_refused():
    """What then points before the file is no error of the path."""
    data = workbook(COLUMNS, *ROWS)
    with pytest.raises(InputError, match=r"^t\.xlsx: this is no Excel workbook"):
        read("xlsx", data[:40] + data[80:], "t.xlsx")


def test_a_workbook_with_a_document_type_is_refused():
    """With it come entities."""
    out = io.BytesIO(workbook(COLUMNS, *ROWS))
    bad = io.BytesIO()
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(bad, "w") as copy:
        for part in archive.namelist():
            data = archive.read(part)
            if part.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "aa">]>' + data
            copy.writestr(part, data)
    with pytest.raises(InputError, match="document type"):
        read("xlsx", bad.getvalue(), "t.xlsx")


def test_a_bad_cell_has_its_row():
    """As in text."""
    with pytest.raises(InputError, match=r"t\.xlsx:3"):
        read("xlsx", workbook(COLUMNS, ROWS[0], ("C", "B", 130)), "t.xlsx")


@pytest.mark.parametrize("first", [(("Read me", "x"), ("hello", "y")), (), (COLUMNS,)])
def test_a_first_sheet_without_a_table_names_the_others(first):
    """There is no way to choose a sheet, so the line says how to do without."""
    data = workbook(*first, sheets=("Cover", "Holdings", *(f"S{n}" for n in range(9))))
    said = r"'Holdings', 'S0', 'S1', 'S2', 'S3' and 5 more, to the front, or save it alone"
    with pytest.raises(InputError, match=said):
        read("xlsx", data, "t.xlsx")
    with pytest.raises(InputError, match=said):
        FORMATS["xlsx"].check(Input(data, "t.xlsx"))


def test_a_bad_row_of_the_first_sheet_names_no_other():
    """The other sheets have nothing to do with it."""
    data = workbook(COLUMNS, ("A", "B", 130), sheets=("Holdings", "Notes"))
    with pytest.raises(InputError) as caught:
        read("xlsx", data, "t.xlsx")
    assert "Notes" not in str(caught.value)
