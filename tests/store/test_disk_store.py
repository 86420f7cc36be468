"""The store on disk: the same answers as in memory, and whole or as it was, whatever happens."""

import contextlib
import json
import multiprocessing
import os
import random
import signal
import time

import pytest

from keiretsu.errors import AmbiguousNameError, InputError, NameNotFoundError
from keiretsu.measures import beneficial, control, owners, power, votes
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.document import document_of
from keiretsu.ownership_graph.stored import load_into_store, stored_material
from keiretsu.store.disk import DiskClaims, Folder, is_store
from keiretsu.store.disk.folder import CURRENT
from keiretsu.store.disk.manifest import MANIFEST
from keiretsu.store.disk.whole.everything import write_nquads

TABLE = """holder,issuer,capital_percent,holder_kind,issuer_jurisdiction,actsfor
Anna,Top,25-50,Person,,
Bert,Top,40,Person,,
Ministry,Top,5,Ministry,,State
Top,Middle,60,,FR,
Middle,Top,5,,,
Middle,Base,50.1,,,
Cäsar,Base,20,Person,,
Other,Elsewhere,80,,,
"""
MORE = "holder,issuer,capital_percent\nDora,Elsewhere,15\n"


def table(text=TABLE, name="table.csv"):
    return Material(text.encode(), name, "csv")


@pytest.fixture(scope="module")
def alliance(tmp_path_factory):
    path = tmp_path_factory.mktemp("disk") / "alliance"
    load_into_store([bundled()], path)
    return path


@pytest.fixture
def small(tmp_path):
    load_into_store([table()], tmp_path / "small")
    return tmp_path / "small"


def questions(company):
    return (
        lambda world: owners(world, company),
        lambda world: votes(world, company),
        lambda world: power(world, company),
        lambda world: control(world, of=company),
        lambda world: control(world, of=company, rule="fr-presumption-40"),
        lambda world: beneficial(world, company, "amlr"),
    )


def asked(question, world):
    try:
        return document_of(question(world))
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("company", ["Nissan", "Renault", "Mitsubishi Motors"])
def test_what_lies_above_a_company_answers_as_the_whole_does(alliance, company):
    disk = OwnershipGraph.open(store=alliance)
    whole = OwnershipGraph.open().snapshot("2019-09-03")
    part = disk.snapshot("2019-09-03", about=[company])
    assert len(part.holdings) < len(whole.holdings) / 2
    for question in questions(company):
        assert asked(question, part) == asked(question, whole)


@pytest.mark.parametrize("company", ["Top", "Middle", "Base", "Elsewhere"])
def test_so_does_it_in_a_table_with_ranges_and_bodies_of_a_state(small, company):
    whole = OwnershipGraph.of([table()]).snapshot("2020-01-01")
    part = OwnershipGraph.open(store=small).snapshot("2020-01-01", about=[company])
    assert {party.label for party in part.parties} <= {party.label for party in whole.parties}
    for question in questions(company):
        mine, theirs = asked(question, part), asked(question, whole)
        for one in (mine, theirs):
            one["warnings"] = [w for w in one["warnings"] if w["code"] != "one-share-one-vote"]
        assert mine == theirs


def test_everything_is_the_same_with_its_fingerprint(alliance, small):
    for path, memory in ((alliance, OwnershipGraph.open()), (small, OwnershipGraph.of([table()]))):
        disk = OwnershipGraph.open(store=path)
        assert disk.claims == memory.claims
        assert disk.backing.disk.manifest.fingerprint == memory.claims.fingerprint
        assert disk.default_date() == memory.default_date()
        assert disk.query("ASK { ?h a kei:Holding }").boolean


def test_parties_are_found_as_in_memory(alliance, small):
    disk = OwnershipGraph.open(store=alliance).backing.disk
    memory = OwnershipGraph.open().snapshot()
    found = 0
    for position, party in enumerate(memory.parties):
        for name in (party.id, *party.names):
            with contextlib.suppress(AmbiguousNameError):
                assert memory.position(name) == position
                assert disk.names.find(name) == disk.names.find(party.id)
                found += 1
    assert found > 300
    assert disk.names.find("~mitsubishi mot") == disk.names.find("Mitsubishi Motors")
    with pytest.raises(AmbiguousNameError):
        disk.names.find("~m")
    with pytest.raises(NameNotFoundError, match="nissan"):
        disk.names.find("Nisan")
    graph = OwnershipGraph.open(store=small)
    assert graph.claims_about(["Top, Base"]) == graph.claims_about(["Top", "Base"])


