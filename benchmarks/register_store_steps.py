"""Steps of a benchmark: a command run to its end, what it took, and rows of tables."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

PEERS = Path(__file__).with_name("register_store_peers.py")


class Cost(NamedTuple):
    """What a process took."""

    processor: float
    clock: float
    gigabytes: float


class Step(NamedTuple):
    """A row of a table: what was done, what it took, and what came of it."""

    what: str
    cost: Cost
    came: str = ""


def run(*command: str | Path) -> tuple[Cost, str]:
    """Run a command to its end; return what it took, and what it said."""
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own programs
        [*map(str, command)], stdout=subprocess.PIPE, text=True
    ) as child:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} failed with {child.returncode}")
    clock = time.perf_counter() - begun
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 2**20), said


def keiretsu(*arguments: str | Path) -> Cost:
    """Run the command line."""
    program = Path(sys.executable).with_name("keiretsu")
    cost, _ = run(program, *arguments)
    print(f"{cost.processor:9.1f} s  {cost.gigabytes:6.2f} GiB  {arguments[0]}", flush=True)
    return cost


def size_of(path: Path) -> str:
    """Return how large a file or a folder is."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return f"{sum(one.stat().st_size for one in files) / 2**20:,.0f} MiB on disk"


class Comparison(NamedTuple):
    """A row of the table of peers: what, ours and theirs in seconds of the processor."""

    what: str
    ours: float
    ours_on: int
    theirs: float
    theirs_on: int

    def line(self, holdings: int) -> str:
        """Return the row, both scaled to so many holdings."""
        ours, theirs = (
            seconds * holdings / on
            for seconds, on in ((self.ours, self.ours_on), (self.theirs, self.theirs_on))
        )
        on = [
            f"{seconds:,.1f}" + ("" if count == holdings else f" (scaled from {count:,})")
            for seconds, count in ((ours, self.ours_on), (theirs, self.theirs_on))
        ]
        return f"| {self.what} | {on[0]} | {on[1]} | {theirs / ours:,.1f} |"


def step_table(title: str, steps: list[Step]) -> list[str]:
    """Return steps as a Markdown table."""
    lines = [f"| {title} | processor, s | clock, s | memory, GiB | |", "|---|---:|---:|---:|---|"]
    lines += [
        f"| {s.what} | {s.cost.processor:,.1f} | {s.cost.clock:,.1f} | {s.cost.gigabytes:.2f} "
        f"| {s.came} |"
        for s in steps
    ]
    return lines
