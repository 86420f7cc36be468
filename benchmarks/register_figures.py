"""Figures of the register benchmark: measured once, kept as JSON beside the page, drawn from there.

Each size is a run of its own with its machine: measuring one again leaves the others as they were.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KEPT = Path(__file__).resolve().parent.parent / "docs" / "assets" / "register-figures.json"
MEETING = "meeting"
"""The run that is about one company's holders and not about a register."""
CONTROL = "control of all: "
OWNERS = "owners of a company: "
EXTRACTION = "holdings out of RDF: "
SHAPLEY = "Shapley-Shubik, 100 holders: "
INGEST = "ingest: "
CHAIN = "control along one chain of so many links"
WALK = "that chain followed link after link, and nothing else"
STAGE = "stage of the forest: "
LOOKS = "one look from every holding at its holder, and nothing else"
CHANGE = "control: one changed holding (median)"
OURS = "Keiretsu"
LONG = 10.0
"""A run of more seconds is not repeated."""
PACKAGES = ("numpy", "scipy", "numba", "networkx", "duckdb", "polars", "clingo", "powerindex")

Run = dict[str, Any]


class Figures:
    """Seconds by what was measured, and facts, of each size.

    Parameters
    ----------
    runs
        By size, or `MEETING`.
    """

    def __init__(self, runs: dict[str, Run] | None = None) -> None:
        self.runs = runs or {}

    @classmethod
    def kept(cls, file: Path = KEPT) -> Figures:
        """Return what was kept; nothing if nothing was."""
        return cls(json.loads(file.read_text(encoding="utf-8")) if file.exists() else None)

    def keep(self, file: Path = KEPT) -> None:
        """Write all figures, smallest size first."""
        self.runs = dict(
            sorted(self.runs.items(), key=lambda item: (item[0] == MEETING, len(item[0]), item[0]))
        )
        file.write_text(json.dumps(self.runs, indent=1) + "\n", encoding="utf-8")

    def begin(self, run: int | str) -> None:
        """Forget a run, to measure it anew."""
        self.runs[str(run)] = {"load": [round(os.getloadavg()[0], 1)], "facts": {}, "seconds": {}}

    def end(self, run: int | str) -> None:
        """Note the machine, once everything of a run is measured."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        noted = self.runs[str(run)]
        noted["load"].append(round(os.getloadavg()[0], 1))
        noted["machine"] = machine()
        noted["largest memory so far, GiB"] = round(peak, 1)

    def put(self, run: int | str, what: str, seconds: float) -> None:
        """Record and print seconds."""
        self.runs[str(run)]["seconds"][what] = _short(seconds)
        print(f"{run:>11}  {what:<50} {seconds:.3g}", flush=True)

    def state(self, run: int | str, what: str, value: float) -> None:
        """Record and print a fact that is not seconds."""
        self.runs[str(run)]["facts"][what] = _short(value)
        print(f"{run:>11}  {what:<50} {value:,}", flush=True)

    @property
    def sizes(self) -> list[int]:
        """Sizes that were measured, in parties."""
        return sorted(int(run) for run in self.runs if run != MEETING)

    def seconds(self, what: str) -> dict[int, float]:
        """Return the seconds of one thing, by size."""
        found = {size: self.runs[str(size)]["seconds"].get(what) for size in self.sizes}
        return {size: value for size, value in found.items() if value is not None}

    def holdings(self, size: int) -> int:
        """Return how many holdings a size has."""
        return int(self.runs[str(size)]["facts"]["holdings"])

    def measured(self, beginning: str = "") -> list[str]:
        """Return what was measured at some size and is called so, in the order of measuring."""
        sizes = sorted(self.sizes, key=lambda size: -len(self.runs[str(size)]["seconds"]))
        names = (what for size in sizes for what in self.runs[str(size)]["seconds"])
        return [what for what in dict.fromkeys(names) if what.startswith(beginning)]


def _short(value: float) -> float:
    return value if isinstance(value, int) else float(f"{value:.4g}")


def machine() -> str:
    """Return what the figures are measured on."""
    known = []
    for name in PACKAGES:
        try:
            known.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            known.append(f"{name} not installed")
    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; {', '.join(known)}"
    )


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median(work: Callable[[], object], repeat: int = 5, first: float | None = None) -> float:
    """Return the median seconds of some runs after a first one, which is told or made.

    A first run that takes long is not repeated.
    """
    first = timed(work) if first is None else first
    return first if first > LONG else statistics.median(timed(work) for _ in range(repeat))


def median_each(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    """Return the median seconds of some questions, each asked once, after a first one."""
    work(items[0])
    return statistics.median(timed(lambda one=item: work(one)) for item in items)
