"""Rows of control that columns found, as records: those that a world in memory gives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, Protocol

from keiretsu.kernels.box import Bounds
from keiretsu.measures.control.explanation import all_told, decided, in_words, on_the_way, say
from keiretsu.measures.control.reasons import Step
from keiretsu.measures.control.record import ControlRecord, Part, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keiretsu.measures.register.control_blocks import Block, Controller, Reader
    from keiretsu.measures.register.control_groups import Row
    from keiretsu.rights import ControlRule

    Names = dict[int, tuple[str, str]]


class Asked(Protocol):
    """What was asked, and who gives the claims behind the answer."""

    rule: ControlRule
    right: str
    reader: Reader


def records_of(asked: Asked, block: Block) -> Iterator[ControlRecord]:
    """Yield the records of a block in the order of the answer."""
    rows, writer = [], _Writer(asked, block.names)
    for told in block.told:
        who, ways = told.controller, told.group.steps()
        for row in told.rows:
            company, iri = block.names[row.company]
            key = who.label, company, who.iri, iri
            rows.append((key, who, told.group.head, ways[row.company]))
    for _, who, head, steps in sorted(rows, key=lambda one: one[0]):
        yield writer.record(who, head, steps)


class _Writer(NamedTuple):
    """Makes records of whole numbers."""

    asked: Asked
    names: Names

    def record(self, who: Controller, head: int, steps: Sequence[Row]) -> ControlRecord:
        row = steps[-1]
        least = Fraction(sum(line.weight for line in row.lines), row.whole)
        return ControlRecord(
            who.label,
            who.iri,
            *self.names[row.company],
            Verdict.CERTAIN,
            Bounds(least, least),
            None,
            parts := self._parts(row),
            self._explanation(self.names[head][0], least, parts, steps),
            ring=tuple(self.names[member][0] for member in who.ring),
            reasons=tuple(self._step(step) for step in steps),
        )

    def _parts(self, row: Row) -> tuple[Part, ...]:
        parts = []
        for line in row.lines:
            evidence = self.asked.reader.evidence(line.claim)
            share = Fraction(line.weight, row.whole)
            ids, names = (evidence.claim.id,), self.names[line.holder]
            parts.append((line.holder, Part(*names, share, ids, (evidence,))))
        parts.sort(key=lambda one: (-one[1].share, one[1].holder, one[0], one[1].claim_ids))
        return tuple(part for _, part in parts)

    def _step(self, row: Row) -> Step:
        holders = [
            (*self.names[holder], Fraction(weight, row.whole)) for holder, weight in row.rests_on
        ]
        return Step(*self.names[row.company], tuple(holders))

    def _explanation(
        self, teller: str, least: Fraction, parts: Sequence[Part], steps: Sequence[Row]
    ) -> tuple[str, ...]:
        right = in_words(self.asked.right)
        before = [
            on_the_way(
                self.names[step.company][0],
                [(self.names[one][0], say(Fraction(w, step.whole))) for one, w in step.rests_on],
                right,
            )
            for step in steps[:-1]
        ]
        has = all_told(teller, say(least), [(part.holder, say(part.share)) for part in parts])
        company = self.names[steps[-1].company][0]
        return (*before, decided(teller, has, company, right, self.asked.rule.text))
