"""What all who answer queries have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from keiretsu.store.query.answer import Answer


class Querying(Protocol):
    """Who answers queries of ours over some data: a store in memory or on disk, an endpoint."""

    def query(
        self, text: str, bindings: Mapping[str, Node] | None = None, timeout: float | None = 10.0
    ) -> Answer:
        """Answer a query over all graphs; see `keiretsu.store.Store.query`."""
        ...
