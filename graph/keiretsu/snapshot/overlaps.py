"""Holdings of which the source leaves open whether they are the same shares.

A register that says "directly or indirectly", and names each of several joint holders with all that
they hold together, gives ranges that do not add up: each is right, and their sum is not. Where the
leasts of an issuer come to more than the whole, those of such holdings are not counted; their most
stays, so that no answer is certain which the register does not make certain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from keiretsu.model import Interest, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.snapshot.held import HeldOnDate

_WHOLE: Final = Fraction(1)


def without_overlaps(held: Sequence[HeldOnDate]) -> tuple[list[HeldOnDate], list[int]]:
    """Return holdings whose leasts fit into their issuers, and the issuers where some did not.

    Parameters
    ----------
    held
        What is held on a date.

    Returns
    -------
    list of HeldOnDate
        The same, in the same order; some that are perhaps shared may have lost their least.
    list of int
        Positions of the issuers concerned, in their order.
    """
    by_issuer: dict[int, list[HeldOnDate]] = defaultdict(list)
    for one in held:
        if one.perhaps_shared:
            by_issuer[one.issuer] = []
    for one in held:
        if one.issuer in by_issuer:
            by_issuer[one.issuer].append(one)
    capital = {issuer for issuer, group in by_issuer.items() if _sum(_capital(group)) > _WHOLE}
    votes = {issuer for issuer, group in by_issuer.items() if _sum(_votes(group)) > _WHOLE}
    kept = [_loosened(one, one.issuer in capital, one.issuer in votes) for one in held]
    return kept, sorted(capital | votes)


def _capital(group: Iterable[HeldOnDate]) -> Iterable[Share]:
    return (one.capital for one in group if one.interest is not Interest.VOTING_RIGHTS)


def _votes(group: Iterable[HeldOnDate]) -> Iterable[Share]:
    return (one.reported_votes for one in group if one.reported_votes is not None)


def _sum(shares: Iterable[Share]) -> Fraction:
    return sum((share.low for share in shares), Fraction(0))


def _loosened(one: HeldOnDate, capital: bool, votes: bool) -> HeldOnDate:
    if not one.perhaps_shared or not (capital or votes):
        return one
    reported = one.reported_votes
    return replace(
        one,
        capital=_without_least(one.capital) if capital else one.capital,
        reported_votes=_without_least(reported) if votes and reported is not None else reported,
    )


def _without_least(share: Share) -> Share:
    return Share(Fraction(0), share.high, high_open=share.high_open)
