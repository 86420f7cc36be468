"""What every measure says of bad questions and bad tables: one clear line, and nothing else."""

import pytest

TABLES = {
    "over.csv": "holder,issuer,capital_percent\nA,B,70\nC,B,60\n",
    "header.csv": "holder,issuer,capital_percent\n",
    "empty.csv": "",
    "loop.csv": "holder,issuer,capital_percent\nA,B,100\nB,A,100\nC,D,60\n",
}
MEASURES = {
    "owners": ("owners", "B"),
    "holdings": ("holdings", "A"),
    "control": ("control", "--by", "A"),
    "paths": ("paths", "A", "B"),
    "chains": ("chains", "A", "B"),
    "votes": ("votes", "B"),
    "power": ("power", "B"),
    "network": ("network",),
    "screen": ("screen", "--regime", "ofac", "--listed", "A"),
    "beneficial": ("beneficial", "B", "--regime", "psc"),
    "reconcile": ("reconcile",),
    "explain": ("explain", "A", "B"),
}


@pytest.fixture
def tables(tmp_path):
    """Write tables with one thing wrong in each."""
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def refused(outcome):
    """Return the one line by which a command refused."""
    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert outcome.stderr.startswith("error: ")
    assert 1 == outcome.stderr.count("\n")
    return outcome.stderr.removeprefix("error: ")


@pytest.mark.parametrize("args", MEASURES.values(), ids=MEASURES)
def test_an_issuer_held_for_130_percent(call, tables, args):
    """The line has the place, the issuer, the sum, and what to do."""
    told = refused(call(*args, "-d", tables / "over.csv"))
    assert told.startswith(f"{tables / 'over.csv'}:3: ")
    assert "'B' adds up to 130 %, more than 100 %; correct the rows" in told


@pytest.mark.parametrize("args", MEASURES.values(), ids=MEASURES)
def test_an_empty_table(call, tables, args):
    """Whether there is nothing at all, or only a header."""
    nothing = refused(call(*args, "-d", tables / "empty.csv"))
    assert "empty.csv: the file is empty; write a header and one row per holding" in nothing
    header = refused(call(*args, "-d", tables / "header.csv"))
    assert "header.csv:1: the table has a header and no rows; write a header and one" in header


NAMES = {
    "owner of nobody known": ("owners", "Beta"),
    "holdings of nobody known": ("holdings", "Beta"),
    "an owner of what is undisclosed": ("owners", "B", "--undisclosed-to", "Beta"),
    "a controller": ("control", "--by", "Beta"),
    "a controlled company": ("control", "--of", "Beta"),
    "a member of a group": ("control", "--group", "A", "--group", "Beta"),
    "a controller of what is undisclosed": ("control", "--undisclosed-to", "Beta"),
    "the end of a path": ("paths", "A", "Beta"),
    "the start of a chain": ("chains", "Beta", "A"),
    "a meeting": ("power", "Beta"),
    "votes": ("votes", "Beta"),
    "a listed party": ("screen", "--regime", "ofac", "--listed", "Beta"),
    "a joint party": ("screen", "--regime", "ofac", "--listed", "A", "--joint", "A, Beta"),
    "a power": ("beneficial", "B", "--regime", "psc", "--controls", "Beta>B"),
    "a tested company": ("beneficial", "Beta", "--regime", "psc"),
    "who is explained": ("explain", "Beta", "B"),
}


@pytest.mark.parametrize("args", NAMES.values(), ids=NAMES)
def test_an_unknown_party(call, tables, args):
    """The line has the name, and the nearest ones that there are."""
    told = refused(call(*args, "-d", tables / "loop.csv"))
    assert told.startswith("no party is named '")
    assert "Beta" in told.partition(";")[0]


LIMITS = {
    "a threshold of nothing": ("control", "--threshold", "0"),
    "a threshold below nothing": ("control", "--threshold=-5"),
    "more than all": ("control", "--threshold", "100"),
    "beyond all": ("control", "--at-least", "--threshold", "100.01"),
    "no turnout": ("control", "--turnout", "0"),
    "a turnout beyond all": ("control", "--turnout", "101"),
    "links of nothing": ("chains", "A", "B", "--threshold", "0"),
    "links beyond all": ("chains", "A", "B", "--threshold", "101"),
    "a quota of nothing": ("power", "B", "--quota", "0"),
    "a quota beyond all": ("power", "B", "--quota", "130", "--at-least"),
    "a meeting without anybody": ("power", "B", "--turnout", "0"),
    "a damping of all": ("owners", "B", "--method", "damped", "--damping", "100"),
}


@pytest.mark.parametrize("args", LIMITS.values(), ids=LIMITS)
def test_a_limit_outside_its_range(call, tables, args):
    """A percentage that means nothing is refused, with the range."""
    told = refused(call(*args, "-d", tables / "loop.csv"))
    assert "between 0 and 100 %" in told or "is not a percentage; write it like 33.4" in told


LOOPS = {
    "owners": ("owners", "B"),
    "holdings": ("holdings", "A"),
    "network": ("network",),
    "beneficial": ("beneficial", "B", "--regime", "amlr"),
}


@pytest.mark.parametrize("args", LOOPS.values(), ids=LOOPS)
def test_a_loop_with_no_outside_owner(ask, tables, args):
    """Whoever asks is told that there is none, and who the members are."""
    answer = ask(*args, "-d", tables / "loop.csv")
    (told,) = (warning for warning in answer["warnings"] if warning["code"] == "closed-loop")
    assert told["text"].startswith("these companies are wholly held by each other: ")
    assert ["A", "B"] == told["parties"]


def test_a_loop_in_tables_for_people(call, tables):
    """The table has a row of its own for what ends in the loop."""
    shown = call("owners", "B", "-d", tables / "loop.csv").stdout
    assert "closed loops without an outside owner" in shown
    assert "wholly held by each other: no outside owner: A \N{RIGHTWARDS ARROW} B" in shown
    assert "A + B" in call("control", "--ultimate", "-d", tables / "loop.csv").stdout


def test_a_loop_without_anybody_on_top(ask, tables):
    """Power at the top of chains is nobody's, and that is said."""
    answer = ask("power", "B", "--indirect", "-d", tables / "loop.csv")
    assert [] == answer["power"]
    assert "nobody-on-top" in {warning["code"] for warning in answer["warnings"]}
