"""What differs between two worlds, as a person is shown it; `whatif` and `diff` share it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from keiretsu.cli.numbers import decimal, shown
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.measures import Answer
    from keiretsu.scenarios import VoteChange

ARROW = " \N{RIGHTWARDS ARROW} "
_LEAST_MOVE = 0.1
"""Integrated shares that move by fewer percentage points are left to the machine-readable forms."""
_MOST_NAMES = 6


def changes_page(answer: Answer[VoteChange], title: str) -> Page:
    """Return what a person is shown of what differs between two worlds.

    Parameters
    ----------
    answer
        Of `keiretsu.whatif` or `keiretsu.diff`.
    title
        What was asked.
    """
    notes = Footnotes()
    fields = answer.fields
    rows = tuple(_row(change, notes) for change in answer)
    columns = (
        Column("holder"),
        Column("issuer"),
        number("capital %"),
        number("gross votes %"),
        number("votes %"),
        number("agreed votes %"),
        Column("sources"),
    )
    found = Table(columns, rows) if rows else Lines("", ("no stake and no votes differ",))
    parts = (
        Lines("Supposed", tuple(_supposed(fields.get("edits", ())))),
        found,
        Lines("Why", tuple(_reasons(answer))),
        Lines("Agreements", tuple(_agreements(fields["agreements"]))),
        Lines("Control gained", tuple(_control(fields["control"]["gained"]))),
        Lines("Control lost", tuple(_control(fields["control"]["lost"]))),
        Lines("Limits crossed", tuple(_limits(fields["thresholds"]))),
        Lines("Legal tests with another verdict", tuple(_verdicts(fields["verdicts"]))),
        _owned(answer),
        Lines("Size of groups", tuple(_sizes(fields["sizes"]))),
        notes.lines(),
        warning_lines(answer.cautions),
    )
    return Page(title, parts)


def exact_after(change: VoteChange) -> Fraction | None:
    """Return the exercisable votes afterwards, if they are exactly known."""
    after = change.of("votes")[1]
    return after.low if after.low == after.high else None


def _row(change: VoteChange, notes: Footnotes) -> tuple[str, ...]:
    rights = ("capital", "gross_votes", "votes", "agreed_votes")
    holder = f"{change.holder} (owned by {change.owner})" if change.owner else change.holder
    return (
        holder,
        change.issuer,
        *(_moved(*change.of(right)) for right in rights),
        notes.cite((*change.sources_before, *change.sources_after)),
    )


def _moved(before: Bounds, after: Bounds) -> str:
    one, other = shown(before), shown(after)
    return one if one == other else f"{one}{ARROW}{other}"


def _supposed(edits: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for edit in edits:
        steps = [step for step in edit["steps"] if step != edit["text"]]
        yield f"{edit['text']}: {'; '.join(steps)}" if steps else edit["text"]


def _reasons(answer: Answer[VoteChange]) -> Iterable[str]:
    """Yield why votes change; the same reason for several holders only once."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change in answer:
        if change.holder_id != change.issuer_id:
            holders[change.issuer, change.why.text].append(change.holder)
    for (issuer, text), names in holders.items():
        yield f"{', '.join(names)} in {issuer}: {text}"


def _agreements(changed: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterable[str]:
    for key, told in (("begun", "in force"), ("ended", "ended")):
        for one in changed[key]:
            yield f"{told}: {one['agreement']} ({one['kind'].replace('-', ' ')}, {one['issuer']})"


def _control(changes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for one in changes:
        shares = [one[f"{side}_percent"] or 0 for side in ("before", "after")]
        yield (
            f"{one['controller']} of {one['company']}, by {one['rule']}: "
            f"{one['before']}{ARROW}{one['after']}, with "
            f"{decimal(shares[0])}{ARROW}{decimal(shares[1])} % of the votes"
        )


def _limits(crossed: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield limits by holder and issuer: those passed alike, and rights that pass them alike."""
    limits: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for one in crossed:
        move = f"{one['before']}{ARROW}{one['after']}"
        key = (one["holder"], one["issuer"], move, one["rights"].replace("-", " "))
        limits[key].append(f"{one['threshold_percent']:.4g}")
    alike: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for (holder, issuer, move, rights), passed in limits.items():
        alike[holder, issuer, move, ", ".join(passed)].append(rights)
    for (holder, issuer, move, said), names in alike.items():
        yield f"{holder} in {issuer}, {', '.join(names)}: {move} {said} %"


def _verdicts(changes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Yield verdicts by test and company: who is behind it now, and who no longer."""
    parties: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for one in changes:
        move = f"{one['before']}{ARROW}{one['after']}"
        parties[one["regime"], one["company"], move, one["article"]].append(one["party"])
    for (regime, company, move, article), names in parties.items():
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        yield f"{regime}, {company}: {', '.join(names[:_MOST_NAMES])}{more}: {move} ({article})"


def _owned(answer: Answer[VoteChange]) -> Table | Lines:
    """Return integrated shares that move visibly, in the companies whose holders change."""
    held = {one["issuer_id"] for one in answer.fields["holdings"]}
    every = answer.fields["ownership"]
    near = [one for one in every if one["issuer_id"] in held and _step(one) >= _LEAST_MOVE]
    rows = tuple(
        (
            one["holder"],
            one["issuer"],
            _cell(one, "before"),
            _cell(one, "after"),
            "passing through" if one["look_through"] else "",
        )
        for one in near
    )
    if not rows:
        return Lines("", ())
    columns = (
        Column("holder"),
        Column("issuer"),
        number("in all, before %"),
        number("after %"),
        Column(""),
    )
    more = len(every) - len(rows)
    title = f"Owned in all ({more} more in JSON)" if more else "Owned in all"
    return Table(columns, rows, title)


def _step(one: Mapping[str, Any]) -> float:
    return max(
        abs(_end(one, "before", end) - _end(one, "after", end))
        for end in ("percent_min", "percent_max")
    )


def _end(one: Mapping[str, Any], side: str, end: str) -> float:
    exactly = one[f"{side}_percent"]
    return float(one[f"{side}_{end}"] if exactly is None else exactly)


def _cell(one: Mapping[str, Any], side: str) -> str:
    low, high = (_end(one, side, end) for end in ("percent_min", "percent_max"))
    return decimal(low) if low == high else f"{decimal(low)}\N{EN DASH}{decimal(high)}"


def _sizes(changes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for one in changes:
        members = [" + ".join(one[f"members_{side}"]) for side in ("before", "after")]
        yield (
            f"{one['head']} by {one['rule']}, {one['measure']} {one['period']}: "
            f"{one['before']:,} {one['unit']} ({members[0]}){ARROW}{one['after']:,} ({members[1]})"
        )
