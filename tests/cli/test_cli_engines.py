"""A whole register by an engine: every engine's answer is the same, and keeps the schema."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from keiretsu.measures.engines import planner, run
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.snapshot import Snapshot

TABLE = """holder,issuer,capital_percent
Anna,Top,60
Top,Middle,50.1
Top,Side,50
Middle,Base,34
Anna,Base,17
Ring,Loop,60
Loop,Ring,70
Loop,Leaf,51
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "holdings.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def register(tmp_path):
    """Write seven parties, a ring among them, whose names are not told."""
    columns = [[0, 0, 1, 3, 4, 4, 5], [1, 2, 2, 4, 3, 5, 6], [60, 20, 35, 60, 60, 30, 70]]
    holder, issuer, weight = (np.array(column) for column in columns)
    world = Snapshot.from_arrays(holder, issuer, capital=weight, capital_total=100)
    write_register(world, tmp_path / "register")
    return tmp_path / "register"


def rows_of(document):
    """Return what a row says without its reasons, sorted."""
    keys = ("controller", "controller_id", "company", "company_id", "percent", "verdict")
    return sorted(tuple(row[key] for key in keys) for row in document["control"])


@pytest.mark.parametrize("options", [(), ("--ultimate",), ("--threshold", "55")])
def test_engines_agree(ask, register, options):
    memory, duckdb = (
        ask("control", *options, "-d", register, "--engine", name) for name in ("memory", "duckdb")
    )
    assert memory["control"] == duckdb["control"] != []
    assert (memory["engine"]["name"], duckdb["engine"]["name"]) == ("memory", "duckdb")
    assert duckdb["engine"]["total_rounds"] == sum(duckdb["engine"]["rounds"].values()) > 0
    assert duckdb["engine"]["rows"] == len(duckdb["control"])


@pytest.mark.parametrize("options", [(), ("--ultimate",), ("--rights", "capital")])
def test_a_table_is_answered_as_without_an_engine(ask, table, options):
    """The same pairs under the same names, in rows of the same form without reasons."""
    asked = ("control", *options, "-d", table, "--as-of", "2024-06-30")
    mine, theirs = ask(*asked, "--engine", "duckdb"), ask(*asked)
    assert rows_of(mine) == rows_of(theirs) != []
    for key in ("as_of", "dataset", "rule", "rights"):
        assert mine[key] == theirs[key]


def test_a_register_chooses_its_engine_and_says_why(call, register, monkeypatch):
    shown = call("control", "-d", register).stdout
    assert "7 holdings need about" in shown
    assert "urn:" not in shown
    monkeypatch.setattr(planner, "PER_HOLDING", 10**12)
    chosen = json.loads(call("control", "-d", register, "--memory", "1GB", "-f", "json").stdout)
    assert chosen["engine"]["name"] == "duckdb"
    assert "of scratch space" in chosen["engine"]["why"]


def test_the_plan_alone_is_told(call, ask, register, monkeypatch):
    """In words, in JSON, and as a row; nothing is computed."""
    monkeypatch.setattr(run, "control_by_engine", None)
    asked = ("control", "-d", register, "--plan", "--memory")
    shown = call(*asked, "4GB").stdout
    assert "memory: 7 holdings need about 350.0 MB of memory and 4.0 GB are there." in shown
    told = ask(*asked, "100MB")
    assert told["engine"]["name"] == "duckdb"
    assert (set(told["engine"]), told["control"]) == ({"name", "why"}, [])
    assert call(*asked, "10MB", "-f", "csv").stdout.startswith("name,why\nspark,")


def test_a_long_answer_is_cut_where_people_read(call, tmp_path):
    """A file has all rows, and the table says how to have them."""
    links = np.arange(1200)
    world = Snapshot.from_arrays(links, links + 1, capital=np.full(1200, 60), capital_total=100)
    write_register(world, tmp_path / "chain")
    asked = ("control", "--ultimate", "-d", tmp_path / "chain", "--engine", "memory")
    shown = call(*asked).stdout
    assert "the first 1,000 of 1,200 rows" in shown
    assert shown.count("60.00") == 1000
    assert call(*asked, "-f", "csv").stdout.count("\n") == 1201


@pytest.mark.parametrize("options", [(), ("--ultimate",), ("--rights", "capital")])
def test_a_store_is_asked_in_columns(ask, call, table, monkeypatch, options):
    """The same rows, and what lies in columns is not read as objects."""
    store = table.with_name("store")
    assert call("load", table, "--store", store, "--columns").exit_code == 0
    asked = ("control", *options, "-d", store, "--as-of", "2024-06-30")
    theirs = ask(*asked)
    monkeypatch.setattr(OwnershipGraph, "snapshot", None)
    mine = ask(*asked, "--engine", "duckdb")
    assert rows_of(mine) == rows_of(theirs) != []
    for key in ("as_of", "dataset", "rule", "rights", "warnings"):
        assert mine[key] == theirs[key]


