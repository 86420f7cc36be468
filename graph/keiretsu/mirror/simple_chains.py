"""Chains without repetition, listed without losing time in dead ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import networkx as nx


def simple_chains(
    graph: nx.DiGraph[int], head: int, end: int, longest: int | None
) -> Iterator[tuple[int, ...]]:
    """Yield all chains from `head` to `end` without repetition; equal, they are loops.

    Parameters
    ----------
    graph
        Edges point from holder to issuer.
    head, end
        The first holder and the last issuer.
    longest
        Most hops; None for any number.

    Yields
    ------
    tuple of int
        The parties of a chain, both ends among them.

    Notes
    -----
    A step is taken only if the end can still be reached beside the chain so far, in the hops that
    are left. So no time is lost in dead ends, of which a tangle of cross-holdings has more than
    anybody can wait for.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([(0, 1), (1, 2), (0, 2), (2, 0)])
    >>> list(simple_chains(graph, 0, 2, None)), list(simple_chains(graph, 0, 0, 2))
    ([(0, 1, 2), (0, 2)], [(0, 2, 0)])
    """
    chain, choices = [head], [iter(_onward(graph, [head], end, longest))]
    while choices:
        step = next(choices[-1], None)
        if step is None:
            choices.pop()
            chain.pop()
        elif step == end:
            yield (*chain, end)
        else:
            chain.append(step)
            choices.append(iter(_onward(graph, chain, end, longest)))


def _onward(
    graph: nx.DiGraph[int], chain: Sequence[int], end: int, longest: int | None
) -> list[int]:
    """Return the next parties of a chain from which the end is near enough, beside the chain."""
    hops = {end: 0}
    pending = [end]
    for party in pending:
        for holder in graph.predecessors(party):
            if holder not in hops and holder not in chain:
                hops[holder] = hops[party] + 1
                pending.append(holder)
    left = len(graph) if longest is None else longest - len(chain)
    return [n for n in sorted(graph.successors(chain[-1])) if hops.get(n, left + 1) <= left]
