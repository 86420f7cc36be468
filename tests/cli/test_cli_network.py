"""The commands that look at chains, at the whole network, and at what is not disclosed."""

import csv
import io
import json

import pytest

EXACT = """holder,issuer,capital_percent
F,A,15
A,B,60
X,B,30
B,A,20
"""


@pytest.fixture
def exact(tmp_path):
    """Write a table of four exact holdings, two of them a loop."""
    path = tmp_path / "exact.csv"
    path.write_text(EXACT, encoding="utf-8")
    return path


def valued(path, text):
    path.write_text(text, encoding="utf-8")
    return path


# -- network ----------------------------------------------------------------------------------


def test_everybody_is_worth_one(ask, exact):
    """Without values every party counts for one, and the core is the loop."""
    answer = ask("network", "-d", exact)
    rows = {row["party"]: row for row in answer["network"]}
    assert ("exact", 4.0) == (answer["computed"], answer["total_value"])
    assert {"A": "core", "B": "core", "F": "in", "X": "in"} == {
        name: row["section"] for name, row in rows.items()
    }
    # F has 15 % of A, which has 60 % of B, round and round: (1 + 0.6) / (1 - 0.12)
    assert rows["F"]["network_value"] == pytest.approx(0.15 * 1.6 / 0.88, abs=1e-9)
    assert (1, 1.0, 25.0) == tuple(
        rows["A"][key] for key in ("rank", "controlled_value", "cumulative_percent")
    )
    assert rows["A"]["npi"] is None


def test_values_of_a_file(ask, exact, tmp_path):
    """Who is left out of the file is worth nothing."""
    values = valued(tmp_path / "values.csv", "party,value\nB,200\n")
    answer = ask("network", "-d", exact, "--values", values)
    rows = {row["party"]: row for row in answer["network"]}
    assert (200.0, 0.0) == (rows["B"]["value"], rows["A"]["value"])
    assert (200.0, 100.0) == (answer["total_value"], rows["A"]["cumulative_percent"])


def test_power_in_the_network(ask, exact):
    """With --power each party has both indices, and those of Karos and Peters cancel out."""
    rows = ask("network", "-d", exact, "--power")["network"]
    assert 4 == pytest.approx(sum(row["npi"] for row in rows))
    assert 0 == pytest.approx(sum(row["karos_peters"] for row in rows))


def test_the_same_rows_in_every_form(call, ask, exact):
    """CSV has the rows of JSON, and the table for people the same parties."""
    rows = ask("network", "-d", exact)["network"]
    written = list(csv.DictReader(io.StringIO(call("network", "-d", exact, "-f", "csv").stdout)))
    lines = [json.loads(t) for t in call("network", "-d", exact, "-f", "jsonl").stdout.splitlines()]
    shown = call("network", "-d", exact).stdout
    assert [row["party"] for row in rows] == [row["party"] for row in written]
    assert rows == lines[-len(rows) :]
    assert "bow tie: core 2, in 2, out 0" in shown
    assert "control values of different parties overlap and do not add up" in shown


VALUES = {
    "no such file": (None, "cannot be read"),
    "no column": ("party,worth\nA,1\n", "has no column value; name the columns party and value"),
    "no number": ("party,value\nA,1\nB,much\n", "values.csv:3: "),
    "less than nothing": (
        "party,value\nA,-1\n",
        "values.csv:2: the value -1 is negative; give nothing or more",
    ),
    "nobody": ("party,value\nNobody,1\n", "values.csv:2: no party is named 'Nobody'; nearest"),
    "twice": ("party,value\nA,1\na,2\n", "values.csv:3: 'a' has a value already; give each"),
    "no text": (b"party,value\n\xff,1\n", "cannot be read (no CSV in UTF-8)"),
}


@pytest.mark.parametrize(("text", "told"), VALUES.values(), ids=VALUES)
def test_values_that_are_refused(call, exact, tmp_path, text, told):
    """The line says what is wrong with the file, where, and what to do."""
    path = tmp_path / "values.csv"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    outcome = call("network", "-d", exact, "--values", path)
    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert told in outcome.stderr
    assert 1 == outcome.stderr.count("\n")


