"""Group sizes: what is measured of a head and of all whom it controls, added up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from keiretsu.model import Status
from keiretsu.rights import MAJORITY, control_rule, rights_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from keiretsu.model import Figure
    from keiretsu.rights import ControlRule
    from keiretsu.snapshot import Snapshot

_DAYS = 730
"""A figure older than this at the world's date is not read."""


@dataclass(frozen=True, slots=True)
class SizeChange:
    """The size of a head's group before and after.

    Parameters
    ----------
    head, head_id
        Who is measured with all whom it controls.
    rule
        By which rule.
    measure, unit, period
        What is measured, in what, and for which period.
    before, after
        The sums.
    members_before, members_after
        Labels of the parties whose figures are added up.
    """

    head: str
    head_id: str
    rule: str
    measure: str
    unit: str
    period: str
    before: Fraction
    after: Fraction
    members_before: tuple[str, ...]
    members_after: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain data, keyed as in JSON."""
        return {
            "head": self.head,
            "head_id": self.head_id,
            "rule": self.rule,
            "measure": self.measure,
            "unit": self.unit,
            "period": self.period,
            "before": _number(self.before),
            "after": _number(self.after),
            "members_before": list(self.members_before),
            "members_after": list(self.members_after),
        }


def size_changes(
    before: Snapshot, after: Snapshot, figures: Iterable[Figure], rules: Sequence[str]
) -> list[SizeChange]:
    """Return the sizes of groups that differ between two worlds, by each rule.

    The figures are the same on both sides, the latest before the later world's date: what changes
    is who belongs to whom. A consolidated figure covers those whom its party controls by majority.
    """
    every = list(figures)
    day = max(before.as_of, after.as_of)
    kinds = sorted({_kind(figure) for figure in every})
    known = [_Measured(kind, _latest(every, kind, day)) for kind in kinds]
    found = []
    for rule in rules:
        for measured in known:
            old, new = (_groups(world, measured.figures, rule) for world in (before, after))
            for head in sorted({*old} & {*new}):
                if old[head] != new[head]:
                    members = old[head], new[head]
                    found.append(_change((before, after), head, rule, measured, members))
    return found


class _Measured(NamedTuple):
    """Figures of one measure, unit and period, by party."""

    kind: tuple[str, str, str]
    figures: Mapping[str, Figure]

    def total(self, members: Iterable[str]) -> Fraction:
        return sum((self.figures[one].value for one in members), Fraction(0))


def _change(
    worlds: tuple[Snapshot, Snapshot],
    head: str,
    rule: str,
    measured: _Measured,
    members: tuple[tuple[str, ...], tuple[str, ...]],
) -> SizeChange:
    labels = {party.id: party.label for world in worlds for party in world.parties}
    before, after = members
    return SizeChange(
        labels[head],
        head,
        rule,
        *measured.kind,
        measured.total(before),
        measured.total(after),
        tuple(labels[one] for one in before),
        tuple(labels[one] for one in after),
    )


def _latest(
    figures: Iterable[Figure], kind: tuple[str, str, str], day: dt.date
) -> dict[str, Figure]:
    """Return, by party, the figures of one kind that are recent on a day."""
    found: dict[str, Figure] = {}
    for figure in figures:
        end = figure.period.end
        if _kind(figure) != kind or end is None:
            continue
        usable = figure.status is Status.ACCEPTED
        if usable and end.first <= day and (day - end.first).days <= _DAYS:
            found[figure.party] = figure
    return found


def _groups(
    world: Snapshot, figures: Mapping[str, Figure], rule: str
) -> dict[str, tuple[str, ...]]:
    """Return, for each measured party, those of its group whose figures add up."""
    positions = {party.id: n for n, party in enumerate(world.parties) if party.id in figures}
    dominance = rights_of(world).dominance()

    def under(head: int, by: ControlRule) -> set[str]:
        reached = set(dominance.controlled(world.as_one(head), by))
        return {one for one, place in positions.items() if place in reached}

    asked = control_rule(rule)
    covered = {
        one: under(head, MAJORITY) if figures[one].consolidated else set()
        for one, head in positions.items()
    }
    groups = {one: {one, *under(head, asked)} for one, head in positions.items()}
    return {
        head: tuple(
            one
            for one in sorted(members)
            if not any(one in covered[other] for other in members - {one})
        )
        for head, members in groups.items()
    }


def _kind(figure: Figure) -> tuple[str, str, str]:
    return figure.measure.value, figure.unit, _span(figure)


def _span(figure: Figure) -> str:
    start, end = figure.period.start, figure.period.end
    return f"{start or ''} to {end or ''}"


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
