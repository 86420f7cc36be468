"""Clients that people use get from the endpoint what ``keiretsu query`` gives."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from keiretsu import OwnershipGraph
from keiretsu.cli.app import app

PREFIXES = """PREFIX kei: <https://w3id.org/keiretsu/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
QUERY = (
    PREFIXES
    + """SELECT ?holder ?issuer ?percent {
  ?claim a kei:Holding ; kei:holder/rdfs:label ?holder ; kei:issuer/rdfs:label ?issuer ;
    kei:capitalPercentMin ?percent
  FILTER (?percent > 99 && STRSTARTS(?issuer, "R"))
} ORDER BY ?issuer ?holder ?percent"""
)


@pytest.fixture(scope="module")
def endpoint(start):
    """Return the address of the endpoint over the alliance."""
    return f"{start(OwnershipGraph.open())}/sparql"


@pytest.fixture(scope="module")
def expected():
    """Return what the command answers."""
    found = CliRunner().invoke(app, ["query", QUERY, "-f", "json"], standalone_mode=False)
    rows = values(json.loads(found.stdout))
    assert len(rows) >= 3
    return rows


def values(document):
    """Return the values of the rows of a document."""
    return [
        {name: term["value"] for name, term in row.items()}
        for row in document["results"]["bindings"]
    ]


def test_sparqlwrapper(endpoint, expected):
    """By GET and by POST, in JSON and in XML."""
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(endpoint, returnFormat=wrapper.JSON)
        client.setMethod(method)
        client.setQuery(QUERY)
        assert expected == values(client.queryAndConvert())
    client = wrapper.SPARQLWrapper(endpoint, returnFormat=wrapper.XML)
    client.setQuery(QUERY)
    assert len(expected) == len(client.queryAndConvert().getElementsByTagName("result"))


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("method", [["--get"], []], ids=["get", "post"])
def test_curl(endpoint, expected, method):
    """As a form, in the address or in the body."""
    command = ["curl", "-sS", *method, "--data-urlencode", f"query={QUERY}", endpoint]
    found = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert expected == values(json.loads(found.stdout))


def _comunica():
    """Return the folder in which Comunica is installed, out of the tree."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "keiretsu" / "comunica-4"
    if not (folder / "node_modules" / "@comunica" / "query-sparql").is_dir():
        reason = "Comunica is not installed: run tests/service/install_comunica.sh"
        if os.environ.get("CI") and shutil.which("npm"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_comunica(endpoint, expected):
    """The engine of the web's own query pages."""
    script = Path(__file__).parent / "comunica.mjs"
    found = subprocess.run(
        ["node", script, _comunica(), endpoint, QUERY],
        capture_output=True,
        check=True,
        timeout=240,
    )
    assert expected == json.loads(found.stdout)
