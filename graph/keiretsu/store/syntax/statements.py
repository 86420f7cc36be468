"""Statements of a dataset, graph by graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rdflib import Dataset
    from rdflib.term import Node

Statement = tuple["Node", "Node", "Node", "Node | None"]
"""Subject, predicate, object and graph; None for the default graph."""


def statements(dataset: Dataset, without: Collection[Node] = ()) -> Iterator[Statement]:
    """Yield every statement of a dataset, once for each graph that it lies in.

    The same as ``dataset.quads()`` with None for the default graph, which asks for the graphs of
    each statement anew and takes several times as long.

    Parameters
    ----------
    without
        Names of graphs to leave out.

    Examples
    --------
    >>> from rdflib import Dataset, URIRef
    >>> a, dataset = URIRef("urn:a"), Dataset()
    >>> dataset.add((a, a, a, dataset.graph(a)))  # doctest: +ELLIPSIS
    <Graph ...>
    >>> list(statements(dataset)) == [(a, a, a, a)]
    True
    """
    for graph in dataset.graphs():
        name = graph.identifier
        if name in without:
            continue
        said_in = None if name == DATASET_DEFAULT_GRAPH_ID else name
        for s, p, o in graph.triples((None, None, None)):
            yield s, p, o, said_in
