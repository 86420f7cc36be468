"""``keiretsu whatif``: what would change if some things were otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import DECISION
from keiretsu.cli.changes import changes_page, exact_after
from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.supposing import REGIMES_COMPARED, RULES_COMPARED, with_edits
from keiretsu.errors import InputError
from keiretsu.ownership_graph.decisions import check_decision
from keiretsu.scenarios import whatif

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.scenarios.suppositions import Supposed


@click.command(
    "whatif",
    epilog=examples(
        'keiretsu whatif --as-of 2019-09-03 --hold "Nissan>Renault=25"',
        'keiretsu whatif --as-of 2019-09-03 --hold "Renault>Nissan=15" --adopt "New Alliance '
        'Agreement"',
        'keiretsu whatif --proposal "FCA\'s proposal of a merger of equals with Renault" -f json',
    ),
)
@with_edits
@RULES_COMPARED
@REGIMES_COMPARED
@DECISION
@EXACT
@with_world
@with_output()
def command(
    *,
    supposed: Supposed,
    rules: tuple[str, ...],
    regimes: tuple[str, ...],
    decision: str,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Suppose deals, agreements or rules, and say what would change.

    Stakes and votes with the rule that decides them, control gained and lost, limits crossed, legal
    verdicts, integrated ownership, sizes of groups: before and after. Nothing is written to the
    data. A proposal is asked about for its own day unless --as-of says otherwise.
    """
    edits = supposed.edits()
    if not edits:
        raise InputError(
            "nothing is supposed", mend="give --hold, --proposal, --adopt, --end or --file"
        )
    graph = world.source.open()
    check_decision(graph, decision)
    day = None if world.when.as_of is not None else graph.proposal_date(supposed.proposal)
    when = world.when if day is None else replace(world.when, as_of=day.isoformat())
    answer = whatif(
        graph.scenario(edits, world=when.of(graph)),
        rules=rules,
        regimes=regimes,
        decision=decision,
        figures=graph.claims.figures,
    )
    title = f"What if: {answer.snapshot.as_of}, before and after"
    page = lambda: changes_page(answer, title)  # noqa: E731 - composed only if it is shown
    output.deliver(result_of(answer, page, exact_after if exact else None))
