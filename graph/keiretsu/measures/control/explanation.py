"""Why a verdict on control is as it is, in sentences that can be quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keiretsu.measures.answer import percent_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from keiretsu.measures.control.judge import Judge
    from keiretsu.measures.control.record import ControlRecord


def say(share: Fraction) -> str:
    """Return a share as people write it.

    Examples
    --------
    >>> from fractions import Fraction
    >>> say(Fraction(217, 500))
    '43.4 %'
    """
    return written(percent_of(share.numerator, share.denominator))


def written(number: float) -> str:
    """Return a percentage as people write it.

    Examples
    --------
    >>> written(43.4)
    '43.4 %'
    """
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return f"{text} %"


def explain(judge: Judge, record: ControlRecord, law: str | None = None) -> ControlRecord:
    """Return the record with its reasons: the steps, what decides, and the law that silences."""
    right = in_words(judge.dominance.ledger.right)
    steps = [
        on_the_way(step.company, [(h, say(share)) for h, _, share in step.holders], right)
        for step in record.reasons[:-1]
    ]
    silence = f"{law} suspends the votes of {record.controller} in {record.company}."
    told = (*steps, *_verdict(judge, record, right), *([silence] if law else []))
    return replace(record, explanation=told)


def in_words(right: str) -> str:
    """Return the name of a right as sentences have it."""
    return right.replace("-", " ")


def on_the_way(company: str, holders: Iterable[tuple[str, str]], right: str) -> str:
    """Say how a company on the way is controlled; `holders` with their shares as people write them.

    Examples
    --------
    >>> on_the_way("Works", [("Ada", "60 %")], "votes")
    'Works is controlled: Ada 60 % of its votes.'
    """
    return f"{company} is controlled: {together(holders)} of its {right}."


def decided(controller: str, has: str, company: str, right: str, rule: str) -> str:
    """Say that a controller has enough by a rule.

    Examples
    --------
    >>> decided("Ada", "60 %", "Works", "votes", "more than 50 % of the votes")
    'Ada has 60 % of the votes of Works; the rule is more than 50 % of the votes.'
    """
    return f"{controller} has {has} of the {right} of {company}; the rule is {rule}."


def together(holders: Iterable[tuple[str, str]]) -> str:
    """Return holders with what each has, as one sum."""
    return " + ".join(f"{holder} {share}" for holder, share in holders)


def all_told(controller: str, least: str, parts: Sequence[tuple[str, str]]) -> str:
    """Say what a controller has, and through whom where that is not itself alone.

    Examples
    --------
    >>> all_told("Ada", "60 %", [("Ada", "60 %")])
    '60 %'
    >>> all_told("Ada", "60 %", [("Works", "40 %"), ("Ada", "20 %")])
    '60 % (Works 40 % + Ada 20 %)'
    """
    if [holder for holder, _ in parts] == [controller]:
        return least
    return f"{least} ({together(parts)})"


def _verdict(judge: Judge, record: ControlRecord, right: str) -> list[str]:
    who, company, rule = record.controller, record.company, judge.rule.text
    if record.verdict == "certain":
        return [decided(who, _has(record), company, right, rule)]
    if record.verdict == "possible":
        low, high = say(record.bounds.low), say(record.bounds.high)
        return [
            (
                f"{who} has between {low} and {high} of the {right} of {company}, as far as the "
                f"claims tell; the rule is {rule}."
            )
        ]
    missing = say(record.missing) if record.missing is not None else ""
    more = "" if judge.rule.at_least else "more than "
    need = f"{more}{missing} further" if record.missing else "nobody else with more"
    has = f"{who} has {_has(record)} of the {right} of {company}"
    return [f"{has}; the rule is {rule}; {need} would be needed."]


def _has(record: ControlRecord) -> str:
    if not record.through:
        return "nothing"
    least = f"{'more than ' if record.bounds.low_open else ''}{say(record.bounds.low)}"
    parts = [(part.holder, say(part.share)) for part in record.through]
    return all_told(record.controller, least, parts)
