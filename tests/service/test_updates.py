"""Updates over HTTP: who may, what is kept, and what readers see meanwhile."""

import logging
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from click.testing import CliRunner
from tests.service.conftest import BOOK

from keiretsu import OwnershipGraph
from keiretsu.cli.app import app
from keiretsu.errors import InputError
from keiretsu.ownership_graph.loading import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.ownership_graph.update_log import UpdateLog
from keiretsu.ownership_graph.updating import target_of
from keiretsu.service import Writable
from keiretsu.store.memory import Store

TOKEN = "a-token-for-tests-alone"  # noqa: S105 - of the tests
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
ADA = "<claim/3> a kei:Holding ; kei:holder <party/ada> ; kei:issuer <party/shop> ;"
BUYS = f"INSERT DATA {{ {ADA} kei:capitalPercentMin 10.0 ; kei:capitalPercentMax 10.0 }}"
OWNERS = {"company": "Shop", "as-of": "2024-01-01"}


def with_other(scheme, token):
    """Return headers that show something else."""
    return HEADERS | {"Authorization": f"{scheme} {token}"}


def as_trig(text):
    """Return the small book as a file with named graphs."""
    store = Store()
    store.load_bytes(text.encode(), "turtle", "book.ttl")
    return store.to_trig()


@pytest.fixture
def kept(tmp_path):
    """Return the path of a file that updates are kept in."""
    path = tmp_path / "book.trig"
    path.write_text(as_trig(BOOK), encoding="utf-8")
    return path


@pytest.fixture
def writable(start, kept):
    """Return the address of a server that keeps updates in it."""
    return serve(start, kept)


def serve(start, path, **settings):
    target = target_of(str(path))
    may = Writable.by(target, TOKEN)
    return start(target.open(), writable=may, **settings)


def update(address, text, **options):
    """Send an update with the token."""
    given = {"headers": HEADERS, "content": text.encode(), "timeout": 120, **options}
    return httpx.post(f"{address}/sparql", **given)


def ask(address, query):
    """Return the answer to a query of yes or no."""
    found = httpx.get(f"{address}/sparql", params={"query": query}, timeout=120)
    return found.json()["boolean"]


def test_an_update_is_seen_and_kept(writable, kept):
    """By queries and by measures, after it by nobody otherwise; and in the file."""
    before = httpx.get(f"{writable}/api/owners", params=OWNERS, timeout=120).json()
    response = update(writable, BUYS)
    assert (200, "update") == (response.status_code, response.json()["command"])
    assert response.json()["added"] > 5
    assert ask(writable, "ASK { <claim/3> a kei:Holding }")
    after = httpx.get(f"{writable}/api/owners", params=OWNERS, timeout=120).json()
    direct = [
        {row["holder"]: row["direct_percent"] for row in one["owners"]} for one in (before, after)
    ]
    assert [None, 10] == [one["Ada"] or None for one in direct]
    again = OwnershipGraph.open(kept)
    assert response.json()["dataset"] == again.claims.fingerprint == after["dataset"]
    found = httpx.get(f"{writable}/api/search", params={"text": "Ada"}, timeout=120).json()
    assert after["dataset"] == found["dataset"]


def test_what_was_is_on_record(writable, kept):
    """The log, read backwards, leads from the file as it is to the file as it was."""
    before = OwnershipGraph.open(kept).store.asserted()
    half = "INSERT DATA { <claim/1> a kei:Holding }"
    statuses = [
        update(writable, text).status_code
        for text in (BUYS, "DELETE WHERE { <claim/1> ?p ?o }", half)
    ]
    assert [200, 200, 422] == statuses
    now = OwnershipGraph.open(kept).store
    lines = set(now.to_nquads().splitlines())
    patches = kept.with_name("book.trig.rdfp").read_text("utf-8").splitlines()
    for line in reversed(patches):
        sign, _, statement = line.partition(" ")
        if sign == "A":
            lines.remove(statement)
        elif sign == "D":
            lines.add(statement)
    undone = Store()
    undone.load_bytes("\n".join(sorted(lines)).encode(), "nquads", "x")
    assert before == undone.asserted()
    assert 2 == patches.count("TC .")  # the third is no sound data, and was refused


