"""Control of a whole register by each engine: time, rounds, memory and scratch space.

``python benchmarks/register_engines.py [PARTIES ...]`` runs every engine in a process of its own,
from a register in Parquet to ultimate controllers in Parquet, and writes its table into
``docs/performance.md`` with the machine's load. An engine that is not installed is left out.
`keiretsu.measures.engines.planner` has its constants from here.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import page
from register_data import WHOLE, synthetic

from keiretsu.measures.engines.control import EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.memory import MemoryControl
from keiretsu.measures.engines.planner import bytes_of
from keiretsu.measures.engines.register_files import RegisterFiles
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.engines.spark_session import SparkEngine
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.snapshot import ColumnarSnapshot

SIZES = (100_000, 1_000_000)
LINKS = 1_000
TINY = "two parties"
"""The register by which each engine's own memory is known."""
RUNS = (
    ("memory", None),
    ("duckdb", None),
    ("duckdb", "256MB"),
    ("duckdb", "128MB"),
    ("spark", "4GB"),
)
"""Engines, and how much memory each may use."""


class Run(NamedTuple):
    """What one run of an engine took; bytes and seconds."""

    register: str
    holdings: int
    engine: str
    limit: str | None
    rows: int
    rounds: dict[str, int]
    wall: float
    processor: float
    memory: int
    scratch: int


# -- one run, in a process of its own ----------------------------------------------------------


def run(engine: str, limit: str | None, folder: str, scratch: str) -> dict[str, Any]:
    """Compute ultimate controllers, and say what that took."""
    files, into = RegisterFiles.at(folder), f"{scratch}/rows"
    room = None if limit is None else bytes_of(limit)
    begin = time.perf_counter()
    with sampled(scratch) as sizes:
        if engine == "memory":
            found: Any = MemoryControl(files)
            rows = found.write(into)
            memory, seconds = used(os.getpid())
        else:
            session = (
                DuckDBSession(room, scratch=scratch)
                if engine == "duckdb"
                else SparkEngine(scratch=scratch, memory=room)
            )
            found = EngineControl(session, files)
            rows = found.write(into)
            memory, seconds = used(os.getpid())
            if engine == "spark":
                java = used(session._spark.sparkContext._gateway.proc.pid)  # noqa: SLF001 - its process
                memory, seconds = memory + java[0], seconds + java[1]
            session.close()
    return {
        "rows": rows,
        "rounds": dict(found.rounds),
        "wall": time.perf_counter() - begin,
        "processor": seconds,
        "memory": memory,
        "scratch": max(sizes),
    }


class sampled:  # noqa: N801 - used as a function
    """Gives the sizes that a folder has while something is done, looked at again and again."""

    def __init__(self, folder: str) -> None:
        self._folder, self._sizes, self._done = Path(folder), [0], threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> list[int]:
        self._thread.start()
        return self._sizes

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            self._sizes.append(sum(map(size_of, self._folder.rglob("*"))))


def size_of(file: Path) -> int:
    """Return how many bytes of the disk a file takes; none if it has just gone."""
    try:
        return file.stat().st_blocks * 512
    except OSError:
        return 0


def used(process: int) -> tuple[int, float]:
    """Return the largest memory and the processor's seconds of a process so far."""
    # Not `getrusage`, whose largest memory begins with that of the process that started this one.
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(peak.split()[1]) * 1024, sum(map(int, ticks[11:13])) / os.sysconf("SC_CLK_TCK")


# -- all runs --------------------------------------------------------------------------------------


def registers(sizes: Sequence[int]) -> Iterator[tuple[str, ColumnarSnapshot]]:
    """Yield registers under their names: one to know what engines take themselves, then others."""
    yield TINY, Snapshot.from_arrays([0], [1], capital=[60], capital_total=100)
    order = np.random.default_rng(1).permutation(LINKS + 1)
    weight = np.full(LINKS, 60)
    chain = Snapshot.from_arrays(order[:-1], order[1:], capital=weight, capital_total=100)
    yield f"one chain of {LINKS:,} links", chain
    for size in sizes:
        one = synthetic(size)
        world = Snapshot.from_arrays(
            one.holder, one.issuer, capital=one.weight, capital_total=WHOLE, parties=one.parties
        )
        yield f"{size:,} parties", world