def test_loading_again_changes_nothing_and_more_is_added(small):
    before = {path: path.stat().st_mtime_ns for path in small.rglob("*") if path.name != ".lock"}
    again = load_into_store([table()], small)
    assert not again.changed
    assert before == {p: p.stat().st_mtime_ns for p in small.rglob("*") if p.name != ".lock"}
    more = load_into_store([table(MORE, "more.csv")], small)
    both = OwnershipGraph.of([table(), table(MORE, "more.csv")])
    assert (more.changed, more.manifest.fingerprint) == (True, both.claims.fingerprint)
    assert sorted(more.manifest.inputs) == ["more.csv", "table.csv"]
    assert OwnershipGraph.of([stored_material(small)]).claims == both.claims
    assert sum(path.is_dir() for path in small.iterdir()) == 1


def test_a_load_that_fails_leaves_the_store_as_it_was(small, monkeypatch):
    before = OwnershipGraph.open(store=small).claims
    with pytest.raises(InputError, match=r"bad\.csv:2"):
        load_into_store([table("holder,issuer,capital_percent\nA,B,much\n", "bad.csv")], small)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keiretsu.store.disk.writing.np.save", full)
    with pytest.raises(InputError, match="No space left on device"):
        load_into_store([table(MORE, "more.csv")], small)
    assert OwnershipGraph.open(store=small).claims == before
    assert sum(path.is_dir() for path in small.iterdir()) == 1


def test_a_load_that_is_killed_leaves_the_old_store_or_the_new_one(small):
    """Killed at random moments, by the signal that cannot be caught."""
    context, chance = multiprocessing.get_context("fork"), random.Random(9)  # noqa: S311
    old = OwnershipGraph.open(store=small).backing.disk.manifest.fingerprint
    new = OwnershipGraph.of([table(), table(MORE, "more.csv")]).claims.fingerprint
    seen = []
    for _ in range(12):
        child = context.Process(
            target=load_into_store, args=([table(MORE, "more.csv")], small), daemon=True
        )
        child.start()
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        seen.append(OwnershipGraph.open(store=small).backing.disk.manifest.fingerprint)
        assert OwnershipGraph.open(store=small).claims.holdings
    order = [old, new]
    assert seen == sorted(seen, key=order.index)
    load_into_store([table(MORE, "more.csv")], small)
    assert OwnershipGraph.open(store=small).backing.disk.manifest.fingerprint == new
    assert sum(path.is_dir() for path in small.iterdir()) == 1


def test_two_writers_at_once_are_refused(small):
    with Folder(small).building(), pytest.raises(InputError, match="somebody else is writing"):
        load_into_store([table(MORE, "more.csv")], small)
    assert load_into_store([table(MORE, "more.csv")], small).changed