REFUSED = {
    "no token": (BUYS, {"headers": {"Content-Type": HEADERS["Content-Type"]}}, 401, "token"),
    "another token": (BUYS, {"headers": with_other("Bearer", f"{TOKEN}x")}, 401, "token"),
    "another scheme": (BUYS, {"headers": with_other("Basic", TOKEN)}, 401, "token"),
    "LOAD": ("LOAD <http://127.0.0.1:1/x>", {}, 403, "LOAD is not allowed"),
    "SERVICE": (
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }",
        {},
        403,
        "SERVICE is not allowed",
    ),
    "no SPARQL": ("INSERT DATA {", {}, 400, "not SPARQL"),
    "no such graph": ("DROP GRAPH <urn:nowhere>", {}, 400, "does not exist"),
    "no sound claim": (f"INSERT DATA {{ {ADA} kei:status <urn:x> }}", {}, 422, "code of the list"),
    "half a claim": ("DELETE DATA { <claim/1> kei:issuer <party/works> }", {}, 422, "issuer"),
    "in the address": ("", {"params": {"update": BUYS}}, 400, "in the address"),
}


@pytest.fixture(scope="module")
def steady(start, tmp_path_factory):
    """Return the address of a server, and the file that nothing is to change."""
    path = tmp_path_factory.mktemp("steady") / "book.trig"
    path.write_text(as_trig(BOOK), encoding="utf-8")
    return serve(start, path), path


@pytest.mark.parametrize(("text", "options", "status", "said"), REFUSED.values(), ids=list(REFUSED))
def test_refusals_change_nothing(steady, text, options, status, said):
    """Each in one sentence; the file, its log and what is served are as they were."""
    address, path = steady
    before = path.read_bytes()
    response = update(address, text, **options)
    assert (status, "application/problem+json") == (
        response.status_code,
        response.headers["content-type"],
    )
    assert said in response.json()["detail"]
    assert ("WWW-Authenticate" in response.headers) == (status == 401)
    assert before == path.read_bytes()
    assert b"" == path.with_name("book.trig.rdfp").read_bytes()
    assert not ask(address, "ASK { <claim/3> a kei:Holding }")


def test_without_leave_nothing_is_changed(client):
    """A server that was not told so keeps no update, whatever token comes."""
    response = client.post("/sparql", content=BUYS, headers=HEADERS)
    assert 403 == response.status_code
    assert "only answers queries" in response.json()["detail"]


def test_the_token_is_told_to_nobody(steady, caplog):
    """Neither in logs, nor in problems, nor by printing what holds it."""
    address, path = steady
    with caplog.at_level(logging.DEBUG):
        told = [
            update(address, "INSERT DATA {"),
            update(address, BUYS, headers=with_other("Bearer", f"{TOKEN}x")),
        ]
    assert TOKEN not in caplog.text
    assert TOKEN not in "".join(one.text + str(one.headers) for one in told)
    assert TOKEN not in repr(Writable.by(target_of(str(path)), TOKEN))


def test_readers_see_before_or_after(writable):
    """Two statements that always change together are never seen apart."""
    mark = lambda number: f"<urn:x> <urn:a> {number} . <urn:y> <urn:a> {number}"  # noqa: E731
    assert 200 == update(writable, f"INSERT DATA {{ {mark(0)} }}").status_code
    torn = "ASK { <urn:x> <urn:a> ?m . <urn:y> <urn:a> ?n FILTER(?m != ?n) }"
    there = "ASK { <urn:x> <urn:a> ?m . <urn:y> <urn:a> ?m }"
    done, seen = threading.Event(), []

    def read():
        while not done.is_set():
            seen.append((ask(writable, torn), ask(writable, there)))

    with ThreadPoolExecutor(2) as pool:
        reading = [pool.submit(read) for _ in range(2)]
        for number in range(2):
            text = f"DELETE DATA {{ {mark(number)} }} ; INSERT DATA {{ {mark(number + 1)} }}"
            assert 200 == update(writable, text).status_code
        done.set()
        for one in reading:
            one.result()
    assert {(False, True)} == set(seen)


def test_several_at_once_are_done_one_after_the_other(writable):
    """All are kept, in whichever order they came."""
    texts = [f"INSERT DATA {{ <urn:s> <urn:p> {number} }}" for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda text: update(writable, text).status_code, texts))
    assert [200] * 3 == found
    whole = " ".join(f"<urn:s> <urn:p> {number} ." for number in range(3))
    assert ask(writable, f"ASK {{ {whole} }}")


def test_a_file_that_somebody_else_changed_is_left_alone(writable, kept):
    """409, and what they wrote stays."""
    kept.write_text(kept.read_text("utf-8") + "# mine\n", encoding="utf-8")
    response = update(writable, BUYS)
    assert (409, "has been changed by somebody else") == (
        response.status_code,
        response.json()["detail"],
    )
    assert kept.read_text("utf-8").endswith("# mine\n")
    assert b"" == kept.with_name("book.trig.rdfp").read_bytes()


