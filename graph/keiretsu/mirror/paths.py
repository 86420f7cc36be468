"""Chains of holdings from one party to another, and loops."""

from __future__ import annotations

import itertools
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import networkx as nx

from keiretsu.kernels.box import Bounds, Item, ratio_bounds
from keiretsu.measures.answer import Answer, cautions_about
from keiretsu.mirror.path_records import Hop, PathRecord
from keiretsu.mirror.simple_chains import simple_chains
from keiretsu.model import Caution, Interest
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.kernels.box import Item
    from keiretsu.snapshot import Snapshot

MOST_PATHS = 1000
"""How many chains are listed at most; the answer says if there are more."""

Chain = tuple[int, ...]


class Chains:
    """Enumerates chains in a snapshot.

    Parameters
    ----------
    snapshot
        The world on a date.
    right
        The right by which shares are multiplied: ``capital`` or ``votes``.
    """

    def __init__(self, snapshot: Snapshot, right: str = "capital") -> None:
        self.snapshot, self.right = snapshot, right
        self._votes = rights_of(snapshot).ledger("votes" if right == "capital" else right)
        self._pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
        for position, one in enumerate(snapshot.holdings):
            if one.holder != one.issuer and not one.is_nothing:
                self._pairs[one.holder, one.issuer].append(position)
        self.graph: nx.DiGraph[int] = nx.DiGraph(
            (holder, issuer) for holder, issuer in sorted(self._pairs)
        )

    def between(self, start: int, end: int, max_length: int | None) -> tuple[list[Chain], bool]:
        """Return the chains from a party (with the bodies that act for it) to another.

        Returns
        -------
        list of tuple of int
            At most `MOST_PATHS` chains.
        bool
            Whether there are more or longer ones.
        """
        if end not in self.graph:
            return [], False
        # a body that the State itself holds is on the State's own chains
        below = nx.descendants(self.graph, start) if start in self.graph else set()
        others = [body for body in self.snapshot.as_one(start)[1:] if body not in below]
        heads = [head for head in (start, *others) if head in self.graph]
        found: list[Chain] = []
        for head in heads:
            found += itertools.islice(self._simple(head, end, max_length), MOST_PATHS + 1)
        longer = max_length is not None and any(
            len(chain) - 1 > max_length
            for head in heads
            for chain in itertools.islice(self._simple(head, end, None), MOST_PATHS)
        )
        return found[:MOST_PATHS], len(found) > MOST_PATHS or longer

    def loops(self) -> tuple[list[Chain], bool]:
        """Return the loops of the snapshot, shortest first; each begins at its first party."""
        cycles = itertools.islice(nx.simple_cycles(self.graph), MOST_PATHS + 1)
        found = [_from_its_first(cycle) for cycle in cycles]
        return sorted(found[:MOST_PATHS], key=lambda c: (len(c), c)), len(found) > MOST_PATHS

    def record(self, chain: Chain) -> PathRecord:
        """Return a chain with its numbers and sources."""
        hops = tuple(self._hop(*pair) for pair in itertools.pairwise(chain))
        shares = [hop.capital if self.right == "capital" else hop.votes for hop in hops]
        parties = [self.snapshot.parties[position] for position in chain]
        return PathRecord(
            tuple(party.label for party in parties),
            tuple(party.id for party in parties),
            _product(shares),
            Bounds(min(s.low for s in shares), min(s.high for s in shares)),
            hops,
        )

    def link(self, holder: int, issuer: int) -> Bounds:
        """Return what a party has of the right in another, directly."""
        ledger = self._votes if self.right != "capital" else self.snapshot.capital
        return ledger.bounds(issuer, {holder})

    def _simple(self, head: int, end: int, max_length: int | None) -> Iterator[Chain]:
        useful = (nx.descendants(self.graph, head) | {head}) & (
            nx.ancestors(self.graph, end) | {end}
        )
        if head not in useful or end not in useful:
            return  # nothing leads there
        yield from simple_chains(self.graph.subgraph(useful).copy(), head, end, max_length)

    def _hop(self, holder: int, issuer: int) -> Hop:
        positions = self._pairs[holder, issuer]
        held = [self.snapshot.holdings[position] for position in positions]
        owned = [one for one in held if one.interest is not Interest.VOTING_RIGHTS]
        low = sum((one.capital.low for one in owned), Fraction(0))
        high = min(sum((one.capital.high for one in owned), Fraction(0)), Fraction(1))
        capital = Bounds(low, low) if low >= high else self._cut(holder, issuer, low, high)
        one, other = self.snapshot.parties[holder], self.snapshot.parties[issuer]
        return Hop(
            one.label,
            one.id,
            other.label,
            other.id,
            capital,
            self._votes.bounds(issuer, {holder}),
            tuple(e for position in positions for e in self.snapshot.evidence(position)),
        )

    def _cut(self, holder: int, issuer: int, low: Fraction, high: Fraction) -> Bounds:
        """Return what a range leaves beside the other holders, own shares counted."""
        ledger = self.snapshot.capital
        mine: list[Item] = []
        others: list[Item] = []
        for line in ledger.lines_of(issuer):
            one = ledger.item(line)._replace(weight_low=1, weight_high=1)
            (mine if ledger.holder_of(line) == holder else others).append(one)
        rest = None if ledger.rest(issuer) is None else (1, 1)
        left = ratio_bounds(mine, others, ledger.units(issuer), rest)
        return Bounds(max(low, left.low), max(low, min(high, left.high)))


