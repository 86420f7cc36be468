"""Finding parties as one types: by any part of any name or identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from keiretsu.model.names import fold
from keiretsu.service.parameters import Kind, Parameter

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph

MOST_FOUND: Final = 12
SEARCH: Final = (
    Parameter("text", "Part of a name, an alias or an identifier.", required=True),
    Parameter("limit", f"Most parties; {MOST_FOUND} if not given.", Kind.COUNT),
)


class Finder:
    """Finds parties whose names have some text in them.

    Parameters
    ----------
    graph
        The data.
    """

    def __init__(self, graph: OwnershipGraph) -> None:
        rows = graph.party_rows()
        self._by_id = {row["party_id"]: row for row in rows}
        self._rows = [(row, [(fold(name), name) for name in _names(row)]) for row in rows]

    def found(self, text: str, limit: int = MOST_FOUND) -> list[dict[str, Any]]:
        """Return parties as `party_rows` does, each with the name by which it was found.

        An IRI finds its party alone.
        A name that is the text comes before one that begins with it, then one in which a word
        does, then one that has it anywhere.

        Examples
        --------
        >>> from keiretsu import OwnershipGraph
        >>> [row["party"] for row in Finder(OwnershipGraph.open()).found("renault", 2)]
        ['Renault', 'Employees of Renault']
        """
        if text in self._by_id:
            return [{**self._by_id[text], "found_by": text}][:limit]
        key = fold(text)
        if not key:
            return []
        ranked = [
            (rank, at, name)
            for at, (_, names) in enumerate(self._rows)
            for rank, name in [min((_rank(key, folded), name) for folded, name in names)]
            if rank is not _NOT_IN
        ]
        return [{**self._rows[at][0], "found_by": name} for _, at, name in sorted(ranked)[:limit]]


_NOT_IN: Final = 4


def _rank(key: str, name: str) -> int:
    if key not in name:
        return _NOT_IN
    if name.startswith(key):
        return int(name != key)
    return 2 if f" {key}" in name else 3


def _names(row: dict[str, Any]) -> list[str]:
    identifiers = (one["value"] for one in row["identifiers"])
    return [row["party"], *row["aliases"], *identifiers]
