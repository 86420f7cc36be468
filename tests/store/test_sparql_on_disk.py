"""SPARQL over a store on disk: the answers of the whole in memory, without reading it there."""

import gc
import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import assume, given, settings
from tests.store.test_codec import claim_sets

from keiretsu.errors import DeadlineError, InputError, NameNotFoundError, QueryRefusedError
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.codec.write import quads
from keiretsu.store.disk import sparql
from keiretsu.store.query.guarded_limits import Limits
from keiretsu.store.query.questions import named_questions, question
from keiretsu.store.syntax.trig import nquad

TABLE = """holder,issuer,capital_percent,holder_kind,issuer_jurisdiction
Anna,Top,25-50,Person,
Top,Middle,60,,FR
Middle,Top,5,,
Cäsar,Middle,20.5,Person,
"""
MORE = "holder,issuer,capital_percent\nDora,Middle,15\n"
ALL = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
DAY = {"as_of": "2019-09-03"}


def table(text=TABLE, name="table.csv"):
    return Material(text.encode(), name, "csv")


@pytest.fixture(scope="module")
def alliance(tmp_path_factory):
    path = tmp_path_factory.mktemp("sparql") / "alliance"
    load_into_store([bundled()], path)
    return OwnershipGraph.open(store=path)


@pytest.fixture
def small(tmp_path):
    load_into_store([table()], tmp_path / "small")
    return tmp_path / "small"


def value(text):
    try:
        return str(Decimal(text).normalize())
    except (InvalidOperation, TypeError):
        return str(text)


def values(answer):
    return sorted(tuple(map(value, row.values())) for row in answer.values())


def count(path):
    return int(OwnershipGraph.open(store=path).query(COUNT).values()[0]["n"])


def in_memory(*materials):
    return int(OwnershipGraph.of(list(materials)).query(COUNT).values()[0]["n"])


@pytest.fixture(scope="module")
def memory():
    return OwnershipGraph.open()


@pytest.mark.parametrize("asked", named_questions(), ids=lambda one: one.name)
def test_named_questions_are_answered_as_in_memory(alliance, memory, asked):
    on_a_day = DAY if "as_of" in {one.name for one in asked.parameters} else {}
    expected, found = (graph.answer(asked, on_a_day) for graph in (memory, alliance))
    assert found.variables == expected.variables
    assert values(found) == values(expected)
    assert len(expected.rows) > 0
    assert "store" not in vars(alliance.backing)


def test_nothing_is_read_into_memory_for_a_question(alliance):
    disk = OwnershipGraph.open(store=alliance.backing.disk.path)
    assert disk.ask("q01-holders", company="Nissan", as_of="2019-09-03").rows
    assert disk.ask("q15-interlocks").rows
    assert disk.query("ASK { kei:Holding a ?class }").boolean
    assert disk.query(COUNT, trusted=True).rows
    assert "store" not in vars(disk.backing)
    with pytest.raises(NameNotFoundError, match="nissan"):
        disk.ask("q01-holders", company="Nisan", as_of="2019-09-03")


