"""Declared-indirect stakes, and stakes declared in sum, against the recorded chains."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.measures.flow import above
from keiretsu.measures.ownership.multiplication import Multiplication
from keiretsu.measures.reconciliation.record import Declared, DifferenceRecord, bounds_of
from keiretsu.measures.rounding import agree
from keiretsu.model import Caution, Holding, Remainder
from keiretsu.rights import rights_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.snapshot import HeldOnDate, Snapshot

_NOTHING = Bounds(Fraction(0), Fraction(0))


class IndirectStakes:
    """Declared-indirect stakes; `checked` counts them, `cautions` tells which could not be."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.rights = snapshot, rights_of(snapshot)
        self.checked = 0
        self.cautions: list[Caution] = []
        self._chains = Multiplication(snapshot.capital)

    def differences(self) -> Iterator[DifferenceRecord]:
        """Yield those that the recorded chains do not give."""
        for one in self.snapshot.summaries:
            claim = one.claims[0]
            if not isinstance(claim, Holding) or (claim.capital is None and claim.shares is None):
                continue
            declared = bounds_of(one.capital)
            heads = set(self.snapshot.as_one(one.holder))
            computed = self._multiplied(one, heads)
            if computed is None:
                continue
            self.checked += 1
            if agree(declared, computed):
                continue
            cause = self._why_indirect(one, heads, declared, computed)
            yield DifferenceRecord.of(
                self.snapshot,
                one,
                claim,
                Declared.INDIRECT,
                declared=declared,
                computed=computed,
                cause=cause,
            )

    def _multiplied(self, one: HeldOnDate, heads: set[int]) -> Bounds | None:
        """Return what the chains give; None, and a caution, where they are too tangled."""
        try:
            within = set(above(self.snapshot.capital, one.issuer))
            return self._chains.parts(heads, within).get(one.issuer, _NOTHING)
        except InputError as error:
            labels = tuple(self.snapshot.parties[party].label for party in (one.holder, one.issuer))
            self.cautions.append(Caution("not-checked", error.problem, labels))
            return None

    def _why_indirect(
        self, one: HeldOnDate, heads: set[int], declared: Bounds, computed: Bounds
    ) -> str:
        controlled = self.rights.dominance("votes").controlled(sorted(heads))
        in_full = self.snapshot.capital.bounds(one.issuer, {*heads, *controlled} - {one.issuer})
        if agree(declared, in_full):
            return "the source counts stakes of controlled companies in full, not multiplied"
        direct = self.snapshot.capital.bounds(one.issuer, heads)
        if direct.high and agree(declared, _minus(computed, direct)):
            return "the source leaves out what is held directly"
        if one.carried_from is not None:
            return f"declared for {one.carried_from}; the recorded parts are of the day asked about"
        if declared.low > computed.high:
            hidden = self.snapshot.remainder_of(one.issuer) is Remainder.UNDISCLOSED
            more = ", and some of its holders are not disclosed" if hidden else ""
            return f"the recorded chains give less than is declared: a part is missing{more}"
        return (
            "the recorded chains give more than is declared: another day, or chains it leaves out"
        )


def _minus(whole: Bounds, part: Bounds) -> Bounds:
    return Bounds(max(whole.low - part.high, Fraction(0)), max(whole.high - part.low, Fraction(0)))
