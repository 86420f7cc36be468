"""Control in a register that changes: only what a change can reach is computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError
from keiretsu.kernels.forest import dominance_forest, numbered
from keiretsu.kernels.slots import NONE
from keiretsu.measures.register.dominion import ControlForest
from keiretsu.measures.register.need import is_forest, needed
from keiretsu.rights import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from keiretsu.rights import ControlRule
    from keiretsu.snapshot import ColumnarSnapshot

    Integers = NDArray[Any]


class ChangingControl:
    """Who controls whom, kept up to date while holdings are added, changed and ended.

    Parties are positions; their number does not change. Issuers keep their whole.

    Parameters
    ----------
    snapshot
        The register to begin with.
    rule
        The rule of control: more than a threshold of half or more.
    rights
        The right that is counted.

    Raises
    ------
    InputError
        If control by the rule is not a forest here, or weights are wider than 64 bits.

    Notes
    -----
    Whether somebody controls a company depends on what lies above the company alone. So after a
    change in an issuer only it and what lies below it can have other controllers; all other
    parties stand where they stood, and enter the new computation as a chain of nearest
    controllers. The work follows what lies below the change. If the issuer's nearest controller
    stays, or it holds nothing, nobody below it can be touched: then only the ways up from its
    holders are looked at.

    Examples
    --------
    >>> from keiretsu.snapshot import Snapshot
    >>> world = Snapshot.from_arrays([0, 1], [1, 2], capital=[60, 60], capital_total=100, parties=4)
    >>> control = ChangingControl(world)
    >>> control.controls(0, 2)
    True
    >>> control.change({(0, 1): 40, (3, 1): 60})
    >>> control.controls(0, 2), control.controls(3, 2)
    (False, True)
    """

    def __init__(
        self, snapshot: ColumnarSnapshot, rule: ControlRule = MAJORITY, rights: str = "votes"
    ) -> None:
        self._network, self._column = snapshot.network, snapshot.column(rights)
        if not self._column.is_narrow:
            raise InputError("weights are wider than 64 bits", mend="compute control anew instead")
        self._need = needed(self._column, rule)
        if rule.presumed_above is not None or not is_forest(self._column, rule):
            mend = "use more than a threshold of half or more"
            raise InputError("control by this rule cannot be kept up to date", mend=mend)
        forest = dominance_forest(
            self._network.first, self._network.holder, self._column.weight, self._need
        )
        self._parent, self._ring = forest.parent, forest.ring
        self._parents = memoryview(self._parent)  # type: ignore[arg-type]  # as in `ControlForest`
        self._holders: dict[int, dict[int, int]] = {}
        self._added: dict[int, set[int]] = {}
        self.touched = 0
        """How many parties the last change made to be looked at."""

    def change(self, weights: Mapping[tuple[int, int], int]) -> None:
        """Set the weights of holdings, by holder and issuer; 0 ends one.

        Raises
        ------
        InputError
            If a party is not one, a weight is negative, an issuer has no whole, or its holdings
            would be more than its whole. Nothing is changed then.
        """
        new: dict[int, dict[int, int]] = {}
        for (holder, issuer), weight in weights.items():
            self._check(holder, issuer, weight)
            held = new.setdefault(issuer, dict(self._held_in(issuer)))
            held[holder] = weight
        for issuer, held in new.items():
            if sum(held.values()) > int(self._column.whole[issuer]):
                raise InputError(
                    "holdings are more than the whole", place=f"issuer {issuer}", mend="end others"
                )
        for issuer, held in new.items():
            for holder in held.keys() - self._held_in(issuer).keys():
                self._added.setdefault(holder, set()).add(issuer)
            self._holders[issuer] = {h: weight for h, weight in held.items() if weight}
        if len(new) != 1 or not self._settle(*new):
            self._compute(new)

    def controls(self, controller: int, company: int) -> bool:
        """Return whether one party controls another, different one; time follows the chain."""
        if controller == company:
            return False
        if self._ring[controller] != NONE and self._ring[controller] == self._ring[company]:
            return True
        head = controller if self._ring[controller] == NONE else int(self._ring[controller])
        node = company
        while node != NONE:
            if node in (controller, head) and node != company:
                return True
            node = int(self._parent[node])
        return False

    def forest(self) -> ControlForest:
        """Return control as it stands as a forest with preorder numbers; linear in parties."""
        return ControlForest(numbered(self._parent.copy(), self._ring.copy()))

    def _check(self, holder: int, issuer: int, weight: int) -> None:
        for party in (holder, issuer):
            if not 0 <= party < self._network.parties:
                raise InputError(f"{party} is not a party", mend="give positions in the register")
        place = f"holding of {holder} in {issuer}"
        if weight < 0 or holder == issuer:
            raise InputError("a holding is not negative, and not in oneself", place=place)
        if not self._column.whole[issuer]:
            raise InputError("the issuer has no whole", place=place, mend="begin with a holding")

    def _held_in(self, issuer: int) -> dict[int, int]:
        if issuer in self._holders:
            return self._holders[issuer]
        begin, end = (int(place) for place in self._network.first[issuer : issuer + 2])
        holders = self._network.holder[begin:end].tolist()
        return dict(zip(holders, self._column.weight[begin:end].tolist(), strict=True))

    def _held_by(self, holder: int) -> set[int]:
        begin, end = (int(place) for place in self._network.first_held[holder : holder + 2])
        return {*self._network.issuer_held[begin:end].tolist(), *self._added.get(holder, ())}

    def _below(self, issuers: Iterable[int]) -> list[int]:
        seen = dict.fromkeys(issuers)
        pending = list(seen)
        while pending:
            for issuer in self._held_by(pending.pop()):
                if issuer not in seen and self._held_in(issuer):
                    seen[issuer] = None
                    pending.append(issuer)
        return sorted(seen)

    def _settle(self, issuer: int) -> bool:
        """Find the nearest controller of one issuer; return False if that does not tell all."""
        nearest = self._nearest(issuer)
        if nearest is None or self._ring[issuer] != NONE:
            return False
        if nearest != self._parent[issuer]:
            if self._held_by(issuer):
                return False
            self._parent[issuer] = nearest
        self.touched = 1
        return True

    def _nearest(self, issuer: int) -> int | None:
        """Return the nearest controller as others stand; None if holders are below the issuer."""
        need, parent = int(self._need[issuer]), self._parents
        sums: dict[int, int] = {}
        ways = []
        for holder, weight in self._held_in(issuer).items():
            way, node = [], holder
            while node != NONE:
                if node == issuer:
                    return None
                sums[node] = sums.get(node, 0) + weight
                way.append(node)
                node = parent[node]
            ways.append(way)
        lowest, deepest = NONE, 0
        for way in ways:
            for place, node in enumerate(way):
                if sums[node] >= need and len(way) - place > deepest:
                    lowest, deepest = node, len(way) - place
        return lowest

    def _compute(self, issuers: Iterable[int]) -> None:
        """Find the nearest controllers of what lies below some issuers anew."""
        below = self._below(issuers)
        inside = set(below)
        edges = {issuer: self._held_in(issuer) for issuer in below}
        pending = [h for held in edges.values() for h in held if h not in inside]
        while pending:
            node = pending.pop()
            if node in edges:
                continue
            above = int(self._parent[node])
            edges[node] = {} if above == NONE else {above: int(self._need[node])}
            pending += [above] if above != NONE else []
        self.touched = len(edges)
        nodes = sorted(edges)
        place = {node: number for number, node in enumerate(nodes)}
        rows = [sorted(edges[node].items()) for node in nodes]
        first = np.cumsum([0, *map(len, rows)]).astype(np.int32)
        source = np.array([place[holder] for row in rows for holder, _ in row], dtype=np.int32)
        weight = np.array([w for row in rows for _, w in row], dtype=np.int64)
        found = dominance_forest(first, source, weight, self._need[nodes])
        numbers = np.array([*nodes, NONE], dtype=np.int32)
        mine = np.array([place[node] for node in below], dtype=np.int64)
        self._parent[below] = numbers[found.parent[mine]]
        self._ring[below] = numbers[found.ring[mine]]
