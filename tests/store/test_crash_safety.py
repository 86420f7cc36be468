"""A store under attack: killed at every step, no room, no power, another writer in between."""

import contextlib
import gc
import multiprocessing
import os
import resource
import shutil
import sys

import pytest
from tests.store.test_sparql_on_disk import MORE, table, values

from keiretsu.errors import InputError
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.ownership_graph.updating import UpdatedFolder
from keiretsu.store.disk import Folder, is_store

STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
KILLED = 9
FORK = multiprocessing.get_context("fork")


def first(path):
    load_into_store([table()], path)


def more(path):
    load_into_store([table(MORE, "more.csv")], path)


def update(path):
    target = UpdatedFolder(path)
    graph = target.open()
    after = OwnershipGraph.of([table(), table(MORE, "more.csv")])
    assert graph.fingerprint != after.fingerprint
    target.commit(after.store.to_nquads().encode(), ["A ."])


def derive(path):
    OwnershipGraph.open(store=path).ask("q03-loops", as_of="2019-09-03")


def at_step(wanted, what, path):
    """Do something in a process that dies before its step of that number; return its steps."""
    ours, theirs = FORK.Pipe()

    def dying():
        count = 0

        def hook(event, args):
            nonlocal count
            if event in STEPS and args and str(path) in str(args[0]):
                count += 1
                if count == wanted:
                    os._exit(KILLED)

        sys.addaudithook(hook)
        what(path)
        theirs.send(count)

    child = FORK.Process(target=dying)
    child.start()
    child.join()
    assert child.exitcode == (0 if ours.poll() else KILLED)
    return ours.recv() if ours.poll() else wanted


def some_of(steps):
    """Return some steps, and the last ones all: there it is put in force, and cleared away."""
    assert steps > 20
    return [*range(1, steps - 8, max(steps // 5, 1)), *range(steps - 8, steps + 1)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "store"
    first(path)
    return path


def fingerprints():
    old = OwnershipGraph.of([table()]).fingerprint
    new = OwnershipGraph.of([table(), table(MORE, "more.csv")]).fingerprint
    return old, new


@pytest.mark.parametrize("what", [more, update], ids=["a load", "an update"])
def test_whoever_dies_at_any_step_leaves_the_old_store_or_the_new_one(tmp_path, what, made):
    old, new = fingerprints()
    shutil.copytree(made, tmp_path / "whole")
    seen = []
    for step in some_of(at_step(0, what, tmp_path / "whole")):
        path = tmp_path / f"at-{step}"
        shutil.copytree(made, path)
        at_step(step, what, path)
        seen.append(OwnershipGraph.open(store=path).fingerprint)
        more(path)  # whoever comes next finds nothing in the way, and clears away what is left
        assert OwnershipGraph.open(store=path).fingerprint == new
        assert sum(one.is_dir() for one in path.iterdir()) == 1
    assert seen == sorted(seen, key=[old, new].index)
    assert set(seen) == {old, new}


def test_a_first_load_that_dies_at_any_step_is_done_again(tmp_path):
    for step in some_of(at_step(0, first, tmp_path / "whole")):
        path = tmp_path / f"at-{step}"
        at_step(step, first, path)
        if not is_store(path):
            with pytest.raises(InputError, match="no store here"):
                OwnershipGraph.open(store=path)
        first(path)
        assert OwnershipGraph.open(store=path).fingerprint == fingerprints()[0]
        assert sum(one.is_dir() for one in path.iterdir()) == 1


def test_whoever_dies_while_graphs_are_derived_is_in_nobodys_way(tmp_path, made):
    path = tmp_path / "store"
    shutil.copytree(made, path)
    expected = values(OwnershipGraph.of([table()]).ask("q03-loops", as_of="2019-09-03"))
    for step in (12, 20, 30):
        at_step(step, derive, path)
        found = OwnershipGraph.open(store=path).ask("q03-loops", as_of="2019-09-03")
        assert values(found) == expected
        for one in Folder(path).current().glob("derived-*/sparql.json"):
            one.unlink()


def limited(what, path, size, line):
    """Do something in a process that may write no file larger than a size; send its error."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        what(path)
        line.send("")
    except InputError as error:
        line.send(str(error))


@pytest.mark.parametrize("what", [more, update], ids=["a load", "an update"])
@pytest.mark.parametrize("size", [0, 200, 3000])
def test_where_a_file_cannot_grow_the_store_is_as_it_was(tmp_path, what, size, made):
    path = tmp_path / "store"
    shutil.copytree(made, path)
    old, _ = fingerprints()
    ours, theirs = FORK.Pipe()
    child = FORK.Process(target=limited, args=(what, path, size, theirs))
    child.start()
    child.join()
    assert ours.poll()
    told = ours.recv()
    assert "cannot be written" in told
    assert "None" not in told
    assert "\n" not in told
    assert OwnershipGraph.open(store=path).fingerprint == old
    more(path)


def test_all_that_is_written_is_on_the_disk_before_it_is_in_force(tmp_path, monkeypatch):
    """A power cut after that leaves the new store whole, one before it the old one."""
    flushed, whole = set(), os.fsync

    def fsync(descriptor):
        flushed.add(os.fstat(descriptor).st_ino)
        whole(descriptor)

    def in_force(build, target):
        missing = [one for one in [build, *build.rglob("*")] if one.stat().st_ino not in flushed]
        assert missing == []
        seen.append(target)
        return renamed(build, target)

    seen, renamed = [], type(tmp_path).rename
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(type(tmp_path), "rename", in_force)
    first(tmp_path / "store")
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["share.npy", "shares.npy", "party.npy", "labels.txt", "ids.npy"])
@pytest.mark.parametrize("alone", [False, True], ids=["with RDF", "columns alone"])
def test_a_bent_column_tells_nobody_a_wrong_share(tmp_path, name, alone):
    path = tmp_path / "store"
    load_into_store([table(MORE)], path, columns_alone=alone)
    expected = OwnershipGraph.open(store=path).claims_about(["Middle"])
    file = Folder(path).current() / "columns" / name
    written = file.read_bytes()
    file.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
    graph = OwnershipGraph.open(store=path)
    if alone:
        with pytest.raises(InputError, match="damaged"):
            graph.claims_about(["Middle"])
    else:
        assert graph.claims_about(["Middle"]) == expected


def test_a_load_in_between_is_no_damage(tmp_path, monkeypatch):
    path = tmp_path / "store"
    first(path)
    whole, loads = Folder.current, [more]

    def current(folder):
        found = whole(folder)
        if loads and folder.path == path:
            with contextlib.suppress(IndexError):
                loads.pop()(path)
        return found

    monkeypatch.setattr(Folder, "current", current)
    assert OwnershipGraph.open(store=path).fingerprint == fingerprints()[1]
    assert loads == []


def test_who_reads_on_after_a_load_is_told_to_ask_again(tmp_path):
    path = tmp_path / "store"
    first(path)
    reader = OwnershipGraph.open(store=path)
    more(path)
    gc.collect()
    with pytest.raises(InputError, match="was replaced while it was read; ask again"):
        reader.claims_about(["Middle"])
