"""Who cannot be bypassed: the parties through whom every chain between two others leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection

    from keiretsu.snapshot import Snapshot

_ROOT = -2


def dominators(snapshot: Snapshot, start: str, end: str, *, rights: str = "votes") -> list[str]:
    """Return the labels of those through whom every chain of holdings leads, in their order.

    Parameters
    ----------
    snapshot
        The world on a date.
    start, end
        Names of the first holder (a State with the bodies that act for it) and the last issuer.
    rights
        The right that must be held; holdings without any of it make no chain.

    Returns
    -------
    list of str
        From the first holder down, without the two ends; none if there is no chain.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> shares = {("a", "b"): 1, ("b", "c"): 0.5, ("b", "d"): 0.5, ("c", "e"): 0.5, ("d", "e"): 0.5}
    >>> dominators(snapshot_of_shares(shares), "a", "e")
    ['b']
    """
    heads = snapshot.as_one(snapshot.position(start))
    found = unavoidable(snapshot, heads, snapshot.position(end), rights)
    return [snapshot.parties[party].label for party in found]


def unavoidable(
    snapshot: Snapshot, heads: Collection[int], end: int, rights: str = "votes"
) -> list[int]:
    """Return the positions of the parties on every chain from one of `heads` to `end`."""
    ledger = rights_of(snapshot).ledger(rights)
    graph: nx.DiGraph[int] = nx.DiGraph((_ROOT, head) for head in heads)
    for line in range(len(ledger.holding)):
        holder, issuer = ledger.holder_of(line), ledger.issuer_of(line)
        if holder not in (NOBODY, issuer) and ledger.single(line).high:
            graph.add_edge(holder, issuer)
    immediate = nx.immediate_dominators(graph, _ROOT)
    if end not in immediate or end in heads:
        return []
    found, party = [], immediate[end]
    while party is not None and party != _ROOT:
        found.append(party)
        party = immediate[party]
    return [party for party in reversed(found) if party not in heads]
