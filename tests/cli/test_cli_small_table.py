"""A table of five lines goes through every command without preparation."""

import csv
import io
import json
import os
import sys
from subprocess import run

import pytest


def test_control_of_a_small_table(ask, small):
    """Anna controls all three: 34 and 17 % of Base make a majority."""
    answer = ask("control", "-d", small, "--by", "anna")

    found = {row["company"]: (row["verdict"], row["percent"]) for row in answer["control"]}
    assert {
        "Base": ("certain", 51.0),
        "Middle": ("certain", 50.1),
        "Top": ("certain", 60.0),
    } == found


def test_owners_of_a_small_table(ask, small):
    """Integrated ownership of Base multiplies along the chain and adds what is direct."""
    answer = ask("owners", "Base", "-d", small)
    owners = {row["holder"]: row for row in answer["owners"]}

    assert 17.0 == owners["Anna"]["direct_percent"]
    assert 27.2204 == pytest.approx(owners["Anna"]["percent"])
    assert owners["Bert"]["percent"] is None
    assert owners["Bert"]["percent_min"] < owners["Bert"]["percent_max"]


@pytest.mark.parametrize("ending", ["html", "svg", "graphml", "csv"])
def test_view_of_a_small_table(call, small, tmp_path, ending):
    """A page, a picture and data are written whole."""
    target = tmp_path / f"picture.{ending}"
    outcome = call("view", "-d", small, "-o", target)

    assert (0, "", "") == (outcome.exit_code, outcome.stdout, outcome.stderr)
    assert "Middle" in target.read_text(encoding="utf-8")
    assert {small.name, target.name} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("command", "first"),
    [
        (("owners", "Base"), "holder"),
        (("holdings", "Anna"), "issuer"),
        (("control",), "controller"),
        (("paths", "Anna", "Base"), "parties"),
        (("votes", "Top"), "holder"),
    ],
)
def test_every_form_tells_the_same(call, small, command, first):
    """JSON, JSON lines, CSV and TSV have the same rows, and the table names them."""
    args = (*command, "-d", small, "-f")
    document = json.loads(call(*args, "json").stdout)
    rows = document[command[0]]
    lines = [json.loads(line) for line in call(*args, "jsonl").stdout.splitlines()]
    as_csv = list(csv.DictReader(io.StringIO(call(*args, "csv").stdout)))
    as_tsv = list(csv.DictReader(io.StringIO(call(*args, "tsv").stdout), delimiter="\t"))

    assert rows
    assert rows == lines
    assert as_csv == as_tsv
    labels = [row[first] for row in rows]
    assert ["; ".join(one) if isinstance(one, list) else one for one in labels] == [
        row[first] for row in as_csv
    ]
    table = call(*args, "table").stdout
    assert all((one[0] if isinstance(one, list) else one) in table for one in labels)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("owners", "Top"), {"Anna": "3/5", "Bert": None}),
        (("votes", "Top"), {"Anna": "3/5", "Bert": None}),
        (("holdings", "Top"), {"Middle": "501/1000", "Base": None}),
        (("control", "--of", "Base", "--by", "Anna"), {"Anna": "51/100"}),
        (("paths", "Anna", "Middle"), {"Anna": "1503/5000"}),
    ],
)
def test_exact_fractions(ask, small, command, expected):
    """`--exact` adds the main percentage as a fraction of one, null where it is a range."""
    rows = ask(*command, "-d", small, "--exact")[command[0]]
    keys = ("issuer", "holder", "controller", "parties")
    named = {next(row[key] for key in keys if key in row): row for row in map(_flat, rows)}

    assert expected == {name: named[name]["exact"] for name in expected}


def _flat(row):
    return {**row, "parties": row["parties"][0]} if "parties" in row else row


def test_standard_input_is_a_table(call, small):
    """`-` reads standard input in the format that is named."""
    piped = call(
        *("control", "-d", "-", "--input-format", "csv", "-f", "csv"), stdin=small.read_bytes()
    )

    assert 0 == piped.exit_code
    assert call("control", "-d", small, "-f", "csv").stdout == piped.stdout


def test_several_files_are_one_world(ask, small, tmp_path):
    """`-d` may be repeated."""
    more = tmp_path / "more.csv"
    more.write_text("holder,issuer,capital_percent\nBase,Foot,80\n", encoding="utf-8")
    answer = ask("control", "-d", small, "-d", more, "--by", "Anna", "--of", "Foot")

    assert ["certain"] == [row["verdict"] for row in answer["control"]]


def test_lenient_skips_and_counts(call, ask, small):
    """A malformed row stops the reading, unless it is to be skipped and counted."""
    small.write_text(small.read_text() + "Anna,Other,much\n", encoding="utf-8")

    assert 2 == call("control", "-d", small).exit_code
    warnings = ask("control", "-d", small, "--lenient")["warnings"]
    assert "skipped-rows" in {warning["code"] for warning in warnings}


def test_remainder_is_what_the_user_says(ask, small):
    """The part of nobody named is undisclosed or float, as asked."""
    for kind, other in (("float", "undisclosed"), ("undisclosed", "float")):
        answer = ask("owners", "Middle", "-d", small, "--remainder", kind)
        assert answer[f"{kind}_percent"] or answer[f"{kind}_percent_max"]
        assert not answer[f"{other}_percent"]


def test_groups_thresholds_and_lists(ask, small):
    """A group is one controller; a value that is no name is a list; thresholds have a sense."""
    options = ("control", "-d", small, "--group", "Middle,Anna", "--of", "Base")
    verdicts = {
        sense: ask(*options, "--threshold", "51", *sense)["control"][0]["verdict"]
        for sense in ((), ("--at-least",))
    }

    assert {(): "impossible", ("--at-least",): "certain"} == verdicts
    assert "Middle + Anna" == ask(*options)["control"][0]["controller"]


@pytest.mark.parametrize("command", [("control", "-f", "json"), ("votes", "Top"), ("info",)])
def test_the_same_input_gives_the_same_bytes(small, command):
    """Neither the order of sets nor a clock shows in an answer."""
    told = set()
    for seed in ("1", "2"):
        ended = run(
            [sys.executable, "-m", "keiretsu", *command, "-d", str(small)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        told.add(ended.stdout)

    assert 1 == len(told)
