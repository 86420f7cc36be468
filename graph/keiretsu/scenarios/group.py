"""Who holds on whose behalf: a party with its bodies and its wholly-owned vehicles."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import Interest

if TYPE_CHECKING:
    from keiretsu.snapshot import Snapshot


def group_of(world: Snapshot, head: int, issuer: int | None = None) -> tuple[int, ...]:
    """Return a party with the bodies that act for it and the companies that they wholly own.

    Parameters
    ----------
    world
        What is held.
    head
        Position of the party, which comes first.
    issuer
        Position of a company that is left out, with whatever is held only through it.

    Notes
    -----
    A trust is not a vehicle: its benefit may be the head's, its votes are not.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "100%", ("b", "c"): "100%", ("c", "d"): "40%"})
    >>> group_of(world, world.position("a"))
    (0, 1, 2)
    """
    if head >= len(world.parties):
        return (head,)
    members = list(world.as_one(head))
    pending = list(members)
    while pending:
        holder = pending.pop()
        for company in sorted(_held_by(world, holder)):
            if company not in members and company != issuer and _whole(world, company, members):
                members.append(company)
                pending.append(company)
    return tuple(members)


def owner_of(world: Snapshot, party: int) -> int | None:
    """Return who wholly owns a party directly, if somebody does."""
    for position in world.held_in(party):
        one = world.holdings[position]
        if one.capital.low == 1 and one.holder != party and one.interest is Interest.SHAREHOLDING:
            return one.holder
    return None


def _held_by(world: Snapshot, holder: int) -> set[int]:
    ledger = world.capital
    return {ledger.issuer_of(line) for line in ledger.held[holder]}


def _whole(world: Snapshot, company: int, members: list[int]) -> bool:
    held = [world.holdings[position] for position in world.held_in(company)]
    shares = [one for one in held if one.interest is Interest.SHAREHOLDING]
    own = sum((one.capital.low for one in shares if one.holder == company), Fraction(0))
    theirs = sum((one.capital.low for one in shares if one.holder in members), Fraction(0))
    return theirs > 0 and theirs + own >= 1
