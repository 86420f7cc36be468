"""Which claims a finding rests on: those of the holdings between two parties."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.snapshot import Snapshot


class Chains:
    """The holdings of a snapshot as steps from holder to issuer, with their claims.

    Parameters
    ----------
    world
        The world on a date.
    """

    def __init__(self, world: Snapshot) -> None:
        self._claims: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._below: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, set[str]] = defaultdict(set)
        for one in world.holdings:
            holder, issuer = world.parties[one.holder].id, world.parties[one.issuer].id
            self._claims[holder, issuer] |= set(one.claim_ids)
            self._below[holder].add(issuer)
            self._above[issuer].add(holder)
        self._bodies = {
            world.parties[state].id: [world.parties[body].id for body in bodies]
            for state, bodies in world.bodies.items()
        }

    def claims(self, holder: str, issuer: str) -> set[str]:
        """Return the claims of a pair's direct holdings."""
        return set(self._claims.get((holder, issuer), ()))

    def of_bodies(self, state: str, issuer: str) -> set[str]:
        """Return the claims of what the bodies that act for a State hold in an issuer."""
        return {c for body in self._bodies.get(state, ()) for c in self.claims(body, issuer)}

    def between(self, owner: str, company: str) -> tuple[str, ...]:
        """Return the claims of all holdings on chains from an owner to a company, sorted."""
        members = _reached(owner, self._below) & _reached(company, self._above)
        pairs = ((a, b) for a in members for b in self._below.get(a, ()) if b in members)
        return tuple(sorted({claim for pair in pairs for claim in self._claims[pair]}))


def _reached(start: str, steps: Mapping[str, set[str]]) -> set[str]:
    seen, pending = {start}, [start]
    while pending:
        further = steps.get(pending.pop(), set()) - seen
        seen |= further
        pending += further
    return seen
