"""Who gains and who loses control between two worlds, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keiretsu.measures import Verdict, control
from keiretsu.measures.answer import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from keiretsu.measures import ControlRecord
    from keiretsu.scenarios.pairs import Ends
    from keiretsu.snapshot import Snapshot

DEFAULT_RULES = ("majority-votes", "fr-presumption-40")
_RANK = {Verdict.IMPOSSIBLE: 0, Verdict.POSSIBLE: 1, Verdict.CERTAIN: 2}


@dataclass(frozen=True, slots=True)
class ControlChange:
    """A verdict on control that differs between two worlds.

    Parameters
    ----------
    controller, controller_id, company, company_id
        Who, and in whom.
    rule
        By which rule.
    before, after
        The verdicts.
    share_before, share_after
        The least that the controller has of the votes with those it controls.
    explanation
        The reasons after; before, where control is lost.
    """

    controller: str
    controller_id: str
    company: str
    company_id: str
    rule: str
    before: Verdict
    after: Verdict
    share_before: Fraction | None
    share_after: Fraction | None
    explanation: tuple[str, ...]

    @property
    def gained(self) -> bool:
        """Whether the verdict is stronger after than before."""
        return _RANK[self.after] > _RANK[self.before]

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, keyed as in JSON."""
        return {
            "controller": self.controller,
            "controller_id": self.controller_id,
            "company": self.company,
            "company_id": self.company_id,
            "rule": self.rule,
            "before": self.before.value,
            "after": self.after.value,
            "before_percent": percent(self.share_before),
            "after_percent": percent(self.share_after),
            "explanation": list(self.explanation),
        }


def control_changes(
    before: Snapshot, after: Snapshot, rules: Sequence[str] = DEFAULT_RULES
) -> list[ControlChange]:
    """Return every verdict on control that differs, by each rule.

    What one rule tells already is not told again by a later one.
    """
    found: list[ControlChange] = []
    told: set[tuple[str, str, bool]] = set()
    for rule in rules:
        old, new = _records(before, rule), _records(after, rule)
        for ends in sorted({*old, *new}):
            if _verdict(old.get(ends)) is _verdict(new.get(ends)):
                continue
            change = _change(before, after, ends, rule)
            key = (*ends, change.gained)
            if key not in told:
                told.add(key)
                found.append(change)
    return sorted(found, key=lambda c: (c.company, c.controller, c.rule))


def _records(world: Snapshot, rule: str) -> Mapping[Ends, ControlRecord]:
    records: Iterable[ControlRecord] = control(world, rule=rule)
    return {(one.controller_id, one.company_id): one for one in records}


def _verdict(record: ControlRecord | None) -> Verdict:
    return Verdict.IMPOSSIBLE if record is None else record.verdict


def _change(before: Snapshot, after: Snapshot, ends: Ends, rule: str) -> ControlChange:
    old, new = (_asked(world, ends, rule) for world in (before, after))
    shown = new or old
    if shown is None:  # for the type checker: the pair is known to one of the worlds
        raise LookupError(ends)
    reasons = tuple(text for one in (old, new) if one is not None for text in one.explanation)
    if old is not None and new is not None:
        reasons = (*(f"before: {t}" for t in old.explanation), *new.explanation)
    return ControlChange(
        shown.controller,
        ends[0],
        shown.company,
        ends[1],
        rule,
        _verdict(old),
        _verdict(new),
        old.bounds.low if old is not None else None,
        new.bounds.low if new is not None else None,
        reasons,
    )


def _asked(world: Snapshot, ends: Ends, rule: str) -> ControlRecord | None:
    known = {party.id for party in world.parties}
    if not known.issuperset(ends):
        return None
    return next(iter(control(world, by=[ends[0]], of=[ends[1]], rule=rule)), None)
