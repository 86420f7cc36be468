"""What a party has of a company's cash flow and control, by conventions that look at shares.

Those that list chains live with the paths, see `keiretsu.mirror.conventions`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.chain import Chain
from keiretsu.kernels.forks import Fork, Way
from keiretsu.measures.flow import Flow, above
from keiretsu.rights import Dominance, exceeds, rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection

    from keiretsu.snapshot import Ledger, Snapshot

_HALF = Fraction(1, 2)


def cash_flow(
    snapshot: Snapshot, heads: Collection[int], company: int, right: str = "capital"
) -> Bounds:
    """Return the share of a company's capital that comes to some parties, loops solved.

    Parameters
    ----------
    snapshot
        The world on a date.
    heads
        Positions of the parties, taken as one; what passes through them counts.
    company
        Position of the company.
    right
        The right that is followed.
    """
    flow = _climb(snapshot, rights_of(snapshot).ledger(right), heads, company)
    return _arriving(flow.chain, flow, heads, company)


def majority_fixpoint(
    snapshot: Snapshot, heads: Collection[int], company: int, right: str = "votes"
) -> Bounds:
    """Return what parties, and those that they control by majority, have of a company's votes."""
    ledger = rights_of(snapshot).ledger(right)
    dominance = Dominance(snapshot, ledger)
    surely = {*heads, *dominance.controlled(heads)} - {company}
    perhaps = {*heads, *dominance.controlled(heads, certain=False)} - {company}
    least, most = ledger.bounds(company, surely), ledger.bounds(company, perhaps)
    return least._replace(high=most.high, high_open=most.high_open)


def majority_integrated(
    snapshot: Snapshot, heads: Collection[int], company: int, right: str = "votes"
) -> Bounds:
    """Return the integrated share where who has a majority is taken to have everything [1]_.

    Notes
    -----
    Where it is open whether somebody has a majority, both are allowed for, so that the range holds
    every world; its ends need not be attained.

    References
    ----------
    .. [1] A. Chapelle, A. Szafarz, Controlling firms through the majority voting rule, Physica A
       355 (2005).
    """
    ledger = rights_of(snapshot).ledger(right)
    flow = _climb(snapshot, ledger, heads, company)
    forks: list[Fork | None] = list(flow.choices)
    for party, node in flow.index.items():
        fork = forks[node]
        if fork is not None:
            forks[node] = _promoted(fork, flow, party)
    return _arriving(Chain(forks), flow, heads, company)


def _promoted(fork: Fork, flow: Flow, party: int) -> Fork:
    """Return how a party's shares may split when a majority takes everything."""
    ledger, surely, perhaps = flow.ledger, set(), set()
    for line in ledger.lines_of(party):
        holder = ledger.holder_of(line)
        if holder not in (NOBODY, party):
            share = ledger.bounds(party, {holder})
            certain, possible = exceeds(share, _HALF, at_least=False)
            surely |= {flow.index[holder]} if certain else set()
            perhaps |= {flow.index[holder]} if possible else set()
    if surely:
        return Fork([Way(surely.pop(), 1, 1)], 1)
    if not perhaps:
        return fork
    alone = len(perhaps) == 1
    ways = [
        way._replace(high=fork.total, high_open=False, low=way.low if alone else 0)
        if way.target in perhaps
        else way._replace(low=0, low_open=False)
        for way in fork.ways
    ]
    return Fork(ways, fork.total, fork.void)


def last_link(
    snapshot: Snapshot,
    heads: Collection[int],
    company: int,
    right: str = "votes",
    *,
    threshold: Fraction = Fraction(1, 5),
) -> Bounds:
    """Return the votes of the last holders to whom chains lead of which every link is large [1]_.

    Parameters
    ----------
    snapshot, heads, company, right
        As in `cash_flow`.
    threshold
        What every link must reach, the last one too.

    References
    ----------
    .. [1] R. La Porta, F. Lopez-de-Silanes, A. Shleifer, Corporate ownership around the world,
       Journal of Finance 54 (1999).
    """
    ledger = rights_of(snapshot).ledger(right)
    ends = []
    for most in (False, True):
        chained = _chained(ledger, heads, threshold, most=most)
        large = {
            holder
            for holder in chained - {company}
            if _link(ledger, holder, company, most=most) >= threshold
        }
        ends.append(ledger.bounds(company, large))
    least, most_ = ends
    return least._replace(high=most_.high, high_open=most_.high_open)


def _climb(snapshot: Snapshot, ledger: Ledger, heads: Collection[int], company: int) -> Flow:
    parties = list(dict.fromkeys((*above(ledger, company), *heads)))
    return Flow(snapshot, ledger, parties, absorbing=set(heads) - {company})


def _arriving(chain: Chain, flow: Flow, heads: Collection[int], company: int) -> Bounds:
    goals = {flow.index[head] for head in heads if head != company}
    start = flow.index[company]
    return chain.visit(goals, [start]).first[start] if goals else Bounds(Fraction(0), Fraction(0))


def _chained(
    ledger: Ledger, heads: Collection[int], threshold: Fraction, *, most: bool
) -> set[int]:
    found, pending = set(heads), list(heads)
    while pending:
        holder = pending.pop()
        for line in ledger.held[holder]:
            issuer = ledger.issuer_of(line)
            if issuer not in found and _link(ledger, holder, issuer, most=most) >= threshold:
                found.add(issuer)
                pending.append(issuer)
    return found


def _link(ledger: Ledger, holder: int, issuer: int, *, most: bool) -> Fraction:
    share = ledger.bounds(issuer, {holder})
    return share.high if most else share.low
