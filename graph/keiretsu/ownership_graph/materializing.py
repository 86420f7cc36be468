"""Derived graphs in a file that holds claims too: written, replaced and removed there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Caution
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.views.page.saving import write_whole
from keiretsu.vocabulary import DERIVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.store.derived.listing import DerivedListing

_WITH_GRAPHS = (".trig", ".nq")


@dataclass(frozen=True, slots=True)
class Materialized:
    """A derived graph that was written, replaced or dropped."""

    listing: DerivedListing
    done: str


class StoreFile:
    """A TriG or N-Quads file with claims, in which derived graphs are kept.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If it cannot be read, or its syntax has no named graphs.
    """

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        if self.path.suffix.lower() not in _WITH_GRAPHS:
            raise InputError(
                "derived graphs need a file with named graphs",
                place=path,
                mend="name one that ends in .trig or .nq",
            )
        self.graph = OwnershipGraph.open(self.path)

    def save(self) -> None:
        """Write the file whole, sorted: everything it held, with its derived graphs as they are.

        Raises
        ------
        InputError
            If it cannot be written; it is then as it was.
        """
        store = self.graph.store
        as_trig = self.path.suffix.lower() == ".trig"
        write_whole(self.path, store.to_trig() if as_trig else store.to_nquads())


def dropped(graph: OwnershipGraph, names: Iterable[str]) -> list[Materialized]:
    """Remove derived graphs, named whole or by what follows ``derived/``, all or none.

    Raises
    ------
    InputError
        If there is none of such a name.
    """
    there = {listing.name: listing for listing in graph.derived()}
    found = []
    for name in dict.fromkeys(names):
        whole = name if name in there else DERIVED + name
        if whole not in there:
            known = ", ".join(one.removeprefix(DERIVED) for one in there) or "there are none"
            raise InputError(f"no derived graph is named {name!r}", mend=f"use one of: {known}")
        found.append(there[whole])
    graph.drop_derived(*(listing.name for listing in found))
    return [Materialized(listing, "dropped") for listing in found]


def stale(graph: OwnershipGraph) -> list[Caution]:
    """Return which derived graphs were computed from other claims than those that are here."""
    now = graph.fingerprint
    names = [one.name for one in graph.derived() if one.fingerprint not in ("", now)]
    return [
        Caution(
            "derived-stale", f"{name.removeprefix(DERIVED)} rests on other claims: derive it anew"
        )
        for name in names
    ]
