"""The verdict on one controller and one company, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures.control.missing import Block, Purchase
    from keiretsu.measures.control.reasons import Step
    from keiretsu.snapshot import Evidence


class Verdict(StrEnum):
    """True in all, in some, or in no world that the claims allow."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Part:
    """One holding through which a controller votes in a company."""

    holder: str
    holder_id: str
    share: Fraction
    claim_ids: tuple[str, ...]
    sources: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the part as plain data."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "percent": percent(self.share),
            "claim_ids": list(self.claim_ids),
            "sources": [source.as_dict() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class ControlRecord:
    """The verdict on one controller and one company.

    Parameters
    ----------
    controller, controller_id, company, company_id
        Who, and in whom. A group or a ring is labelled by its members, ``A + B``.
    verdict
        Whether the controller controls the company.
    bounds
        What the controller and those it controls have of the right, fractions of one.
    missing
        How much more is needed for certain control; the limit itself must be passed if the rule
        says *more than*. None if control is certain.
    through
        The holdings counted.
    explanation
        The reasons, in sentences.
    reasons
        The shortest reason, step by step; empty unless control is certain.
    purchase
        The smallest direct stake to buy from the remainder; None if control is certain, or where
        the votes of a share are not known.
    blocks
        The largest blocks of others, and whether to buy one would do; empty if control is certain.
    fewest_blocks
        Labels of the fewest blocks that would do together; empty if control is certain, or not
        even the largest ones together would do.
    ring
        Labels of the companies that control each other, for a ring.
    """

    controller: str
    controller_id: str
    company: str
    company_id: str
    verdict: Verdict
    bounds: Bounds
    missing: Fraction | None
    through: tuple[Part, ...]
    explanation: tuple[str, ...]
    ring: tuple[str, ...] = ()
    reasons: tuple[Step, ...] = ()
    purchase: Purchase | None = None
    blocks: tuple[Block, ...] = ()
    fewest_blocks: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """The least that the controller has, in percent."""
        return percent(self.bounds.low)

    @property
    def percent_max(self) -> float | None:
        """The most that it can have, in percent."""
        return percent(self.bounds.high)

    @property
    def missing_percent(self) -> float | None:
        """How much more is needed, in percent; see `missing`."""
        return percent(self.missing)

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        row = {
            "controller": self.controller,
            "controller_id": self.controller_id,
            "company": self.company,
            "company_id": self.company_id,
            "verdict": self.verdict.value,
            "percent": self.percent,
            "percent_max": self.percent_max,
            "missing_percent": self.missing_percent,
            "through": [part.as_dict() for part in self.through],
            "explanation": list(self.explanation),
            "reasons": [step.as_dict() for step in self.reasons],
            "purchase": None if self.purchase is None else self.purchase.as_dict(),
            "blocks": [block.as_dict() for block in self.blocks],
            "fewest_blocks": list(self.fewest_blocks),
        }
        return {**row, "ring": list(self.ring)} if self.ring else row
