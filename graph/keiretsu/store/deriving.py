"""Derived graphs beside the claims of a store: computed, put there, and gone when claims change."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest
    from keiretsu.store.derived.placing import DerivedGraphs, Deriver
    from keiretsu.store.queried import QueriedClaims


class DerivedClaims:
    """Claims with derived graphs beside them.

    Parameters
    ----------
    queried
        The claims, as queries see them.

    Attributes
    ----------
    deriver
        Who computes the derived graphs that questions need; None if nobody does.
    """

    def __init__(self, queried: QueriedClaims) -> None:
        self._queried = queried
        self._settled = queried.settled
        self.deriver: Deriver | None = None

    @property
    def derived(self) -> DerivedGraphs:
        """The derived graphs, beside the claims as RDF."""
        return self._settled.derived

    @contextmanager
    def deriving(self, requests: Sequence[DerivedRequest]) -> Iterator[None]:
        """Have derived graphs here for the time of a question, computed anew; then as before.

        Raises
        ------
        InputError
            If nobody here can compute them.
        """
        with self._settled.lock:
            graphs = self._computed(requests)
            with self._queried.changed_for_a_time(), self.derived.held(graphs):
                yield

    def derive(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        """Compute derived graphs and put them here, all or none.

        Raises
        ------
        InputError
            If nobody here can compute them, or a request cannot be met.
        """
        with self._settled.lock:
            graphs = self._computed(requests)
            self.derived.put(graphs)
            return graphs

    def put_derived(self, graphs: Sequence[DerivedGraph]) -> None:
        """Put derived graphs here that were computed elsewhere, all or none.

        Raises
        ------
        InputError
            If a party or a claim in one has no absolute IRI.
        """
        with self._settled.lock:
            self.derived.put(graphs)

    def _computed(self, requests: Sequence[DerivedRequest]) -> list[DerivedGraph]:
        if not requests:
            return []
        if self.deriver is None:
            problem = "derived graphs are needed, which this store cannot compute"
            raise InputError(problem, mend="ask through OwnershipGraph.ask")
        return list(self.deriver.derived_graphs(requests))
