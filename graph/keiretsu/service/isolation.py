"""Whether this system can keep a stranger's query off the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.errors import QueryRefusedError

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph


def check_isolation(graph: OwnershipGraph) -> None:
    """Refuse to serve where a query would not be isolated.

    Raises
    ------
    QueryRefusedError
        If this system allows no isolation.
    """
    try:
        graph.backing.sparql.query_guarded("ASK {}", require_isolation=True)
    except QueryRefusedError as error:
        raise QueryRefusedError(
            error.problem, mend="enable user namespaces, or serve with --without-isolation"
        ) from None
