"""The climb from companies to their owners, as a chain: who may have how much of each company."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.kernels.chain import Chain
from keiretsu.kernels.components import components
from keiretsu.kernels.forks import Fork, Way
from keiretsu.kernels.linear import System
from keiretsu.model import Caution, Remainder
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from keiretsu.snapshot import Ledger, Snapshot

REMAINDERS = (Remainder.FLOAT, Remainder.UNDISCLOSED)
"""Outside owners without a name."""

BEYOND = (*REMAINDERS, Remainder.NONE)
"""What stands behind the named holders; *none* for what nobody may use."""


def above(ledger: Ledger, company: int) -> list[int]:
    """Return the company and all who hold in it, directly or through others."""
    seen, pending = {company: None}, [company]
    while pending:
        for line in ledger.lines_of(pending.pop()):
            holder = ledger.holder_of(line)
            if holder != NOBODY and holder not in seen:
                seen[holder] = None
                pending.append(holder)
    return list(seen)


def below(ledger: Ledger, party: int) -> list[int]:
    """Return all in whom the party holds, directly or through others."""
    seen, pending = {party: None}, [party]
    while pending:
        for line in ledger.held[pending.pop()]:
            issuer = ledger.issuer_of(line)
            if issuer not in seen:
                seen[issuer] = None
                pending.append(issuer)
    return [one for one in seen if one != party]


def direct_stake(
    ledger: Ledger, holder: int, issuer: int, lines: Iterable[int]
) -> tuple[Bounds, tuple[int, ...]]:
    """Return what a pair's lines hold directly, own shares counted, and the holdings."""
    lines = tuple(lines)
    share = (
        _total(ledger.quantity(line) for line in lines)
        if ledger.right == "capital"
        else ledger.bounds(issuer, {holder})
    )
    return share, tuple(int(ledger.holding[line]) for line in lines)


def _total(shares: Iterable[Bounds]) -> Bounds:
    low = high = Fraction(0)
    low_open = high_open = False
    for share in shares:
        low, high = low + share.low, high + share.high
        low_open, high_open = low_open or share.low_open, high_open or share.high_open
    return Bounds(low, min(high, Fraction(1)), low_open, high_open)


def closed_loop_cautions(
    snapshot: Snapshot,
    loops: Iterable[Sequence[int]],
    text: str = "these companies are wholly held by each other: no outside owner",
) -> list[Caution]:
    """Return what must be said of loops that nobody outside has anything of."""
    return [
        Caution("closed-loop", text, tuple(snapshot.parties[party].label for party in loop))
        for loop in loops
    ]


class Flow:
    """The climb from companies to their owners, restricted to some parties.

    Parameters
    ----------
    snapshot
        The world on a date.
    ledger
        The right that is followed.
    parties
        Positions of the parties on the way. What any others hold counts as nobody's: so all that
        lie above any of them are to be there, or all that do not matter are to be left out.
    absorbing
        Parties at which the climb ends even if their own holders are recorded.

    Notes
    -----
    Nodes stand for the parties, in their order, and behind them for what lies beyond, in the order
    of `BEYOND`. A loop that is wholly held by its own members is an end as well.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        ledger: Ledger,
        parties: Sequence[int],
        absorbing: Collection[int] = (),
    ) -> None:
        self.snapshot, self.ledger, self.parties = snapshot, ledger, parties
        self.index = {party: node for node, party in enumerate(parties)}
        self.choices = [None if party in absorbing else self._fork(party) for party in parties] + [
            None
        ] * len(BEYOND)
        self.loops = self._closed_loops()
        looped = {self.index[party] for loop in self.loops for party in loop}
        self.forks = [None if n in looped else fork for n, fork in enumerate(self.choices)]

    @property
    def ends(self) -> list[int]:
        """The parties at which something ends."""
        return [party for party in self.parties if self.forks[self.index[party]] is None]

    @cached_property
    def is_point(self) -> bool:
        """Whether there is only one world."""
        return all(fork is None or fork.is_point for fork in self.forks)

    @cached_property
    def chain(self) -> Chain:
        """The climb as an interval Markov chain."""
        return Chain(self.forks)

    @cached_property
    def system(self) -> System:
        """How often each node is visited, as a linear system; only where there is one world."""
        rows: list[dict[int, Fraction]] = [{} for _ in self.forks]
        for node, fork in enumerate(self.forks):
            if fork is not None:
                for target, share in fork.mixed.shares().items():
                    rows[target][node] = share
        return System(rows)

    @cached_property
    def arrivals(self) -> System:
        """How much of each node arrives somewhere; only where there is one world."""
        return System([fork.mixed.shares() if fork is not None else {} for fork in self.forks])

    def beyond(self, kind: Remainder) -> int:
        """Return the node of what lies beyond the named holders."""
        return len(self.parties) + BEYOND.index(kind)

    def loops_that_may_close(self) -> list[list[int]]:
        """Return loops that are closed in some worlds and let something out in others."""
        if self.is_point:
            return []
        return [sorted(self.parties[node] for node in group) for group in self.chain.closing_sets()]

    @cached_property
    def has_loops(self) -> bool:
        """Whether something may come back to where it was."""
        groups = components(range(len(self.forks)), self.chain.targets)
        return bool(self.loops) or any(len(group) > 1 for group in groups)

    def with_undisclosed_of(self, node: int, goal: int) -> Chain:
        """Return the climb in which one issuer's undisclosed part goes to a node."""
        fork, hidden = self.forks[node], self.beyond(Remainder.UNDISCLOSED)
        if fork is None:
            return self.chain
        ways = [w._replace(target=goal) if w.target == hidden else w for w in fork.ways]
        forks = list(self.forks)
        forks[node] = Fork(ways, fork.total, fork.void)
        return Chain(forks)

    def fork(self, party: int) -> Fork | None:
        """Return how a party's shares may split, even where the climb is taken to end."""
        return self._fork(party)

    def _fork(self, party: int) -> Fork | None:
        ledger = self.ledger
        lines = ledger.lines_of(party)
        if not lines:
            return None
        nobody = self.beyond(Remainder.NONE)
        ways = []
        for line in lines:
            holder = ledger.holder_of(line)
            ways.append(Way(self.index.get(holder, nobody), *ledger.item(line)))
        rest = ledger.rest(party)
        total = ledger.units(party)
        if rest is not None:
            target = self.beyond(self.snapshot.remainder_of(party))
            ways.append(Way(target, 0, total, False, False, *rest))
        return Fork(ways, total, nobody)

    def _closed_loops(self) -> list[list[int]]:
        """Return loops that are wholly held by their own members: they have no outside owner."""
        onward = [fork.targets if fork is not None else frozenset() for fork in self.choices]
        loops = []
        for group in components(range(len(onward)), onward.__getitem__):
            members = set(group)
            if all(onward[node] and onward[node] <= members for node in group):
                loops.append(sorted(self.parties[node] for node in group))
        return sorted(loops)
