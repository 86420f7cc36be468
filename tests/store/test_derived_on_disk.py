"""Derived graphs of a store on disk: in a copy of its folder, made anew where it is not theirs."""

import datetime as dt
import gc
import json
import threading

import pytest
from click.testing import CliRunner
from tests.store.test_sparql_on_disk import MORE, TABLE, flipped, table, values

from keiretsu.cli import app
from keiretsu.errors import InputError
from keiretsu.ownership_graph import OwnershipGraph, bundled
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import sparql, sparql_derived
from keiretsu.store.query.questions import parse_question

DAY = {"as_of": "2019-09-03"}
QUESTION = "q02-without-votes"
OWN = """# Who has a stake in whom?
#
# param as_of: date = 2019-09-03
# needs stakes
SELECT ?a ?b { GRAPH $stakes { ?a kei:hasStakeIn ?b } }
"""

COUNTED = """SELECT (COUNT(*) AS ?n) {
  ?a kei:hasStakeIn ?b FILTER (STR($stakes) != STR($group_stakes))
}"""


@pytest.fixture
def small(tmp_path):
    load_into_store([table()], tmp_path / "small")
    return tmp_path / "small"


def asked(path, name=QUESTION, **more):
    graph = OwnershipGraph.open(store=path)
    found = values(graph.ask(name, **(DAY | more)))
    assert "store" not in vars(graph.backing)
    return found


def copies(path):
    return sorted(path.glob(f"*/{sparql_derived.PREFIX}*"))


def pairs(graph):
    return values(graph.answer(parse_question("own", OWN)))


def test_a_copy_shares_what_is_written_once(small):
    before = asked(small)
    (copy,) = copies(small)
    base = copy.with_name(sparql.FOLDER)
    there, here = ({one.stat().st_ino for one in path.glob("*.sst")} for path in (base, copy))
    assert len(there & here) > len(there) / 2  # the engine has merged some small ones
    stamps = [path.stat().st_mtime_ns for path in copy.iterdir() if path.suffix == ".sst"]
    assert asked(small) == before
    assert [p.stat().st_mtime_ns for p in copy.iterdir() if p.suffix == ".sst"] == stamps


def test_a_question_of_ones_own_is_answered_as_in_memory(small):
    expected = pairs(OwnershipGraph.of([table()]))
    assert len(expected) == 4
    assert pairs(OwnershipGraph.open(store=small)) == expected


def test_what_several_derived_graphs_say_is_counted_once(small):
    """Stakes and stakes of groups say of the same pairs that there are stakes."""
    text = OWN.replace("# needs stakes\n", "# needs stakes\n# needs group-stakes\n")
    text = text.replace("SELECT ?a ?b { GRAPH $stakes { ?a kei:hasStakeIn ?b } }", COUNTED)
    own = parse_question("own", text)
    answers = [
        graph.answer(own).values()
        for graph in (OwnershipGraph.open(store=small), OwnershipGraph.of([table()]))
    ]
    assert answers[0] == answers[1] == [{"n": "4"}]


def test_derived_graphs_are_seen_by_their_question_alone(small):
    graph = OwnershipGraph.open(store=small)
    count = "SELECT (COUNT(*) AS ?n) { ?a kei:hasStakeIn ?b }"
    assert len(pairs(graph)) == 4
    assert graph.query(count).values() == [{"n": "0"}]


def test_several_ask_at_once(small):
    graph = OwnershipGraph.open(store=small)
    found = {}

    def ask(day):
        found[day] = values(graph.ask("q03-loops", as_of=day))

    days = ["2019-01-01", "2019-01-02", "2019-01-01"]
    threads = [threading.Thread(target=ask, args=(day,)) for day in days]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = values(OwnershipGraph.of([table()]).ask("q03-loops", as_of="2019-01-01"))
    assert len(expected) > 0
    assert found == dict.fromkeys(days, expected)


def test_no_more_than_some_copies_stay(small):
    expected = values(OwnershipGraph.of([table()]).ask("q03-loops", **DAY))
    for day in range(1, 7):
        assert asked(small, "q03-loops", as_of=f"2019-01-0{day}") == expected
    assert len(copies(small)) == 4


@pytest.mark.parametrize("change", ["version", "stamp", "cut", "flipped", "base flipped", "base"])
def test_a_copy_that_is_not_theirs_or_not_whole_is_made_anew(small, change, monkeypatch):
    expected = asked(small, "q03-loops")
    (copy,) = copies(small)
    base = copy.with_name(sparql.FOLDER)
    if change == "version":
        monkeypatch.setattr(sparql_derived, "__version__", "0.0.0")
    elif change == "stamp":
        (copy / sparql.STAMP).write_text("{")
    elif change == "cut":
        max(copy.glob("*.sst"), key=lambda path: path.stat().st_size).unlink()
    elif change == "flipped":
        flipped(copy)
    elif change == "base flipped":
        flipped(base)
    else:
        (base / sparql.STAMP).unlink()
    assert asked(small, "q03-loops") == expected
    (copy,) = copies(small)
    if change == "version":
        assert json.loads((copy / sparql.STAMP).read_text())["keiretsu"] == "0.0.0"


