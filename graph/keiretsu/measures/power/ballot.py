"""How the votes of a meeting are counted: the quota, and what becomes of a float."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from keiretsu.measures.power.meeting import Meeting

FLOATS = ("ocean", "absent", "atoms")
ATOMS = 400
"""Into so many equal holders a float is cut."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How the votes of a meeting are counted.

    Parameters
    ----------
    quota, at_least
        The part of the votes cast that must be passed, or reached.
    treatment
        What becomes of the float: an ``ocean`` of small holders, ``absent``, or equal ``atoms``.
    turnout
        The part of all votes that is cast; None for all that may come.
    """

    quota: Fraction = Fraction(1, 2)
    at_least: bool = False
    treatment: str = "ocean"
    turnout: Fraction | None = None

    def __post_init__(self) -> None:
        if self.treatment not in FLOATS:
            raise InputError(
                f"no treatment of a float is named {self.treatment!r}",
                mend=f"use one of: {', '.join(FLOATS)}",
            )
        if not 0 < self.quota <= 1 or (self.quota == 1 and not self.at_least):
            raise InputError("the quota must lie between 0 and 100 %", mend="give a percentage")
        if self.turnout is not None and not 0 < self.turnout <= 1:
            raise InputError("a turnout lies between 0 and 100 %", mend="give a percentage")
        if self.turnout is not None and self.treatment == "absent":
            raise InputError(
                "with a float that is absent the turnout is what the others have",
                mend="leave one of the two out",
            )

    def small(self, meeting: Meeting) -> Fraction:
        """Return how much of a meeting's float votes."""
        return self.small_beside(meeting.named, meeting.rest)

    def small_beside(self, named: Fraction, rest: Fraction) -> Fraction:
        """Return how much of a float votes beside what named holders have."""
        if self.treatment == "absent":
            return Fraction(0)
        if self.turnout is None:
            return rest
        return min(max(self.turnout - named, Fraction(0)), rest)
