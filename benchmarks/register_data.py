"""Synthetic registers in columns, up to tens of millions of parties; the same seed, the same bytes.

Six of ten parties are companies. A company has as many holders as a Zipf law with exponent 2.5
gives (1.95 on average, at most 1,000). A holder is a person (55 %) or a company of lower rank, so
that pyramids arise, popular ones by a power law. In 40 % of the companies with several holders the
second is a company that the first holds, with like shares: a family pyramid that is controlled
jointly. One in a hundred holdings between companies has a small holding back, and 0.3 % of the
companies hold an ancestor two to six steps up: short loops. Shares are millionths; seven of ten
companies are held whole. Numbers of companies are shuffled, so that neighbours are not near.
No real register stands behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]

WHOLE = 1_000_000
COMPANIES = 0.6
PERSONS = 0.55
FAMILIES = 0.4


class Register(NamedTuple):
    """Holdings in columns, sorted by issuer and holder; weights are millionths."""

    holder: Integers
    issuer: Integers
    weight: Integers
    parties: int
    companies: int


def synthetic(parties: int, seed: int = 1999) -> Register:
    """Return a register of so many parties."""
    chance = np.random.default_rng(seed)
    companies = int(parties * COMPANIES)
    counts = np.minimum(chance.zipf(2.5, companies), min(1000, max(2, companies // 4)))
    issuer = np.repeat(np.arange(companies), counts)
    holder = _holders(chance, issuer, parties, companies)
    family = _families(chance, issuer, holder, counts)
    back_holder, back_issuer = _loops(chance, issuer, holder, companies)
    pairs = np.unique(
        np.concatenate([issuer, back_issuer]) * parties + np.concatenate([holder, back_holder])
    )
    issuer, holder = pairs // parties, pairs % parties
    other = holder != issuer
    issuer, holder = issuer[other], holder[other]
    weight = _weights(chance, issuer, family, companies)
    shuffled = np.concatenate([chance.permutation(companies), np.arange(companies, parties)])
    issuer, holder = shuffled[issuer], shuffled[holder]
    order = np.lexsort((holder, issuer))
    columns = (c[order].astype(np.int32) for c in (holder, issuer, weight))
    return Register(*columns, parties, companies)


def _holders(
    chance: np.random.Generator, issuer: Integers, parties: int, companies: int
) -> Integers:
    is_person = (chance.random(len(issuer)) < PERSONS) | (issuer < 20)  # noqa: PLR2004
    draw = chance.random(len(issuer))
    persons = companies + chance.permutation(parties - companies)
    chosen = persons[((parties - companies) * draw**2).astype(np.int64)]
    return np.where(is_person, chosen, (issuer * draw**2).astype(np.int64))


def _families(
    chance: np.random.Generator, issuer: Integers, holder: Integers, counts: Integers
) -> NDArray[np.bool_]:
    """Let second holders be companies of the first, in place; say in which companies."""
    begins = np.cumsum(counts) - counts
    several = begins[(counts > 1) & (chance.random(len(counts)) < FAMILIES)]
    order = np.lexsort((issuer, holder))
    earlier = np.full(len(holder), -1)
    same = holder[order][1:] == holder[order][:-1]
    earlier[order[1:][same]] = issuer[order[:-1][same]]
    fits = (earlier[several] >= 0) & (earlier[several] < issuer[several])
    holder[several[fits] + 1] = earlier[several[fits]]
    family = np.zeros(len(counts), dtype=np.bool_)
    family[issuer[several[fits]]] = True
    return family


def _loops(
    chance: np.random.Generator, issuer: Integers, holder: Integers, companies: int
) -> tuple[Integers, Integers]:
    """Return holdings back: of companies in their holders, and in ancestors some steps up."""
    above = np.full(companies, -1)
    by_company = np.flatnonzero(holder < companies)[::-1]
    above[issuer[by_company]] = holder[by_company]
    small = np.bincount(holder, minlength=companies)[:companies] <= 3  # noqa: PLR2004
    pool = by_company[small[holder[by_company]]]
    mutual = chance.choice(pool, size=len(pool) // 100, replace=False)
    start = chance.choice(companies, size=companies * 3 // 1000, replace=False)
    end, steps = start.copy(), chance.integers(2, 7, len(start))
    for step in range(6):
        go = (step < steps) & (above[end] >= 0)
        end = np.where(go, above[end], end)
    closes = (end != start) & small[end]
    back_holder = np.concatenate([issuer[mutual], start[closes]])
    return back_holder, np.concatenate([holder[mutual], end[closes]])


def _weights(
    chance: np.random.Generator, issuer: Integers, family: NDArray[np.bool_], companies: int
) -> Integers:
    held = np.where(chance.random(companies) < 0.7, 1.0, chance.uniform(0.5, 1, companies))  # noqa: PLR2004
    held[family] = 0.9
    skew = np.where(family[issuer], 0.1, 2.0)
    size = chance.exponential(size=len(issuer)) ** skew + 1e-6
    total = np.bincount(issuer, weights=size, minlength=companies)
    share = size / total[issuer] * held[issuer]
    return np.maximum((share * (WHOLE - 1000)).astype(np.int64), 1)
