"""A core that is small, finished in this process's memory by the compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.forest import Forest, dominance_forest
from keiretsu.kernels.slots import NONE
from keiretsu.measures.engines.register_files import arrow

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from keiretsu.measures.engines.session import Session

    Integers = NDArray[Any]


def finish_in_memory(session: Session) -> None:
    """Make ``kei_join`` (node, above), ``kei_root`` (node, top) and add to ``kei_ring``.

    Read are the core's majority holders ``kei_core`` (node, above) and holdings in its open
    issuers, ``kei_entry`` (node, need, holder, weight), in which each loop of majorities is a node.
    """
    held = _columns(session, "select node, above from kei_core")
    open_ones = _columns(session, "select node, need, holder, weight from kei_entry")
    numbers, forest = _forest(held, open_ones)
    top, ring = _tops(numbers, forest)
    in_ring = forest.ring != NONE
    joined = np.isin(numbers, open_ones["node"]) & ~in_ring & (forest.parent != NONE)
    above = forest.parent[joined]
    above = np.where(ring[above] >= 0, ring[above], numbers[above])
    session.put("kei_join", _table(node=numbers[joined], above=above))
    session.put("kei_found", _table(node=numbers[in_ring], ring=ring[in_ring]))
    session.keep(
        "kei_ring",
        "select r.node, r.ring from kei_ring r left join kei_found f on r.node = f.node "
        "where f.node is null union all select node, ring from kei_found",
    )
    session.put("kei_found", _table(node=numbers[joined], top=top[joined]))
    session.keep(
        "kei_root", "select node, top from kei_found union all select node, ring top from kei_ring"
    )


def _forest(held: dict[str, Integers], open_ones: dict[str, Integers]) -> tuple[Integers, Forest]:
    """Return all parties of the core, and their forest by their places among them."""
    numbers = np.unique(np.concatenate([*held.values(), open_ones["node"], open_ones["holder"]]))
    target = np.searchsorted(numbers, np.concatenate([held["node"], open_ones["node"]]))
    source = np.searchsorted(numbers, np.concatenate([held["above"], open_ones["holder"]]))
    ones = np.ones(len(held["node"]), dtype=np.int64)
    weight = np.concatenate([ones, open_ones["weight"]])
    need = np.ones(len(numbers), dtype=np.int64)  # of a majority holder, who alone is enough
    need[np.searchsorted(numbers, open_ones["node"])] = open_ones["need"]
    order = np.lexsort((source, target))
    first = np.zeros(len(numbers) + 1, dtype=np.int32)
    np.cumsum(np.bincount(target, minlength=len(numbers)), out=first[1:])
    return numbers, dominance_forest(first, source[order].astype(np.int32), weight[order], need)


def _tops(numbers: Integers, forest: Forest) -> tuple[Integers, Integers]:
    """Return each party's ultimate controller, and the name of its ring, -1 if it is in none."""
    ring = np.full(len(numbers), -1, dtype=np.int64)
    members = np.flatnonzero(forest.ring != NONE)
    smallest = np.full(len(numbers), np.iinfo(np.int64).max)
    np.minimum.at(smallest, forest.ring[members], numbers[members])
    ring[members] = smallest[forest.ring[members]]
    # The number of everybody below a root lies within those of its group.
    roots = np.flatnonzero((forest.parent == NONE) & (forest.ring == NONE))
    roots = np.concatenate([roots, np.unique(forest.ring[members])])
    roots = roots[np.argsort(forest.begin[roots])]
    root = roots[np.searchsorted(forest.begin[roots], forest.number, side="right") - 1]
    return np.where(ring[root] >= 0, ring[root], numbers[root]), ring


def _columns(session: Session, query: str) -> dict[str, Integers]:
    table = session.columns(query)
    return {name: table.column(name).to_numpy() for name in table.column_names}


def _table(**columns: Integers) -> pa.Table:
    pa, _ = arrow()
    return pa.table({name: pa.array(c, type=pa.int64()) for name, c in columns.items()})
