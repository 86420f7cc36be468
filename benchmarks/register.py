"""Register scale against peers, in one run; run by ``make bench-register``, never as a test.

``python benchmarks/register.py [--sizes PARTIES ...]`` measures each size, prints every figure,
keeps them in ``docs/assets/register-figures.json`` and draws the table and the plot of
``docs/performance.md`` from there (`register_page`). A size that is measured anew replaces its
column; the others stay, and so does the meeting, unless all usual sizes are measured. Peers that
are not installed are left out, and one that takes minutes, or all memory, ends at a size that the
page names.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import random
import statistics
from typing import TYPE_CHECKING, Any

import numpy as np
import register_extraction
import register_page
import register_stages
from register_data import WHOLE, Register, synthetic
from register_figures import (
    CHAIN,
    CHANGE,
    CONTROL,
    INGEST,
    MEETING,
    OURS,
    OWNERS,
    SHAPLEY,
    Figures,
    median,
    median_each,
    timed,
)
from register_peers import CLOSE, PEERS, RDF_LIMIT, SOLVED, SOLVERS, Peer, Solver

from keiretsu.kernels.end_shares import end_shares
from keiretsu.kernels.pivots import pivot_chances
from keiretsu.measures.register.changing import ChangingControl
from keiretsu.measures.register.control import RegisterControl
from keiretsu.measures.register.ownership import climb_of
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.rights import MAJORITY
from keiretsu.snapshot import ColumnarSnapshot, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = (10_000, 100_000, 1_000_000)
WARM = 2_000
"""A register on which everything is run first, so that nothing is compiled while it is timed."""
CHANGES = 100
"""Changed holdings, one after the other."""
ASKED = 200
"""Companies and parties asked about, one after the other."""
QUESTIONS = 20_000
"""Pairs asked about, one after the other."""


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


def measure(size: int, figures: Figures) -> None:
    """Measure everything at one size."""
    figures.begin(size)
    register = synthetic(size)
    world = world_of(register)
    count = len(register.holder)
    figures.state(size, "holdings", count)
    figures.state(size, "pairs of control", len(forest(world)))
    figures.state(size, "bytes per holding, both directions", world.nbytes / count)
    measure_control(register, world, figures)
    for peer in PEERS:
        if size <= peer.limit and importlib.util.find_spec(peer.package):
            measure_peer(peer, register, figures)
            gc.collect()
    measure_questions(register, world, figures)
    measure_change(world, figures)
    measure_ownership(register, world, figures)
    if WARM < size <= RDF_LIMIT:
        register_extraction.measure_extraction(register, figures)
    figures.end(size)


def measure_control(register: Register, world: ColumnarSnapshot, figures: Figures) -> None:
    """Measure control of everybody, on the register and on one chain of as many links."""
    size = register.parties
    figures.put(size, f"{INGEST}{OURS}, snapshot", median(lambda: world_of(register), 3))
    figures.put(size, f"{CONTROL}{OURS}, forest", median(lambda: forest(world)))
    links = chain(size)
    figures.put(size, CHAIN, median(lambda: forest(links)))
    register_stages.measure_stages(world, forest(links).dominion.forest, figures)


def measure_peer(peer: Peer, register: Register, figures: Figures) -> None:
    """Measure control of everybody by a peer.

    Raises
    ------
    AssertionError
        If it finds other than as many pairs as we.
    """
    size = register.parties
    solves: list[Callable[[], int]] = []
    figures.put(size, INGEST + peer.name, timed(lambda: solves.append(peer.ready(register))))
    found: list[int] = []
    first = timed(lambda: found.append(solves[0]()))
    ours = figures.runs[str(size)]["facts"]["pairs of control"]
    if found != [ours]:
        raise AssertionError(f"{peer.name} finds {found[0]:,} pairs, and not {ours:,}")
    figures.put(size, CONTROL + peer.name, first if peer.once else median(solves[0], 3, first))


def measure_questions(register: Register, world: ColumnarSnapshot, figures: Figures) -> None:
    """Measure single questions who controls whom."""
    answer = forest(world)
    pairs = zip(
        register.holder[:QUESTIONS].tolist(), register.issuer[:QUESTIONS].tolist(), strict=True
    )
    ends = list(pairs)
    spent = median(lambda: [answer.controls(a, b) for a, b in ends])
    figures.put(register.parties, "controls(x, y), from Python", spent / len(ends))


def measure_change(world: ColumnarSnapshot, figures: Figures) -> None:
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
    spent = median_each(control.change, changes)
    figures.put(network.parties, CHANGE, spent)


def measure_ownership(register: Register, world: ColumnarSnapshot, figures: Figures) -> None:
    """Measure integrated ownership of single companies and of all, against solvers."""
    size = register.parties
    climb = climb_of(world, "capital")
    chance = random.Random(5)  # noqa: S311 - a stated seed
    targets = [chance.randrange(register.companies) for _ in range(ASKED)]
    heads = register.holder[[chance.randrange(len(register.holder)) for _ in range(ASKED)]].tolist()
    figures.put(size, OWNERS + OURS, median_each(climb.above, targets))
    for solver in SOLVERS:
        if size <= solver.limit:
            measure_solver(solver, world, targets[:SOLVED], figures)
    figures.put(size, "holdings of a party (median)", median_each(climb.below, heads))
    entries: list[int] = []
    spent = median(lambda: entries.append(len(end_shares(climb.network).end)), 1)
    figures.put(size, "ultimate owners of all", spent)
    figures.put(size, "ultimate owners of all, per entry", spent / entries[0])
    quarter = lambda: ultimate_owners(world, floor="25%")  # noqa: E731
    figures.put(size, "ultimate owners of all, from 25 % on", median(quarter, 1))


def measure_solver(
    solver: Solver, world: ColumnarSnapshot, targets: Sequence[int], figures: Figures
) -> None:
    """Measure the owners of some companies by a solver.

    Raises
    ------
    AssertionError
        If they are not close to ours.
    """
    size, climb = world.network.parties, climb_of(world, "capital")
    ready: list[Any] = []
    figures.put(size, INGEST + solver.name, timed(lambda: ready.append(solver.ready(world))))
    times = []
    for target in targets:
        right = np.zeros(size)
        right[target] = 1
        found: list[Any] = []
        times.append(timed(lambda b=right, into=found: into.append(ready[0](b))))
        above = climb.above(target)
        found[0][above.nodes] -= above.arriving * above.again
        apart = np.abs(found[0]).max()
        if not apart < CLOSE:
            raise AssertionError(f"{solver.name} is {apart:.2g} from our owners of {target}")
    figures.put(size, OWNERS + solver.name, statistics.median(times))


def measure_power(figures: Figures) -> None:
    """Measure Shapley-Shubik of 100 holders in basis points, against powerindex."""
    figures.begin(MEETING)
    chance = random.Random(7)  # noqa: S311 - a stated seed
    cuts = sorted(chance.sample(range(1, 10_000), 99))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    ours = median(lambda: pivot_chances(weights, 5001), 3)
    figures.put(MEETING, SHAPLEY + OURS, ours)
    if importlib.util.find_spec("powerindex"):
        import powerindex  # noqa: PLC0415 - a peer, only if it is there

        game = powerindex.Game(5001, weights)
        figures.put(MEETING, f"{SHAPLEY}powerindex", timed(game.calc_shapley_shubik))
        pairs = zip(pivot_chances(weights, 5001), game.shapley_shubik, strict=True)
        figures.state(MEETING, "largest difference of the two", max(abs(a - b) for a, b in pairs))
    figures.end(MEETING)


def main() -> None:
    """Measure each size, keep the figures and draw the page."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="PARTIES")
    options.add_argument("--print-only", action="store_true", help="keep no figure, draw no page")
    asked = options.parse_args()
    if min(asked.sizes) < WARM:
        options.error(f"--sizes begin at {WARM:,}")
    measure(WARM, Figures())
    figures = Figures.kept()
    if set(SIZES) <= set(asked.sizes) or MEETING not in figures.runs:
        measure_power(figures)
    for size in sorted(set(asked.sizes)):
        measure(size, figures)
        if not asked.print_only:
            figures.keep()
            register_page.draw(figures)


if __name__ == "__main__":
    main()
