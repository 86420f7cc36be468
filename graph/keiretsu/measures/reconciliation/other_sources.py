"""Stakes and bands of sources that were passed over, against those that were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.measures.control.explanation import say
from keiretsu.measures.reconciliation.record import Declared, DifferenceRecord, bounds_of
from keiretsu.measures.rounding import agree
from keiretsu.model import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.snapshot import Conflict, HeldOnDate, Snapshot


class OtherSources:
    """Claims that another one was read instead of; `checked` counts them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.checked = 0

    def differences(self) -> Iterator[DifferenceRecord]:
        """Yield those that contradict what was read."""
        positions = {party.id: n for n, party in enumerate(self.snapshot.parties)}
        for conflict in self.snapshot.conflicts:
            loser, winner = conflict.loser, conflict.winner
            if not isinstance(loser, Holding) or not isinstance(winner, Holding):
                continue
            if loser.capital is None:
                continue
            self.checked += 1
            read = self._read(positions[winner.holder], positions[winner.issuer], winner)
            declared = bounds_of(loser.capital)
            if read is not None and not agree(declared, bounds_of(read.capital)):
                cause = _why_passed_over(conflict)
                computed = bounds_of(read.capital)
                yield DifferenceRecord.of(
                    self.snapshot,
                    read,
                    loser,
                    Declared.OTHER_SOURCE,
                    declared=declared,
                    computed=computed,
                    cause=cause,
                )

    def _read(self, holder: int, issuer: int, winner: Holding) -> HeldOnDate | None:
        held = (self.snapshot.holdings[n] for n in self.snapshot.held_in(issuer))
        return next((h for h in held if h.holder == holder and winner.id in h.claim_ids), None)


def _why_passed_over(conflict: Conflict) -> str:
    loser, winner = conflict.loser, conflict.winner
    if loser.status is not winner.status:
        return f"the claim is {loser.status.value}; another one is read"
    if loser.sourcing is not winner.sourcing:
        return f"the claim is {loser.sourcing.value}; one that is {winner.sourcing.value} is read"
    if loser.is_level and not winner.is_level:
        return "a level stated for one date; the interval that holds on the day is read"
    capital = winner.capital if isinstance(winner, Holding) else None
    other = f" ({say(capital.low)})" if capital is not None and capital.is_point else ""
    return f"another source, as a rule the later one, is read instead{other}"
