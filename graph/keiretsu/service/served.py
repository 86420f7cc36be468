"""The data that is served, as they are now: replaced whole, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.service.search import Finder
from keiretsu.service.workers import Workers

if TYPE_CHECKING:
    from keiretsu.ownership_graph import OwnershipGraph


class Edition:
    """The data at one time, with all that answers about them.

    Parameters
    ----------
    graph
        The data, which no one changes any more.
    before
        The edition that it takes the place of.
    """

    def __init__(self, graph: OwnershipGraph, before: Edition | None = None) -> None:
        self.graph = graph
        self.workers: Workers = Workers(graph, None if before is None else before.workers)

    @cached_property
    def finder(self) -> Finder:
        """The names of parties."""
        return Finder(self.graph)


@dataclass(slots=True)
class Served:
    """Which edition is served; whoever has begun to answer from one goes on with it.

    Parameters
    ----------
    now
        The edition from which the next request is answered.
    """

    now: Edition
