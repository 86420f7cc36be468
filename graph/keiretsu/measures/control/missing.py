"""What is missing for control: the smallest stake from the remainder, and which blocks would do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent
from keiretsu.model import Remainder
from keiretsu.rights import rights_of
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.control.judge import Judge
    from keiretsu.snapshot import Ledger

MOST_BLOCKS = 20
"""So many of the largest blocks of a company are tried."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """The smallest direct stake that a controller would have to buy from the remainder.

    Parameters
    ----------
    capital, right
        The stake, as a part of all shares, and what it adds of the right that is counted.
    more
        Whether it takes more than that: just so much would not do.
    source
        ``float`` or ``undisclosed``; empty if the remainder is too small.
    """

    capital: Fraction
    right: Fraction
    more: bool
    source: str

    def as_dict(self) -> dict[str, Any]:
        """Return the purchase as plain data."""
        return {
            "capital_percent": percent(self.capital),
            "percent": percent(self.right),
            "more_than": self.more,
            "from": self.source or None,
        }


@dataclass(frozen=True, slots=True)
class Block:
    """What another holder has directly, and whether to buy all of it would give control."""

    holder: str
    holder_id: str
    share: Fraction
    sufficient: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the block as plain data."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "percent": percent(self.share),
            "sufficient": self.sufficient,
        }


def silenced(judge: Judge, company: int, members: Collection[int]) -> str | None:
    """Return the article by which all shares of some in a company have no votes, if one does."""
    if judge.dominance.ledger.right not in ("votes", "agreed-votes"):
        return None
    traces = rights_of(judge.snapshot).traces
    articles = [
        next((t.article.name for t in traces.get(n, ()) if t.effect == "suspended"), None)
        for n in judge.snapshot.held_in(company)
        if judge.snapshot.holdings[n].holder in members
    ]
    return articles[0] if articles and all(articles) else None


def purchase(judge: Judge, company: int, has: Bounds, gap: Fraction) -> Purchase | None:
    """Return the smallest stake to buy from the remainder for certain control.

    Parameters
    ----------
    judge
        The rule and the ledger.
    company
        In whom.
    has
        What the controller has of the right.
    gap
        What is missing of it at least, a fraction of all of the right.

    Returns
    -------
    Purchase or None
        None where the votes of a share are not known, or there is no remainder.

    Notes
    -----
    A share bought has the votes that it had in the remainder's hands, so that the whole stays as
    it is and the gap itself is the stake in votes. Where stakes are ranges it is enough in every
    world, and `source` is named only if the remainder is surely that large.
    """
    ledger = judge.dominance.ledger
    rest, whole = ledger.rest(company), _whole(ledger, company)
    if not whole or rest is None or not rest[0]:
        return None
    capital = gap * whole / rest[0] / ledger.units(company)
    kind = judge.snapshot.remainder_of(company)
    left = ledger.rest_bounds(company)
    more = not judge.rule.at_least and not has.low_open
    enough = left.low > gap or (left.low == gap and (not more or left.low_open))
    source = kind.value if enough and kind is not Remainder.NONE else ""
    return Purchase(min(capital, Fraction(1)), gap, more, source)


def _whole(ledger: Ledger, company: int) -> int | None:
    """Return what all of a company's right weighs, if that is the same in every world."""
    if ledger.is_exact(company):
        return ledger.whole(company)
    rest = ledger.rest(company)
    if rest is None or rest[0] != rest[1]:
        return None
    units = ledger.units(company)
    for item in map(ledger.item, ledger.lines_of(company)):
        if item.weight_low == item.weight_high == 0 and item.low == item.high:
            units -= item.low  # own shares
        elif not item.weight_low == item.weight_high == rest[0]:
            return None
    return units * rest[0]


def blocks(judge: Judge, company: int, members: set[int]) -> tuple[Block, ...]:
    """Return the largest blocks of others, each with the answer whether to buy it would do."""
    parties = judge.snapshot.parties
    return tuple(
        Block(
            parties[holder].label,
            parties[holder].id,
            share,
            judge.dominance.decides(company, {*members, holder}, judge.rule)[0],
        )
        for holder, share in _largest(judge, company, members)[:MOST_BLOCKS]
    )


def fewest_blocks(judge: Judge, company: int, members: set[int]) -> tuple[str, ...]:
    """Return labels of the fewest blocks of others that would do together, the largest first.

    Returns
    -------
    tuple of str
        Empty if all of the largest blocks together would not do. Those of one number are not all
        told: what the largest cannot do, smaller ones in the same number cannot do either.
    """
    inside, taken = set(members), []
    for holder, _ in _largest(judge, company, members)[:MOST_BLOCKS]:
        inside.add(holder)
        taken.append(judge.snapshot.parties[holder].label)
        if judge.dominance.decides(company, inside, judge.rule)[0]:
            return tuple(taken)
    return ()


def _largest(judge: Judge, company: int, members: set[int]) -> list[tuple[int, Fraction]]:
    """Return who else has something directly, and how much at least, the largest first."""
    ledger = judge.dominance.ledger
    shares: dict[int, Fraction] = {}
    for line in ledger.lines_of(company):
        holder = ledger.holder_of(line)
        if holder not in members and holder not in (company, NOBODY):
            shares[holder] = ledger.bounds(company, {holder}).low
    ordered = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in ordered if pair[1]]