def test_a_disk_that_takes_nothing(kept, monkeypatch, start):
    """507, and neither the log nor what is served knows of the update."""
    address = serve(start, kept)
    before = kept.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keiretsu.ownership_graph.updating.os.fsync", full)
    response = update(address, BUYS)
    monkeypatch.undo()
    assert 507 == response.status_code
    assert "No space left on device" in response.json()["detail"]
    assert before == kept.read_bytes()
    assert b"" == kept.with_name("book.trig.rdfp").read_bytes()
    assert [] == [one for one in kept.parent.iterdir() if one.name.startswith(".")]
    assert 200 == update(address, BUYS).status_code


def test_two_writers_are_one_too_many(writable, kept):
    """The second server is told so."""
    assert 200 == httpx.get(f"{writable}/health", timeout=60).status_code
    with pytest.raises(InputError, match="another server has these data open"):
        target_of(str(kept)).open()


def test_a_store_on_disk_is_updated(start, tmp_path):
    """A new generation is put in force; what no claim can carry is refused."""
    folder = tmp_path / "store"
    load_into_store([Material(BOOK.encode(), "book.ttl", "turtle")], folder)
    address = serve(start, folder)
    response = update(address, BUYS)
    assert 200 == response.status_code
    assert ask(address, "ASK { <claim/3> a kei:Holding }")
    again = OwnershipGraph.open(store=folder)
    assert response.json()["dataset"] == again.claims.fingerprint
    assert 1 == (folder / "updates.rdfp").read_text("utf-8").count("TC .")
    foreign = update(address, "INSERT DATA { <urn:s> <urn:p> 1 }")
    assert (403, "keeps claims alone") == (
        foreign.status_code,
        foreign.json()["detail"].partition("on disk ")[2].partition(",")[0],
    )


def test_a_new_file_is_made(start, tmp_path):
    """Data begin with the first update, and can end with one."""
    path = tmp_path / "new.nq"
    address = serve(start, path)
    party = "INSERT DATA { <party/ada> a kei:Person ; rdfs:label 'Ada' }"
    assert 200 == update(address, party).status_code
    assert 1 == len(OwnershipGraph.open(path).claims.parties)
    assert 200 == update(address, "CLEAR ALL").status_code
    assert b"" == path.read_bytes()


ENTRY = ["A <urn:a> <urn:b> <urn:c> <urn:d> ."]


@pytest.mark.parametrize("seed", range(5))
def test_what_a_dead_writer_left_is_cleared(tmp_path, seed):
    """An entry cut off anywhere goes, and so does one whose data were not written."""
    path = tmp_path / "log.rdfp"
    log = UpdateLog(path)
    log.open()
    with log.entry("00", "01", ENTRY):
        pass
    first = path.read_bytes()
    with log.entry("01", "02", ENTRY):
        pass
    both = path.read_bytes()
    log.recover("02")
    assert both == path.read_bytes()
    log.recover("01")
    assert first == path.read_bytes()
    cut = random.Random(seed).randrange(len(first) + 1, len(both))  # noqa: S311 - a test's
    path.write_bytes(both[:cut])
    log.recover("01")
    assert first == path.read_bytes()


CLI = {
    "no token": (["-d", "book.trig"], "updates need a token"),
    "short token": (["-d", "book.trig", "--token-file", "short"], "fewer than 16"),
    "a token for all": (["-d", "book.trig", "--token-file", "open"], "chmod 600"),
    "no file of tokens": (["-d", "book.trig", "--token-file", "nowhere"], "nowhere"),
    "no graphs": (["-d", "book.ttl"], "named graphs"),
    "two files": (["-d", "book.trig", "-d", "more.trig"], "one file or store"),
    "no file": ([], "one file or store"),
}


@pytest.mark.parametrize(("args", "said"), CLI.values(), ids=list(CLI))
def test_the_command_refuses(tmp_path, monkeypatch, args, said):
    """In one line, before it serves anything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KEIRETSU_TOKEN", raising=False)
    for name, text, mode in (("short", "abc", 0o600), ("open", TOKEN, 0o644)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(mode)
    (tmp_path / "book.trig").write_text(as_trig(BOOK), encoding="utf-8")
    outcome = CliRunner().invoke(app, ["serve", "--writable", "--port", "0", *args])
    assert 2 == outcome.exit_code
    assert said in outcome.stderr
    assert 1 == len(outcome.stderr.strip().splitlines())
