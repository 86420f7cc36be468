"""Whether claims say the same of a size, and what those say together that add up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import Share
from keiretsu.snapshot.timing import record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.model import Claim, Holding
    from keiretsu.snapshot.timing import Moment

_MOST_DECIMALS = 6


def contests(loser: Claim, winner: Claim) -> bool:
    """Return whether a claim passed over speaks against the winner: not an older level of it."""
    if loser.stated_for is None:
        return True
    return winner.stated_for is not None and winner.stated_for.last <= loser.stated_for.last


def contradicted(moment: Moment[Holding]) -> bool:
    """Return whether a record that nothing but its name told from the one read says otherwise."""
    if not moment.tied:
        return False
    tied: dict[str, list[Holding]] = {}
    for claim in moment.tied:
        tied.setdefault(record_of(claim), []).append(claim)
    read = [said(option) for option in moment.options]
    return any(said(rows) not in read for rows in tied.values())


def said(rows: Iterable[Holding]) -> tuple[object, ...]:
    """Return what the rows of a record say of the size of a holding."""
    told = [(c.capital, c.shares, c.votes, c.vote_count) for c in rows]
    return tuple(sorted(told, key=repr))


def together(shares: Sequence[Share]) -> Share:
    """Return the sum of shares that add up, no more than the whole."""
    if len(shares) == 1:
        return shares[0]
    low = min(sum((share.low for share in shares), Fraction(0)), Fraction(1))
    high = min(sum((share.high for share in shares), Fraction(0)), Fraction(1))
    is_range = low < high
    return Share(
        low,
        high,
        is_range and any(share.low_open for share in shares),
        is_range and any(share.high_open for share in shares),
    )


def agree(counted: Fraction, printed: Fraction) -> bool:
    """Return whether a count rounds to the printed percentage, at its printed decimals."""
    decimals = 0
    while decimals < _MOST_DECIMALS and (printed * 100 * 10**decimals).denominator != 1:
        decimals += 1
    return abs(counted - printed) * 100 <= Fraction(1, 2 * 10**decimals)


def speaks_against(counted: Fraction, told: Share) -> bool:
    """Return whether a count is another share than the one told beside it.

    Examples
    --------
    >>> third = Fraction(1, 3)
    >>> [
    ...     speaks_against(third, Share.from_percent(told))
    ...     for told in ("33.3", "25-50", "33.4", ">50")
    ... ]
    [False, False, True, True]
    """
    if told.is_point:
        return not agree(counted, told.low)
    return not told.low <= counted <= told.high
