"""Control of a whole register by each engine: time, rounds, memory and scratch space.

``python benchmarks/register_engines.py [PARTIES ...]`` runs every engine in a process of its own,
from a register in Parquet to ultimate controllers in Parquet, and writes its table into
``docs/performance.md`` with the machine's load. An engine that is not installed is left out.
`keiretsu.measures.engines.planner` has its constants from here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
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
import pyarrow.dataset as ds
from register_data import WHOLE, synthetic

from keiretsu.kernels.slots import NONE
from keiretsu.measures.engines.control import GATHER, EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.memory import MemoryControl
from keiretsu.measures.engines.planner import bytes_of
from keiretsu.measures.engines.register_files import RegisterFiles
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.engines.run import Choice
from keiretsu.measures.engines.spark_session import SparkEngine
from keiretsu.measures.register.dominion import dominion
from keiretsu.measures.register.need import needed
from keiretsu.rights import MAJORITY
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keiretsu.snapshot import ColumnarSnapshot

SIZES = (100_000, 1_000_000)
LINKS = 1_000
TINY = "two parties"
"""The register by which each engine's own memory is known."""
RUNS = (
    ("memory", None, GATHER),
    ("duckdb", None, GATHER),
    ("duckdb", None, 0),
    ("duckdb", "256MB", GATHER),
    ("duckdb", "128MB", GATHER),
    ("spark", "4GB", GATHER),
    ("spark", "4GB", 0),
)
"""Engines, how much memory each may use, and up to how many rows are finished in memory."""


class Run(NamedTuple):
    """What one run of an engine took; bytes and seconds."""

    register: str
    holdings: int
    engine: str
    limit: str | None
    gather: int
    rows: int
    rounds: dict[str, int]
    wall: float
    processor: float
    memory: int
    scratch: int


class Shape(NamedTuple):
    """How deep control goes in a register: what rounds are held against.

    Parameters
    ----------
    depth
        Links of the longest way from an ultimate controller down through nearest controllers.
    majorities
        The longest way of single majority holders in a row.
    joint
        The most links of one way that several holders make together.
    """

    depth: int
    majorities: int
    joint: int

    @property
    def bound(self) -> int:
        """How many rounds are aimed at: twice the logarithm of the depth, and five."""
        return int(2 * math.log2(max(self.depth, 1)) + 5)


def shape(world: ColumnarSnapshot) -> Shape:
    """Return how deep control goes, by the loops in memory."""
    column, network = world.votes_column, world.network
    forest = dominion(network, column, MAJORITY).forest  # type: ignore[attr-defined]  # of majorities
    need = needed(column, MAJORITY)
    issuer = np.repeat(np.arange(network.parties), np.diff(network.first))
    alone = np.zeros(network.parties, dtype=np.bool_)
    alone[issuer[column.weight >= need[issuer]]] = True
    parent = np.where(forest.ring == NONE, forest.parent, NONE)
    depth, joint, in_row = np.zeros((3, network.parties), dtype=np.int64)
    # Parents have lower numbers than what is below them.
    for node in np.argsort(forest.number, kind="stable").tolist():
        above = parent[node]
        if above != NONE:
            depth[node] = depth[above] + 1
            joint[node] = joint[above] + (not alone[node])
            in_row[node] = in_row[above] + 1 if alone[node] else 0
    return Shape(int(depth.max()), int(in_row.max()), int(joint.max()))


# -- one run, in a process of its own ----------------------------------------------------------


