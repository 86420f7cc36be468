"""The part of a world on which votes in a company depend, so that many scenarios are quick."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.scenarios.rebuild import capital_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.snapshot import Snapshot


def around(world: Snapshot, heads: Iterable[int]) -> Snapshot:
    """Return the world with the holdings in some parties and in all who hold in them, on any way.

    Votes, suspensions and control in a company depend on who holds in it, directly and through
    others; what these hold elsewhere decides nothing here unless it leads back. Parties keep their
    positions.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world = snapshot_of_shares({("a", "b"): "60%", ("b", "c"): "60%", ("b", "d"): "60%"})
    >>> [world.parties[h.issuer].label for h in around(world, [world.position("c")]).holdings]
    ['b', 'c']
    """
    above, pending = set(heads), list(heads)
    while pending:
        for position in world.held_in(pending.pop()):
            holder = world.holdings[position].holder
            for one in (holder, *world.as_one(holder)):
                if one not in above:
                    above.add(one)
                    pending.append(one)
    holdings = tuple(one for one in world.holdings if one.issuer in above)
    return replace(
        world,
        holdings=holdings,
        capital=capital_ledger(world.parties, holdings, world),
        facts={issuer: facts for issuer, facts in world.facts.items() if issuer in above},
        summaries=(),
    )