def _own_shares(snapshot: Snapshot, issuers: set[int]) -> tuple[Caution, ...]:
    """Return a caution for the issuers of which own shares are counted in the whole."""
    own = {one.issuer for one in snapshot.holdings if one.holder == one.issuer and one.capital.high}
    text = "percentages of the capital are of all shares, own shares too; 'owners' leaves these out"
    return tuple(
        Caution("own-shares-counted", text, (snapshot.parties[issuer].label,))
        for issuer in sorted(own & issuers)
    )


def paths(
    snapshot: Snapshot,
    start: str,
    end: str,
    *,
    rights: str = "capital",
    max_length: int | None = None,
) -> Answer[PathRecord]:
    """Return all chains of holdings from one party to another, strongest first.

    Parameters
    ----------
    snapshot
        The world on a date.
    start, end
        Names of the first holder and the last issuer; the same name asks for loops through it. A
        State stands for the bodies that act for it too.
    rights
        The right by which shares are multiplied.
    max_length
        Most hops of a chain.

    Returns
    -------
    Answer of PathRecord
        With `truncated` among its fields: whether there are more chains than listed.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "40%"})
    >>> [(found.parties, float(found.product.low)) for found in paths(world, "a", "c")]
    [(('a', 'b', 'c'), 0.2)]
    """
    head, tail = snapshot.position(start), snapshot.position(end)
    chains = Chains(snapshot, rights)
    found, truncated = chains.between(head, tail, max_length)
    records = sorted(
        (chains.record(chain) for chain in found),
        key=lambda r: (-r.product.high, -r.product.low, len(r.parties), r.parties),
    )
    fields = {
        "from": snapshot.parties[head].label,
        "from_id": snapshot.parties[head].id,
        "to": snapshot.parties[tail].label,
        "to_id": snapshot.parties[tail].id,
        "rights": rights,
        "truncated": truncated,
    }
    touched = {party for chain in found for party in chain}
    cautions = (*snapshot.cautions, *rights_of(snapshot).cautions)
    about = cautions_about(snapshot, cautions, touched)
    if rights == "capital":
        about += _own_shares(snapshot, {party for chain in found for party in chain[1:]})
    return Answer("paths", snapshot, tuple(records), fields, about)


def _product(shares: Sequence[Bounds]) -> Bounds:
    low, high = Fraction(1), Fraction(1)
    for share in shares:
        low, high = low * share.low, high * share.high
    return Bounds(low, high)


def _from_its_first(cycle: Sequence[int]) -> Chain:
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first], cycle[first])
