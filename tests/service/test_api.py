"""The JSON API answers as the command line does."""

import json
import re

import pytest
from click.testing import CliRunner
from tests.service.conftest import BOOK

from keiretsu.cli.app import app
from keiretsu.service.drawings import DRAWINGS
from keiretsu.service.openapi import openapi
from keiretsu.service.routes import ROUTES

SAME = {
    "control": ({}, []),
    "control by": ({"by": "ada"}, ["--by", "ada"]),
    "control threshold": ({"of": "Shop", "threshold": "60"}, ["--of", "Shop", "--threshold", "60"]),
    "control undisclosed": ({"undisclosed-to": "ada"}, ["--undisclosed-to", "ada"]),
    "owners": ({"company": "Shop"}, ["Shop"]),
    "owners damped": (
        {"company": "Shop", "method": "damped", "damping": "50"},
        ["Shop", "--method", "damped", "--damping", "50"],
    ),
    "holdings": ({"party": "Ada"}, ["Ada"]),
    "votes": ({"company": "Works"}, ["Works"]),
    "paths": ({"from": "Ada", "to": "Shop"}, ["Ada", "Shop"]),
    "votes decision": (
        {"company": "Works", "decision": "ordinary"},
        ["Works", "--decision", "ordinary"],
    ),
    "chains": ({"party": "Ada", "company": "Shop"}, ["Ada", "Shop"]),
    "timeline": ({"company": "Shop", "from": "2023-01-01"}, ["Shop", "--from", "2023-01-01"]),
    "power": ({"company": "Works", "quota": "66.7"}, ["Works", "--quota", "66.7"]),
    "reconcile": ({}, []),
    "screen": ({"regime": "ofac", "listed": "Ada"}, ["--regime", "ofac", "--listed", "Ada"]),
    "beneficial": ({"company": "Shop", "regime": "amlr"}, ["Shop", "--regime", "amlr"]),
    "moves": ({"party": "Ada", "company": "Works"}, ["Ada", "Works"]),
    "network": ({}, []),
    "network power": ({"power": "true"}, ["--power"]),
    "whatif": ({"hold": "Ada>Works=40"}, ["--hold", "Ada>Works=40"]),
    "whatif several": (
        {"hold": ["Ada>Works=40", "Works>Shop+=5"], "regime": "none"},
        ["--hold", "Ada>Works=40", "--hold", "Works>Shop+=5", "--regime", "none"],
    ),
}


def test_the_same_difference_of_two_days(client, tmp_path):
    """As ``diff`` writes it, about the days that it is asked about."""
    path = tmp_path / "book.ttl"
    path.write_text(BOOK, encoding="utf-8")
    args = ["diff", "2023-01-01", "2024-01-01", "-d", str(path), "-f", "json"]
    expected = json.loads(CliRunner().invoke(app, args, standalone_mode=False).stdout)
    found = client.get("/api/diff", params={"before": "2023-01-01", "after": "2024-01-01"}).json()
    for document in (expected, found):
        document.pop("dataset")
    assert _unplaced(expected) == _unplaced(found)


@pytest.mark.parametrize(("params", "args"), SAME.values(), ids=list(SAME))
def test_the_same_document(client, tmp_path, request, params, args):
    """Byte for byte what ``-f json`` writes on the same data and day."""
    name = request.node.callspec.id.split()[0]
    path = tmp_path / "book.ttl"
    path.write_text(BOOK, encoding="utf-8")
    day = "2024-01-01"
    outcome = CliRunner().invoke(
        app, [name, *args, "-d", str(path), "--as-of", day, "-f", "json"], standalone_mode=False
    )
    response = client.get(f"/api/{name}", params={**params, "as-of": day})
    assert 200 == response.status_code
    expected, found = json.loads(outcome.stdout), response.json()
    assert expected["command"] == found["command"] == name
    # where the data lies is in its documents' names, and so in its fingerprint
    for document in (expected, found):
        document.pop("dataset")
    assert _unplaced(expected) == _unplaced(found)


def _unplaced(value):
    """Return a document without the names of the files that it was read from."""
    text = json.dumps(value)
    return json.loads(re.sub(r"[^\" ]*book\.ttl", "book.ttl", text))


def test_named_questions_as_the_command_answers(client, tmp_path):
    """The same rows as ``query -n``, in the form that is asked for."""
    path = tmp_path / "book.ttl"
    path.write_text(BOOK, encoding="utf-8")
    args = ["query", "-n", "q01", "--set", "company=Shop", "--as-of", "2024-01-01"]
    args += ["-d", str(path), "-f", "json"]
    expected = json.loads(CliRunner().invoke(app, args, standalone_mode=False).stdout)
    given = {"company": "Shop", "as_of": "2024-01-01"}
    found = client.get("/api/questions/q01-holders", params=given)
    assert _unplaced(expected) == _unplaced(found.json())
    assert ["Works"] == [
        row["holder_label"]["value"] for row in found.json()["results"]["bindings"]
    ]
    csv = client.get("/api/questions/q01", params=given, headers={"Accept": "text/csv"})
    assert csv.text.startswith("holder_label,holder,")
    listed = client.get("/api/questions").json()
    assert listed == json.loads(
        CliRunner().invoke(app, ["queries", "-f", "json"], standalone_mode=False).stdout
    )


def test_questions_leave_the_keeper_alone(client):
    """Derived graphs come and go with a question; the process that has the data stays."""
    book = client.get(
        "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g {?s ?p ?o} }"}
    )
    given = {"as_of": "2024-01-01"}
    assert 200 == client.get("/api/questions/q03-loops", params=given).status_code
    again = client.get(
        "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g {?s ?p ?o} }"}
    )
    assert book.json() == again.json()


