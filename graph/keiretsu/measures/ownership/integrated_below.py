"""Integrated ownership downward: what one party has of each company below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.flow import Flow
from keiretsu.measures.ownership.damped import damped_below
from keiretsu.measures.ownership.integrated import (
    BY_RANGES,
    COLUMN,
    DAMPED,
    IN_A_LOOP,
    NO_DAMPING,
    NOTHING,
    RAW,
    ROW,
    SIMPLE,
    Around,
    Shares,
    every_passage,
    point,
)
from keiretsu.measures.ownership.simple_paths import path_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Ledger, Snapshot


def shares_below(
    snapshot: Snapshot,
    ledger: Ledger,
    head: int,
    companies: Sequence[int],
    method: str,
    *,
    damping: Fraction = NO_DAMPING,
) -> tuple[Shares, Flow]:
    """Return what a party has of companies below it, and the climb that ends at it."""
    # Whoever is not below the party brings it nothing: what others hold counts as nobody's here.
    parties = [head, *companies]
    flow = Flow(snapshot, ledger, parties, absorbing={head})
    shares = Shares(upward=False)
    first = _first(flow, head, companies, shares)
    held = bool(ledger.lines_of(head))
    if held:
        shares.passing = first
    if method == ROW or not held:
        shares.integrated = dict(first)
    if method == RAW and held:
        again = _again(Flow(snapshot, ledger, parties), head)
        shares.integrated = {
            c: None if again is None else every_passage(share, again) for c, share in first.items()
        }
    if method == COLUMN:
        shares.integrated = dict(_columns(Flow(snapshot, ledger, parties), head, companies))
    if method == DAMPED:
        _damped(Flow(snapshot, ledger, parties), head, companies, damping, shares)
    if method == SIMPLE:
        _simple(Flow(snapshot, ledger, parties), head, companies, first, shares)
    return shares, flow


def _first(flow: Flow, head: int, companies: Sequence[int], shares: Shares) -> dict[int, Bounds]:
    """Return what of each company comes to the party at least once."""
    if flow.is_point:
        found = flow.arrivals.solve({flow.index[head]: 1})
        shares.exact = flow.arrivals.exact
        return {company: point(found[flow.index[company]]) for company in companies}
    visit = flow.chain.visit({flow.index[head]}, [flow.index[company] for company in companies])
    shares.exact = visit.exact
    return {company: visit.first[flow.index[company]] for company in companies}


def _again(flow: Flow, head: int) -> Bounds | None:
    """Return what of the party itself comes back to it; None for all, in a closed loop."""
    node = flow.index[head]
    if flow.forks[node] is None:
        return None if flow.choices[node] is not None else NOTHING
    if flow.is_point:
        return point(1 - 1 / flow.system.returns([node])[node])
    return flow.chain.visit({node}, []).again


def _columns(
    flow: Flow, head: int, companies: Sequence[int]
) -> Iterator[tuple[int, Bounds | None]]:
    node = flow.index[head]
    for company in companies:
        start = flow.index[company]
        if flow.is_point:
            visits = flow.system.solve({start: 1})
            yield company, point(visits[node] / flow.system.returns([start])[start])
        else:
            yield company, Around(flow, company).share(node)


def _damped(
    flow: Flow, head: int, companies: Sequence[int], damping: Fraction, shares: Shares
) -> None:
    shares.passing = {}
    if flow.is_point:
        found, shares.exact = damped_below(flow, head, damping)
        shares.integrated = {company: found[flow.index[company]] for company in companies}
    else:
        shares.integrated, shares.cautions = dict.fromkeys(companies), (BY_RANGES,)


def _simple(
    flow: Flow, head: int, companies: Sequence[int], first: dict[int, Bounds], shares: Shares
) -> None:
    if not flow.is_point:
        shares.integrated = dict.fromkeys(companies) if flow.has_loops else dict(first)
        shares.cautions = (IN_A_LOOP,) if flow.has_loops else ()
        return
    steps: list[list[tuple[int, Bounds]]] = [[] for _ in flow.forks]
    for node, fork in enumerate(flow.forks):
        for target, share in fork.mixed.shares().items() if fork is not None else ():
            steps[target].append((node, point(share)))
    sums, shares.truncated = path_sums(flow.index[head], steps.__getitem__)
    shares.integrated = {c: sums.get(flow.index[c], NOTHING) for c in companies}
