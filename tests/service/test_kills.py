"""Killed at a random moment, a writer loses nothing that it said it had kept."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest
from tests.service.conftest import BOOK
from tests.service.test_updates import HEADERS, TOKEN, as_trig

from keiretsu import OwnershipGraph
from keiretsu.cli.commands.serve import bound
from keiretsu.ownership_graph.materializing import StoreFile

SEEDS = (1, 2)
ANSWER = re.compile(r"https?://\S+(?=\s)")


def serve(path, isolated):
    """Return a writable server's process and its address."""
    command = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", "-d", str(path)]
    command += ["--writable"] + ["--without-isolation"] * (not isolated)
    environment = {**os.environ, "KEIRETSU_TOKEN": TOKEN}
    said = path.with_name("said.txt")
    with said.open("w") as file:
        process = subprocess.Popen(command, stderr=file, env=environment)
    until = time.monotonic() + 60
    while (found := ANSWER.search(said.read_text("utf-8"))) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert found is not None, said.read_text("utf-8")
    return process, found[0].rstrip("/")


def end(process):
    """Kill a server without a word."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_an_address_that_is_told_may_be_called_at_once():
    """Whoever calls before the server is ready is kept waiting, and not refused."""
    with bound("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        waiting, _ = listening.accept()
        waiting.close()


@pytest.mark.slow
def test_nothing_committed_is_lost(tmp_path, isolated):
    """What was answered with 200 is there; at most the update under way is there, too."""
    path = tmp_path / "book.trig"
    path.write_text(as_trig(BOOK), encoding="utf-8")
    kept, sent = [], []
    for seed in SEEDS:
        process, address = serve(path, isolated)
        began = time.monotonic()
        rest = random.Random(seed).uniform(0.0, 2.0)  # noqa: S311 - a test's
        timer = None
        try:
            while True:
                number = len(sent)
                sent.append(number)
                text = f"INSERT DATA {{ <urn:s> <urn:p> {number} }}"
                answer = httpx.post(f"{address}/sparql", content=text, headers=HEADERS, timeout=60)
                assert 200 == answer.status_code
                kept.append(number)
                if timer is None:  # the first update has told how long one takes
                    timer = threading.Timer(rest * (time.monotonic() - began), end, [process])
                    timer.start()
        except httpx.HTTPError:
            if timer is None:  # nobody has killed it
                end(process)
                raise
        timer.join()
        found = told(path)
        assert set(kept) <= found
        assert found <= set(sent)
        assert len(found - set(kept)) <= seed  # one for each time that it was killed
    assert len(kept) >= len(SEEDS)
    process, address = serve(path, isolated)
    end(process)
    log = path.with_name("book.trig.rdfp").read_text("utf-8")
    assert found == {
        int(one) for one in re.findall(r'^A <urn:s> <urn:p> "(\d+)"', log, re.MULTILINE)
    }
    assert [] == [one for one in tmp_path.iterdir() if one.name.endswith((".update", ".part"))]


def told(path):
    """Return the numbers that a file holds."""
    text = OwnershipGraph.open(path).store.to_nquads()
    return {int(one) for one in re.findall(r'<urn:s> <urn:p> "(\d+)"', text)}


@pytest.mark.slow
def test_a_load_is_whole_or_not_at_all(tmp_path):
    """Killed while it loads, the store has what it had, or all; and can be loaded into again."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("holder,issuer,capital_percent\nA,B,50\n", encoding="utf-8")
    rows = "".join(f"H{number},I{number},60\n" for number in range(3000))
    second.write_text(f"holder,issuer,capital_percent\n{rows}", encoding="utf-8")
    folder = tmp_path / "store"
    command = [sys.executable, "-m", "keiretsu", "load", "--store", str(folder)]
    subprocess.run([*command, str(first)], check=True, capture_output=True)
    before = OwnershipGraph.open(store=folder).claims.fingerprint
    found = set()
    for seed in SEEDS:
        with subprocess.Popen(
            [*command, str(second)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(random.Random(seed).uniform(0.5, 4.0))  # noqa: S311 - a test's
            process.kill()
        found.add(OwnershipGraph.open(store=folder).claims.fingerprint)
    subprocess.run([*command, str(second)], check=True, capture_output=True)
    after = OwnershipGraph.open(store=folder).claims
    assert 3001 == len(after.holdings)
    assert found <= {before, after.fingerprint}
    assert 1 == len([one for one in folder.iterdir() if one.is_dir()])


def test_readers_while_a_file_is_materialized(tmp_path):
    """Whoever opens the file finds its claims, and all derived graphs of a run or none."""
    path = tmp_path / "book.trig"
    path.write_text(as_trig(BOOK), encoding="utf-8")
    file, seen, done = StoreFile(str(path)), set(), threading.Event()
    claims = file.graph.claims.fingerprint

    def write():
        for _ in range(6):
            names = file.graph.derive("2020-01-01")
            file.save()
            file.graph.drop_derived(*names)
            file.save()
        done.set()

    writing = threading.Thread(target=write)
    writing.start()
    while not done.is_set():
        found = OwnershipGraph.open(path)
        assert claims == found.claims.fingerprint
        seen.add(len(found.derived()))
    writing.join()
    whole = len(file.graph.derive("2020-01-01"))
    assert seen
    assert seen <= {0, whole}