def measured(sizes: Sequence[int]) -> Iterator[Run]:
    """Yield what each engine takes for each register.

    Raises
    ------
    AssertionError
        If engines do not find the same rows.
    """
    for name, world in registers(sizes):
        with tempfile.TemporaryDirectory() as folder:
            files = write_register(world, f"{folder}/register")
            holdings, first = files.holdings or 0, None
            del world
            for engine, limit in installed():
                if engine == "duckdb" and limit and holdings < min(SIZES):
                    continue
                took = alone(engine, limit, files.folder)
                first = first or took["rows"]
                if took["rows"] != first:
                    raise AssertionError(f"{engine} finds {took['rows']} rows, and not {first}")
                one = Run(name, holdings, engine, limit, **took)
                print(one, flush=True)
                yield one


def installed() -> Iterator[tuple[str, str | None]]:
    """Yield the engines that are there."""
    missing = {name for name in ("duckdb", "pyspark") if not importlib.util.find_spec(name)}
    for engine, limit in RUNS:
        if engine == "spark" and ("pyspark" in missing or not shutil.which("java")):
            continue
        if engine not in missing:
            yield engine, limit


def alone(engine: str, limit: str | None, folder: str) -> dict[str, Any]:
    """Return what a run in a process of its own takes."""
    with tempfile.TemporaryDirectory() as scratch:
        asked = json.dumps([engine, limit, folder, scratch])
        command = [sys.executable, __file__, "--run", asked]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


# -- the page ------------------------------------------------------------------------------------


def table(runs: Sequence[Run]) -> list[str]:
    """Return the runs as a Markdown table."""
    own = {one.engine: one.memory for one in runs if one.register == TINY}
    heads = (
        *("register", "engine", "rounds", "seconds", "of the processor", "memory, MB"),
        *("beyond its own, bytes per holding", "scratch, bytes per holding"),
    )
    lines = [f"| {' | '.join(heads)} |", "|---|---|---:|---:|---:|---:|---:|---:|"]
    for one in runs:
        limit = f", at most {one.limit}" if one.limit else ""
        large = one.holdings >= min(SIZES)
        more = f"{(one.memory - own[one.engine]) / one.holdings:,.0f}" if large else ""
        disk = f"{one.scratch / one.holdings:,.0f}" if large and one.scratch else ""
        rounds = sum(one.rounds.values()) or ""
        lines.append(
            f"| {one.register} | {one.engine}{limit} | {rounds} | {one.wall:.3g} | "
            f"{one.processor:.3g} | {one.memory / 10**6:,.0f} | {more} | {disk} |"
        )
    return lines


def parts(runs: Sequence[Run]) -> list[str]:
    """Return what the rounds of each register were; engines take the same.

    Raises
    ------
    AssertionError
        If they do not.
    """
    told: dict[str, dict[str, int]] = {}
    for one in runs:
        if one.rounds and told.setdefault(one.register, one.rounds) != one.rounds:
            raise AssertionError(f"{one.engine} takes other rounds: {one.rounds}")
    return [
        f"- {register}: {', '.join(f'{part} {count}' for part, count in sorted(rounds.items()))}."
        for register, rounds in told.items()
    ]


def main(sizes: Sequence[int]) -> None:
    """Measure each engine on each register and write the page."""
    loads = [os.getloadavg()[0]]
    runs = []
    for one in measured(sizes):
        runs.append(one)
        loads.append(os.getloadavg()[0])
        told = (
            f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; load {min(loads):.1f} to "
            f"{max(loads):.1f}; single runs."
        )
        lines = [told, "", *table(runs), "", "Rounds by part:", "", *parts(runs)]
        page.rewrite("register_engines.py", lines)  # after each run: the last ones take long


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(*json.loads(sys.argv[2]))))
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
