"""One pair of a controller and a company, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.measures.control.record import Verdict


@dataclass(frozen=True, slots=True)
class ControlPair:
    """The verdict on a controller and a company of a register.

    Parameters
    ----------
    controller, company
        The parties' numbers; of a ring its smallest member's.
    verdict
        Certain or impossible: columns hold no ranges.
    share
        What the controller and those it controls have, a fraction of one.
    missing
        How much more is needed; None if it controls.
    ring
        The members of a ring, where the controller is one.
    """

    controller: int
    company: int
    verdict: Verdict
    share: Fraction
    missing: Fraction | None = None
    ring: tuple[int, ...] = ()

    @property
    def percent(self) -> float | None:
        """What the controller has, in percent."""
        return percent(self.share)

    @property
    def percent_max(self) -> float | None:
        """The same: there are no ranges."""
        return percent(self.share)

    @property
    def missing_percent(self) -> float | None:
        """How much more is needed, in percent."""
        return percent(self.missing)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        row = {
            "controller": self.controller,
            "company": self.company,
            "verdict": self.verdict.value,
            "percent": self.percent,
            "percent_max": self.percent_max,
            "missing_percent": self.missing_percent,
        }
        return {**row, "ring": list(self.ring)} if self.ring else row
