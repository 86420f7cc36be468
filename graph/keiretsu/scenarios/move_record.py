"""One smallest move: a stake at which something switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures import percent
from keiretsu.measures.answer import percent_fields

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.scenarios.standing import Switch


@dataclass(frozen=True, slots=True)
class Move:
    """A purchase or a sale at which something switches: the smallest of its kind.

    Parameters
    ----------
    direction
        ``buy`` or ``sell``.
    stake
        The group stake at the limit, a fraction of the capital.
    change
        How much is bought or sold for it, a fraction of the capital.
    shares, shares_changed
        The same as numbers of shares, where these are counted.
    inclusive
        Whether the limit itself does it; else it takes one unit more (or less) than the limit.
    voting_shares
        The stake at the limit as a part of all shares but the company's own.
    votes
        The exercisable votes of the group on the other side of the limit.
    switches
        What switches there.
    """

    direction: str
    stake: Fraction
    change: Fraction
    shares: int | None
    shares_changed: int | None
    inclusive: bool
    voting_shares: Fraction
    votes: Bounds
    switches: tuple[Switch, ...]

    @property
    def sense(self) -> str:
        """The limit in words: ``at least``, ``more than``, ``at most`` or ``less than``."""
        if self.direction == "buy":
            return "at least" if self.inclusive else "more than"
        return "at most" if self.inclusive else "less than"

    def as_dict(self) -> dict[str, Any]:
        """Return the move as plain data, keyed as in JSON."""
        return {
            "direction": self.direction,
            "sense": self.sense,
            "inclusive": self.inclusive,
            "percent": percent(self.stake),
            "change_percent": percent(self.change),
            "shares": self.shares,
            "change_shares": self.shares_changed,
            "voting_shares_percent": percent(self.voting_shares),
            **percent_fields("votes", self.votes),
            "articles": list(dict.fromkeys(one.rule for one in self.switches)),
            "switches": [one.as_dict() for one in self.switches],
        }
