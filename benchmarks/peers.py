"""The same questions asked of plain networkx and scipy, as one would write them in an afternoon."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from register_data import WHOLE
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import splu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from register_claims import Edge


def graph_of(edges: Sequence[Edge]) -> nx.DiGraph[int]:
    """Return holdings as a graph, holder to issuer, with their millionths."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_weighted_edges_from(edges)
    return graph


def control_of_everybody(graph: nx.DiGraph[int]) -> int:
    """Return how many pairs a worklist over the graph finds, summing joint holdings too."""
    pairs = 0
    for head in graph:
        if not graph.out_degree(head):
            continue
        inside, work = {head}, deque([head])
        gathered: dict[int, int] = defaultdict(int)
        while work:
            for issuer, data in graph.adj[work.popleft()].items():
                if issuer not in inside:
                    gathered[issuer] += data["weight"]
                    if 2 * gathered[issuer] > WHOLE:
                        inside.add(issuer)
                        work.append(issuer)
        pairs += len(inside) - 1
    return pairs


def factors_of(edges: Sequence[Edge], parties: int) -> object:
    """Return sparse factors of I - W for the whole network."""
    holders, issuers, shares = (np.array(column) for column in zip(*edges, strict=True))
    matrix = csc_array((shares / WHOLE, (holders, issuers)), shape=(parties, parties))
    return splu((eye_array(parties, format="csc") - matrix).tocsc())


def owners_of(factors: object, parties: int, target: int) -> int:
    """Return how many parties have something of a company, by one solve."""
    unit = np.zeros(parties)
    unit[target] = 1
    return int(np.count_nonzero(factors.solve(unit)))  # type: ignore[attr-defined]
