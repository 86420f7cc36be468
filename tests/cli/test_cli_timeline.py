"""The command ``timeline``: table, CSV, picture, errors."""

import csv
import io

import pytest

from keiretsu.cli.columns import COLUMNS

TABLE = """holder,issuer,capital_percent,valid_from,valid_until
Anna,Top,60,2018-01-01,2020
Bert,Top,55,2021-02-03,
"""


@pytest.fixture
def history(tmp_path):
    path = tmp_path / "history.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_table_tells_the_periods(call, history):
    """One line for each period; what changed and what is so at the end below it."""
    shown = call("timeline", "Top", "-d", history, "--as-of", "2022-12-31").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Top from 2018-01-01 to 2022-12-31" == lines[0]
    assert "2018-01-01 2020-01-01 Anna majority-votes Anna 60.00 %" in lines
    assert "2020-01-01 2020-12-31 perhaps Anna majority-votes Anna 0.00–60.00 %" in lines
    assert "2020-12-31 2021-02-03 nobody" in lines
    assert "2021-02-03 Bert majority-votes Bert 55.00 %" in lines
    assert "2021-02-03: controlled by Bert, by majority-votes" in lines


def test_the_last_day_and_the_first_can_be_chosen(ask, history):
    """--as-of is the last day; what lies before --from is left out."""
    asked = ("timeline", "Top", "-d", history, "--as-of", "2020-06-01", "--from", "2019-01-01")
    document = ask(*asked)
    assert ("2019-01-01", "2020-06-01") == (document["from"], document["until"])
    assert ["2019-01-01", "2020-01-01"] == [p["from"] for p in document["periods"]]
    assert ["certain", "possible"] == [p["verdict"] for p in document["periods"]]


def test_csv_has_a_row_for_each_period(call, history):
    """Parts are said in words."""
    outcome = call("timeline", "Top", "-d", history, "--as-of", "2022-12-31", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.stdout)))
    assert COLUMNS["timeline"] == tuple(rows[0])
    assert ["Anna", "Anna", "", "Bert"] == [row["controller"] for row in rows]
    assert "Bert > Top 55 % capital 55 % votes" == rows[3]["votes"]
    assert rows[3]["changes"].startswith("controlled by Bert, by majority-votes; Bert in Top: new")


def test_a_picture_goes_into_a_file(call, history, tmp_path):
    """Its ending tells; the command says nothing."""
    path = tmp_path / "top.svg"
    outcome = call("timeline", "Top", "-d", history, "--as-of", "2022-12-31", "-o", path)
    assert (0, "") == (outcome.exit_code, outcome.output)
    assert path.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("Tip",), "Tip"),
        (("Top", "--as-of", "2010-01-01"), "nothing is told of 'Top' up to 2010-01-01"),
        (("Top", "--from", "2023-01-01", "--as-of", "2022-01-01"), "begins on 2023-01-01"),
        (("Top", "--from", "soon"), "'soon' is not a date"),
        (("Top", "--rule", "magic"), "magic"),
    ],
)
def test_errors_are_one_line(call, history, args, message):
    """Exit status two and nothing on standard output."""
    outcome = call("timeline", *args, "-d", history)
    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert message in outcome.stderr
    assert 1 == outcome.stderr.count("\n")
