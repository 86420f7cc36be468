"""What a person at a terminal sees of a reading, and nobody else."""

import gzip
import io
import itertools
import json
import sys

import pytest

from keiretsu.cli import progress
from keiretsu.cli.progress import ProgressLine, progress_on_terminal
from keiretsu.formats import FORMATS, Reading
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.loading import load_all
from keiretsu.ownership_graph.stored import load_into_store


def entities(count):
    return "".join(
        json.dumps({"id": f"c{n}", "schema": "Company", "properties": {"name": [f"C {n}"]}}) + "\n"
        for n in range(count)
    ).encode()


@pytest.fixture
def shown():
    return io.StringIO()


@pytest.fixture
def line(shown):
    return ProgressLine(shown, itertools.count().__next__)


def lines(shown):
    """Return what was shown, one line after the other."""
    return [part.strip() for part in shown.getvalue().split("\x1b[K") if part.strip()]


def test_how_many_how_fast_and_how_long_still(shown, line, tmp_path):
    path = tmp_path / "x.ftm.json"
    path.write_bytes(entities(40_000))  # more than is read at once
    material, reading = Material(path, "x.ftm.json", "ftm"), Reading("x.ftm.json", progress=line)
    parties = sum(1 for piece in FORMATS["ftm"].read(material.watched(line), reading) if piece.id)
    line.done(reading, parties - 1, 0)  # one of the pieces is the document

    *seen, summary = lines(shown)
    assert seen[0].startswith("256 records, ")
    assert any("seconds left" in one and " %, " in one for one in seen)
    assert summary.startswith("x.ftm.json: 40,000 records, 40,000 parties, 0 claims, 0 skipped, ")


def test_what_was_skipped_is_in_the_summary(shown, line):
    data = gzip.compress(entities(2) + b"nonsense\n")
    load_all([Material(data, "x.json.gz", "ftm")], lenient=True, progress=line)

    assert "x.json.gz: 3 records, 2 parties, 0 claims, 1 skipped" in lines(shown)[-1]


def test_a_store_is_written_after_the_summary(shown, line, tmp_path):
    load_into_store([Material(entities(300), "x.json", "ftm")], tmp_path / "s", progress=line)

    assert [one for one in lines(shown) if one.startswith("x.json: 300 records, 300 parties")]


def test_a_command_that_counts_by_itself_gets_no_summary(shown):
    quiet = ProgressLine(shown, itertools.count().__next__, summary=False)
    load_all([Material(entities(2), "x.json", "ftm")], progress=quiet)

    assert [] == lines(shown)


def test_only_a_terminal_sees_it(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_on_terminal() is None

    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True, raising=False)
    assert isinstance(progress_on_terminal(), ProgressLine)
