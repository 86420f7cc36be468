"""Legal verdicts computed: who stands behind each company by a legal test, and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures import Verdict, beneficial
from keiretsu.model import Share
from keiretsu.ownership_graph.deriving_claims import Chains
from keiretsu.store.derived.verdict import DerivedVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import BeneficialRecord
    from keiretsu.snapshot import Snapshot

SLOW_REGIMES = frozenset({"close-links"})
"""Tests that relate every party to every other: left out unless they are asked for by name."""


def legal_verdicts(world: Snapshot, regime: str) -> Iterator[DerivedVerdict]:
    """Yield every certain and possible verdict of a legal test, company by company."""
    chains = Chains(world)
    bodies = {
        world.parties[state].id: [world.parties[body].id for body in acting]
        for state, acting in world.bodies.items()
    }
    for issuer in sorted({one.issuer for one in world.holdings}):
        company = world.parties[issuer].id
        for record in beneficial(world, company, regime):
            heads = (record.person_id, *bodies.get(record.person_id, ()))
            yield _verdict(regime, company, record, chains, heads)


def _verdict(
    regime: str, company: str, record: BeneficialRecord, chains: Chains, heads: tuple[str, ...]
) -> DerivedVerdict:
    ground = record.grounds[0]
    claims = {claim for part in ground.through for claim in part.claim_ids}
    claims |= {claim for head in heads for claim in chains.between(head, company)}
    return DerivedVerdict(
        regime,
        record.person_id,
        company,
        ground.verdict == Verdict.CERTAIN,
        ground.article,
        ground.text,
        _share(ground.bounds) if ground.right else None,
        tuple(sorted(claims)),
    )


def _share(bounds: Bounds) -> Share:
    is_range = bounds.low < bounds.high
    return Share(
        bounds.low, bounds.high, bounds.low_open and is_range, bounds.high_open and is_range
    )