def test_graphs_are_those_of_memory_and_hold_each_statement_once(alliance, memory):
    for query in (
        COUNT,
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o } GROUP BY ?p",
    ):
        assert values(alliance.query(query)) == values(memory.query(query))
    graph = ["https://w3id.org/keiretsu/id/graph/parties"]
    for chosen in ({"default_graphs": graph}, {"named_graphs": graph}):
        for query in (COUNT, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"):
            mine, theirs = (
                one.backing.sparql.query_guarded(query, **chosen).answer
                for one in (alliance, memory)
            )
            assert values(mine) == values(theirs)


def test_a_query_is_guarded_as_in_memory(alliance):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for trusted in (False, True):
        with pytest.raises(DeadlineError):
            alliance.query(endless, timeout=0.5, trusted=trusted)


def test_named_questions_of_a_store_have_a_deadline(alliance, monkeypatch):
    """One of their own, with how to raise it; a longer one that is given counts instead."""
    monkeypatch.setattr("keiretsu.ownership_graph.on_disk.QUESTION_TIMEOUT", 0.001)
    asked = question("q13-thin-evidence")
    with pytest.raises(DeadlineError, match="allow more time, as --timeout") as caught:
        alliance.answer(asked, DAY)
    assert caught.value.place == alliance.backing.disk.path
    assert alliance.answer(asked, DAY, 60).rows
    with pytest.raises(QueryRefusedError, match="more than 5 rows"):
        alliance.backing.sparql.query_guarded("SELECT * { ?s ?p ?o }", limits=Limits(rows=5))
    with pytest.raises(QueryRefusedError, match="an update"):
        alliance.query("INSERT DATA { <a> <b> <c> }")
    with pytest.raises(InputError, match="query:1"):
        alliance.query("SELECT * {")
    with pytest.raises(InputError, match=r"no variable \?x"):
        alliance.query(COUNT, x=None)
    assert int(alliance.query(COUNT).values()[0]["n"]) > 10_000


@given(claims=claim_sets())
@settings(max_examples=3, deadline=None)
def test_what_is_asked_on_disk_is_what_the_whole_has_in_memory(claims, tmp_path_factory):
    data = "".join(f"{nquad(quad)}\n" for quad in quads(claims)).encode()
    path = tmp_path_factory.mktemp("any") / "store"
    try:
        load_into_store([Material(data, "any.nq", "nquads")], path)
    except InputError:
        assume(False)  # two parties of what was generated may exclude each other
    graph = OwnershipGraph.open(store=path)
    found = graph.query(ALL)
    assert len(found.rows) > 0
    assert values(found) == values(graph.store.query_guarded(ALL).answer)


def files(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def index_of(path):
    return OwnershipGraph.open(store=path).backing.disk.generation / sparql.FOLDER


def test_a_store_is_asked_by_a_path_from_here(small, monkeypatch):
    """A path that is not absolute means the caller's folder, whichever process opens it."""
    expected = count(small)
    shutil.rmtree(next(small.glob("*/sparql")))
    monkeypatch.chdir(small.parent)
    assert expected == count(small.name)


def test_it_is_made_once(small):
    expected = in_memory(table())
    assert count(small) == expected
    before = files(index_of(small))
    assert count(small) == expected
    assert files(index_of(small)) == before


def largest(folder):
    return max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)


def flipped(folder):
    path = largest(folder)
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))


def cut(folder):
    os.truncate(largest(folder), 100)


def of_another(key, text):
    def change(folder):
        stamp = json.loads((folder / sparql.STAMP).read_text())
        stamp[key] = text
        (folder / sparql.STAMP).write_text(json.dumps(stamp))
        flipped(folder)  # so that it would be noticed if it were trusted

    return change


@pytest.mark.parametrize(
    "spoil",
    [
        flipped,
        cut,
        lambda folder: (folder / sparql.STAMP).write_text("{"),
        of_another("pyoxigraph", "0.4.0"),
        of_another("fingerprint", "0" * 16),
    ],
)
def test_what_is_stale_or_spoilt_is_made_anew(small, spoil):
    expected = count(small)
    stamp = (index_of(small) / sparql.STAMP).read_text()
    spoil(index_of(small))
    assert count(small) == expected
    again = json.loads((index_of(small) / sparql.STAMP).read_text())
    assert again["fingerprint"] == json.loads(stamp)["fingerprint"]
    assert again["pyoxigraph"] == json.loads(stamp)["pyoxigraph"]


def test_one_that_is_spoilt_while_it_is_used_is_made_anew(small):
    graph = OwnershipGraph.open(store=small)
    expected = graph.query(COUNT).values()
    flipped(index_of(small))
    assert graph.query(COUNT).values() == expected


def test_a_store_that_is_loaded_anew_is_still_read_as_it_was(small):
    reader = OwnershipGraph.open(store=small)
    before = reader.query(COUNT).values()
    load_into_store([table(MORE, "more.csv")], small)
    assert reader.query(COUNT).values() == before
    assert sum(path.is_dir() for path in small.iterdir()) == 2
    assert count(small) == in_memory(table(), table(MORE, "more.csv"))
    del reader
    gc.collect()
    load_into_store([table(MORE.replace("Dora", "Eva"), "last.csv")], small)
    assert sum(path.is_dir() for path in small.iterdir()) == 1


