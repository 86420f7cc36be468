"""The commands of legal tests, reconciliation and explanation, as scripts call them."""

import csv
import io
import json

import pytest

OWN = """holder,issuer,capital_percent,holder_kind
X,A,30,Person
"Y, Inc.",A,21,Company
A,B,50,
X,C,20-40,Person
"""


@pytest.fixture
def own(tmp_path):
    """Write a table of four holdings."""
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def caught(document):
    return {row["company"]: row["verdict"] for row in document["caught"]}


def test_screen_by_names(ask, own):
    """Repeated names, or a list with commas where a value is no name."""
    args = ("screen", "--regime", "ofac", "-d", own)
    assert {"A": "certain", "B": "certain"} == caught(
        ask(*args, "--listed", "X", "--listed", "Y, Inc.")
    )
    assert {} == caught(ask(*args, "--listed", "X"))


def test_screen_by_file(ask, own, tmp_path):
    """A list may be lines of names, commas and all, or a CSV; what is not in the data is told."""
    lines = tmp_path / "list.txt"
    lines.write_text("# blocked\nX\n\nY, Inc.\nNobody Known\n", encoding="utf-8")
    table = tmp_path / "list.csv"
    table.write_text('id;name\n1;X\n2;"Y, Inc."\n3;Nobody Known\n', encoding="utf-8-sig")
    for path in (lines, table):
        document = ask("screen", "--regime", "ofac", "-d", own, "--listed-file", path)
        assert {"A": "certain", "B": "certain"} == caught(document)
        told = [w["text"] for w in document["warnings"] if w["code"] == "not-in-data"]
        assert len(told) == 1
        assert "1 names that are no party of the data" in told[0]
        assert [["X", "Y, Inc."]] == [[party["party"] for party in document["listed"]]]


def test_screen_only_some_companies(ask, own, tmp_path):
    """--companies restricts the answer to those of a file."""
    wanted = tmp_path / "companies.txt"
    wanted.write_text("B\n", encoding="utf-8")
    args = ("--listed", "X", "--listed", "Y, Inc.", "--companies", wanted)
    assert {"B": "certain"} == caught(ask("screen", "--regime", "ofac", "-d", own, *args))


def test_fail_is_an_exit_status(call, own):
    """With --fail somebody caught, even possibly, is status 1; nobody is 0."""
    args = ("screen", "--regime", "gwg", "-d", own, "--listed")
    assert 1 == call(*args, "X", "--fail").exit_code
    assert 0 == call(*args, "X").exit_code
    assert 0 == call(*args, "B", "--fail").exit_code


def test_joint_and_powers(ask, own):
    """A joint arrangement adds up, and a power that is no share counts."""
    args = ("screen", "--regime", "uk-sanctions", "-d", own, "--listed", "X")
    assert {} == caught(ask(*args))
    assert "certain" == caught(ask(*args, "--controls", "X > A"))["A"]
    table = own.with_name("plain.csv")
    table.write_text("holder,issuer,capital_percent\nX,A,30\nZ,A,21\n", encoding="utf-8")
    args = ("screen", "--regime", "uk-sanctions", "-d", table, "--listed", "X")
    assert {} == caught(ask(*args))
    assert {"A": "certain"} == caught(ask(*args, "--joint", "X, Z"))


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("screen", "--regime", "ofac"), "nobody is listed; give --listed PARTY"),
        (("screen", "--regime", "x", "--listed", "X"), "no regime is named 'x'; use one of: ofac"),
        (("screen", "--regime", "ofac", "--listed", "Q"), "no party is named 'Q'"),
        (("screen", "--regime", "ofac", "--listed-file", "nope.txt"), "nope.txt: cannot be read"),
        (
            ("screen", "--regime", "uk-sanctions", "--listed", "X", "--controls", "X"),
            "'X' does not say who controls whom; write PARTY>COMPANY",
        ),
        (("beneficial", "A"), "missing option '--regime'"),
        (("beneficial", "A", "--regime", "amld", "--reading", "z"), "no reading named 'z'"),
        (("explain", "X", "X"), "X is asked about itself; name two parties"),
        (("control", "--turnout", "0"), "the turnout must lie between 0 and 100 %"),
        (("control", "--turnout", "50", "--threshold", "40"), "a turnout makes a threshold"),
    ],
)
def test_bad_input(call, own, args, told):
    """Status 2 and one line that says what is wrong and what to do."""
    outcome = call(*args, "-d", own)
    assert 2 == outcome.exit_code
    assert told in outcome.stderr
    assert 1 == outcome.stderr.count("\n")


