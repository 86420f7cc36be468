"""Commands with ``-d http://...`` say what they say over files, and ask nobody else."""

import json
import socket

import pytest
from click.testing import CliRunner

from keiretsu.cli.app import app

OTHER = "holder,issuer,capital_percent\nNissan,Another works,60\n"


def run(*arguments):
    found = CliRunner().invoke(app, arguments, standalone_mode=False)
    assert found.exception is None, found.output
    return found.stdout


def told(text):
    """Return an answer without its hash and the warnings that a part has."""
    found = json.loads(text)
    found.pop("dataset", None)
    kinds = ("part-of-endpoint", "endpoint-rounds")
    found["warnings"] = [one for one in found["warnings"] if one["code"] not in kinds]
    return found


@pytest.mark.parametrize(
    "command",
    [
        ("owners", "Nissan"),
        ("control", "--of", "Nissan", "--rule", "fr-presumption-40"),
        ("info",),
    ],
    ids=lambda command: command[0],
)
def test_measures(oxigraph_address, command):
    day = () if command == ("info",) else ("--as-of", "2019-09-03")
    expected = told(run(*command, *day, "-f", "json"))
    assert told(run(*command, *day, "-d", oxigraph_address, "-f", "json")) == expected


def test_queries(virtuoso_address, oxigraph_address):
    query = "SELECT ?label { ?party a kei:State ; rdfs:label ?label } ORDER BY ?label"
    named = ("query", "-n", "q01-holders", "--set", "company=nissan", "--as-of", "2019-09-03")
    expected, rows = run("query", query, "-f", "csv"), run(*named, "-f", "csv").count("\n")
    assert expected.count("\n") > 3
    for address in (oxigraph_address, virtuoso_address):
        assert run("query", query, "-d", address, "-f", "csv") == expected
    assert run(*named, "-d", oxigraph_address, "-f", "csv").count("\n") == rows


def test_a_view(oxigraph_address, tmp_path):
    pages = [tmp_path / "here.html", tmp_path / "there.html"]
    options = ("--as-of", "2019-09-03", "--depth", "1")
    run("view", "Nissan", *options, "-o", str(pages[0]))
    run("view", "Nissan", *options, "-o", str(pages[1]), "-d", oxigraph_address)
    here, there = (page.read_text(encoding="utf-8") for page in pages)
    assert "Nissan" in there
    assert there == here


def test_beside_a_file(oxigraph_address, tmp_path):
    table = tmp_path / "other.csv"
    table.write_text(OTHER, encoding="utf-8")
    data = ("-d", oxigraph_address, "-d", str(table))
    found = json.loads(run("owners", "Another works", *data, "-f", "json"))
    assert "Nissan" in [one["holder"] for one in found["owners"]]


@pytest.mark.parametrize("command", [("owners", "Nissan"), ("query", "ASK {}"), ("info",)])
def test_errors_are_one_line(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = f"http://ann:secret@127.0.0.1:{port}/sparql"
    found = CliRunner().invoke(app, [*command, "-d", address], standalone_mode=True)
    error = found.exception if isinstance(found.exception, Exception) else found.output
    assert f"http://127.0.0.1:{port}/sparql: cannot be reached" in str(error)
    assert "secret" not in str(error)


def test_no_other_address_is_asked(oxigraph_address, monkeypatch):
    """Without -d nothing is connected to; with it only the server that was named."""
    asked = []
    connect = socket.socket.connect

    def watched(self, address):
        if self.family != socket.AF_UNIX:
            asked.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    run("owners", "Nissan", "--as-of", "2019-09-03")
    assert asked == []
    run("owners", "Nissan", "--as-of", "2019-09-03", "-d", oxigraph_address)
    port = int(oxigraph_address.rpartition(":")[2].partition("/")[0])
    assert set(asked) == {("127.0.0.1", port)}


def test_a_stamp_does_not_tell_the_password(oxigraph_address):
    address = oxigraph_address.replace("http://", "http://ann:secret@")
    found = run("query", "ASK {}", "-d", address, "--stamp")
    assert "command: keiretsu query" in found
    assert "secret" not in found


def test_a_copy_is_loaded_into_a_store(oxigraph_address, tmp_path):
    store = str(tmp_path / "store")
    run("load", oxigraph_address, "--store", store)
    assert run("info", "-d", store, "-f", "json") == run("info", "-f", "json")


def test_edits_go_into_a_file_beside(oxigraph_address, tmp_path):
    claim = "https://w3id.org/keiretsu/id/claim/c8faf4efb987980f4762"
    address = oxigraph_address.replace("http://", "http://ann:secret@")
    command = ("claim", "reject", claim, "--reason", "misread", "-d", address)
    found = CliRunner().invoke(app, command, standalone_mode=False)
    assert "an endpoint is only read; add --into FILE.trig" in str(found.exception)
    edits = tmp_path / "edits.trig"
    run(*command, "--into", str(edits))
    assert "misread" in edits.read_text(encoding="utf-8")