def test_pages_and_pictures(client):
    """The view and the explanation, in the forms that the command has, framed by nobody else."""
    day = {"as-of": "2024-01-01"}
    page = client.get("/api/view", params={"party": "Shop", **day})
    assert "text/html" == page.headers["content-type"].partition(";")[0]
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts")
    assert "frame-ancestors 'self'" in policy
    assert "allow-same-origin" not in policy
    drawing = client.get("/api/view", params={"party": "Shop", "form": "svg", **day})
    assert drawing.text.lstrip().startswith("<svg")
    asked = {"controller": "Works", "company": "Shop", **day}
    assert (
        "# Does Works control Shop?"
        in client.get("/api/explain", params={**asked, "form": "md"}).text
    )
    assert "<h1>" in client.get("/api/explain", params=asked).text


def test_parties_found_while_typing(client):
    """By any part of a name, the nearest first; nothing is found by nothing."""
    for text, expected in (("SH", ["Shop"]), ("o", ["Shop", "Works"]), (" ", []), ("%", [])):
        rows = client.get("/api/search", params={"text": text}).json()["parties"]
        assert expected == [row["party"] for row in rows]


REFUSED = {
    "no question": ("questions/q99", {}, 404, "no question is named"),
    "question's parameter": ("questions/q01", {"x": "1"}, 400, "'x'"),
    "no decision": ("votes", {"company": "Shop", "decision": "x"}, 400, "'x'"),
    "two days and a third": (
        "diff",
        {"before": "2023-01-01", "after": "2024-01-01", "as-of": "2024-01-01"},
        400,
        "both days",
    ),
    "no form": ("view", {"form": "exe"}, 400, "'exe'"),
    "unknown party": ("owners", {"company": "Nobody"}, 404, "no party is named 'Nobody'"),
    "missing": ("owners", {}, 400, "'company' is missing"),
    "unknown parameter": ("votes", {"company": "Shop", "colour": "red"}, 400, "'colour'"),
    "no percentage": ("control", {"threshold": "much"}, 400, "threshold"),
    "threshold beyond": ("control", {"threshold": "130"}, 400, ""),
    "twice": ("owners", [("company", "Shop"), ("company", "Works")], 400, "more than once"),
    "no choice": ("owners", {"company": "Shop", "method": "magic"}, 400, "'magic'"),
    "no date": ("control", {"as-of": "yesterday"}, 400, "yesterday"),
    "no count": ("paths", {"from": "Ada", "to": "Shop", "max-length": "-1"}, 400, "max-length"),
    "no stake": ("whatif", {"hold": "Ada=40"}, 400, "'Ada=40' is not a stake"),
    "nothing supposed": ("whatif", {}, 400, "nothing is supposed"),
    "no edits": ("whatif", {"edits": "[{"}, 400, ""),
    "no rule": ("moves", {"party": "Ada", "company": "Shop", "rule": "x"}, 400, "'x'"),
    "no test": ("whatif", {"hold": "Ada>Works=40", "regime": "x"}, 400, "'x'"),
    "no value": ("network", {"value": "Ada"}, 400, "'Ada' is no value"),
    "two values": ("network", {"value": ["Ada=1", "ada=2"]}, 400, "has a value already"),
    "negative value": ("network", {"value": "Ada=-1"}, 400, "negative"),
    "no regime": ("screen", {"regime": "moon", "listed": "Ada"}, 400, "'moon'"),
}


@pytest.mark.parametrize(("name", "params", "status", "said"), REFUSED.values(), ids=list(REFUSED))
def test_refusals(client, name, params, status, said):
    """Each in one sentence, with its status."""
    response = client.get(f"/api/{name}", params=params)
    assert (status, "application/problem+json") == (
        response.status_code,
        response.headers["content-type"],
    )
    assert said in response.json()["detail"]


def test_an_unknown_party_is_told_how_to_search_here(client):
    """Who asks over HTTP has no command line; a long name is not repeated whole."""
    told = client.get("/api/owners", params={"company": "Q" * 10_000}).json()
    assert "/api/search?text=" in told["mend"]
    assert "info --names" not in told["mend"]
    assert len(told["detail"]) < 300


def test_supposed_edits_and_values(client):
    """Edits as a file has them are done first; values stand for the parties that have one."""
    edits = json.dumps({"edits": [{"kind": "hold", "holder": "Ada", "issuer": "Works",
                                   "amount": "40%"}]})  # fmt: skip
    written = client.get("/api/whatif", params={"edits": edits, "as-of": "2024-01-01"}).json()
    said = client.get("/api/whatif", params={"hold": "Ada>Works=40", "as-of": "2024-01-01"}).json()
    assert said["votes"] == written["votes"] != []
    found = client.get("/api/network", params={"value": ["Shop=10", "Works=2"]}).json()
    assert 12 == found["total_value"]
    assert {"Ada": 0, "Shop": 10, "Works": 2} == {
        row["party"]: row["value"] for row in found["network"]
    }


def test_what_the_data_holds(client):
    """Counts, and all parties with their names."""
    assert 3 == client.get("/api/info").json()["counts"]["parties"]
    found = client.get("/api/parties").json()["parties"]
    assert ["Ada", "Shop", "Works"] == [party["party"] for party in found]


def test_the_description_is_served(client):
    """OpenAPI describes every route."""
    assert openapi() == client.get("/api/openapi.json").json()
    assert {f"/api/{route.name}" for route in (*ROUTES, *DRAWINGS)} <= set(openapi()["paths"])
    assert 15 == len(ROUTES)
