"""Register scale against peers, in one run; run by ``make bench-register``, never as a test.

``python benchmarks/register.py [PARTIES ...]`` measures each size, prints medians and ratios, and
writes the tables of ``docs/performance.md`` with the machine and all versions. Peers that take
minutes are run at sizes where they end, which the table says. Their packages are asked for only if
they are installed (duckdb, powerindex); what is missing is left out of the table.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import math
import os
import platform
import random
import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import page
import scipy.sparse.linalg as sl
from register_data import WHOLE, Register, synthetic
from register_peers import duckdb_loop, networkx_worklist, solver_matrix

import keiretsu
from keiretsu.kernels.end_shares import end_shares
from keiretsu.kernels.pivots import pivot_chances
from keiretsu.measures.register.changing import ChangingControl
from keiretsu.measures.register.control import RegisterControl
from keiretsu.measures.register.ownership import climb_of
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.rights import MAJORITY
from keiretsu.snapshot import ColumnarSnapshot, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000)
HOLDERS = 100
"""Voters in the measured meeting."""
CHANGES = 100
"""Changed holdings, one after the other."""
PEER_LIMIT = 1_000_000
"""Solvers, and what fills memory, are not run beyond so many parties."""
NETWORKX_LIMIT = 100_000
"""networkx is not run beyond so many parties: minutes on a busy machine."""

Table = dict[str, dict[int, float]]


def median(work: Callable[[], object], repeat: int = 5) -> float:
    """Return the median seconds of some runs, the first one not counted if there are several."""
    if repeat > 1:
        work()
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def world_of(register: Register) -> ColumnarSnapshot:
    """Return a register as a snapshot in columns."""
    return Snapshot.from_arrays(
        register.holder,
        register.issuer,
        capital=register.weight,
        capital_total=WHOLE,
        parties=register.parties,
    )


def chain(links: int) -> ColumnarSnapshot:
    """Return one chain of majority holdings, its parties in no order."""
    order = np.random.default_rng(1).permutation(links + 1)
    weight = np.full(links, WHOLE * 6 // 10)
    return Snapshot.from_arrays(order[:-1], order[1:], capital=weight, capital_total=WHOLE)


def forest(world: ColumnarSnapshot) -> RegisterControl:
    """Return control of everybody, computed anew."""
    answer = RegisterControl(world, MAJORITY, "votes")
    len(answer)
    return answer


# -- what is measured ----------------------------------------------------------------------------


def measure_control(register: Register, world: ColumnarSnapshot, found: Table) -> None:
    """Measure control of everybody, against peers."""
    size = register.parties
    pairs = len(forest(world))
    put(found, "control of all: forest", size, median(lambda: forest(world)))
    answer = forest(world)
    ends = list(
        zip(register.holder[:20_000].tolist(), register.issuer[:20_000].tolist(), strict=True)
    )
    asked = median(lambda: [answer.controls(a, b) for a, b in ends])
    put(found, "controls(x, y), from Python", size, asked / len(ends))
    if importlib.util.find_spec("duckdb"):
        solve = duckdb_loop(register)
        if solve() != pairs:
            raise AssertionError("DuckDB finds other pairs")
        put(found, "control of all: DuckDB rounds", size, median(solve, 3 if size < 10**7 else 1))
    if size <= NETWORKX_LIMIT:
        graph, work = networkx_worklist(register)
        begin = time.perf_counter()
        if work() != pairs:
            raise AssertionError("networkx finds other pairs")
        put(found, "control of all: networkx worklist", size, time.perf_counter() - begin)
        del graph
    links = chain(size)
    put(found, "control of all: one chain of so many links", size, median(lambda: forest(links)))


def measure_change(world: ColumnarSnapshot, found: Table) -> None:
    """Measure control kept up to date, one changed holding after the other."""
    network, column = world.network, world.votes_column
    control = ChangingControl(world)
    chance = random.Random(3)  # noqa: S311 - a stated seed
    changes = []
    while len(changes) < CHANGES:
        issuer = chance.randrange(network.parties)
        if network.is_held[issuer]:
            line = int(network.first[issuer])
            weight = int(column.weight[line])
            changes.append({(int(network.holder[line]), issuer): weight // 2})
    size = network.parties
    put(found, "control: one changed holding (median)", size, _each(control.change, changes))


def measure_ownership(register: Register, world: ColumnarSnapshot, found: Table) -> None:
    """Measure integrated ownership of single companies and of all, against solvers."""
    size = register.parties
    climb = climb_of(world, "capital")
    chance = random.Random(5)  # noqa: S311 - a stated seed
    targets = [chance.randrange(register.companies) for _ in range(200)]
    heads = register.holder[[chance.randrange(len(register.holder)) for _ in range(200)]].tolist()
    put(found, "owners of a company (median)", size, _each(climb.above, targets))
    put(found, "holdings of a party (median)", size, _each(climb.below, heads))
    if size <= PEER_LIMIT:
        end_shares(climb.network)
        begin = time.perf_counter()
        entries = len(end_shares(climb.network).end)
        spent = time.perf_counter() - begin
        put(found, "ultimate owners of all", size, spent)
        put(found, "ultimate owners of all, per entry", size, spent / entries)
    quarter = lambda: ultimate_owners(world, floor="25%")  # noqa: E731
    put(found, "ultimate owners of all, from 25 % on", size, median(quarter, 1))
    if size > PEER_LIMIT:
        return
    matrix = solver_matrix(world)
    right = [np.eye(1, size, target).ravel() for target in targets[:3]]
    solve = lambda b: sl.bicgstab(matrix, b, rtol=1e-10, atol=0)  # noqa: E731
    put(found, "owners of a company: BiCGSTAB", size, _each(solve, right))
    if size < PEER_LIMIT:
        factors = sl.splu(matrix.tocsc())
        put(found, "owners of a company: splu solve", size, _each(factors.solve, right))


def _each(work: Callable[[Any], object], items: list[Any]) -> float:
    work(items[0])
    times = []
    for item in items:
        begin = time.perf_counter()
        work(item)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def measure_power(found: Table) -> None:
    """Measure Shapley-Shubik of 100 holders in basis points, against powerindex."""
    chance = random.Random(7)  # noqa: S311 - a stated seed
    cuts = sorted(chance.sample(range(1, 10_000), 99))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    put(
        found,
        "Shapley-Shubik, 100 holders",
        HOLDERS,
        median(lambda: pivot_chances(weights, 5001), 3),
    )
    if not importlib.util.find_spec("powerindex"):
        return
    import powerindex  # noqa: PLC0415 - a peer, only if it is there

    game = powerindex.Game(5001, weights)
    begin = time.perf_counter()
    game.calc_shapley_shubik()
    put(found, "Shapley-Shubik, 100 holders: powerindex", HOLDERS, time.perf_counter() - begin)
    pairs = zip(pivot_chances(weights, 5001), game.shapley_shubik, strict=True)
    put(found, "  largest difference (not seconds)", HOLDERS, max(abs(a - b) for a, b in pairs))


def put(found: Table, what: str, size: int, value: float) -> None:
    """Record and print one figure."""
    found.setdefault(what, {})[size] = value
    print(f"{size:>11,}  {what:<50} {value:.3g}", flush=True)


# -- the page ------------------------------------------------------------------------------------


def table(found: Table, sizes: list[int]) -> list[str]:
    """Return figures as a Markdown table with growth exponents."""
    head = " | ".join(f"{size:,}" for size in sizes)
    lines = [f"| what, in seconds | {head} | exponent |", "|---|" + "---:|" * (len(sizes) + 1)]
    for what, figures in found.items():
        cells = [f"{figures[size]:.3g}" if size in figures else "" for size in sizes]
        ends = [size for size in sizes if size in figures]
        grown = ""
        if len(ends) > 1:
            ratio = figures[ends[-1]] / figures[ends[0]]
            grown = f"{math.log(ratio) / math.log(ends[-1] / ends[0]):.2f}"
        lines.append(f"| {what} | {' | '.join(cells)} | {grown} |")
    return lines


def ratios(found: Table, sizes: list[int]) -> list[str]:
    """Return how many times slower peers are than we, per size."""
    ours = {
        "control of all": "control of all: forest",
        "owners of a company": "owners of a company (median)",
        "Shapley-Shubik, 100 holders": "Shapley-Shubik, 100 holders",
    }
    lines = ["| peer, times slower in the same run | size | ratio |", "|---|---:|---:|"]
    for what, figures in found.items():
        mine = ours.get(what.partition(":")[0])
        if mine is None or what == mine or "chain" in what:
            continue
        lines += [
            f"| {what} | {size:,} | {figures[size] / found[mine][size]:,.1f} |"
            for size in [*sizes, HOLDERS]
            if size in figures and size in found[mine]
        ]
    return lines


def machine() -> str:
    """Return what the figures were measured on."""
    packages = ("numpy", "scipy", "numba", "networkx", "duckdb", "powerindex")
    known = []
    for name in packages:
        try:
            known.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            known.append(f"{name} not installed")
    load = os.getloadavg()[0]
    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; {', '.join(known)}; "
        f"load at the end {load:.1f}; largest memory "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB, peers included."
    )


def write(found: Table, sizes: list[int], facts: list[str]) -> None:
    """Replace the figures of the page."""
    seconds = {what: rows for what, rows in found.items() if HOLDERS not in rows}
    small = {what: rows for what, rows in found.items() if HOLDERS in rows}
    lines = [
        machine(),
        "",
        *facts,
        "",
        *table(seconds, sizes),
        "",
        *table(small, [HOLDERS]),
        "",
        *ratios(found, sizes),
    ]
    page.rewrite("register.py", lines)


def main(sizes: list[int]) -> None:
    """Measure each size and write the page."""
    found: Table = {}
    facts = []
    for size in sizes:
        register = synthetic(size)
        begin = time.perf_counter()
        world = world_of(register)
        put(found, "snapshot from arrays", size, time.perf_counter() - begin)
        count = len(register.holder)
        put(found, "snapshot from arrays", size, median(lambda r=register: world_of(r), 3))
        pairs = len(keiretsu.control(world))
        facts.append(
            f"- {size:,} parties: {count:,} holdings, {pairs:,} pairs of control, "
            f"{world.nbytes / count:.1f} bytes per holding with both directions."
        )
        measure_control(register, world, found)
        measure_change(world, found)
        measure_ownership(register, world, found)
    measure_power(found)
    write(found, sizes, facts)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
