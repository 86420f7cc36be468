"""The shortest reason for control: the fewest steps, and in each the fewest holdings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from keiretsu.measures.control.judge import Judge


@dataclass(frozen=True, slots=True)
class Step:
    """One company on the way, and the holdings by which it is controlled.

    Parameters
    ----------
    company, company_id
        Who is controlled.
    holders
        Label, IRI and share of each holding that is needed, nearest to the controller first; who
        is not the controller itself is controlled by an earlier step.
    """

    company: str
    company_id: str
    holders: tuple[tuple[str, str, Fraction], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the step as plain data."""
        return {
            "company": self.company,
            "company_id": self.company_id,
            "holders": [
                {"holder": label, "holder_id": party_id, "percent": percent(share)}
                for label, party_id, share in self.holders
            ],
        }


def shortest_reason(judge: Judge, heads: tuple[int, ...], company: int) -> tuple[Step, ...]:
    """Return the steps by which a company is surely controlled, the last of them its own.

    Parameters
    ----------
    judge
        The rule and the ledger.
    heads
        The controller's members.
    company
        Whom they control.

    Notes
    -----
    Companies are ordered by the round in which they join, so that no step needs a later one; of
    those who hold a company the earliest and largest are taken until they decide, and then whoever
    is not needed is left out again.
    """
    rounds = judge.rounds(heads)
    steps: dict[int, list[int]] = {}
    pending = [company]
    while pending:
        step = pending.pop()
        steps[step] = _needed(judge, rounds, step)
        pending += [one for one in steps[step] if rounds[one] and one not in steps]
    ordered = sorted(steps, key=lambda step: (rounds[step], step))
    return tuple(_step(judge, step, steps[step]) for step in ordered)


def _needed(judge: Judge, rounds: dict[int, int], company: int) -> list[int]:
    """Return a small set of earlier members who decide in a company."""
    ledger, decides = judge.dominance.ledger, judge.dominance.decides
    holders = {ledger.holder_of(line) for line in ledger.lines_of(company)}
    earlier = [h for h in holders if h in rounds and h != company and rounds[h] < rounds[company]]
    if len(earlier) == 1:
        return earlier
    shares = {holder: ledger.bounds(company, {holder}).low for holder in earlier}
    earlier.sort(key=lambda holder: (rounds[holder], -shares[holder], holder))
    chosen: list[int] = []
    for holder in earlier:
        chosen.append(holder)
        if decides(company, chosen, judge.rule)[0]:
            break
    for holder in sorted(chosen, key=lambda holder: (-rounds[holder], shares[holder])):
        without = [one for one in chosen if one != holder]
        if without and decides(company, without, judge.rule)[0]:
            chosen = without
    return chosen


def _step(judge: Judge, company: int, holders: Iterable[int]) -> Step:
    parties, ledger = judge.snapshot.parties, judge.dominance.ledger
    return Step(
        parties[company].label,
        parties[company].id,
        tuple((parties[h].label, parties[h].id, ledger.bounds(company, {h}).low) for h in holders),
    )
