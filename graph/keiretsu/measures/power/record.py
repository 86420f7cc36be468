"""The power of one bloc: one row of an answer about power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent, percent_fields

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds


@dataclass(frozen=True, slots=True)
class PowerRecord:
    """The power of one bloc.

    Parameters
    ----------
    holder, holder_id, kind
        The bloc; `kind` is ``float`` or ``undisclosed`` for the remainder.
    votes
        Its share of all exercisable votes.
    power
        In [0, 1]; exact, unless the answer's `computed` says otherwise. A range where votes are
        known as ranges only: see the answer's warnings.
    error
        Standard error of a sampled number.
    decides_below
        The turnout below which the bloc alone wins, if that is below full turnout.
    """

    holder: str
    holder_id: str
    kind: str
    votes: Bounds
    power: Bounds
    error: float | None
    decides_below: Fraction | None

    def as_dict(self) -> dict[str, Any]:
        """Return the record as plain data, keyed as in JSON."""
        return {
            "holder": self.holder,
            "holder_id": self.holder_id,
            "kind": self.kind,
            **percent_fields("votes", self.votes),
            **self._power_fields(),
            "error": None if self.error is None else round(self.error, 9),
            "decides_below_turnout_percent": percent(self.decides_below),
        }

    def _power_fields(self) -> dict[str, float | None]:
        low, high = (float(round(end, 9)) for end in self.power[:2])
        if self.power.low == self.power.high:
            return {"power": low, "power_min": None, "power_max": None}
        return {"power": None, "power_min": low, "power_max": high}


def by_power(record: PowerRecord) -> tuple[object, ...]:
    """Return the key by which rows are sorted: the most powerful first, the remainder last."""
    nameless = record.kind in ("float", "undisclosed")
    return (nameless, -record.power.high, -record.votes.high, record.holder, record.holder_id)
