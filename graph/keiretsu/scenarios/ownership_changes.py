"""Integrated ownership that differs between two worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures import owners
from keiretsu.measures.answer import PairRecord, percent_fields
from keiretsu.scenarios.pairs import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import OwnerRecord
    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class OwnershipChange(PairRecord):
    """What an owner has of a company directly and in all, before and after.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        The parties.
    passing
        Whether the owner's own holders are recorded: the share passes through it.
    before, after
        Fractions of one.
    """

    passing: bool
    before: Bounds
    after: Bounds

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, keyed as in JSON."""
        return {
            **self.pair,
            "look_through": self.passing,
            **percent_fields("before", self.before),
            **percent_fields("after", self.after),
        }


def ownership_changes(
    before: Snapshot, after: Snapshot, changed: Iterable[str]
) -> list[OwnershipChange]:
    """Return the integrated shares that differ, in all companies that the changes reach.

    Parameters
    ----------
    before, after
        The worlds.
    changed
        IRIs of the issuers whose capital is held otherwise.
    """
    found = []
    for issuer in sorted(_reached((before, after), set(changed))):
        old, new = _owners(before, issuer), _owners(after, issuer)
        for holder in sorted({*old, *new}):
            one, other = old.get(holder), new.get(holder)
            shares = _share(one), _share(other)
            known = one or other
            if known is None or not _differ(*shares):
                continue
            label = _label((before, after), issuer)
            passing = other.integrated is None if other else known.integrated is None
            found.append(OwnershipChange(known.party, holder, label, issuer, passing, *shares))
    return sorted(found, key=lambda c: (c.issuer, -max(c.before.high, c.after.high), c.holder))


def _reached(worlds: Iterable[Snapshot], changed: set[str]) -> set[str]:
    """Return the changed issuers, and every company in which they have something."""
    held: dict[str, set[str]] = {}
    for world in worlds:
        for one in world.holdings:
            holder, issuer = world.parties[one.holder].id, world.parties[one.issuer].id
            held.setdefault(holder, set()).add(issuer)
    seen, pending = set(changed), list(changed)
    while pending:
        for issuer in held.get(pending.pop(), ()):
            if issuer not in seen:
                seen.add(issuer)
                pending.append(issuer)
    return seen


def _owners(world: Snapshot, issuer: str) -> Mapping[str, OwnerRecord]:
    if all(party.id != issuer for party in world.parties):
        return {}
    return {one.party_id: one for one in owners(world, issuer) if _share(one) != NOTHING}


def _share(record: OwnerRecord | None) -> Bounds:
    if record is None:
        return NOTHING
    return record.integrated or record.look_through or NOTHING


def _differ(one: Bounds, other: Bounds) -> bool:
    """Return whether two shares differ as they are told; large systems are solved in floats."""
    return percent_fields("", one) != percent_fields("", other)


def _label(worlds: Iterable[Snapshot], party: str) -> str:
    return next(one.label for world in worlds for one in world.parties if one.id == party)
