"""Damped integrated shares: every further holding of a chain counts for less.

With W the shares and a damping a below one, owner i has of company j what stands in
:math:`W(I-aW)^{-1}`: its direct share at a damping of nothing, and towards the raw convention as
the damping comes near to one [1]_. The part of an issuer of which no holder is named is a holder,
so that nothing has to be scaled.

References
----------
.. [1] D. Polovnikov, N. Pospelov, D. Skougarevskiy, alpha-Indirect Control in Onion-like Networks,
   arXiv:2109.07181 (2021).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.linear import System

if TYPE_CHECKING:
    from keiretsu.kernels.forks import Fork
    from keiretsu.measures.flow import Flow


def damped_above(flow: Flow, company: int, damping: Fraction) -> tuple[dict[int, Bounds], bool]:
    """Return the damped share of every node in a company; only where there is one world.

    Parameters
    ----------
    flow
        The climb, with all that lies above the company.
    company
        Position of the company.
    damping
        What each holding after the first is multiplied by; at least nothing, less than one.

    Returns
    -------
    dict of int to Bounds
        By node of the flow.
    bool
        Whether it was found without rounding.
    """
    shares = [_split(fork) for fork in flow.choices]
    rows: list[dict[int, Fraction]] = [{} for _ in shares]
    for node, out in enumerate(shares):
        for target, share in out.items():
            rows[target][node] = share * damping
    system = System(rows)
    visits = system.solve({flow.index[company]: 1})
    found = [Fraction(0)] * len(shares)
    for node, out in enumerate(shares):
        for target, share in out.items():
            found[target] += share * visits[node]
    return {node: Bounds(value, value) for node, value in enumerate(found)}, system.exact


def damped_below(flow: Flow, head: int, damping: Fraction) -> tuple[dict[int, Bounds], bool]:
    """Return the damped share of one party in every node; as `damped_above`, downward."""
    goal = flow.index[head]
    shares = [_split(fork) for fork in flow.choices]
    system = System([{t: share * damping for t, share in out.items()} for out in shares])
    direct = {node: out[goal] for node, out in enumerate(shares) if goal in out}
    values = system.solve(direct)
    return {node: Bounds(value, value) for node, value in enumerate(values)}, system.exact


def _split(fork: Fork | None) -> dict[int, Fraction]:
    return {} if fork is None else fork.mixed.shares()
