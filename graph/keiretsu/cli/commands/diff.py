"""``keiretsu diff``: what differs between two days, or between two files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import DECISION
from keiretsu.cli.changes import changes_page, exact_after
from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.supposing import REGIMES_COMPARED, RULES_COMPARED
from keiretsu.errors import InputError
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.scenarios import diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.model import Figure
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.snapshot import Snapshot


@click.command(
    "diff",
    epilog=examples(
        "keiretsu diff 2023-11-07 2023-11-09",
        "keiretsu diff before.csv after.csv -f json",
    ),
)
@click.argument("before")
@click.argument("after")
@RULES_COMPARED
@REGIMES_COMPARED
@DECISION
@EXACT
@with_world
@with_output()
def command(
    before: str,
    after: str,
    *,
    rules: tuple[str, ...],
    regimes: tuple[str, ...],
    decision: str,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say what differs between two days, or between two files.

    BEFORE and AFTER are days of the same data, like 2023-11-07, or files, each with its own last
    day unless --as-of says otherwise. Stakes and votes with the rule that switched, control gained
    and lost, agreements begun and ended, limits crossed, legal verdicts, integrated ownership,
    sizes of groups.
    """
    sides = list(_sides(before, after, world))
    check_decision(sides[1][0], decision)
    figures: dict[str, Figure] = {
        figure.id: figure for graph, _ in sides for figure in graph.claims.figures
    }
    answer = diff(
        sides[0][1],
        sides[1][1],
        rules=rules,
        regimes=regimes,
        decision=decision,
        figures=[figures[one] for one in sorted(figures)],
    )
    title = f"From {before} to {after}"
    page = lambda: changes_page(answer, title)  # noqa: E731 - composed only if it is shown
    output.deliver(result_of(answer, page, exact_after if exact else None))


def _sides(before: str, after: str, world: World) -> Iterator[tuple[OwnershipGraph, Snapshot]]:
    days = [_is_date(name) for name in (before, after)]
    if days == [True, True]:
        if world.when.as_of is not None:
            raise InputError("both days are given already", mend="leave out --as-of")
        graph = world.source.open()
        for day in (before, after):
            graph.check_day(dt.date.fromisoformat(day))
            yield graph, replace(world.when, as_of=day).of(graph)
        return
    if any(days):
        raise InputError("a day is not compared with a file", mend="give two days or two files")
    if world.source.data:
        raise InputError("both files are given already", mend="leave out -d")
    for name in (before, after):
        graph = replace(world.source, data=(name,)).open()
        yield graph, world.when.of(graph)


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
