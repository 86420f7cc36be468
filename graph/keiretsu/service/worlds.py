"""The data as it was on the days that are asked about: the last few are kept."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot

_KEPT = 16


class Worlds:
    """Snapshots of one graph, by what was asked.

    Parameters
    ----------
    graph
        The data.
    """

    def __init__(self, graph: OwnershipGraph) -> None:
        self._graph, self._lock = graph, Lock()
        self._kept: OrderedDict[tuple[tuple[str, object], ...], Snapshot] = OrderedDict()

    def on(self, **when: object) -> Snapshot:
        """Return the snapshot for the arguments of `OwnershipGraph.snapshot`.

        Raises
        ------
        InputError, OverAllocatedError
            As `OwnershipGraph.snapshot`.
        """
        key = tuple(sorted(when.items()))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            found = self._graph.snapshot(**when)  # type: ignore[arg-type]
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found
