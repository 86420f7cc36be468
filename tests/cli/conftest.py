"""The command line in this process, with the bundled data loaded once."""

import json
import sys
from functools import cache
from subprocess import run

import pytest
from click.testing import CliRunner

from keiretsu.cli import app
from keiretsu.cli.world import Source
from keiretsu.ownership_graph import OwnershipGraph

SMALL = """holder,issuer,capital_percent
Anna,Top,60
Bert,Top,20-40
Top,Middle,50.1
Middle,Base,34
Anna,Base,17
"""


@pytest.fixture(scope="session")
def alliance():
    """Load the bundled data once."""
    return OwnershipGraph.open()


@pytest.fixture
def call(monkeypatch, alliance):
    """Run a command and return its outcome; the bundled data comes from memory."""
    load = Source.open
    monkeypatch.setattr(Source, "open", lambda source: load(source) if source.data else alliance)

    def called(*args, stdin=None):
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)

    return called


@pytest.fixture
def ask(call):
    """Run a command that must succeed and return its JSON."""

    def asked(*args):
        outcome = call(*args, "-f", "json")
        assert (outcome.exit_code, outcome.stderr) == (0, "")
        return json.loads(outcome.stdout)

    return asked


@pytest.fixture
def small(tmp_path):
    """Write a table of five holdings, one of them a range."""
    path = tmp_path / "small.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def process():
    """Run the program as users do, in a process of its own."""

    @cache
    def ran(*args, stdin="", cwd=None):
        command = [sys.executable, "-m", "keiretsu", *map(str, args)]
        return run(
            command, input=stdin, capture_output=True, encoding="utf-8", cwd=cwd, check=False
        )

    return ran
