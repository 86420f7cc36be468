"""Limits that stakes and votes cross between two worlds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import PairRecord, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.kernels.box import Bounds
    from keiretsu.scenarios.vote_changes import VoteChange

LIMITS = (
    *(Fraction(n, 100) for n in (5, 10, 15, 20, 25, 30)),
    Fraction(1, 3),
    Fraction(2, 5),
    Fraction(1, 2),
    Fraction(2, 3),
    *(Fraction(n, 100) for n in (75, 90, 95)),
)
"""Limits that laws and articles set; some must be reached, others exceeded."""

RIGHTS_HELD = {"capital": "capital", "gross_votes": "gross-votes", "votes": "votes"}


@dataclass(frozen=True, slots=True)
class Crossing(PairRecord):
    """A limit that a holder's part of an issuer crosses.

    Parameters
    ----------
    holder, holder_id, issuer, issuer_id
        The parties.
    rights
        The right that is counted.
    limit
        A fraction of one.
    before, after
        ``below``, ``at``, ``above``, or ``unclear`` where the range lies on both sides.
    """

    rights: str
    limit: Fraction
    before: str
    after: str

    def as_dict(self) -> dict[str, Any]:
        """Return the crossing as plain data, keyed as in JSON."""
        return {
            **self.pair,
            "rights": self.rights,
            "threshold_percent": percent(self.limit),
            "before": self.before,
            "after": self.after,
        }


def crossings(changes: Iterable[VoteChange]) -> list[Crossing]:
    """Return every limit that a change crosses, reaches or leaves, in the order of the changes."""
    return [
        Crossing(
            change.holder,
            change.holder_id,
            change.issuer,
            change.issuer_id,
            name,
            limit,
            side(change.of(right)[0], limit),
            side(change.of(right)[1], limit),
        )
        for change in changes
        if change.holder_id != change.issuer_id
        for right, name in RIGHTS_HELD.items()
        for limit in LIMITS
        if side(change.of(right)[0], limit) != side(change.of(right)[1], limit)
    ]


def side(share: Bounds, limit: Fraction) -> str:
    """Return on which side of a limit a share lies.

    Examples
    --------
    >>> from keiretsu.kernels.box import Bounds
    >>> quarter, half = Fraction(1, 4), Fraction(1, 2)
    >>> side(Bounds(quarter, quarter), quarter), side(Bounds(quarter, half), half)
    ('at', 'unclear')
    >>> side(Bounds(quarter, half, high_open=True), half)
    'below'
    """
    if share.low == share.high == limit:
        return "at"
    if share.low > limit or (share.low == limit and share.low_open):
        return "above"
    if share.high < limit or (share.high == limit and share.high_open):
        return "below"
    return "unclear"
