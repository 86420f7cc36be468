"""Synthetic registers: scale-free holdings with cross-holdings, pyramids and short loops.

The same seed gives the same register. No real one stands behind it; shares are whole basis points.
"""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import ClaimSet, Document, Holding, Party, PartyKind, Share, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPANIES = 0.6
LOOPS = 0.003
DAY = dt.date(2024, 12, 31)
WHOLE = 10_000

Edge = tuple[int, int, int]


def edges(parties: int, seed: int = 1999) -> list[Edge]:
    """Return holdings as holder, issuer and basis points.

    Parameters
    ----------
    parties
        How many; six of ten are companies, the others only hold.
    seed
        Of the random numbers.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    companies = int(parties * COMPANIES)
    popular: list[int] = []
    found: list[Edge] = []
    for issuer in range(companies):
        for holder, share in _held(chance, issuer, parties, companies, popular):
            found.append((holder, issuer, share))
            popular.append(holder)
    found += _loops(chance, companies, found)
    return found


def register(parties: int, seed: int = 1999) -> ClaimSet:
    """Return a synthetic register as claims of one document."""
    document = Document(id="urn:keiretsu:synthetic", title="Synthetic register")
    companies = int(parties * COMPANIES)
    everybody = {
        _name(n): Party(
            id=_name(n),
            label=_name(n),
            kind=PartyKind.COMPANY if n < companies else PartyKind.PERSON,
        )
        for n in range(parties)
    }
    holdings = tuple(
        Holding(
            id=claim_id(document.id, holder, issuer),
            document=document.id,
            holder=_name(holder),
            issuer=_name(issuer),
            capital=Share.point(Fraction(share, WHOLE)),
        )
        for holder, issuer, share in edges(parties, seed)
    )
    return ClaimSet(parties=everybody, documents={document.id: document}, holdings=holdings)


def _name(number: int) -> str:
    return f"p{number:07d}"


def _held(
    chance: random.Random, issuer: int, parties: int, companies: int, popular: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield the holders of one company: few as a rule, many now and then."""
    count = min(int(chance.paretovariate(1.5)), 1000)
    left, seen = WHOLE, {issuer}
    for _ in range(count):
        holder = _holder(chance, issuer, parties, companies, popular)
        if holder in seen:
            continue
        seen.add(holder)
        share = max(int(left * chance.betavariate(1.2, 1.2)), 1)
        if share > left:
            return
        left -= share
        yield holder, share


def _holder(
    chance: random.Random, issuer: int, parties: int, companies: int, popular: list[int]
) -> int:
    if popular and chance.random() < 0.2:  # noqa: PLR2004 - who holds much gets more
        holder = chance.choice(popular)
        return holder if holder >= companies or holder > issuer else parties - 1 - holder % 1000
    if chance.random() < 0.35:  # noqa: PLR2004 - companies held by companies
        return chance.randrange(issuer, companies)
    return chance.randrange(companies, parties)


def _loops(chance: random.Random, companies: int, found: list[Edge]) -> list[Edge]:
    """Return holdings back up chains, small enough to fit beside what is held already."""
    left = dict.fromkeys(range(companies), WHOLE)
    pairs = set()
    for holder, issuer, share in found:
        left[issuer] -= share
        pairs.add((holder, issuer))
    above = [(holder, issuer) for holder, issuer, _ in found if holder < companies]
    added = []
    for holder, issuer in chance.sample(above, min(int(companies * LOOPS), len(above))):
        share = left[holder] // 2
        if share and (issuer, holder) not in pairs:
            left[holder] -= share
            pairs.add((issuer, holder))
            added.append((issuer, holder, share))
    return added
