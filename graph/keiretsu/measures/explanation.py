"""Why a verdict on control is as it is, in sentences that can be quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.measures.control import ControlRecord, Judge


def say(share: Fraction) -> str:
    """Return a share as people write it.

    Examples
    --------
    >>> from fractions import Fraction
    >>> say(Fraction(217, 500))
    '43.4 %'
    """
    text = f"{percent(share):.4f}".rstrip("0").rstrip(".")
    return f"{text} %"


def explain(
    judge: Judge, heads: tuple[int, ...], company: int, record: ControlRecord
) -> ControlRecord:
    """Return the record with its reasons: the steps to the company, and what decides."""
    steps = _steps(judge, heads, company) if record.verdict == "certain" else []
    return replace(record, explanation=(*steps, *_verdict(judge, record)))


def _steps(judge: Judge, heads: tuple[int, ...], company: int) -> list[str]:
    """Say how each company on the way is controlled, in the order in which it can be shown."""
    certain, _ = judge.reach(heads)
    needed = _needed(judge, certain, company)
    inside = {one for head in heads for one in judge.snapshot.as_one(head)}
    sentences = []
    for step in certain:
        if step == company:
            break
        if step in needed:
            sentences.append(_step(judge, inside, step))
        inside.add(step)
    return sentences


def _needed(judge: Judge, certain: list[int], company: int) -> set[int]:
    """Return the controlled companies through whose holdings the votes in `company` come."""
    ledger = judge.dominance.ledger
    before = set(certain[: certain.index(company)]) if company in certain else set(certain)
    needed: set[int] = set()
    pending = [company]
    while pending:
        for line in ledger.lines_of(pending.pop()):
            holder = ledger.holder_of(line)
            if holder in before and holder not in needed:
                needed.add(holder)
                pending.append(holder)
    return needed


def _step(judge: Judge, inside: set[int], step: int) -> str:
    ledger, parties = judge.dominance.ledger, judge.snapshot.parties
    holders = [
        f"{parties[ledger.holder_of(line)].label} {say(ledger.single(line).low)}"
        for line in ledger.lines_of(step)
        if ledger.holder_of(line) in inside
    ]
    return f"{parties[step].label} is controlled: {' + '.join(holders)} of its {_right(judge)}."


def _verdict(judge: Judge, record: ControlRecord) -> list[str]:
    right = _right(judge)
    has = f"{record.controller} has {_has(record)} of the {right} of {record.company}"
    if record.verdict == "certain":
        return [f"{has}; the rule is {judge.rule.text}."]
    if record.verdict == "possible":
        low, high = say(record.bounds.low), say(record.bounds.high)
        return [
            (
                f"{record.controller} has between {low} and {high} of the {right} of "
                f"{record.company}, as far as the claims tell; the rule is {judge.rule.text}."
            )
        ]
    missing = say(record.missing) if record.missing is not None else ""
    more = "" if judge.rule.at_least else "more than "
    need = f"{more}{missing} further" if record.missing else "nobody else with more"
    return [f"{has}; the rule is {judge.rule.text}; {need} would be needed."]


def _has(record: ControlRecord) -> str:
    """Say what the controller has, and through whom where that is not itself alone."""
    if not record.through:
        return "nothing"
    if [part.holder for part in record.through] == [record.controller]:
        return say(record.bounds.low)
    parts = " + ".join(f"{part.holder} {say(part.share)}" for part in record.through)
    return f"{say(record.bounds.low)} ({parts})"


def _right(judge: Judge) -> str:
    return judge.dominance.ledger.right.replace("-", " ")
