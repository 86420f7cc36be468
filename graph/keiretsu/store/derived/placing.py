"""Derived graphs among the graphs of a store: put there whole, and gone without a trace."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rdflib import Dataset, Graph, URIRef

from keiretsu.errors import InputError
from keiretsu.store.derived.listing import DerivedListing
from keiretsu.vocabulary import is_derived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from keiretsu.store.codec.pairs import Triple
    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest


class Deriver(Protocol):
    """Who computes derived graphs: a room above this one, which knows snapshots and measures."""

    def derived_graphs(self, requests: Sequence[DerivedRequest]) -> Iterable[DerivedGraph]:
        """Yield the derived graphs that are asked for, computed from the claims as they are."""
        ...


class DerivedGraphs:
    """The derived graphs of a dataset.

    Parameters
    ----------
    dataset
        Where they lie.
    changed
        Called when one of them changes.
    """

    def __init__(self, dataset: Dataset, changed: Callable[[], None]) -> None:
        self._dataset, self._changed = dataset, changed
        self._own: set[URIRef] = set()

    def names(self) -> list[URIRef]:
        """Return the names of all of them: those put here, and those that files brought."""
        found = {graph.identifier for graph in self._dataset.graphs()}
        return sorted(URIRef(name) for name in found if is_derived(name))

    def own(self) -> list[URIRef]:
        """Return the names of those that were put here, and came from no file."""
        return sorted(self._own)

    def listing(self) -> list[DerivedListing]:
        """Return how each of them was made, and how much it holds."""
        return [DerivedListing.of(self._dataset, name) for name in self.names()]

    def put(self, graphs: Iterable[DerivedGraph]) -> None:
        """Put derived graphs in the place of what is there under their names, all or none.

        Raises
        ------
        InputError
            If a party or claim in one has no absolute IRI; what was there then stays.
        """
        whole = {graph.name: list(graph.triples()) for graph in graphs}
        for name, triples in whole.items():
            self._replace(name, triples)
            self._own.add(name)

    def drop(self, name: str) -> None:
        """Remove a derived graph.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if URIRef(name) not in self.names():
            raise InputError(f"<{name}> is no derived graph here", mend="name one that is")
        self._replace(URIRef(name), [])
        self._own.discard(URIRef(name))

    def set_aside(self) -> dict[URIRef, list[Triple]]:
        """Remove all that were put here, and return them for `bring_back`."""
        aside = {name: self._triples(name) for name in sorted(self._own)}
        for name in aside:
            self.drop(name)
        return aside

    def bring_back(self, aside: Mapping[URIRef, Iterable[Triple]]) -> None:
        """Put back what was set aside."""
        for name, triples in aside.items():
            self._replace(name, list(triples))
            self._own.add(name)

    @contextmanager
    def held(self, graphs: Iterable[DerivedGraph]) -> Iterator[None]:
        """Have derived graphs here for a time; what lies under their names is set aside.

        A graph that is here already is left alone.
        """
        made = {graph.name: list(graph.triples()) for graph in graphs}
        before = {name: self._triples(name) for name in made}
        wanted = {name: new for name, new in made.items() if set(new) != set(before[name])}
        try:
            for name, triples in wanted.items():
                self._replace(name, triples)
            yield
        finally:
            for name in wanted:
                self._replace(name, before[name])

    def _triples(self, name: URIRef) -> list[Triple]:
        # not `Dataset.graph`, which would add an empty graph to those that queries see
        return list(Graph(self._dataset.store, name))  # type: ignore[arg-type]

    def _replace(self, name: URIRef, triples: list[Triple]) -> None:
        self._dataset.remove_graph(Graph(self._dataset.store, name))
        if triples:
            graph = self._dataset.graph(name)
            for triple in triples:
                graph.add(triple)
        self._changed()