def test_a_store_that_went_before_it_was_asked_says_so(small):
    reader = OwnershipGraph.open(store=small)
    load_into_store([table(MORE, "more.csv")], small)
    with pytest.raises(InputError, match="was replaced while it was read; ask again"):
        reader.query(COUNT)


def test_where_nothing_can_be_written_it_is_made_for_this_time(small, monkeypatch, tmp_path):
    expected = in_memory(table())
    whole = sparql.Path.open

    def refused(path, mode="r", *rest, **more):
        if path.name == sparql._LOCK:
            raise OSError(30, "Read-only file system")
        return whole(path, mode, *rest, **more)

    monkeypatch.setattr(sparql.Path, "open", refused)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    graph = OwnershipGraph.open(store=small)
    assert int(graph.query(COUNT).values()[0]["n"]) == expected
    assert "cannot be written to" in graph.backing.note
    assert not index_of(small).exists()
    (aside,) = tmp_path.glob("keiretsu-sparql-*")
    del graph
    gc.collect()
    assert not aside.exists()


def test_one_that_is_spoilt_where_nothing_can_be_written_is_made_for_this_time(small, monkeypatch):
    graph = OwnershipGraph.open(store=small)
    expected = graph.query(COUNT).values()
    flipped(index_of(small))

    def refused(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(sparql.Path, "unlink", refused)
    monkeypatch.setattr(sparql.fcntl, "flock", refused)
    assert graph.query(COUNT).values() == expected
    assert "cannot be written to" in graph.backing.note


def test_a_full_disk_is_one_line_and_harms_nothing(small, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = files(small)
    with monkeypatch.context() as patched:
        patched.setattr(sparql, "write_through", full)
        with pytest.raises(InputError, match=r"No space left on device.*; the claims are whole"):
            count(small)
    assert {name for name in files(small) if name != sparql._LOCK} == set(before)
    assert count(small) == in_memory(table())


def test_columns_alone_are_asked_as_well(tmp_path):
    plain = table(MORE)
    load_into_store([plain], tmp_path / "columns", columns_alone=True)
    graph = OwnershipGraph.open(store=tmp_path / "columns")
    assert values(graph.query(ALL)) == values(OwnershipGraph.of([plain]).query(ALL))
    assert "store" not in vars(graph.backing)


def test_what_is_left_to_be_settled_is_settled_in_memory_first(tmp_path):
    """Two parties with one LEI are one; the N-Quads of a single file have both."""
    lei = "5493001KJTIIGC8Y1R12"
    records = [
        {"id": f"p{n}", "schema": "Company", "properties": {"name": [name], "leiCode": [lei]}}
        for n, name in enumerate(("Works", "The Works"))
    ]
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    twins = Material(data, "twins.ftm.json", "ftm")
    load_into_store([twins], tmp_path / "twins")
    graph, memory = OwnershipGraph.open(store=tmp_path / "twins"), OwnershipGraph.of([twins])
    assert not graph.backing.disk.manifest.is_settled
    query = "SELECT ?party { ?party a kei:Company }"
    assert len(memory.query(query).rows) == 1
    assert values(graph.query(query)) == values(memory.query(query))


def test_several_ask_at_once(small):
    expected, found = in_memory(table()), []
    threads = [threading.Thread(target=lambda: found.append(count(small))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 3


def ask(path):
    count(path)


def test_whoever_is_killed_while_it_is_made_harms_nobody(small):
    """Killed at random moments, by the signal that cannot be caught."""
    context, chance = multiprocessing.get_context("fork"), random.Random(5)  # noqa: S311
    expected = in_memory(table())
    killed = 0
    for _ in range(4):
        shutil.rmtree(index_of(small), ignore_errors=True)
        process = context.Process(target=ask, args=(small,))
        process.start()
        time.sleep(chance.uniform(0.01, 0.25))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        killed += process.exitcode == -signal.SIGKILL
    assert killed > 0
    assert count(small) == expected
    assert not list(index_of(small).parent.glob(f"{sparql._BUILDING}*"))
