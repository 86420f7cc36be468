"""The power index of Karos and Peters for networks in which companies control each other."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.kernels.sampling import SEED
from keiretsu.measures.answer import names_of
from keiretsu.measures.power.indices import EXACT, SAMPLED
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.snapshot import Snapshot

MOST_PARTIES = 12
"""Of so many parties all coalitions are listed; beyond, orders are sampled."""
ORDERS = 4_000
"""So many orders are drawn, fewer where there are many parties."""
FEWEST_ORDERS, WORK = 400, 1_500_000


class MutualPower(NamedTuple):
    """The index of every party, by label; the indices of all add up to nothing.

    Where several parties have one label, each is named by its IRI.

    Parameters
    ----------
    of
        The index with its standard error, None where it is exact.
    computed
        ``exact`` or ``sampled``.
    """

    of: dict[str, tuple[Fraction, float | None]]
    computed: str


def karos_peters(
    snapshot: Snapshot, *, quota: Fraction = Fraction(1, 2), rights: str = "votes"
) -> MutualPower:
    """Return how much parties control each other: power over others less others' power over them.

    A coalition controls a company if it, and those that it controls already, have more than the
    quota of its votes. In each company's game a party has its Shapley-Shubik power; its index is
    the sum over all companies, less the power of all in the party itself [1]_.

    Parameters
    ----------
    snapshot
        The world on a date.
    quota
        What must be passed, a fraction of one of all votes; those of a float control nothing.
    rights
        The right that is counted.

    Raises
    ------
    InputError
        If votes are known as ranges only.

    References
    ----------
    .. [1] D. Karos, H. Peters, Indirect control and power in mutual control structures, Games and
       Economic Behavior 92 (2015).

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "60%"})
    >>> {name: str(index) for name, (index, _) in karos_peters(world).of.items()}
    {'a': '3/2', 'b': '-1/2', 'c': '-1'}
    """
    ledger = rights_of(snapshot).ledger(rights)
    if not ledger.all_exact:
        raise InputError(
            "some votes are known as ranges only, and power needs exact ones",
            mend="state the shares, or ask 'control'",
        )
    issuers = [p for p in range(len(snapshot.parties)) if ledger.lines_of(p) and ledger.whole(p)]
    needs = {i: int(ledger.whole(i) * quota) + 1 for i in issuers}
    parties = sorted({*issuers, *(p for p, lines in enumerate(ledger.held) if lines)})
    game = _Mutual(ledger.held_weights, needs, parties)
    exact = len(parties) <= MOST_PARTIES
    pivots, squares = game.listed() if exact else game.sampled()
    labels = names_of(snapshot)
    found: dict[str, tuple[Fraction, float | None]] = {}
    for party in parties:
        mean = pivots[party]
        variance = max(squares[party] - float(mean) ** 2, 0.0)
        found[labels[party]] = (mean, None if exact else (variance / game.orders) ** 0.5)
    return MutualPower(found, EXACT if exact else SAMPLED)


class _Mutual:
    """The games of all companies at once."""

    def __init__(
        self,
        held: Sequence[Sequence[tuple[int, int]]],
        needs: dict[int, int],
        parties: Sequence[int],
    ) -> None:
        self.held, self.needs, self.parties = held, needs, parties

    def controlled(self, coalition: Iterable[int]) -> set[int]:
        """Return whom a coalition controls, members among them if the others' votes suffice."""
        walk = _Walk(self)
        for member in coalition:
            walk.join(member)
        return walk.controlled

    def listed(self) -> tuple[dict[int, Fraction], dict[int, float]]:
        count = len(self.parties)
        whole = math.factorial(count)
        index = dict.fromkeys(self.parties, Fraction(0))
        for size in range(count):
            weight = Fraction(math.factorial(size) * math.factorial(count - 1 - size), whole)
            for coalition in combinations(self.parties, size):
                before = self.controlled(coalition)
                for party in self.parties:
                    if party not in coalition:
                        for gained in self.controlled((*coalition, party)) - before:
                            index[party] += weight
                            index[gained] -= weight
        return index, dict.fromkeys(self.parties, 0.0)

    def sampled(self) -> tuple[dict[int, Fraction], dict[int, float]]:
        chance = random.Random(SEED)  # noqa: S311 - a stated seed, for the same answer each time
        total, squares = dict.fromkeys(self.parties, 0), dict.fromkeys(self.parties, 0.0)
        for _ in range(self.orders):
            order = list(self.parties)
            chance.shuffle(order)
            score: dict[int, int] = defaultdict(int)
            walk = _Walk(self)
            for party in order:
                for gained in walk.join(party):
                    score[party] += 1
                    score[gained] -= 1
            for party, points in score.items():
                total[party] += points
                squares[party] += points**2 / self.orders
        return {party: Fraction(points, self.orders) for party, points in total.items()}, squares

    @property
    def orders(self) -> int:
        """How many orders are drawn."""
        return max(min(ORDERS, WORK // max(len(self.parties), 1)), FEWEST_ORDERS)


class _Walk:
    """A coalition that grows, and whom it controls."""

    def __init__(self, game: _Mutual) -> None:
        self.game = game
        self.votes: dict[int, int] = {}
        self.members: set[int] = set()
        self.controlled: set[int] = set()

    def join(self, party: int) -> list[int]:
        """Add a member; return whom the coalition controls from now on."""
        gained, pending = [], [] if party in self.members else [party]
        while pending:
            member = pending.pop()
            self.members.add(member)
            for issuer, weight in self.game.held[member]:
                self.votes[issuer] = self.votes.get(issuer, 0) + weight
                if self.votes[issuer] >= self.game.needs[issuer] and issuer not in self.controlled:
                    self.controlled.add(issuer)
                    gained.append(issuer)
                    if issuer not in self.members:
                        self.members.add(issuer)
                        pending.append(issuer)
        return gained
