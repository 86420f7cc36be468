"""What is left when a server is killed, and what readers see while graphs are derived."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.service.conftest import BOOK

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def served(tmp_path, isolated):
    """Return a function that starts ``keiretsu serve`` and returns its process and address."""
    path = tmp_path / "book.ttl"
    path.write_text(BOOK, encoding="utf-8")
    started = []

    def starting():
        command = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", "-d", str(path)]
        if not isolated:
            command.append("--without-isolation")
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
        started.append(process)
        address = process.stderr.readline().split()[2].rstrip("/")
        return process, address

    yield starting
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def _answer(address):
    for _ in range(100):
        try:
            return httpx.get(f"{address}/sparql", params={"query": COUNT}, timeout=60).json()
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def _descendants(process):
    """Return the processes that a process started, and those that they did."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {process.pid}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return found - {process.pid}
        found |= more


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed in /proc")
def test_kill_loses_nothing(served, tmp_path):
    """Killed in the middle of a query, it leaves neither a process nor a file behind."""
    process, address = served()
    before = _answer(address)
    files = sorted(tmp_path.rglob("*"))
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx.get, f"{address}/sparql", params={"query": ENDLESS}, timeout=60)
        time.sleep(0.5)
        children = _descendants(process)
        assert len(children) >= 2  # the keeper, and what works for it
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert isinstance(asked.exception(), httpx.HTTPError)
    deadline = time.monotonic() + 30
    while children and time.monotonic() < deadline:
        children = {child for child in children if _runs(child)}
        time.sleep(0.05)
    assert set() == children
    assert files == sorted(tmp_path.rglob("*"))
    _, address = served()
    assert before == _answer(address)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_readers_while_graphs_are_derived(client, address):
    """Questions that derive graphs and queries that count all statements, at the same time."""
    expected = client.get("/sparql", params={"query": COUNT}).json()

    def question():
        given = {"as_of": "2024-01-01"}
        return httpx.get(f"{address}/api/questions/q03-loops", params=given, timeout=120)

    def count():
        return httpx.get(f"{address}/sparql", params={"query": COUNT}, timeout=120)

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(question if number % 3 == 0 else count) for number in range(30)]
        found = [one.result() for one in asked]
    assert {200} == {response.status_code for response in found}
    counts = [response.json() for number, response in enumerate(found) if number % 3]
    assert [expected] * 20 == counts
    assert 1 == len({response.text for number, response in enumerate(found) if number % 3 == 0})
