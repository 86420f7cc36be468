"""The limits, links and rights in which regimes are told."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from keiretsu.measures.legal.regimes import Limit, Link


def at_least(percent: Fraction | int) -> Limit:
    """Return the limit of so many percent or more.

    Examples
    --------
    >>> str(at_least(30))
    '30 % or more'
    """
    return Limit(Fraction(percent) / 100, at_least=True)


def above(percent: Fraction | int) -> Limit:
    """Return the limit of more than so many percent.

    Examples
    --------
    >>> str(above(30))
    'more than 30 %'
    """
    return Limit(Fraction(percent) / 100)


CAPITAL: Final = ("capital",)
VOTES: Final = ("votes",)
EITHER: Final = ("capital", "votes")

BY_VOTES: Final = (Link("votes", above(50)),)
"""A link of a chain: a majority of the votes."""
BY_MAJORITY: Final = (*BY_VOTES, Link("capital", above(50)))
"""A link of a chain: a majority of the votes or of the capital."""

FROM_MEMORY: Final = "told from memory, not confirmed in the source"
"""What is said of a text that was not read."""