def test_what_is_no_store_or_damaged_or_from_the_future_is_refused(small, tmp_path):
    with pytest.raises(InputError, match="no store here"):
        OwnershipGraph.open(store=tmp_path / "nothing")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty and no store"):
        load_into_store([table()], tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]
    assert is_store(small)
    generation = Folder(small).current()
    manifest = generation / MANIFEST
    written = manifest.read_text(encoding="utf-8")
    future = json.loads(written) | {"keiretsu_store": 99, "keiretsu": "7.0"}
    for spoilt, message in (
        (json.dumps(future), "layout 99, which keiretsu 7.0 wrote"),
        ("{", "damaged"),
        ("[]", "damaged"),
    ):
        manifest.write_text(spoilt, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            OwnershipGraph.open(store=small)
    manifest.write_text(written, encoding="utf-8")
    index = (generation / "about.npy").read_bytes()
    (generation / "about.npy").write_bytes(b"x" * len(index))
    with pytest.raises(InputError, match="damaged"):
        OwnershipGraph.open(store=small)
    (generation / "about.npy").write_bytes(index)
    with (generation / "claims.nq").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError, match="damaged"):
        OwnershipGraph.open(store=small)
    (small / CURRENT).write_text("../elsewhere\n", encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        OwnershipGraph.open(store=small)


def test_one_bit_that_is_not_as_written_is_found(small, monkeypatch):
    generation = Folder(small).current()
    files = [path for path in sorted(generation.iterdir()) if path.suffix in {".npy", ".txt"}]
    assert len(files) == 8
    for path in files:
        written = path.read_bytes()
        if not written:
            continue
        path.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
        with pytest.raises(InputError, match="damaged"):
            OwnershipGraph.open(store=small)
        with monkeypatch.context() as patch:
            patch.setattr("keiretsu.store.disk.index.MOST_CHECKED", 0)
            graph = OwnershipGraph.open(store=small)  # a large index is not read for one company
            with pytest.raises(InputError, match="damaged"):
                graph.control_of_all("2020-01-01")
        path.write_bytes(written)
    claims = generation / "claims.nq"
    written = claims.read_bytes()
    claims.write_bytes(written.replace(b"holder>", b"issuer>", 1))
    with pytest.raises(InputError, match="damaged"):
        OwnershipGraph.open(store=small).query("ASK { ?s ?p ?o }")
    for again in (load_beside, stored_material):
        with pytest.raises(InputError, match="damaged"):
            again(small)
    assert Folder(small).current() == generation


def load_beside(path):
    return load_into_store([table(MORE, "more.csv")], path)


def test_columns_alone_that_are_not_as_written_are_not_merged(tmp_path, monkeypatch):
    alone = tmp_path / "alone"
    load_into_store([table()], alone, columns_alone=True)
    shares = Folder(alone).current() / "columns" / "shares.npy"
    written = shares.read_bytes()
    shares.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
    monkeypatch.setattr("keiretsu.store.disk.claims.MOST_CHECKED", 0)
    with pytest.raises(InputError, match="damaged"):
        load_beside(alone)
    shares.write_bytes(written)
    assert load_beside(alone).changed


def answers(path):
    graph = OwnershipGraph.open(store=path)
    rows = [record.as_dict() for record in graph.control_of_all("2020-01-01")]
    return rows, graph.claims_about(["Base"])


@pytest.mark.parametrize("spoil", ["gone", "stale", "cut", "bent", "layout"])
def test_columns_that_are_not_of_the_claims_are_made_anew(small, spoil):
    before = answers(small)
    columns = Folder(small).current() / "columns"
    written = {path.name: path.read_bytes() for path in columns.iterdir()}
    stamp = json.loads(written["columns.json"])
    if spoil == "gone":
        for path in columns.iterdir():
            path.unlink()
        columns.rmdir()
    elif spoil == "cut":
        (columns / "share.npy").write_bytes(written["share.npy"][:-1])
    elif spoil == "bent":  # of the same size: only reading all of it can tell
        (columns / "share.npy").write_bytes(written["share.npy"][:-1] + b"\x05")
    else:
        changed = {"stale": {"fingerprint": "other"}, "layout": {"layout": 99}}[spoil]
        (columns / "columns.json").write_text(json.dumps(stamp | changed), encoding="utf-8")
    assert answers(small) == before
    assert {path.name: path.read_bytes() for path in columns.iterdir()} == written


def read_once(path):
    assert OwnershipGraph.open(store=path).backing.disk.columns is not None


def test_whoever_is_killed_while_columns_are_made_anew_leaves_a_whole_store(small):
    """Killed at random moments, by the signal that cannot be caught."""
    before = answers(small)
    context, chance = multiprocessing.get_context("fork"), random.Random(5)  # noqa: S311
    columns = Folder(small).current() / "columns"
    for _ in range(5):
        (columns / "share.npy").unlink(missing_ok=True)
        child = context.Process(target=read_once, args=(small,), daemon=True)
        child.start()
        time.sleep(chance.uniform(0, 0.2))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
    assert answers(small) == before
    (columns / "share.npy").unlink()
    assert answers(small) == before
    assert not list(columns.parent.glob(".building*"))


def test_a_full_disk_stops_no_question(small, monkeypatch):
    before = answers(small)
    columns = Folder(small).current() / "columns"
    (columns / "share.npy").unlink()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keiretsu.store.disk.folder.shutil.copytree", full)
    assert answers(small) == before
    assert not (columns / "share.npy").exists()


def test_columns_of_a_store_that_somebody_writes_to_are_made_for_oneself(small):
    before = answers(small)
    columns = Folder(small).current() / "columns"
    (columns / "share.npy").unlink()
    with Folder(small).building():
        assert answers(small) == before
    assert not (columns / "share.npy").exists()


def test_columns_alone_hold_all_that_claims_do(tmp_path, small):
    both = [table(), table(MORE, "more.csv")]
    alone = tmp_path / "alone"
    loaded = load_into_store([table()], alone, columns_alone=True)
    assert OwnershipGraph.open(store=alone).claims == OwnershipGraph.open(store=small).claims
    assert answers(alone)[0] == answers(small)[0]
    sizes = [DiskClaims(path).claims_file.stat().st_size for path in (alone, small)]
    assert sizes[0] < sizes[1] / 2
    again = load_into_store([table()], tmp_path / "again", columns_alone=True)
    assert again.manifest.fingerprint == loaded.manifest.fingerprint
    exported = tmp_path / "all.nq"
    write_nquads(DiskClaims(alone), exported)
    assert OwnershipGraph.open(exported).claims == OwnershipGraph.of([table()]).claims
    load_into_store([table(MORE, "more.csv")], alone, columns_alone=True)
    more = OwnershipGraph.open(store=alone).claims
    assert more == OwnershipGraph.of(both).claims
    (DiskClaims(alone).columns.folder / "share.npy").write_bytes(b"x")
    with pytest.raises(InputError, match="damaged"):
        OwnershipGraph.open(store=alone)


def test_files_and_a_store_together_are_refused(small):
    with pytest.raises(InputError, match="files and a store"):
        OwnershipGraph.open("a.csv", store=small)