def test_files_that_cannot_be_read(call, own, tmp_path):
    """An empty list, one that is not text, and one of strangers only are bad input."""
    empty, binary, strangers = (tmp_path / name for name in ("e.txt", "b.txt", "s.txt"))
    empty.write_text("# nothing\n\n", encoding="utf-8")
    binary.write_bytes(b"X\n\xff\xfe\n")
    strangers.write_text("Q\nR\n", encoding="utf-8")
    for path, told in (
        (empty, "names nobody"),
        (binary, f"{binary.name}:2: is not UTF-8 text"),
        (strangers, "none of its 2 names is a party of the data"),
    ):
        outcome = call("screen", "--regime", "ofac", "-d", own, "--listed-file", path)
        assert (2, True) == (outcome.exit_code, told in outcome.stderr)


def test_beneficial_in_every_form(call, ask, own):
    """The same answer as JSON, CSV and a table."""
    document = ask("beneficial", "A", "--regime", "amlr", "-d", own, "--exact")
    assert [("X", "certain", 30.0, "3/10")] == [
        (o["person"], o["verdict"], o["percent"], o["exact"]) for o in document["owners"]
    ]
    assert ["AMLR art. 52"] == [g["article"] for g in document["owners"][0]["grounds"]]
    text = call("beneficial", "A", "--regime", "amlr", "-d", own, "-f", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert ("X", "AMLR art. 52: certain 30 %") == (row["person"], row["grounds"])
    page = call("beneficial", "A", "--regime", "amlr", "-d", own).stdout
    assert "X        certain   AMLR art. 52   30.00" in page
    assert "not legal advice" in page


def test_nobody_found_names_the_fallback(call, own):
    """Where nobody is found the page says who counts instead."""
    page = call("beneficial", "B", "--regime", "gwg", "-d", own).stdout
    assert "nobody meets the test" in page
    assert "the legal representative, managing partner or partner counts" in page


def test_the_alliance(ask):
    """The French State has close links with Renault; nobody stands behind Nissan as a person."""
    links = ask("screen", "--regime", "ias28", "--listed", "Renault", "--as-of", "2019-09-03")
    assert "Nissan" in caught(links)
    nissan = ask("beneficial", "Nissan", "--regime", "amlr", "--as-of", "2019-09-03")
    assert [] == nissan["owners"]
    assert nissan["fallback"]


def test_control_tells_what_is_missing(call, ask):
    """Renault's gap to a majority of Nissan, and the blocks that would fill it."""
    args = ("control", "--by", "Renault", "--of", "Nissan", "--as-of", "2019-09-03")
    (row,) = ask(*args)["control"]
    assert row["missing_percent"] == row["purchase"]["percent"]
    assert ("float", True) == (row["purchase"]["from"], row["purchase"]["more_than"])
    assert row["blocks"]
    assert "What would give control" in call(*args).stdout


def test_control_at_a_turnout(ask):
    """At 55 % turnout the State's 28.61 % are a majority of the votes cast, at 60 % not."""
    args = ("control", "--by", "French State", "--of", "Renault", "--as-of", "2020-12-31")
    for turnout, verdict in (("55", "certain"), ("60", "impossible")):
        document = ask(*args, "--turnout", turnout)
        assert (verdict,) == tuple(row["verdict"] for row in document["control"])
        assert f"majority-at-turnout-{turnout}-percent" == document["rule"]


def test_explain_to_a_file(call, tmp_path):
    """The ending tells the form; standard output is Markdown."""
    args = ("explain", "Renault", "Nissan", "--as-of", "2019-09-03")
    page = tmp_path / "page.html"
    assert 0 == call(*args, "-o", page).exit_code
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert call(*args).stdout.startswith("# Does Renault control Nissan?\n")
    assert call(*args, "-f", "html").stdout == page.read_text("utf-8")


def test_reconcile(call, ask):
    """The disputed share of the employees in 2020 is among the differences."""
    document = ask("reconcile", "--as-of", "2020-12-31")
    found = {(d["holder"], d["issuer"]): d for d in document["differences"]}
    employees = found["Employees of Renault", "Renault"]
    assert (3.48, 4.86) == (employees["declared"], round(employees["computed"], 2))
    assert document["checked"] >= len(document["differences"])
    assert (
        "Declared against computed on 2020-12-31"
        in call("reconcile", "--as-of", "2020-12-31").stdout
    )


def test_lines_of_json(call, own):
    """Each caught company is one line of JSON."""
    text = call("screen", "--regime", "gwg", "-d", own, "--listed", "X", "-f", "jsonl").stdout
    assert {"A", "C"} == {json.loads(line)["company"] for line in text.splitlines()}
