"""Why a verdict on control is as it is, in sentences that can be quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.measures.control.judge import Judge
    from keiretsu.measures.control.reasons import Step
    from keiretsu.measures.control.record import ControlRecord


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


def explain(judge: Judge, record: ControlRecord) -> ControlRecord:
    """Return the record with its reasons: the steps to the company, and what decides."""
    steps = [_step(judge, step) for step in record.reasons[:-1]]
    return replace(record, explanation=(*steps, *_verdict(judge, record)))


def _step(judge: Judge, step: Step) -> str:
    """Say how a company on the way is controlled."""
    holders = " + ".join(f"{label} {say(share)}" for label, _, share in step.holders)
    return f"{step.company} is controlled: {holders} of its {_right(judge)}."


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
    least = f"{'more than ' if record.bounds.low_open else ''}{say(record.bounds.low)}"
    if [part.holder for part in record.through] == [record.controller]:
        return least
    parts = " + ".join(f"{part.holder} {say(part.share)}" for part in record.through)
    return f"{least} ({parts})"


def _right(judge: Judge) -> str:
    return judge.dominance.ledger.right.replace("-", " ")
