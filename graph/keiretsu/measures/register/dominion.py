"""Who controls whom in a whole register: as a forest where that is a theorem, else as pairs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from keiretsu.kernels.forest import Forest, dominance_forest
from keiretsu.kernels.slots import NONE
from keiretsu.kernels.worklist import dominance_pairs
from keiretsu.measures.register.need import is_forest, needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.rights import ControlRule
    from keiretsu.snapshot.network import Network
    from keiretsu.snapshot.right_column import RightColumn

    Integers = NDArray[Any]


class Dominion(Protocol):
    """Who controls whom, of everybody at once."""

    @property
    def pairs(self) -> int:
        """How many pairs of a controller and a company there are."""

    @property
    def heads(self) -> Integers:
        """Whoever controls somebody else, in rising order."""

    @property
    def sizes(self) -> Integers:
        """Per head, how many others it controls."""

    def controls(self, controller: int, company: int) -> bool:
        """Return whether one party controls another, different one."""

    def group(self, controller: int) -> Integers:
        """Return whom a party controls, without itself, in rising order."""

    def tops(self) -> Integers:
        """Return the heads that nobody outside their ring controls; one of each ring."""

    def ring(self, controller: int) -> Integers:
        """Return the members of a party's ring in rising order; none if it is in none."""


def dominion(network: Network, column: RightColumn, rule: ControlRule) -> Dominion:
    """Return who controls whom by a threshold.

    A threshold of more than half makes a forest; any other is followed head by head.
    """
    need = needed(column, rule)
    if is_forest(column, rule):
        forest = dominance_forest(network.first, network.holder, column.weight, need)
        return ControlForest(forest)
    return ControlPairs(network, column, need)


class ControlForest:
    """Control as a forest with preorder numbers: constant time and twelve bytes for a question.

    Parameters
    ----------
    forest
        Who is the nearest controller of whom.
    """

    def __init__(self, forest: Forest) -> None:
        self.forest = forest
        self._number, self._begin, self._size = (
            memoryview(column)  # type: ignore[arg-type]  # a buffer in Python 3.12's eyes only
            for column in (forest.number, forest.begin, forest.size)
        )

    def controls(self, controller: int, company: int) -> bool:
        """Return whether one party controls another, different one."""
        within = self._number[company] - self._begin[controller]
        return 0 <= within < self._size[controller] and controller != company

    @cached_property
    def at(self) -> Integers:
        """The party of each preorder number."""
        order = np.empty_like(self.forest.number)
        order[self.forest.number] = np.arange(len(order), dtype=order.dtype)
        return order

    @property
    def pairs(self) -> int:
        """How many pairs of a controller and a company there are."""
        size = self.forest.size
        return int(size.sum(dtype=np.int64)) - len(size)

    @cached_property
    def heads(self) -> Integers:
        """Whoever controls somebody else."""
        return np.flatnonzero(self.forest.size > 1)

    @cached_property
    def sizes(self) -> Integers:
        """Per head, how many others it controls."""
        return self.forest.size[self.heads].astype(np.int64) - 1

    def group(self, controller: int) -> Integers:
        """Return whom a party controls, without itself."""
        begin = self._begin[controller]
        group = np.sort(self.at[begin : begin + self._size[controller]])
        others: Integers = group[group != controller]
        return others

    def nearest(self, company: int) -> int:
        """Return the lowest controller outside the party's own ring, or `NONE`."""
        return NONE if self.forest.ring[company] != NONE else int(self.forest.parent[company])

    def controllers(self, company: int) -> list[int]:
        """Return all controllers of a party, the nearest first; its ring's members last."""
        found, node = [], self.nearest(company)
        while node != NONE and self.forest.ring[node] == NONE:
            found.append(node)
            node = int(self.forest.parent[node])
        last = company if node == NONE else node
        return [*found, *(m for m in self.ring(last).tolist() if m != company)]

    def tops(self) -> Integers:
        """Return the heads that nobody outside their ring controls; one of each ring."""
        forest = self.forest
        alone = (forest.parent == NONE) & (forest.ring == NONE) & (forest.size > 1)
        firsts = np.array([ring[0] for ring in self.rings.values()], dtype=np.int64)
        return np.sort(np.concatenate([np.flatnonzero(alone), firsts]))

    def ring(self, controller: int) -> Integers:
        """Return the members of a party's ring."""
        return self.rings.get(int(self.forest.ring[controller]), np.empty(0, dtype=np.int64))

    @cached_property
    def rings(self) -> dict[int, Integers]:
        """The members of each ring in rising order, by the root that stands for it."""
        members = np.flatnonzero(self.forest.ring != NONE)
        found: dict[int, list[int]] = {}
        for member, root in zip(members.tolist(), self.forest.ring[members].tolist(), strict=True):
            found.setdefault(root, []).append(member)
        return {root: np.array(ring) for root, ring in found.items()}


class ControlPairs:
    """Control by any threshold, followed from each head.

    Parameters
    ----------
    network, column
        Who holds how much in whom.
    need
        Per party the weight that must be reached.
    """

    def __init__(self, network: Network, column: RightColumn, need: Integers) -> None:
        decisive = column.weight >= np.repeat(need, np.diff(network.first))
        seeds = np.unique(network.holder[decisive])
        bounds, members = dominance_pairs(
            network.first_held,
            network.issuer_held,
            column.weight[network.held],
            need,
            seeds,
        )
        counts = np.diff(bounds)
        self._heads, self._sizes = seeds[counts > 0], counts[counts > 0]
        owner = np.repeat(np.arange(len(seeds)), counts)
        self._members = members[np.lexsort((members, owner))]
        self._bounds = np.concatenate([[0], np.cumsum(self._sizes)])
        self._place = {head: place for place, head in enumerate(self._heads.tolist())}

    @property
    def pairs(self) -> int:
        """How many pairs of a controller and a company there are."""
        return int(self._sizes.sum())

    @property
    def heads(self) -> Integers:
        """Whoever controls somebody else."""
        return self._heads

    @property
    def sizes(self) -> Integers:
        """Per head, how many others it controls."""
        return self._sizes

    def controls(self, controller: int, company: int) -> bool:
        """Return whether one party controls another, different one."""
        group = self.group(controller)
        place = int(np.searchsorted(group, company))
        return place < len(group) and int(group[place]) == company

    def group(self, controller: int) -> Integers:
        """Return whom a party controls, without itself."""
        place = self._place.get(controller)
        if place is None:
            return self._members[:0]
        return self._members[self._bounds[place] : self._bounds[place + 1]]

    def tops(self) -> Integers:
        """Return the heads that nobody outside their ring controls; one of each ring."""
        found = [
            head
            for head in self.heads.tolist()
            if not (above := self._above(head))
            or (all(self.controls(head, one) for one in above) and head < min(above))
        ]
        return np.array(found, dtype=np.int64)

    def ring(self, controller: int) -> Integers:
        """Return the members of a party's ring."""
        above = self._above(controller)
        mutual = [one for one in above if self.controls(controller, one)]
        ring = sorted([controller, *mutual]) if mutual and len(mutual) == len(above) else []
        return np.array(ring, dtype=np.int64)

    def _above(self, party: int) -> list[int]:
        return self._controllers.get(party, [])

    @cached_property
    def _controllers(self) -> dict[int, list[int]]:
        """Of each head that is controlled itself, by whom."""
        found: dict[int, list[int]] = {}
        for head in self.heads.tolist():
            for member in self.group(head).tolist():
                if member in self._place:
                    found.setdefault(member, []).append(head)
        return found
