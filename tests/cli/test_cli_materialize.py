"""The command ``materialize``: derived graphs into a file of their own, or beside the claims."""

import json

import pytest

from keiretsu.ownership_graph import OwnershipGraph

ASKED = ("materialize", "--as-of", "2020-01-01", "--regime", "ofac", "--rule", "majority-votes")


@pytest.fixture
def store_file(small, tmp_path):
    """Write the small table as TriG."""
    path = tmp_path / "mine.trig"
    path.write_text(OwnershipGraph.open(small).store.to_trig(), encoding="utf-8")
    return path


def done(outcome):
    assert 0 == outcome.exit_code, outcome.output
    graphs = json.loads(outcome.stdout)["graphs"]
    return {row["graph"].partition("/derived/")[2]: row["done"] for row in graphs}


def test_graphs_go_into_a_file_of_their_own(call, small, tmp_path):
    """The list says what was written; the same again gives the same bytes."""
    path = tmp_path / "derived.trig"
    shown = call(*ASKED, "-d", small, "-o", path)
    assert 0 == shown.exit_code
    assert "Graphs written for 2020-01-01" in shown.stdout
    assert "derived/legal/2020-01-01/ofac" in shown.stdout
    first = path.read_bytes()
    call(*ASKED, "-d", small, "-o", path)
    assert first == path.read_bytes()
    assert 5 == len(OwnershipGraph.open(path).derived())
    assert not list(OwnershipGraph.open(path).claims.every_claim())


def test_standard_output_has_the_graphs_alone(call, small):
    """So that they can be piped."""
    text = call(*ASKED, "-d", small, "-o", "-").stdout
    assert text.startswith("@prefix")
    assert "Graphs written" not in text


def test_graphs_lie_beside_the_claims_and_go_without_a_trace(call, store_file):
    """Written, replaced, dropped one by one: the file is then what it was."""
    before = store_file.read_bytes()
    written = done(call(*ASKED, "--into", store_file, "-f", "json"))
    assert {"written"} == set(written.values())
    assert {"replaced"} == set(done(call(*ASKED, "--into", store_file, "-f", "json")).values())
    assert before != store_file.read_bytes()
    for name in written:
        dropped = done(call("materialize", "--into", store_file, "--drop", name, "-f", "json"))
        assert {name: "dropped"} == dropped
    assert before == store_file.read_bytes()


def test_graphs_of_other_claims_are_told(call, store_file):
    """Where claims changed since, the list says which graphs are old."""
    call(*ASKED, "--into", store_file)
    text = store_file.read_text(encoding="utf-8")
    store_file.write_text(
        text.replace("capitalPercentMin 34.0", "capitalPercentMin 33.0"), encoding="utf-8"
    )
    again = call("materialize", "--as-of", "2021-01-01", "--regime", "none", "--into", store_file)
    assert "legal/2020-01-01/ofac rests on other claims" in again.stdout


def test_nquads_hold_graphs_too(call, small, tmp_path):
    """The ending tells the syntax."""
    path = tmp_path / "mine.nq"
    path.write_text(OwnershipGraph.open(small).store.to_nquads(), encoding="utf-8")
    before = path.read_bytes()
    names = done(call(*ASKED, "--into", path, "-f", "json"))
    drops = [part for name in names for part in ("--drop", name)]
    call("materialize", "--into", path, *drops)
    assert before == path.read_bytes()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "say where to: -o FILE or --into FILE"),
        (("--drop", "x"), "--drop needs --into FILE"),
        (("--into", "FILE", "-d", "alliance"), "--into is the data itself"),
        (("--into", "mine.ttl"), "derived graphs need a file with named graphs"),
        (("--into", "none.trig"), "cannot be read"),
        (("--into", "FILE", "--drop", "nothing"), "no derived graph is named 'nothing'"),
        (("--into", "FILE", "--as-of", "soon"), "'soon' is not a date"),
        (("--into", "FILE", "--rule", "magic"), "magic"),
        (("--into", "FILE", "--floor", "many"), "'many' is not a percentage"),
    ],
)
def test_errors_are_one_line_and_change_nothing(call, store_file, args, message):
    """Exit status two; the file stays as it was."""
    before = store_file.read_bytes()
    outcome = call("materialize", *(str(store_file) if arg == "FILE" else arg for arg in args))
    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert message in outcome.stderr
    assert 1 == outcome.stderr.count("\n")
    assert before == store_file.read_bytes()


def test_what_is_supposed_is_said(call, store_file):
    """A supposed world's graphs lie beside the claims, and each says what it supposes."""
    plain = done(call(*ASKED, "--into", store_file, "-f", "json"))
    outcome = call(*ASKED, "--into", store_file, "--hold", "Bert>Base=1", "-f", "json")
    graphs = json.loads(outcome.stdout)["graphs"]

    assert {"written"} == {row["done"] for row in graphs}
    assert [["Bert holds 1 % of the capital of Base"]] * 5 == [row["supposed"] for row in graphs]
    assert 2 * len(plain) == len(OwnershipGraph.open(store_file).derived())
