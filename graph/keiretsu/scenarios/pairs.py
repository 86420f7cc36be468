"""What each pair of holder and issuer has in a world: capital, votes of every kind, and the law."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds
from keiretsu.model import ORDINARY, Interest
from keiretsu.rights import rights_of
from keiretsu.scenarios.group import owner_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.rights import Trace
    from keiretsu.snapshot import Evidence, Snapshot

NOTHING = Bounds(Fraction(0), Fraction(0))
RIGHTS_SHOWN = ("capital", "gross_votes", "votes", "agreed_votes")

Ends = tuple[str, str]
"""IRIs of a holder and an issuer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What a holder has of an issuer, all its holdings together.

    Parameters
    ----------
    holder, issuer
        Positions in the world.
    owner
        Position of who wholly owns the holder, if somebody does.
    capital, gross_votes, votes, agreed_votes
        Parts of the respective whole.
    traces
        What the law and agreements did to its votes.
    caps
        Labels of the agreements that cap its votes.
    sources
        Which claims tell it.
    """

    holder: int
    issuer: int
    owner: int | None
    capital: Bounds
    gross_votes: Bounds
    votes: Bounds
    agreed_votes: Bounds
    traces: tuple[Trace, ...]
    caps: tuple[str, ...]
    sources: tuple[Evidence, ...]

    @property
    def rights(self) -> tuple[Bounds, ...]:
        """The four numbers, in the order of `RIGHTS_SHOWN`."""
        return (self.capital, self.gross_votes, self.votes, self.agreed_votes)


def pairs_of(
    world: Snapshot, decision: str = ORDINARY, issuers: Collection[int] | None = None
) -> dict[Ends, Pair]:
    """Return every pair of a world, by the IRIs of its parties.

    Parameters
    ----------
    world
        The world.
    decision
        Class of decision, for agreed votes.
    issuers
        Positions of the issuers to look at; all if not given.
    """
    rights = rights_of(world)
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, one in enumerate(world.holdings):
        if issuers is None or one.issuer in issuers:
            together[one.holder, one.issuer].append(position)
    looked_at = sorted({issuer for _, issuer in together})
    agreed = rights.agreed(decision, looked_at)
    caps = {issuer: rights.caps(issuer, decision) for issuer in looked_at}
    found = {}
    for (holder, issuer), positions in together.items():
        members = {holder} - {issuer}  # own shares have no votes, however they are counted
        found[world.parties[holder].id, world.parties[issuer].id] = Pair(
            holder,
            issuer,
            owner_of(world, holder),
            _capital(world, positions),
            _gross(world, holder, issuer),
            rights.votes.bounds(issuer, members) if members else NOTHING,
            agreed.bounds(issuer, members) if members else NOTHING,
            tuple(dict.fromkeys(t for p in positions for t in rights.traces.get(p, ()))),
            tuple(one.label for one, bound in caps[issuer] if holder in bound),
            tuple(source for p in positions for source in world.evidence(p)),
        )
    return found


def _gross(world: Snapshot, holder: int, issuer: int) -> Bounds:
    return rights_of(world).gross.bounds(issuer, {holder})


def _capital(world: Snapshot, positions: Iterable[int]) -> Bounds:
    held = [world.holdings[position] for position in positions]
    shares = [one.capital for one in held if one.interest is not Interest.VOTING_RIGHTS]
    if not shares:
        return NOTHING
    low = sum((share.low for share in shares), Fraction(0))
    high = min(sum((share.high for share in shares), Fraction(0)), Fraction(1))
    is_open = low != high
    return Bounds(
        low,
        max(low, high),
        is_open and any(share.low_open for share in shares),
        is_open and any(share.high_open for share in shares),
    )
