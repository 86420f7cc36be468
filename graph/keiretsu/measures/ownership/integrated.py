"""Integrated ownership by its conventions: what loops are taken to mean.

With :math:`W` the shares and :math:`N=(I-W)^{-1}` the visits of a flow that climbs from an issuer,
owner i has of company j: raw :math:`N_{ij}`, every passage counted; row-corrected
:math:`N_{ij}/N_{ii}`, what passes i at least once; column-corrected :math:`N_{ij}/N_{jj}`, what
comes to i before any of it comes round to j again. Owners outside loops have the same raw and
row-corrected, which is their share in the absorbing form. In ranges the same ratios are reached in
the one world in which most, or least, arrives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.chain import Chain
from keiretsu.measures.flow import BEYOND, Flow
from keiretsu.measures.ownership.damped import damped_above
from keiretsu.measures.ownership.simple_paths import path_sums
from keiretsu.model import Caution, Remainder

if TYPE_CHECKING:
    from collections.abc import Mapping

ABSORBING = "absorbing"
RAW = "raw"
ROW = "row-corrected"
COLUMN = "column-corrected"
SIMPLE = "simple-paths"
DAMPED = "damped"
METHODS = (ABSORBING, RAW, ROW, COLUMN, SIMPLE, DAMPED)
"""Conventions by name."""

NOTHING = Bounds(Fraction(0), Fraction(0))
WHOLE = Bounds(Fraction(1), Fraction(1))
NO_DAMPING = Fraction(0)
BY_RANGES = Caution("ranges-damped", "damped shares are not given where shares are ranges")
IN_A_LOOP = Caution(
    "ranges-in-a-loop", "sums over simple paths are not given where shares in a loop are ranges"
)


@dataclass
class Shares:
    """What arrives where, fractions of a company.

    Parameters
    ----------
    upward
        Whether by holder, of one company; else by company, of one holder.
    integrated
        By party, its share in the convention asked for; None where it has no number.
    passing
        By intermediate party, what passes through it at least once.
    beyond
        What ends with remainders; *none* stands for nobody.
    closed
        What ends in loops without an outside owner.
    itself
        What the company has of itself through loops; None if there is no number.
    truncated
        Whether paths were left out, because there are too many.
    exact
        Whether all of it was found without rounding.
    cautions
        What must be said of it.
    """

    upward: bool = True
    integrated: dict[int, Bounds | None] = field(default_factory=dict)
    passing: dict[int, Bounds] = field(default_factory=dict)
    beyond: dict[Remainder, Bounds | None] = field(default_factory=dict)
    closed: Bounds = NOTHING
    itself: Bounds | None = NOTHING
    truncated: bool = False
    exact: bool = True
    cautions: tuple[Caution, ...] = ()


def shares_above(flow: Flow, company: int, method: str, damping: Fraction = NO_DAMPING) -> Shares:
    """Return what everybody above a company has of it.

    Parameters
    ----------
    flow
        The climb, with all that lies above the company.
    company
        Position of the company.
    method
        One of `METHODS`.
    damping
        For damped shares, what each holding after the first is multiplied by.
    """
    if method == DAMPED:
        shares = _damped(flow, company, damping)
    elif flow.is_point:
        shares = _in_one_world(flow, company, method)
    elif method == SIMPLE:
        shares = _in_all_worlds(flow, company, ROW)
        if flow.has_loops:
            shares.integrated = dict.fromkeys(shares.integrated)
            shares.cautions = (IN_A_LOOP,)
    else:
        shares = _in_all_worlds(flow, company, method)
    if not flow.ledger.lines_of(company):
        shares.beyond[flow.snapshot.remainder_of(company)] = WHOLE
    return shares


def _in_one_world(flow: Flow, company: int, method: str) -> Shares:
    start = flow.index[company]
    visits = flow.system.solve({start: 1})
    inner = {n for n, fork in enumerate(flow.forks) if fork is not None and visits[n]}
    again = flow.system.returns({*inner, start})
    scale = again[start] if method == COLUMN else Fraction(1)
    looped = {flow.index[party] for loop in flow.loops for party in loop}
    shares = Shares(
        exact=flow.system.exact,
        beyond={kind: point(visits[flow.beyond(kind)] / scale) for kind in BEYOND},
        closed=point(sum((visits[node] for node in looped), Fraction(0)) / scale),
        itself=point(again[start] - 1 if method == RAW else 1 - 1 / again[start]),
    )
    sums: Mapping[int, Bounds] = {}
    if method == SIMPLE:
        sums, shares.truncated = path_sums(start, one_world_steps(flow).__getitem__)
        shares.beyond = {kind: sums.get(flow.beyond(kind), NOTHING) for kind in BEYOND}
    for party, node in flow.index.items():
        if flow.forks[node] is not None:
            if party == company:
                continue
            shares.passing[party] = point(visits[node] / again.get(node, 1))
            if method == ABSORBING:
                continue
        if method == ABSORBING and node in looped and not visits[node]:
            continue  # in a closed loop with the company, where nothing ends with anybody
        counted = visits[node] / again.get(node, 1) if method == ROW else visits[node] / scale
        shares.integrated[party] = point(counted)
        if method == SIMPLE and node != start:
            shares.integrated[party] = sums.get(node, NOTHING)
    return shares


def _damped(flow: Flow, company: int, damping: Fraction) -> Shares:
    if not flow.is_point:
        others = dict.fromkeys(party for party in flow.parties if party != company)
        return Shares(
            integrated=others, beyond=dict.fromkeys(BEYOND), itself=None, cautions=(BY_RANGES,)
        )
    found, exact = damped_above(flow, company, damping)
    return Shares(
        integrated={party: found[node] for party, node in flow.index.items() if party != company},
        beyond={kind: found[flow.beyond(kind)] for kind in BEYOND},
        itself=found[flow.index[company]],
        exact=exact,
    )


def one_world_steps(flow: Flow) -> list[list[tuple[int, Bounds]]]:
    """Return for each node the holders above it with their shares; where there is one world."""
    return [
        [(target, point(share)) for target, share in fork.mixed.shares().items()]
        if fork is not None
        else []
        for fork in flow.forks
    ]


def _in_all_worlds(flow: Flow, company: int, method: str) -> Shares:
    start, shares = flow.index[company], Shares()
    around = Around(flow, company) if method == COLUMN else None
    for party, node in flow.index.items():
        is_end = flow.forks[node] is None
        if party == company and not is_end:
            continue
        visit = flow.chain.visit({node}, [start])
        shares.exact &= visit.exact
        if not is_end:
            shares.passing[party] = visit.first[start]
        if around is not None:
            shares.integrated[party] = around.share(node)
        elif method == RAW:
            shares.integrated[party] = every_passage(visit.first[start], visit.again)
        elif is_end or method == ROW:
            shares.integrated[party] = visit.first[start]
    for kind in BEYOND:
        node = flow.beyond(kind)
        first = flow.chain.visit({node}, [start]).first[start]
        shares.beyond[kind] = around.share(node) if around else first
    shares.closed = _closed(flow, start)
    own = flow.chain.visit({start}, []).again
    shares.itself = every_passage(own, own) if method == RAW else own
    return shares


class Around:
    """What comes to a party before it comes round to the company again, in ranges.

    Parameters
    ----------
    flow
        The climb, with all that lies above the company.
    company
        Position of the company.
    """

    def __init__(self, flow: Flow, company: int) -> None:
        once = Flow(flow.snapshot, flow.ledger, flow.parties, absorbing={company})
        self.is_end = flow.forks[flow.index[company]] is None
        # The company's own choice stands once more behind all others: there the flow begins.
        self.start = len(once.forks)
        self.chain = Chain([*once.forks, once.fork(company)])

    def share(self, node: int) -> Bounds | None:
        """Return what comes to a node; None if it may come there without end."""
        if self.is_end:
            return NOTHING
        visit = self.chain.visit({node}, [self.start])
        return every_passage(visit.first[self.start], visit.again)


def every_passage(first: Bounds, again: Bounds) -> Bounds | None:
    """Return what passes in all, from what passes at first and what returns each time.

    Returns
    -------
    Bounds or None
        None if everything may return each time, in a loop that may close.

    Examples
    --------
    >>> half = Bounds(Fraction(1, 2), Fraction(1, 2))
    >>> str(every_passage(half, half).low), every_passage(half, Bounds(Fraction(0), Fraction(1)))
    ('1', None)
    """
    if again.high >= 1:
        return None
    return Bounds(
        first.low / (1 - again.low),
        first.high / (1 - again.high),
        first.low_open or again.low_open,
        first.high_open or again.high_open,
    )


def _closed(flow: Flow, start: int) -> Bounds:
    """Return what ends in loops that no outside owner has anything of."""
    looped = {flow.index[party] for loop in flow.loops for party in loop}
    if not looped and not flow.loops_that_may_close():
        return NOTHING
    outside = {n for n, fork in enumerate(flow.forks) if fork is None} - looped
    found = flow.chain.visit(outside, [start]).first[start]
    return Bounds(1 - found.high, 1 - found.low, found.high_open, found.low_open)


def point(share: Fraction) -> Bounds:
    """Return an exactly known share."""
    return Bounds(share, share)
