"""A soak of the server on loopback: mixed requests from several clients, for some seconds.

Prints throughput, the 50th and 99th percentile of each kind of request, how soon a runaway query
ended after its limit, and how much the server and the processes that work for it grew, before the
soak, half-way and after it.

    python benchmarks/service.py [SECONDS] [CLIENTS]
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import quantiles

import httpx

LIMIT = 2.0
KINDS = {
    "small query": ("/sparql", {"query": "ASK { ?s a kei:State }"}),
    "join": (
        "/sparql",
        {
            "query": "SELECT ?h ?i ?p { ?c kei:holder/rdfs:label ?h ; kei:issuer/rdfs:label ?i ; "
            "kei:capitalPercentMin ?p } ORDER BY DESC(?p) LIMIT 100"
        },
    ),
    "owners": ("/api/owners", {"company": "Nissan", "as-of": "2019-09-03"}),
    "control": ("/api/control", {"of": "Nissan", "as-of": "2019-09-03"}),
    "search": ("/api/search", {"text": "ren"}),
    "named question": ("/api/questions/q01", {"company": "Nissan", "as_of": "2019-09-03"}),
    "page": ("/", {}),
}
Soaked = tuple[dict[str, list[float]], dict[int, int]]
"""Seconds that each kind of request took, and how often which status failed."""
RUNAWAY = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
COUNTED = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}


def main(seconds: float = 20.0, clients: int = 4) -> None:
    """Serve the alliance, ask it, and print what was measured."""
    command = [sys.executable, "-m", "keiretsu", "serve", "--port", "0", "--timeout", f"{LIMIT:g}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stderr is not None  # noqa: S101 - a pipe was asked for
        address = process.stderr.readline().split()[2].rstrip("/")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        try:
            for path, params in KINDS.values():  # what is computed once is not measured
                httpx.get(address + path, params=params, timeout=120)
            grown = [memory(process.pid)]
            halves = []
            for _ in range(2):
                halves.append(soak(address, seconds / 2, clients))
                grown.append(memory(process.pid))
            report(halves, seconds, grown)
            runaway(address)
        finally:
            process.terminate()


def soak(address: str, seconds: float, clients: int) -> Soaked:
    """Return the seconds that each kind of request took, and how often which status failed."""
    took: dict[str, list[float]] = defaultdict(list)
    failed: dict[int, int] = defaultdict(int)
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        kinds = list(KINDS.items())
        turn = number
        with httpx.Client(base_url=address, timeout=60) as session:
            while time.monotonic() < end:
                kind, (path, params) = kinds[turn % len(kinds)]
                began = time.perf_counter()
                status = session.get(path, params=params).status_code
                took[kind].append(time.perf_counter() - began)
                if status != httpx.codes.OK:
                    failed[status] += 1
                turn += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, failed


def report(halves: list[Soaked], seconds: float, grown: list[float]) -> None:
    """Print a soak as a table."""
    took: dict[str, list[float]] = defaultdict(list)
    failed: dict[int, int] = defaultdict(int)
    for times_of, failures in halves:
        for kind, times in times_of.items():
            took[kind] += times
        for status, count in failures.items():
            failed[status] += count
    total = sum(map(len, took.values()))
    print(
        f"{total} requests in {seconds:g} s: {total / seconds:.0f} a second; failed: {dict(failed)}"
    )
    for kind, times in took.items():
        cuts = quantiles(times, n=100)
        middle, slowest = (f"{cuts[at] * 1e3:7.1f} ms" for at in (49, 98))
        print(f"  {kind:16} {len(times):6}  p50 {middle}  p99 {slowest}")
    told = ", ".join(f"{size:.0f} MB" for size in grown)
    print(f"memory of the server and its processes before, half-way, after: {told}")


def runaway(address: str) -> None:
    """Print how soon queries without end were ended, ten times in a row."""
    for name, params in (("rows", RUNAWAY), ("count", COUNTED)):
        times, statuses = [], set()
        for _ in range(5):
            began = time.perf_counter()
            response = httpx.get(f"{address}/sparql", params=params, timeout=60)
            times.append(time.perf_counter() - began)
            statuses.add((response.status_code, response.json()["detail"]))
        print(f"runaway ({name}), limit {LIMIT:g} s: ended after {max(times):.2f} s; {statuses}")


def memory(pid: int) -> float:
    """Return the megabytes that a process and its descendants hold, shared ones once (Linux)."""
    return sum(map(_own_memory, _family(pid)))


def _family(pid: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _own_memory(pid: int) -> float:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    line = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3]))
