"""The JSON API answers as the command line does."""

import json
import re

import pytest
from click.testing import CliRunner
from tests.service.conftest import BOOK

from keiretsu.cli.app import app
from keiretsu.service.api import openapi

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
    "power": ({"company": "Works", "quota": "66.7"}, ["Works", "--quota", "66.7"]),
    "reconcile": ({}, []),
    "screen": ({"regime": "ofac", "listed": "Ada"}, ["--regime", "ofac", "--listed", "Ada"]),
    "beneficial": ({"company": "Shop", "regime": "amlr"}, ["Shop", "--regime", "amlr"]),
}


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


REFUSED = {
    "unknown party": ("owners", {"company": "Nobody"}, 404, "no party is named 'Nobody'"),
    "missing": ("owners", {}, 400, "'company' is missing"),
    "unknown parameter": ("votes", {"company": "Shop", "colour": "red"}, 400, "'colour'"),
    "no percentage": ("control", {"threshold": "much"}, 400, "threshold"),
    "threshold beyond": ("control", {"threshold": "130"}, 400, ""),
    "twice": ("owners", [("company", "Shop"), ("company", "Works")], 400, "more than once"),
    "no choice": ("owners", {"company": "Shop", "method": "magic"}, 400, "'magic'"),
    "no date": ("control", {"as-of": "yesterday"}, 400, "yesterday"),
    "no count": ("paths", {"from": "Ada", "to": "Shop", "max-length": "-1"}, 400, "max-length"),
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


def test_what_the_data_holds(client):
    """Counts, and all parties with their names."""
    assert 3 == client.get("/api/info").json()["counts"]["parties"]
    found = client.get("/api/parties").json()["parties"]
    assert ["Ada", "Shop", "Works"] == [party["party"] for party in found]


def test_the_description_is_served(client):
    """OpenAPI describes every route."""
    assert openapi() == client.get("/api/openapi.json").json()
    assert 9 == len(openapi()["paths"])
