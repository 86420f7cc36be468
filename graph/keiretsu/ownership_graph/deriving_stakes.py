"""Stakes computed: what each holder has in each issuer, in capital and in votes of every kind."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.measures import votes
from keiretsu.model import Interest, Share
from keiretsu.rights import rights_of
from keiretsu.store.derived.findings import DerivedRule, DerivedStake

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from keiretsu.kernels.box import Bounds
    from keiretsu.rights import Rights
    from keiretsu.snapshot import Ledger, Snapshot

_VOTES = ("gross-votes", "votes", "agreed-votes")


def stakes(world: Snapshot) -> Iterator[DerivedStake | DerivedRule]:
    """Yield one stake for each pair, and every rule that touched the votes of a holding."""
    table = _Table(world)
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for holding, one in enumerate(world.holdings):
        pairs[one.holder, one.issuer].append(holding)
    for (holder, issuer), holdings in sorted(pairs.items()):
        yield table.stake(holder, issuer, {holder}, holdings)
    for issuer in _touched(world):
        yield from _rules(world, issuer)


def group_stakes(world: Snapshot) -> Iterator[DerivedStake]:
    """Yield one stake for each pair of groups: what wholly-owned vehicles hold is their owner's.

    A vehicle is a party all of whose shares one holder has; the stakes in vehicles themselves are
    left out.
    """
    table, owner = _Table(world), _sole_owners(world)
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for holding, one in enumerate(world.holdings):
        head = _head(one.holder, owner)
        if one.issuer not in owner and head != one.issuer:
            pairs[head, one.issuer].append(holding)
    for (head, issuer), holdings in sorted(pairs.items()):
        members = {world.holdings[holding].holder for holding in holdings}
        further = [held for member in members for held in _ownership(world, member, owner)]
        yield table.stake(head, issuer, members, holdings, further)


class _Table:
    """The ledgers of a snapshot, each made once."""

    def __init__(self, world: Snapshot) -> None:
        rights: Rights = rights_of(world)
        self._world = world
        self._ledgers: list[Ledger] = [rights.ledger(right) for right in _VOTES]

    def stake(
        self,
        holder: int,
        issuer: int,
        members: Collection[int],
        holdings: list[int],
        further: Collection[int] = (),
    ) -> DerivedStake:
        """Return what members together have in an issuer, as the stake of one holder."""
        parties, held = self._world.parties, self._world.holdings
        gross, exercisable, agreed = (
            _share(ledger.bounds(issuer, members)) for ledger in self._ledgers
        )
        return DerivedStake(
            parties[holder].id,
            parties[issuer].id,
            _sum(held[holding].capital for holding in holdings),
            gross,
            exercisable,
            agreed,
            tuple(sorted({c for one in (*holdings, *further) for c in held[one].claim_ids})),
        )


def _touched(world: Snapshot) -> list[int]:
    """Return the issuers in which a law or an agreement touches the votes of a holding."""
    rights = rights_of(world)
    touched = {world.holdings[holding].issuer for holding in rights.traces}
    capped = {issuer for issuer in world.facts if rights.caps(issuer)}
    return sorted(touched | (capped & {one.issuer for one in world.holdings}))


def _rules(world: Snapshot, issuer: int) -> Iterator[DerivedRule]:
    company = world.parties[issuer].id
    for record in votes(world, company):
        for trace in record.rules:
            yield DerivedRule(
                record.holder_id,
                company,
                trace.article.name,
                trace.article.jurisdiction,
                trace.effect,
                trace.text,
                tuple(sorted({source.claim.id for source in record.sources})),
            )


def _share(bounds: Bounds) -> Share:
    is_range = bounds.low < bounds.high
    return Share(
        bounds.low, bounds.high, bounds.low_open and is_range, bounds.high_open and is_range
    )


def _sum(shares: Iterator[Share]) -> Share:
    low = high = Fraction(0)
    low_open = high_open = False
    for share in shares:
        low, high = low + share.low, high + share.high
        low_open, high_open = low_open or share.low_open, high_open or share.high_open
    if high > 1:
        low, high, high_open = min(low, Fraction(1)), Fraction(1), False
    is_range = low < high
    return Share(low, high, low_open and is_range, high_open and is_range)


def _sole_owners(world: Snapshot) -> dict[int, int]:
    """Return, by party, who holds all of its shares; nobody where owners form a circle."""
    owner = {
        one.issuer: one.holder
        for one in world.holdings
        if one.capital.low == 1
        and one.holder != one.issuer
        and one.interest is Interest.SHAREHOLDING
    }
    return {vehicle: head for vehicle, head in owner.items() if not _circles(vehicle, owner)}


def _circles(vehicle: int, owner: Mapping[int, int]) -> bool:
    seen = {vehicle}
    while vehicle in owner:
        vehicle = owner[vehicle]
        if vehicle in seen:
            return True
        seen.add(vehicle)
    return False


def _head(party: int, owner: Mapping[int, int]) -> int:
    while party in owner:
        party = owner[party]
    return party


def _ownership(world: Snapshot, vehicle: int, owner: Mapping[int, int]) -> Iterator[int]:
    """Yield the holdings by which a vehicle belongs to its head."""
    while vehicle in owner:
        for holding in world.held_in(vehicle):
            if world.holdings[holding].holder == owner[vehicle]:
                yield holding
        vehicle = owner[vehicle]
