"""What an edit leaves to be looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.model import ID, Caution, Directness, Holding
from keiretsu.snapshot.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import Claim, ClaimSet, Finding


def doubts(before: ClaimSet, after: ClaimSet, claim: Claim) -> list[Caution]:
    """Return what the checks of the whole data find after an edit that they did not find before.

    An edit is not refused for it: often it takes two to put a thing right.
    """
    found = set[Caution]()
    if isinstance(claim, Holding):
        new = set(_findings(after, claim.issuer)) - set(_findings(before, claim.issuer))
        found |= {Caution(one.rule, one.message, one.parties) for one in new}
    if claim.id.startswith(f"{ID}node/"):
        text = "the claim has no IRI of its own: rename or change its file, and the edit is lost"
        found.add(Caution("claim-without-iri", text))
    return sorted(found)


def _findings(claims: ClaimSet, issuer: str) -> Iterable[Finding]:
    held = tuple(one for one in claims.holdings if one.issuer == issuer)
    indirect = any(one.directness is Directness.INDIRECT for one in held)
    return audit(claims if indirect else replace(claims, holdings=held))
