"""The climb from a company to its owners: direct shares, closed loops, linear system and ranges."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.absorption import Branch, Climb, components
from keiretsu.kernels.box import Bounds
from keiretsu.model import Remainder
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.snapshot import Ledger, Snapshot


class Ownership:
    """Integrated ownership in one ledger.

    Parameters
    ----------
    snapshot
        The world on a date.
    right
        The right that is followed, ``capital`` by default.
    """

    def __init__(self, snapshot: Snapshot, right: str = "capital") -> None:
        self.snapshot = snapshot
        self.ledger = rights_of(snapshot).ledger(right)
        self.direct = self._direct()

    def above(self, company: int) -> list[int]:
        """Return the company and all who hold in it, directly or through others."""
        seen, pending = {company: None}, [company]
        while pending:
            for line in self.ledger.lines_of(pending.pop()):
                holder = self.ledger.holder_of(line)
                if holder != NOBODY and holder not in seen:
                    seen[holder] = None
                    pending.append(holder)
        return list(seen)

    def below(self, party: int) -> list[int]:
        """Return all in whom the party holds, directly or through others."""
        seen, pending = {party: None}, [party]
        while pending:
            for line in self.ledger.held[pending.pop()]:
                issuer = self.ledger.issuer_of(line)
                if issuer not in seen:
                    seen[issuer] = None
                    pending.append(issuer)
        return [one for one in seen if one != party]

    def _direct(self) -> dict[tuple[int, int], tuple[Bounds, tuple[int, ...]]]:
        """Return the direct share of each pair, with its holdings."""
        grouped: dict[tuple[int, int], list[int]] = defaultdict(list)
        for line in range(len(self.ledger.holding)):
            grouped[self.ledger.holder_of(line), self.ledger.issuer_of(line)].append(line)
        return {
            pair: (
                _total(self.ledger.quantity(line) for line in lines)
                if self.ledger.right == "capital"
                else self.ledger.bounds(pair[1], {pair[0]}),
                tuple(int(self.ledger.holding[line]) for line in lines),
            )
            for pair, lines in grouped.items()
        }


def _total(shares: Iterable[Bounds]) -> Bounds:
    low = high = Fraction(0)
    low_open = high_open = False
    for share in shares:
        low, high = low + share.low, high + share.high
        low_open, high_open = low_open or share.low_open, high_open or share.high_open
    return Bounds(low, min(high, Fraction(1)), low_open, high_open)


REMAINDERS = (Remainder.FLOAT, Remainder.UNDISCLOSED)
"""Outside owners without a name."""


class Flow:
    """The climb from companies to their owners, restricted to what lies above them.

    Parameters
    ----------
    ownership
        The ledger and its pairs.
    nodes
        Positions of the parties on the way, all that lie above any of them included.
    absorbing
        A party at which the climb ends even if its own holders are recorded.
    """

    def __init__(
        self, ownership: Ownership, nodes: list[int], absorbing: int | None = None
    ) -> None:
        self.ledger: Ledger = ownership.ledger
        self.snapshot = ownership.snapshot
        self.nodes = nodes
        self.index = {party: node for node, party in enumerate(nodes)}
        self.absorbing = absorbing
        self.loops = self._closed_loops()
        in_loop = {party for loop in self.loops for party in loop}
        self.ends = [
            party
            for party in nodes
            if party == absorbing or party in in_loop or not self._climbs(party)
        ]
        self.exact = all(self.ledger.is_exact(party) for party in nodes if party not in self.ends)

    def _climbs(self, party: int) -> bool:
        return bool(self.ledger.lines_of(party))

    def _closed_loops(self) -> list[list[int]]:
        """Return loops that are wholly held by their own members: they have no outside owner."""
        holders = [
            [self.index[h] for h in self._holders(party) if h in self.index]
            if party != self.absorbing
            else []
            for party in self.nodes
        ]
        loops = []
        for group in components(holders):
            members = [self.nodes[node] for node in group]
            looped = len(group) > 1 or group[0] in holders[group[0]]
            if looped and all(self._held_inside(party, set(members)) for party in members):
                loops.append(sorted(members))
        return loops

    def _holders(self, party: int) -> list[int]:
        """Return the holders through whom something of a party may climb; nothing does by zero."""
        ledger = self.ledger
        exact = ledger.is_exact(party)
        return [
            ledger.holder_of(line)
            for line in ledger.lines_of(party)
            if ledger.holder_of(line) != NOBODY
            and (ledger.weight(line) if exact else ledger.single(line).high)
        ]

    def _held_inside(self, party: int, members: set[int]) -> bool:
        outside = {*self._holders(party), NOBODY} - members
        rest = self.ledger.rest_bounds(party)
        lines = self.ledger.lines_of(party)
        return (
            bool(lines)
            and rest.high == 0
            and not any(self.ledger.bounds(party, {holder}).high for holder in outside)
        )

    def climb(self) -> Climb:
        """Return the linear system; only where every share is exact."""
        return Climb([self._exact_holders(party) for party in self.nodes])

    def _exact_holders(self, party: int) -> list[tuple[int, float]]:
        if party in self.ends or not self.ledger.whole(party):
            return []
        whole = self.ledger.whole(party)
        shares: dict[int, int] = defaultdict(int)
        for line in self.ledger.lines_of(party):
            holder = self.ledger.holder_of(line)
            if holder != NOBODY:
                shares[self.index[holder]] += self.ledger.weight(line)
        return [(node, float(Fraction(weight, whole))) for node, weight in shares.items() if weight]

    def branches(self) -> list[list[Branch]]:
        """Return the ways up with their ranges; three further nodes take the remainders.

        They stand behind the parties, in the order of `REMAINDERS`; the last takes the votes that
        nobody may use.
        """
        ways: list[list[Branch]] = []
        for party in self.nodes:
            out = []
            if party not in self.ends:
                for holder in dict.fromkeys(self._holders(party)):
                    share = self.ledger.bounds(party, {holder})
                    if share.high:
                        out.append(Branch(self.index[holder], float(share.low), float(share.high)))
                out += self._ways_beyond(party)
            ways.append(out)
        return [*ways, *([] for _ in range(len(REMAINDERS) + 1))]

    def _ways_beyond(self, party: int) -> list[Branch]:
        beyond = []
        kind = self.snapshot.remainder_of(party)
        rest = self.ledger.rest_bounds(party)
        if kind in REMAINDERS:
            node = len(self.nodes) + REMAINDERS.index(kind)
            beyond.append(Branch(node, float(rest.low), float(rest.high)))
        unused = self.ledger.bounds(party, {NOBODY})
        if unused.high:
            node = len(self.nodes) + len(REMAINDERS)
            beyond.append(Branch(node, float(unused.low), float(unused.high)))
        return beyond
