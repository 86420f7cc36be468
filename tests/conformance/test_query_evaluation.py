"""The W3C's SPARQL query evaluation tests on both paths of a query: rdflib and guarded Oxigraph."""

import logging
import tomllib
from pathlib import Path

import pytest
from tests.conformance.evaluation import (
    BASE,
    all_quads,
    cases,
    dataset_of,
    expected,
    graphs_of,
    same,
    text,
    with_blanks,
)

from keiretsu.errors import KeiretsuError
from keiretsu.store.query.guard import answer
from keiretsu.store.query.guarded import run_guarded
from keiretsu.store.query.guarded_data import EngineData

KNOWN = tomllib.loads((Path(__file__).parent / "known_failures.toml").read_text(encoding="utf-8"))
FOLDERS = sorted({case.id.partition("#")[0] for case in cases()})


def query(case):
    """Return the text of a test's query, with the address that it is relative to."""
    return f"BASE <{BASE}{case.query}>\n{text(case.query)}"


@pytest.fixture(scope="module")
def everything():
    """Return what all tests ask, held by one keeper."""
    return EngineData(all_quads())


@pytest.fixture(autouse=True)
def silent():
    """Keep quiet about literals that the tests make malformed on purpose."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def failing(folder, ask):
    """Return the names of the tests in a folder that an engine does not pass."""
    found = set()
    for case in cases():
        if case.id.partition("#")[0] == folder:
            try:
                passed = same(expected(case), ask(case), lax=case.lax)
            except KeiretsuError:
                passed = False
            if not passed:
                found.add(case.id.partition("/")[2])
    return found


def known(engine, folder):
    """Return the names of the tests in a folder that are known to fail."""
    inside = f"{folder.partition('/')[2]}#"
    own = {case.id.partition("/")[2] for case in cases() if case.id.startswith(f"{folder}#")}
    listed = {name for group in (*KNOWN["both"], *KNOWN[engine]) for name in group["tests"]}
    return {name for name in listed & own if name.startswith(inside)}


def test_all_tests_are_there():
    """As many as the manifests list; every known failure is one of them and has a reason."""
    names = {case.id.partition("/")[2] for case in cases()}
    listed = [name for groups in KNOWN.values() for group in groups for name in group["tests"]]
    assert 432 == len(cases())
    assert {"both": 27, "rdflib": 15, "guarded": 18} == {
        engine: sum(len(group["tests"]) for group in groups) for engine, groups in KNOWN.items()
    }
    assert set() == set(listed) - names
    assert all(len(group["reason"]) > 20 for groups in KNOWN.values() for group in groups)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_on_the_guarded_path(folder, everything):
    """What a stranger's query gives, in a process of its own."""

    def ask(case):
        found = run_guarded(everything, query(case), timeout=60, **graphs_of(case))
        return with_blanks(found.answer)

    assert known("guarded", folder) == failing(folder, ask)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_on_the_path_of_named_questions(folder):
    """What rdflib gives."""
    assert known("rdflib", folder) == failing(
        folder, lambda case: answer(dataset_of(case), query(case))
    )
