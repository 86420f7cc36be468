"""Whether an ultimate owner has at least a floor of a company, where floats do not tell."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.kernels.in_hand import in_hand
from keiretsu.kernels.linear import System
from keiretsu.measures.register.ownership import climb_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from keiretsu.snapshot import ColumnarSnapshot

    Integers = NDArray[Any]


def reaching(
    snapshot: ColumnarSnapshot, owner: Integers, company: Integers, floor: Fraction, rights: str
) -> tuple[NDArray[np.bool_], int]:
    """Return which pairs of positions reach a floor, and how many floats had to decide.

    Companies held whole by one holder are seen through. Then an owner with the floor in hand needs
    no more: what else arrives only adds to it. Every other pair is solved in fractions.
    """
    column, network = snapshot.column(rights), snapshot.network
    edges = (network.first, network.holder, column.weight, column.whole)
    company, weight = in_hand(*edges, climb_of(snapshot, rights).is_end, owner, company)
    whole = column.whole[company].astype(object)  # products may not fit in 64 bits
    reached = weight.astype(object) * floor.denominator >= whole * floor.numerator
    reached = reached.astype(np.bool_)
    rounded = 0
    for row in np.flatnonzero(~reached).tolist():
        share, is_exact = share_between(snapshot, int(owner[row]), int(company[row]), rights)
        reached[row] = share >= floor
        rounded += not is_exact
    return reached, rounded


def share_between(
    snapshot: ColumnarSnapshot, owner: int, company: int, rights: str
) -> tuple[Fraction, bool]:
    """Return what arrives at an end from a company (parties by position), and whether exactly.

    Only what lies on a path from one to the other is read. It is exact unless that passes a loop
    longer than `keiretsu.kernels.linear.EXACT_LOOP`, or more nodes than its `EXACT_NODES`.
    """
    above = _parts_above(snapshot, company, rights)
    between = _between(above, owner)
    place = {node: row for row, node in enumerate(between)}
    rows: list[dict[int, Fraction]] = [{} for _ in between]
    for node in between:
        for holder, part in above[node].items():
            if holder in place:
                rows[place[holder]][place[node]] = part
    if company not in place:
        return Fraction(0), True
    system = System(rows)
    return system.solve({place[company]: 1})[place[owner]], system.exact


def _parts_above(
    snapshot: ColumnarSnapshot, company: int, rights: str
) -> dict[int, dict[int, Fraction]]:
    """Return per party above a company, itself included, who has which part of it."""
    column, network = snapshot.column(rights), snapshot.network
    climb = climb_of(snapshot, rights)
    found: dict[int, dict[int, Fraction]] = {}
    for node in climb.above(company).nodes.tolist():
        lines = range(int(network.first[node]), int(network.first[node + 1]))
        found[node] = {
            int(network.holder[line]): Fraction(int(column.weight[line]), int(column.whole[node]))
            for line in lines
            if not climb.is_end[node] and column.weight[line]
        }
    return found


def _between(above: Mapping[int, Mapping[int, Fraction]], owner: int) -> Sequence[int]:
    """Return the parties on a path down from an owner."""
    held: dict[int, list[int]] = {}
    for node, holders in above.items():
        for holder in holders:
            held.setdefault(holder, []).append(node)
    found, pending = {owner}, [owner]
    while pending:
        for node in held.get(pending.pop(), ()):
            if node not in found:
                found.add(node)
                pending.append(node)
    return sorted(found)
