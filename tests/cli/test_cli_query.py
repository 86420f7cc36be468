"""SPARQL on the command line: named questions, free text, files, refusals."""

import csv
import io
import json

import pytest

STATES = "SELECT ?name { ?party a kei:State ; rdfs:label ?name } ORDER BY ?name"


def test_named_question(call):
    """A question is asked by its name, with parameters by theirs."""
    options = ("--set", "company=nissan", "--as-of", "2019-09-03")
    outcome = call("query", "-n", "q01-holders", *options, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.stdout)))

    assert 0 == outcome.exit_code
    assert {("Renault", "43.4"), ("Renault", "43.0"), ("Daimler", "3.1")} == {
        (row["holder_label"], row["capital_percent_max"]) for row in rows
    }
    assert all(row["title"] for row in rows)


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("json", '{\n  "head"'),
        ("csv", "name\n"),
        ("tsv", "name\n"),
        ("xml", "<?xml"),
        ("jsonl", '{"name": '),
        ("table", "name\n"),
    ],
)
def test_forms_of_a_select(call, form, begins):
    """SELECT has all forms but Turtle; JSON is that of SPARQL, without an envelope."""
    outcome = call("query", STATES, "-f", form)

    assert 0 == outcome.exit_code
    assert outcome.stdout.startswith(begins)
    assert "French State" in outcome.stdout


def test_ask_and_construct(call):
    """ASK says true or false; CONSTRUCT gives Turtle."""
    assert "true" == call("query", "ASK { ?party a kei:State }").stdout.strip()
    assert {"boolean": True} == json.loads(
        call("query", "ASK { ?party a kei:State }", "-f", "jsonl").stdout
    )
    turtle = call("query", "CONSTRUCT { ?s a kei:State } WHERE { ?s a kei:State }").stdout
    assert "party/french-state" in turtle


def test_query_files(call, tmp_path):
    """A file is read; one that declares parameters takes values as named questions do."""
    plain, asking = tmp_path / "plain.rq", tmp_path / "asking.rq"
    plain.write_text(STATES, encoding="utf-8")
    asking.write_text(
        "# What is it called?\n# param company: party\nSELECT ?name { $company rdfs:label ?name }",
        encoding="utf-8",
    )

    assert call("query", STATES).stdout == call("query", "-q", plain).stdout
    assert call("query", STATES).stdout == call("query", "-q", "-", stdin=STATES).stdout
    answer = call("query", "-q", asking, "--set", "company=RENAULT", "-f", "csv")
    assert "name\nRenault\n" == answer.stdout


REFUSALS = {
    "update": (("query", "DELETE WHERE { ?s ?p ?o }"), "an update is not allowed here"),
    "service": (("query", "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"), "SERVICE"),
    "from": (("query", "SELECT * FROM <http://a.example/> { ?s ?p ?o }"), "FROM"),
    "syntax": (("query", "SELECT *\n{ ?s ?p }"), "query:2"),
    "nothing": (("query",), "give one of"),
    "two": (("query", "ASK {}", "-n", "q01"), "give one of"),
    "unknown question": (("query", "-n", "q99"), "no question is named 'q99'"),
    "unknown parameter": (("query", "-n", "q01", "--set", "firm=Nissan"), "no parameter 'firm'"),
    "unknown party": (("query", "-n", "q01", "--set", "company=Nisan"), "nearest: Nissan"),
    "no value": (("query", "-n", "q01", "--set", "company"), "write --set NAME=VALUE"),
    "values for free text": (("query", "ASK {}", "--set", "a=b"), "fill parameters"),
    "date for free text": (("query", "ASK {}", "--as-of", "2019-09-03"), "fill parameters"),
    "form": (("query", "ASK {}", "-f", "csv"), "this answer has no form 'csv'"),
    "no such file": (("query", "-q", "nowhere.rq"), "nowhere.rq: cannot be read"),
    "deadline": (
        ("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.2"),
        "stopped after 0.2 s",
    ),
}


@pytest.mark.parametrize(("args", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(call, args, expected):
    """What is refused is told in one line."""
    outcome = call(*args)

    assert (2, "") == (outcome.exit_code, outcome.stdout)
    assert 1 == outcome.stderr.count("\n")
    assert expected in outcome.stderr


def test_a_query_of_ones_own_runs_here(call, tmp_path):
    """Trusted or not, the answer is the same, and what reaches outside is refused."""
    asking = tmp_path / "asking.rq"
    asking.write_text(
        "# What is it called?\n# param company: party\nSELECT ?name { $company rdfs:label ?name }",
        encoding="utf-8",
    )
    file = ("query", "-q", asking, "--set", "company=Renault", "-f", "csv")

    assert call("query", STATES).stdout == call("query", STATES, "--trusted").stdout
    assert call(*file).stdout == call(*file, "--trusted").stdout
    refused = call("query", "SELECT * FROM <http://a.example/> { ?s ?p ?o }", "--trusted")
    assert (2, "") == (refused.exit_code, refused.stdout)


def test_a_named_question_reads_well_as_a_table(call):
    """The question above, labels instead of IRIs, one column for both ends, documents below."""
    options = ("query", "-n", "q01-holders", "--set", "company=Nissan", "--as-of", "2019-09-03")
    lines = call(*options).stdout.splitlines()

    assert "Who holds what in a company on a date" in lines[0]
    assert "(company Nissan, as_of 2019-09-03)" in lines[0]
    assert "In every row" in lines[2]
    assert "  votes basis: exercisable" in lines
    heading = next(line.split() for line in lines if line.startswith("holder"))
    assert ["holder", "capital", "%", "votes", "%"] == heading[:5]
    table = [line.split() for line in lines if line.startswith(("Renault", "Daimler", "  "))]
    assert ["Renault", "43.4", "43.4"] in [cells[:3] for cells in table]
    assert ["Daimler", "3.1", "3.1"] in [cells[:3] for cells in table]
    assert any(line.startswith("  [1] Press release issued by the Renault Board") for line in lines)
    assert not any("w3id.org" in line for line in lines)
    rows = json.loads(call(*options, "-f", "json").stdout)["results"]["bindings"]
    assert all(row["claim"]["value"].startswith("https://w3id.org/") for row in rows)


def test_an_answer_without_rows_says_so(call):
    """A question about a day before the first claim."""
    none = call("query", "-n", "q01-holders", "--set", "company=Nissan", "--as-of", "1990-01-01")

    assert "no rows" in none.stdout
