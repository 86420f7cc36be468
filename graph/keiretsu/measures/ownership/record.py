"""What one party has of another: one row of an answer about ownership."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent_fields

if TYPE_CHECKING:
    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Evidence


@dataclass(frozen=True, slots=True)
class OwnerRecord:
    """What one party has of another, directly and in all.

    Parameters
    ----------
    party, party_id, kind
        The holder (of `owners`) or the issuer (of `holdings`).
    direct
        Share held directly, own shares counted in the whole; None if nothing is held directly.
    integrated
        Share in the convention asked for; in the absorbing form None for an intermediate owner.
    look_through
        Share that passes through the party at least once, for an intermediate owner.
    sources
        Which documents tell the direct share.
    """

    role: str
    party: str
    party_id: str
    kind: str
    direct: Bounds | None
    integrated: Bounds | None
    look_through: Bounds | None
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            self.role: self.party,
            f"{self.role}_id": self.party_id,
            "kind": self.kind,
            **percent_fields("direct", self.direct),
            **percent_fields("", self.integrated),
            **percent_fields("look_through", self.look_through),
            "direct_open_ends": _open_ends(self.direct),
            "open_ends": _open_ends(self.integrated or self.look_through),
            "sources": [source.as_dict() for source in self.sources],
        }


def _open_ends(share: Bounds | None) -> list[str]:
    if share is None:
        return []
    flags = (("min", share.low_open), ("max", share.high_open))
    return [end for end, is_open in flags if is_open]


def by_size(record: OwnerRecord) -> tuple[object, ...]:
    """Return the key by which rows are sorted: the largest first."""
    size = record.integrated or record.look_through or record.direct
    direct = record.direct.high if record.direct else Fraction(0)
    return (-(size.high if size else 0), -direct, record.party, record.party_id)
