"""A declared number that the record does not bear out, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from keiretsu.kernels.box import Bounds
from keiretsu.measures.answer import PairRecord, percent
from keiretsu.snapshot import Evidence

if TYPE_CHECKING:
    from keiretsu.model import Holding, Share
    from keiretsu.snapshot import HeldOnDate, Snapshot


class Declared(StrEnum):
    """What kind of declaration is held against the computed number."""

    INDIRECT = "indirect"
    """A stake stated as indirect, or as the sum of several, while its parts are recorded."""
    VOTES = "votes"
    """A reported share of the votes."""
    OTHER_SOURCE = "other-source"
    """A stake, as a number or a band, that another claim was read instead of."""


@dataclass(frozen=True, slots=True)
class DifferenceRecord(PairRecord):
    """A declared number that the record does not bear out.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        Of whom, in whom.
    kind
        What was declared.
    declared, computed
        The two numbers, fractions of one.
    cause
        Why they differ, as far as can be told.
    sources
        Who declares it.
    """

    kind: Declared
    declared: Bounds
    computed: Bounds
    cause: str
    sources: tuple[Evidence, ...]

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        one: HeldOnDate,
        claim: Holding,
        kind: Declared,
        *,
        declared: Bounds,
        computed: Bounds,
        cause: str,
    ) -> DifferenceRecord:
        """Return the record of what a claim declares of a pair."""
        holder, issuer = snapshot.parties[one.holder], snapshot.parties[one.issuer]
        sources = (Evidence.of(claim, snapshot.documents),)
        return cls(
            holder.label,
            holder.id,
            issuer.label,
            issuer.id,
            kind,
            declared,
            computed,
            cause,
            sources,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON; numbers are percent."""
        return {
            **self.pair,
            "kind": self.kind.value,
            **_percents("declared", self.declared),
            **_percents("computed", self.computed),
            "cause": self.cause,
            "sources": [source.as_dict() for source in self.sources],
        }


def _percents(name: str, bounds: Bounds) -> dict[str, float | None]:
    if bounds.low == bounds.high:
        return {name: percent(bounds.low), f"{name}_min": None, f"{name}_max": None}
    return {name: None, f"{name}_min": percent(bounds.low), f"{name}_max": percent(bounds.high)}


def bounds_of(share: Share) -> Bounds:
    """Return the two ends of a share."""
    return Bounds(share.low, share.high, share.low_open, share.high_open)