def test_what_columns_do_not_decide_is_read_beside_them(ask, call, tmp_path):
    """Two tables at odds about one company, and what lies below it; the rest is columns."""
    store, first, second = tmp_path / "store", tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(TABLE + "Anna,Odd,55\nOdd,Below,60\nBelow,Top,30\n", encoding="utf-8")
    second.write_text("holder,issuer,capital_percent\nAnna,Odd,70\n", encoding="utf-8")
    assert call("load", first, second, "--store", store).exit_code == 0
    asked = ("control", "-d", store, "--as-of", "2024-06-30")
    theirs = ask(*asked)
    assert rows_of(ask(*asked, "--engine", "memory")) == rows_of(theirs)
    assert {row["company"] for row in theirs["control"]} >= {"Odd", "Below", "Leaf"}


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_rows_can_be_written_by_the_engine(ask, register, tmp_path, engine):
    into = tmp_path / "controllers.parquet"
    asked = ("control", "--ultimate", "-d", register, "--engine", engine)
    document = ask(*asked, "--into", into)
    assert document["control"] == []
    assert (document["engine"]["rows"], document["engine"]["written"]) == (5, str(into))
    written = pq.read_table(into).sort_by([("controller", "ascending"), ("company", "ascending")])
    listed = [(row["controller_id"], row["company"]) for row in ask(*asked)["control"]]
    assert len(listed) == written.num_rows
    assert written.column("company").to_pylist() == [int(company) for _, company in listed]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--of", "3"), "--of is not asked of a whole register"),
        (("--exact",), "--exact is not asked of a whole register"),
        (("--engine", "duckdb", "--threshold", "30"), "use --engine memory"),
        (("--engine", "duckdb", "--memory", "much"), "'much' is not an amount of memory"),
        (("--engine", "duckdb", "--scratch", "/nowhere"), "the scratch folder cannot be used"),
        (("--engine", "duckdb", "--memory", "1KB"), "DuckDB has too little memory; give more"),
        (("--scratch", "/nowhere"), "the scratch folder cannot be used"),
        (("--as-of", "2024-06-30"), "--as-of is not asked of a register in Parquet"),
        (("--known-at", "2024-06-30"), "--known-at is not asked of a register in Parquet"),
        (("--max-age", "10"), "--max-age is not asked of a register in Parquet"),
        (("--remainder", "float"), "--remainder is not asked of a register in Parquet"),
        (("--decision", "merger"), "--decision is not asked of a register in Parquet"),
        (("--rights", "agreed-votes"), "does not tell 'agreed-votes'; use one of: capital, votes"),
        (("--engine", "memory", "--into", "/nowhere/rows"), "cannot be written (No such file"),
        (("--engine", "duckdb", "--into", "/nowhere/rows"), "cannot be written (No such file"),
        (("--engine", "duckdb", "--into", "/"), "is a folder; name a file"),
        (("--memory", "much"), "'much' is not an amount of memory"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(call, register, options, problem):
    outcome = call("control", "-d", register, *options)
    assert (outcome.exit_code, outcome.stdout, outcome.stderr.count("\n")) == (2, "", 1)
    assert problem in outcome.stderr


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"capital": [60, 20, 90, 60, 60, 30, 70]}, "more than 100 %"),
        ({"capital": [60, 20, -5, 60, 60, 30, 70]}, None),
        ({"issuer": [1, 2, 9, 4, 3, 5, 6]}, None),
        ({"capital": None}, "there is no column 'capital'"),
    ],
)
def test_a_register_that_does_not_fit_together_is_refused(call, register, engine, change, problem):
    file = register / "holdings.parquet"
    columns = pq.read_table(file).to_pydict() | change
    kept = {name: column for name, column in columns.items() if column is not None}
    pq.write_table(pa.table(kept), file)
    outcome = call("control", "-d", register, "--engine", engine)
    assert (outcome.exit_code, outcome.stdout, outcome.stderr.count("\n")) == (2, "", 1)
    assert (problem or "error:") in outcome.stderr


def test_what_engines_do_not_know_is_refused(call, small):
    """Ranges, bodies that act for a State, and options of engines without one."""
    for args, problem in (
        (("-d", small, "--engine", "duckdb"), "known as ranges only"),
        (("--engine", "duckdb"), "acts for another party"),
        (("-d", small, "--into", "x.parquet"), "--into is of no use without an engine; add"),
        (("-d", small, "--plan"), "--plan is of no use without an engine; add --engine auto"),
    ):
        outcome = call("control", *args)
        assert (outcome.exit_code, outcome.stderr.count("\n")) == (2, 1)
        assert problem in outcome.stderr
