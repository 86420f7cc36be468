"""What the measures cost on a synthetic register; run by ``make bench``, never as a test.

``python benchmarks/measures.py [PARTIES]`` prints seconds, best of three, beside those of plain
peers on the same data in the same run: networkx for reach, a dense solve for what is small enough.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import networkx as nx
from generator import DAY, edges, register

from keiretsu.measures import bow_tie, concentration, control, network_value, owners
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

PARTIES = 100_000


def timed(label: str, work: Callable[[], object], repeat: int = 3) -> float:
    """Print and return the best time of some runs."""
    best = float("inf")
    for _ in range(repeat):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    print(f"{label:<58}{best:>9.3f} s")
    return best


def main(parties: int) -> None:
    """Build a register and time every measure on it."""
    claims = register(parties)
    print(f"{parties} parties, {len(claims.holdings)} holdings")
    made: list[Snapshot] = []
    timed("snapshot of claims in memory", lambda: made.append(Snapshot.of(claims, DAY)), 1)
    world = made[0]
    timed("votes under the law (once for a snapshot)", lambda: rights_of(world), 1)
    dominance = rights_of(world).dominance("votes")
    ledger = dominance.ledger
    heads = [head for head, lines in enumerate(ledger.held) if lines]
    dominance.controlled([heads[0]])

    def everybody() -> int:
        return sum(len(dominance.controlled((head,))) for head in heads)

    print(f"{len(heads)} controllers, {everybody()} pairs")
    ours = timed("control: every controller", everybody)
    graph = nx.DiGraph((h, i) for h, i, share in edges(parties) if 2 * share > 10_000)  # noqa: PLR2004

    def reach() -> int:
        return sum(len(nx.descendants(graph, head)) for head in graph)

    theirs = timed("  networkx: descendants over majority holdings alone", reach, 1)
    print(f"  ratio {theirs / ours:.1f}; networkx adds nothing up, so it misses joint control")
    timed("control: every pair with its reasons, as records", lambda: control(world), 1)
    rights = rights_of(world).ledger("capital")
    deep = [max(heads[:5000], key=lambda p: _height(rights, p)), ledger.issuer_of(0)]
    for target in deep:
        name = world.parties[target].label
        count = _height(rights, target)
        timed(f"owners of one company with {count} above it", lambda n=name: owners(world, n))
    timed("network value, raw and corrected", lambda: network_value(world), 1)
    timed("bow tie", lambda: bow_tie(world), 1)
    timed("concentration", lambda: concentration(world), 1)


def _height(ledger: object, party: int) -> int:
    from keiretsu.measures.flow import above  # noqa: PLC0415 - only to choose what is asked

    return len(above(ledger, party))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PARTIES)
