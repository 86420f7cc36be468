"""Claims as queries see them: beside the ontology, in this process or in ones of their own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from keiretsu.resources import ontology_path
from keiretsu.store.query.engine import Engine
from keiretsu.store.query.guarded_data import EngineData
from keiretsu.store.settled import SettledClaims
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from keiretsu.store.query.answer import Answer


class QueriedClaims:
    """Settled claims, and a copy of them that processes with limits are started on.

    Attributes
    ----------
    settled
        The claims.
    """

    def __init__(self) -> None:
        self.settled = SettledClaims(self._forget)
        self._has_ontology = False
        self._engine_data: EngineData | None = None

    def answer(
        self, text: str, bindings: Mapping[str, Node] | None, timeout: float | None
    ) -> Answer:
        """Answer a query in this process; see `keiretsu.store.memory.Store.query`."""
        from keiretsu.store.query.guard import answer  # noqa: PLC0415 - brings a grammar, slowly

        with self.settled.lock:
            self._add_ontology()
            return answer(self.settled.dataset, text, bindings, timeout)

    def engine(self) -> Engine:
        """Return a copy of everything in another engine, for queries of ours."""
        with self.settled.lock:
            self._add_ontology()
            return Engine(statements(self.settled.dataset))

    def engine_data(self) -> EngineData:
        """Return the data for processes of their own; the same until something changes."""
        with self.settled.lock:
            self._add_ontology()
            if self._engine_data is None:
                self._engine_data = EngineData.of(self.settled.dataset)
            return self._engine_data

    @contextmanager
    def changed_for_a_time(self) -> Iterator[None]:
        """Keep the data for processes over changes that are taken back, so its keeper serves on."""
        data = self._engine_data
        yield
        self._engine_data = data

    def _forget(self) -> None:
        self._engine_data = None

    def _add_ontology(self) -> None:
        if not self._has_ontology:
            graph = self.settled.dataset.graph(GRAPH.ontology)
            for name in ("keiretsu.ttl", "codes.ttl"):
                with ontology_path(name).open("rb") as file:
                    graph.parse(file=file, format="turtle")
            self._has_ontology = True
            self._forget()
