"""docs/time.md keeps its word: its examples give what stands there, its commands run."""

import doctest
import re
import shlex
from pathlib import Path

import pyoxigraph
import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "time.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^keiretsu .*$", TEXT, re.MULTILINE)
QUERY = re.search(r"```sparql\n(.*?)```", TEXT, re.DOTALL)


def test_its_examples_give_what_stands_there():
    """Every example of the page, in order."""
    found = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert (0, True) == (found.failed, found.attempted > 15)


@pytest.mark.parametrize("line", COMMANDS)
def test_its_commands_run(call, line, tmp_path, monkeypatch):
    """Each ends with status 0."""
    monkeypatch.chdir(tmp_path)
    outcome = call(*shlex.split(line)[1:])
    assert (0, "") == (outcome.exit_code, outcome.stderr)


def test_there_are_commands():
    """A suite driven by a page must not shrink without a word."""
    assert 7 == len(COMMANDS)


def test_its_query_is_answered_by_another_engine(call, small):
    """From the file of derived graphs alone."""
    asked = ("materialize", "--as-of", "2020-01-01", "--regime", "none", "-d", small, "-o", "-")
    store = pyoxigraph.Store()
    store.load(call(*asked).stdout.encode(), format=pyoxigraph.RdfFormat.TRIG)
    assert 0 < len(list(store.query(QUERY[1])))
