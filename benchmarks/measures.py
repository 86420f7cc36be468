"""What the measures cost on a synthetic register; run by ``make bench``, never as a test.

``python benchmarks/measures.py [PARTIES]`` prints seconds, best of three, beside those of plain
peers on the same data in the same run: a worklist over networkx for control, sparse factors of
scipy for integrated ownership. Both peers have the shares only: no votes under any law, no ranges,
no reasons, no sources, and floating point in the second.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import peers
from register_claims import DAY, claims_of, edges_of
from register_data import synthetic

from keiretsu.measures import bow_tie, concentration, control, network_value, owners
from keiretsu.measures.flow import above
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.snapshot import Ledger

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


def ratio(ours: float, theirs: float, beside: str) -> None:
    """Print how much longer the peer took, and what it leaves out."""
    print(f"  the peer took {theirs / ours:.1f} times as long; {beside}")


def main(parties: int) -> None:
    """Build a register and time every measure on it."""
    register = synthetic(parties)
    held, claims = edges_of(register), claims_of(register)
    print(f"{parties} parties, {len(claims.holdings)} holdings")
    made: list[Snapshot] = []
    timed("loading: snapshot of claims in memory", lambda: made.append(Snapshot.of(claims, DAY)), 1)
    world = made[0]
    timed("loading: votes under the law", lambda: rights_of(world), 1)
    control_for_all(world, held)
    owners_of_one(world, held, parties)
    timed("control: every pair with its reasons, as records", lambda: control(world), 1)
    timed("network value, raw and corrected, and centrality", lambda: network_value(world), 1)
    timed("bow tie", lambda: bow_tie(world), 1)
    timed("concentration", lambda: concentration(world), 1)


def control_for_all(world: Snapshot, held: list[tuple[int, int, int]]) -> None:
    """Time the certain pairs of every controller."""
    dominance = rights_of(world).dominance("votes")
    heads = [head for head, lines in enumerate(dominance.ledger.held) if lines]
    dominance.controlled([heads[0]])

    def everybody() -> int:
        return sum(len(dominance.controlled((head,))) for head in heads)

    graph = peers.graph_of(held)
    assert everybody() == peers.control_of_everybody(graph)  # noqa: S101 - or nothing is compared
    print(f"{len(heads)} controllers, {everybody()} pairs, the same from both")
    ours = timed("control: every controller", everybody)
    theirs = timed("  networkx worklist", lambda: peers.control_of_everybody(graph))
    ratio(ours, theirs, "its graph was built before")


def owners_of_one(world: Snapshot, held: list[tuple[int, int, int]], parties: int) -> None:
    """Time the owners of the company with most above it, and of a usual one."""
    ledger = rights_of(world).ledger("capital")
    companies = sorted({issuer for _, issuer, _ in held})
    tall = max(companies[:5000], key=lambda party: _height(ledger, party))
    factors: list[object] = []
    made = timed(
        "  scipy splu: factors of the whole network, once",
        lambda: factors.append(peers.factors_of(held, parties)),
        1,
    )
    for target in (tall, companies[0]):
        name, count = world.parties[target].label, _height(ledger, target)
        ours = timed(f"owners of one company, {count} above it", lambda n=name: owners(world, n))
        theirs = timed(
            "  scipy splu: one solve", lambda t=target: peers.owners_of(factors[0], parties, t)
        )
        ratio(ours, theirs, f"with its factors {(theirs + made) / ours:.0f} times")


def _height(ledger: Ledger, party: int) -> int:
    return len(above(ledger, party))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PARTIES)
