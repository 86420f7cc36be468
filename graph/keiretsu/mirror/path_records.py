"""A chain of holdings and its hops, as they are told: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import PairRecord, percent_fields

if TYPE_CHECKING:
    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Evidence


@dataclass(frozen=True, slots=True)
class Hop(PairRecord):
    """What one party of a chain holds in the next.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        The two parties.
    capital, votes
        Share of the capital (own shares counted in the whole) and of the exercisable votes, each
        no more than the other holders leave.
    sources
        Which documents say so.
    """

    capital: Bounds
    votes: Bounds
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the hop as plain data, keyed as in JSON."""
        return {
            **self.pair,
            **percent_fields("capital", self.capital),
            **percent_fields("votes", self.votes),
            "sources": [source.as_dict() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class PathRecord:
    """A chain of holdings without repetition (but for a loop, which ends where it began).

    Parameters
    ----------
    parties, party_ids
        From the first holder to the last issuer.
    product
        Product of the shares along the chain, by the right asked for.
    weakest
        The smallest of them.
    hops
        The holdings.
    """

    parties: tuple[str, ...]
    party_ids: tuple[str, ...]
    product: Bounds
    weakest: Bounds
    hops: tuple[Hop, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the chain as plain data, keyed as in JSON."""
        return {
            "parties": list(self.parties),
            "party_ids": list(self.party_ids),
            **percent_fields("product", self.product),
            **percent_fields("weakest", self.weakest),
            "hops": [hop.as_dict() for hop in self.hops],
        }