def run(engine: str, limit: str | None, gather: int, folder: str, scratch: str) -> dict[str, Any]:
    """Compute ultimate controllers, and say what that took."""
    files, into = RegisterFiles.at(folder), f"{scratch}/rows"
    room = None if limit is None else bytes_of(limit)
    gather = min(gather, Choice(memory=limit).gather)
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
                else SparkEngine(scratch=scratch, memory=room, holdings=files.holdings or 0)
            )
            found = EngineControl(session, files, gather=gather)
            rows = found.write(into)
            memory, seconds = used(os.getpid())
            if engine == "spark":
                java = used(session._spark.sparkContext._gateway.proc.pid)  # noqa: SLF001 - its process
                memory, seconds = memory + java[0], seconds + java[1]
            session.close()
    return {
        "gather": gather,
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


def measured(sizes: Sequence[int], shapes: dict[str, Shape]) -> Iterator[Run]:
    """Yield what each engine takes for each register, whose depths are put among `shapes`.

    Raises
    ------
    AssertionError
        If engines do not find the same controllers, companies and weights.
    """
    for name, world in registers(sizes):
        with tempfile.TemporaryDirectory() as folder:
            files = write_register(world, f"{folder}/register")
            holdings, first = files.holdings or 0, None
            shapes[name] = shape(world)
            del world
            for engine, limit, gather in installed():
                small = holdings < min(SIZES)
                if small and engine == "duckdb" and limit:
                    continue
                if small and not gather:  # there is nothing to gather in a chain
                    continue
                took = alone(engine, limit, gather, files.folder)
                found = took.pop("digest")
                first = first or found
                if found != first:
                    raise AssertionError(f"{engine} finds other controllers than memory does")
                one = Run(name, holdings, engine, limit, **took)
                print(one, flush=True)
                yield one


def installed() -> Iterator[tuple[str, str | None, int]]:
    """Yield the engines that are there."""
    missing = {name for name in ("duckdb", "pyspark") if not importlib.util.find_spec(name)}
    for engine, *rest in RUNS:
        if engine == "spark" and ("pyspark" in missing or not shutil.which("java")):
            continue
        if engine not in missing:
            yield engine, *rest


def alone(engine: str, limit: str | None, gather: int, folder: str) -> dict[str, Any]:
    """Return what a run in a process of its own takes, and a digest of the rows it found."""
    with tempfile.TemporaryDirectory() as scratch:
        asked = json.dumps([engine, limit, gather, folder, scratch])
        command = [sys.executable, __file__, "--run", asked]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
        took = json.loads(done.stdout.splitlines()[-1])
        took["digest"] = digest(f"{scratch}/rows")
    return took  # type: ignore[no-any-return]


def digest(place: str) -> str:
    """Return a digest of rows of Parquet, in whichever order they are."""
    names = ["controller", "company", "weight", "whole"]
    rows = ds.dataset(place, format="parquet").to_table(columns=names)
    rows = rows.sort_by([(name, "ascending") for name in names[:2]])
    found = hashlib.sha256()
    for name in names:
        found.update(np.ascontiguousarray(rows.column(name).to_numpy(), dtype=np.int64).tobytes())
    return found.hexdigest()


# -- the page ------------------------------------------------------------------------------------


def table(runs: Sequence[Run], shapes: Mapping[str, Shape]) -> list[str]:
    """Return the runs as a Markdown table."""
    own = {one.engine: one.memory for one in runs if one.register == TINY}
    heads = (
        *("register", "engine", "rounds", "aim", "seconds", "of the processor", "memory, MB"),
        *("beyond its own, bytes per holding", "scratch, bytes per holding"),
    )
    lines = [f"| {' | '.join(heads)} |", "|---|---|---:|---:|---:|---:|---:|---:|---:|"]
    for one in runs:
        limit = f", at most {one.limit}" if one.limit else ""
        limit += "" if one.gather else ", nothing gathered"
        large = one.holdings >= min(SIZES)
        more = f"{(one.memory - own[one.engine]) / one.holdings:,.0f}" if large else ""
        disk = f"{one.scratch / one.holdings:,.0f}" if large and one.scratch else ""
        rounds = sum(one.rounds.values()) or ""
        bound = shapes[one.register].bound if rounds else ""
        lines.append(
            f"| {one.register} | {one.engine}{limit} | {rounds} | {bound} | {one.wall:.3g} | "
            f"{one.processor:.3g} | {one.memory / 10**6:,.0f} | {more} | {disk} |"
        )
    return lines


def parts(runs: Sequence[Run]) -> list[str]:
    """Return what the rounds of each register were; engines that gather as much take the same.

    Raises
    ------
    AssertionError
        If they do not.
    """
    told: dict[tuple[str, int], dict[str, int]] = {}
    for one in runs:
        key = one.register, one.gather
        if one.rounds and told.setdefault(key, one.rounds) != one.rounds:
            raise AssertionError(f"{one.engine} takes other rounds: {one.rounds}")
    return [
        f"- {register}, {f'at most {gather:,} rows' if gather else 'nothing'} gathered: "
        f"{', '.join(f'{part} {count}' for part, count in sorted(rounds.items()))}."
        for (register, gather), rounds in told.items()
    ]


def depths(shapes: Mapping[str, Shape]) -> list[str]:
    """Return as Markdown how deep control goes in each register, and what that lets one aim at."""
    lines = ["| register | depth | majorities in a row | joint levels | aim |"]
    lines.append("|---|---:|---:|---:|---:|")
    return lines + [
        f"| {name} | {one.depth} | {one.majorities} | {one.joint} | {one.bound} |"
        for name, one in shapes.items()
    ]


def main(sizes: Sequence[int]) -> None:
    """Measure each engine on each register and write the page."""
    loads = [os.getloadavg()[0]]
    runs, shapes = list[Run](), dict[str, Shape]()
    for one in measured(sizes, shapes):
        runs.append(one)
        loads.append(os.getloadavg()[0])
        told = (
            f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; load {min(loads):.1f} to "
            f"{max(loads):.1f}; single runs."
        )
        lines = [told, "", *depths(shapes), "", *table(runs, shapes)]
        lines += ["", "Rounds by part:", "", *parts(runs)]
        page.rewrite("register_engines.py", lines)  # after each run: the last ones take long


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(*json.loads(sys.argv[2]))))
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
