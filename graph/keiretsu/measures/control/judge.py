"""Who gives verdicts on control: one rule, one ledger."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.measures.control.explanation import explain
from keiretsu.measures.control.missing import blocks, fewest_blocks, purchase, silenced
from keiretsu.measures.control.reasons import shortest_reason
from keiretsu.measures.control.record import ControlRecord, Part, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keiretsu.rights import ControlRule, Dominance
    from keiretsu.snapshot import Snapshot


class Judge:
    """Gives verdicts by one rule in one ledger.

    Parameters
    ----------
    snapshot
        The world on a date.
    dominance
        Who controls whom in the ledger that is counted.
    rule
        The rule of control.
    """

    def __init__(self, snapshot: Snapshot, dominance: Dominance, rule: ControlRule) -> None:
        self.snapshot, self.dominance, self.rule = snapshot, dominance, rule
        self._reach: dict[tuple[int, ...], tuple[list[int], list[int]]] = {}
        self._rounds: dict[tuple[int, ...], dict[int, int]] = {}
        self._starts: dict[tuple[int, ...], tuple[int, ...]] = {}

    def everyone(self, of: Collection[int] | None = None) -> list[ControlRecord]:
        """Return every certain pair, and the possible ones; of some companies only, if given."""
        holders = {h for h, lines in enumerate(self.dominance.ledger.held) if lines}
        return [
            self.record((head,), company)
            for head in sorted(holders | set(self.snapshot.bodies))
            for company in self._candidates((head,))
            if of is None or company in of
        ]

    def of_group(self, heads: tuple[int, ...], of: Sequence[int]) -> list[ControlRecord]:
        """Return the rows of one group, taken as one controller."""
        companies = of or sorted({*self._candidates(heads), *self._touched(heads)})
        return [self.record(heads, c) for c in companies if c not in heads]

    def asked(self, by: Sequence[int], of: Sequence[int]) -> list[ControlRecord]:
        """Return the rows asked for by controller, by company, or both; impossible ones too."""
        records = []
        for head in by or self._with_stakes(of):
            companies = of or sorted({*self._candidates((head,)), *self._touched((head,))})
            records += [self.record((head,), c) for c in companies if c != head]
        return records

    def record(self, heads: tuple[int, ...], company: int) -> ControlRecord:
        """Return the verdict on one controller and one company."""
        certain, possible = self.reach(heads)
        start = self._start(heads)
        surely = {*start, *certain} - {company}
        perhaps = {*start, *possible} - {company}
        ledger = self.dominance.ledger
        least = ledger.bounds(company, surely)
        most = least if perhaps == surely else ledger.bounds(company, perhaps)
        bounds = least._replace(high=most.high, high_open=most.high_open)
        verdict = self._verdict(company, certain, possible)
        missing = None if verdict is Verdict.CERTAIN else self._missing(least.low)
        law = None if missing is None else silenced(self, company, start)
        label = " + ".join(self.snapshot.parties[head].label for head in heads)
        record = ControlRecord(
            label,
            " + ".join(self.snapshot.parties[head].id for head in heads),
            self.snapshot.parties[company].label,
            self.snapshot.parties[company].id,
            verdict,
            bounds,
            missing,
            self._parts(company, surely),
            (),
            reasons=shortest_reason(self, heads, company) if missing is None else (),
            purchase=purchase(self, company, bounds, missing) if missing and not law else None,
            blocks=() if missing is None or law else blocks(self, company, surely),
            fewest_blocks=() if missing is None or law else fewest_blocks(self, company, surely),
        )
        return explain(self, record, law)

    def reach(self, heads: tuple[int, ...]) -> tuple[list[int], list[int]]:
        """Return whom the heads together surely, and possibly, control."""
        if heads not in self._reach:
            start = self._start(heads)
            surely = self.dominance.controlled(start, self.rule)
            perhaps = (
                surely
                if self.dominance.ledger.all_exact
                else self.dominance.controlled(start, self.rule, certain=False)
            )
            self._reach[heads] = (surely, perhaps)
        return self._reach[heads]

    def rounds(self, heads: tuple[int, ...]) -> dict[int, int]:
        """Return in which round each company is surely controlled; the heads stand in round 0."""
        if heads not in self._rounds:
            ledger, pending = self.dominance.ledger, set(self.reach(heads)[0])
            found, newest = dict.fromkeys(self._start(heads), 0), list(self._start(heads))
            number = 0
            if len(pending) == 1:  # nothing can stand between
                found[pending.pop()] = 1
            while newest and pending:
                number += 1
                touched = {ledger.issuer_of(n) for member in newest for n in ledger.held[member]}
                newest = [
                    company
                    for company in sorted(touched & pending)
                    if self.dominance.decides(company, found.keys(), self.rule)[0]
                ]
                pending -= set(newest)
                found |= dict.fromkeys(newest, number)
            self._rounds[heads] = found
        return self._rounds[heads]

    def _start(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        if heads not in self._starts:
            ones = (one for head in heads for one in self.snapshot.as_one(head))
            self._starts[heads] = tuple(dict.fromkeys(ones))
        return self._starts[heads]

    def _verdict(self, company: int, certain: list[int], possible: list[int]) -> Verdict:
        if company in certain:
            return Verdict.CERTAIN
        return Verdict.POSSIBLE if company in possible else Verdict.IMPOSSIBLE

    def _missing(self, share: Fraction) -> Fraction:
        limit = self.rule.lowest if share <= self.rule.lowest else self.rule.threshold
        return max(limit - share, Fraction(0))

    def _candidates(self, heads: tuple[int, ...]) -> list[int]:
        start = self._start(heads)
        certain, possible = self.reach(heads)
        return [c for c in dict.fromkeys((*certain, *possible)) if c not in start]

    def _touched(self, heads: tuple[int, ...]) -> set[int]:
        """Return companies in which the heads, or those they may control, have something."""
        _, possible = self.reach(heads)
        ledger = self.dominance.ledger
        members = {*self._start(heads), *possible}
        held = {ledger.issuer_of(line) for member in members for line in ledger.held[member]}
        return held - set(self._start(heads))

    def _with_stakes(self, companies: Sequence[int]) -> list[int]:
        """Return every party that has, itself or through others, something in a company."""
        holders = [h for h, lines in enumerate(self.dominance.ledger.held) if lines]
        candidates = sorted({*holders, *self.snapshot.bodies} - set(companies))
        return [head for head in candidates if self._touched((head,)) & set(companies)]

    def _parts(self, company: int, members: set[int]) -> tuple[Part, ...]:
        ledger = self.dominance.ledger
        parts = []
        lines = list(ledger.lines_of(company))
        counting = [n for n in lines if ledger.holder_of(n) in members and ledger.may_count(n)]
        for line in counting or lines:
            holder = ledger.holder_of(line)
            if holder in members and holder != company:
                party, holding = self.snapshot.parties[holder], int(ledger.holding[line])
                parts.append(
                    Part(
                        party.label,
                        party.id,
                        ledger.single(line).low,
                        self.snapshot.holdings[holding].claim_ids,
                        self.snapshot.evidence(holding),
                    )
                )
        return tuple(sorted(parts, key=lambda part: (-part.share, part.holder)))
