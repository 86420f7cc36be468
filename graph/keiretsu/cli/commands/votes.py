"""``keiretsu votes``: what each holder may vote in a company, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import DECISION
from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.measures import votes
from keiretsu.ownership_graph.decisions import check_decision

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer, VoteRecord


@click.command(
    "votes",
    epilog=examples(
        "keiretsu votes Renault --as-of 2020-12-31",
        "keiretsu votes Renault --as-of 2023-11-09 --decision extraordinary -f json",
    ),
)
@click.argument("company")
@DECISION
@EXACT
@with_world
@with_output()
def command(company: str, decision: str, *, exact: bool, world: World, output: Output) -> None:
    """List what each holder may vote in a company, and by which law.

    Four numbers for each holder: its share of the capital; of the gross votes, as companies
    publish them; of the votes that the law lets holders use; and what agreements leave of these.
    A wholly-owned vehicle is shown with its owner.
    """
    graph = world.source.open()
    check_decision(graph, decision)
    answer = votes(world.when.of(graph, [company]), company, decision=decision)
    output.deliver(result_of(answer, lambda: votes_page(answer), exact_votes if exact else None))


def exact_votes(record: VoteRecord) -> Fraction | None:
    """Return the share of the exercisable votes, if it is exactly known."""
    return record.votes.low if record.votes.low == record.votes.high else None


def votes_page(answer: Answer[VoteRecord]) -> Page:
    """Return what a person is shown."""
    notes = Footnotes()
    columns = (
        Column("holder"),
        number("capital %"),
        number("gross votes %"),
        number("votes %"),
        number("agreed votes %"),
        Column("sources"),
    )
    rows = tuple(
        (
            _name(record),
            shown(record.capital),
            shown(record.gross_votes),
            shown(record.votes),
            shown(record.agreed_votes),
            notes.cite(record.sources),
        )
        for record in answer
    )
    rules = tuple(
        f"{record.holder}: {trace.effect} ({trace.article.name}): {trace.text}"
        for record in answer
        for trace in record.rules
    )
    company, decision = answer.fields["company"], answer.fields["decision"]
    title = f"Votes in {company} on {answer.snapshot.as_of}, {decision} decisions"
    found = Table(columns, rows) if rows else Lines("", ("no holder is recorded",))
    return Page(
        title,
        (found, Lines("Rules", rules), notes.lines(), warning_lines(answer.cautions)),
    )


def _name(record: VoteRecord) -> str:
    if record.kind == "treasury":
        return f"{record.holder} (treasury)"
    return f"{record.holder} (owned by {record.owner})" if record.owner else record.holder