def test_power_needs_exact_votes(call, small):
    """With ranges the network's power is refused, with whose stake is missing."""
    outcome = call("network", "-d", small, "--power")
    assert 2 == outcome.exit_code
    assert "are known as ranges only" in outcome.stderr
    assert "Bert" in outcome.stderr


# -- chains -----------------------------------------------------------------------------------


def test_conventions_of_a_chain(ask, exact):
    """Of 15 and 60 % each convention says something else, and A cannot be bypassed."""
    answer = ask("chains", "F", "B", "-d", exact, "--exact")
    found = {row["convention"]: row["control_percent"] for row in answer["conventions"]}
    assert (15.0, 0.0, 0.0) == (
        found["weakest-link"],
        found["last-link"],
        found["majority-fixpoint"],
    )
    assert ["A"] == answer["dominators"]
    assert answer["cash_flow_percent"] == pytest.approx(9 / 0.88, abs=1e-6)


def test_a_lower_threshold_lets_the_chain_through(ask, exact):
    """Where 15 % are enough for a link, the last link counts in full."""
    rows = ask("chains", "F", "B", "-d", exact, "--threshold", "15")["conventions"]
    assert 60.0 == {r["convention"]: r["control_percent"] for r in rows}["last-link"]


def test_a_bound_on_length_is_told(ask, exact):
    """Longer chains are left out, which is said."""
    answer = ask("chains", "F", "B", "-d", exact, "--max-length", "1")
    assert (0, True) == (answer["chains"], answer["truncated"])


# -- what is not disclosed, and damping --------------------------------------------------------


def test_what_would_be_controlled_is_told(call, exact):
    """The table for people says whom, with how much, and which part alone would do."""
    shown = call("control", "-d", exact, "--of", "A", "--undisclosed-to", "F").stdout
    assert (
        "F could control A, with at most 100.00 %; the undisclosed part of A alone would do"
        in shown
    )
    none = call("control", "-d", exact, "--of", "B", "--undisclosed-to", "X", "--threshold", "70")
    assert "X could control nobody further" in none.stdout


def test_damped_shares(ask, exact):
    """Each holding after the first counts for half, and the answer repeats the damping."""
    args = ("owners", "B", "-d", exact, "--method", "damped", "--damping", "50")
    answer = ask(*args)
    found = {row["holder"]: row["percent"] for row in answer["owners"]}
    assert 50.0 == answer["damping_percent"]
    # F: 15 % of 60 % halved, round a loop of 60 and 20 % quartered
    assert found["F"] == pytest.approx(100 * 0.045 / (1 - 0.03), abs=1e-6)


# -- lists by identifier ------------------------------------------------------------------------


def test_a_list_of_identifiers(ask, tmp_path):
    """A party is found by its ISIN or its number in a register, in a column of a CSV."""
    listed = tmp_path / "list.csv"
    listed.write_text("isin,note\nFR0000131906,x\n", encoding="utf-8")
    args = ("screen", "--regime", "ias28", "--as-of", "2019-09-03")
    by_file = ask(*args, "--listed-file", listed)
    assert ["Renault"] == [party["party"] for party in by_file["listed"]]
    assert "Nissan" in {row["company"] for row in by_file["caught"]}
    assert by_file["caught"] == ask(*args, "--listed", "441639465")["caught"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a,t,30\nb,t,25\n", "the block b 25.00 %"),
        ("a,t,10\nb,t,25\nc,t,20\n", "the blocks b + c together, and no single one"),
        ("a,t,10\nb,t,25\n", "all blocks of the others together are too few"),
    ],
)
def test_blocks_that_would_give_control(call, tmp_path, rows, told):
    """The table for people says which blocks would do, alone or together, or that none would."""
    path = valued(tmp_path / "blocks.csv", f"holder,issuer,capital_percent\n{rows}")
    assert told in call("control", "-d", path, "--by", "a", "--of", "t").stdout
