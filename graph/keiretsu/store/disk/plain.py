"""Which holdings and parties columns can hold whole: those that say nothing out of the ordinary."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from keiretsu.model import ID, Directness, Holding, Interest, Party, VotesBasis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.model import Claim, Share

CLAIM = f"{ID}claim/"
_HASHED = re.compile(re.escape(CLAIM) + "[0-9a-f]{20}")
_LARGEST = 2**62
"""Whole numbers below this are kept in 64 bits."""
COUNTRY = 2
"""Letters of a country's code."""
_without = attrgetter("shares", "votes", "vote_count", "share_class", "stated_for")
_NOTHING = (None,) * 5
_more = attrgetter(
    "aliases",
    "former_names",
    "identifiers",
    "nationalities",
    "acts_for",
    "unspecified",
    "unspecified_details",
)
_nor = attrgetter("unsourced_fields", "supersedes", "end_document", "quote", "note", "via")


def is_plain_holding(claim: Claim, parties: Mapping[str, Party]) -> bool:
    """Return whether a claim is a holding of a share of capital for a period, and no more.

    From when that was known it may tell, too.

    Parameters
    ----------
    claim
        Any claim.
    parties
        Those that the data describes, by IRI.

    Notes
    -----
    Counts, votes, classes, levels of one date, indirect holdings and remarks are not plain: what
    they mean depends on more than the row, so they are read as objects.
    """
    if not isinstance(claim, Holding) or claim.capital is None:
        return False
    return (
        claim.interest is Interest.SHAREHOLDING
        and claim.directness is Directness.DIRECT
        and claim.votes_basis is VotesBasis.EXERCISABLE
        and _without(claim) == _NOTHING
        and not any(_nor(claim))
        and fits_in_columns(claim.capital)
        and claim.holder in parties
        and claim.issuer in parties
        and is_hashed(claim.id)
    )


def fits_in_columns(share: Share) -> bool:
    """Return whether the numbers of a share are kept in 64 bits."""
    numbers = (share.low.numerator, share.low.denominator, share.high.denominator)
    return max(numbers) < _LARGEST


def is_hashed(iri: str) -> bool:
    """Return whether the IRI of a claim is one that is made of what it says."""
    return _HASHED.fullmatch(iri) is not None


def is_plain_party(party: Party) -> bool:
    """Return whether a party has a label, a kind and a country, and no more."""
    return (
        not any(_more(party))
        and party.exists.start is None
        and party.exists.end is None
        and len(party.jurisdiction or "") in (0, COUNTRY)
    )