def test_a_load_takes_the_copies_with_the_generation(small):
    asked(small)
    gc.collect()
    load_into_store([table(MORE, "more.csv")], small)
    assert copies(small) == []
    expected = values(OwnershipGraph.of([table(), table(MORE, "more.csv")]).ask("q03-loops", **DAY))
    assert asked(small, "q03-loops") == expected


def test_where_there_are_no_links_files_are_copied(small, monkeypatch):
    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(sparql_derived.os, "link", refused)
    assert asked(small, "q03-loops")


def test_where_nothing_can_be_written_it_is_made_for_this_time(small, monkeypatch, tmp_path):
    expected = values(OwnershipGraph.of([table()]).ask("q03-loops", **DAY))
    whole = sparql.Path.open

    def refused(path, mode="r", *rest, **more):
        if path.name == sparql._LOCK:
            raise OSError(30, "Read-only file system")
        return whole(path, mode, *rest, **more)

    monkeypatch.setattr(sparql.Path, "open", refused)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    graph = OwnershipGraph.open(store=small)
    assert values(graph.ask("q03-loops", **DAY)) == expected
    assert "cannot be written to" in graph.backing.note
    assert copies(small) == []
    del graph
    gc.collect()
    assert list(tmp_path.glob("keiretsu-sparql-*")) == []


def test_a_full_disk_is_one_line_and_harms_nothing(small, monkeypatch):
    expected = values(OwnershipGraph.of([table()]).ask("q03-loops", **DAY))

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(sparql_derived, "_link", full)
        with pytest.raises(InputError, match=r"No space left on device.*; the claims are whole"):
            asked(small, "q03-loops")
    assert copies(small) == []
    assert asked(small, "q03-loops") == expected


def test_a_day_without_an_answer_is_refused_as_in_memory(small):
    with pytest.raises(InputError, match="2019-13-01"):
        asked(small, as_of="2019-13-01")


def test_everybody_is_read_from_columns_as_from_memory(small):
    disk, memory = OwnershipGraph.open(store=small), OwnershipGraph.of([table()])
    mine, theirs = (graph.snapshot(dt.date(2019, 9, 3)) for graph in (disk, memory))
    assert mine.holdings == theirs.holdings
    assert mine.parties == theirs.parties
    assert mine.dataset == theirs.dataset
    assert mine.cautions == theirs.cautions
    assert "store" not in vars(disk.backing)


def test_graphs_that_stay_are_those_of_memory(small):
    disk, memory = OwnershipGraph.open(store=small), OwnershipGraph.of([table()])
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    claimed = memory.query(count).values()
    names = disk.derive("2019-09-03", rule=["majority-votes", "fr-presumption-40"])
    assert names == memory.derive("2019-09-03", rule=["majority-votes", "fr-presumption-40"])
    assert disk.derived_trig(*names) == memory.derived_trig(*names)
    assert disk.derived() == memory.derived()
    assert "store" not in vars(disk.backing)
    assert disk.query(count).values() == memory.query(count).values() != claimed
    for graph in (disk, memory):
        graph.drop_derived(names[0])
    assert disk.query(count).values() == memory.query(count).values()
    assert disk.backing.store.to_nquads() == memory.store.to_nquads()
    assert disk.derived() == memory.derived()
    assert len(disk.derived()) == len(names) - 1
    for graph in (disk, memory):
        graph.drop_derived(*names[1:])
    assert disk.query(count).values() == claimed


def test_materialize_writes_the_same_from_a_store(small, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    texts = []
    for number, source in enumerate((file, small)):
        output = tmp_path / f"{number}.trig"
        args = ["materialize", "-d", str(source), "--as-of", "2019-09-03", "--regime", "none"]
        done = CliRunner().invoke(app, [*args, "-o", str(output)])
        assert done.exit_code == 0, done.output
        texts.append(output.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "kei:ControlFinding" in texts[0]


def test_a_timeline_is_read_from_columns(tmp_path):
    load_into_store([bundled()], tmp_path / "alliance")
    disk, memory = OwnershipGraph.open(store=tmp_path / "alliance"), OwnershipGraph.open()
    mine, theirs = (graph.timeline("Nissan", until="2002-03-02") for graph in (disk, memory))
    assert [one.as_dict() for one in mine] == [one.as_dict() for one in theirs]
    assert len(mine) == 3
    assert mine.cautions == theirs.cautions
    disk.check_day(dt.date(2002, 3, 2))
    assert "store" not in vars(disk.backing)
