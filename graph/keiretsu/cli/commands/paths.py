"""``keiretsu paths``: the chains of holdings from one party to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import MAX_LENGTH, rights_option
from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.mirror import paths

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer
    from keiretsu.mirror import PathRecord

ARROW = " \N{RIGHTWARDS ARROW} "


@click.command(
    "paths",
    epilog=examples(
        'keiretsu paths "French State" "Mitsubishi Motors" --as-of 2019-09-03',
        "keiretsu paths Renault Renault --rights votes --max-length 4",
    ),
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@rights_option("capital", ("capital", "votes"))
@MAX_LENGTH
@EXACT
@with_world
@with_output()
def command(
    start: str,
    end: str,
    rights: str,
    max_length: int | None,
    *,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """List the chains of holdings from one party to another.

    Each chain has the product of its shares, its weakest link, and the source of each holding. A
    State stands for the bodies that act for it too; the same party twice asks for loops.
    """
    answer = paths(world.open(start, end), start, end, rights=rights, max_length=max_length)
    output.deliver(result_of(answer, lambda: paths_page(answer), exact_product if exact else None))


def exact_product(record: PathRecord) -> Fraction | None:
    """Return the product of a chain, if it is exactly known."""
    return record.product.low if record.product.low == record.product.high else None


def paths_page(answer: Answer[PathRecord]) -> Page:
    """Return what a person is shown."""
    fields = answer.fields
    title = f"Chains from {fields['from']} to {fields['to']} on {answer.snapshot.as_of}"
    truncated = Lines("", ("there are more or longer chains than these",) * fields["truncated"])
    return Page(
        f"{title}, by {fields['rights']}",
        (*chain_parts(answer), truncated, warning_lines(answer.cautions)),
    )


def chain_parts(answer: Answer[PathRecord]) -> tuple[Table | Lines, ...]:
    """Return the chains, the holdings that they are made of, and their sources."""
    if not answer.records:
        return (Lines("", ("there is no chain of recorded holdings",)),)
    chains = tuple(
        (ARROW.join(record.parties), shown(record.product), shown(record.weakest))
        for record in answer
    )
    notes = Footnotes()
    hops = {(hop.holder_id, hop.issuer_id): hop for record in answer for hop in record.hops}
    holdings = tuple(
        (
            hop.holder,
            hop.issuer,
            shown(hop.capital),
            shown(hop.votes),
            notes.cite(hop.sources),
        )
        for hop in hops.values()
    )
    return (
        Table((Column("chain"), number("product %"), number("weakest %")), chains),
        Table(
            (
                Column("holder"),
                Column("issuer"),
                number("capital %"),
                number("votes %"),
                Column("sources"),
            ),
            holdings,
        ),
        notes.lines(),
    )
