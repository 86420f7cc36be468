"""``keiretsu power``: how often each holder's votes decide in a company."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import AT_LEAST, rights_option
from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown, spelled
from keiretsu.cli.options import EXACT, as_percent, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.measures.power.ballot import FLOATS
from keiretsu.measures.power.company import INDICES, power

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer
    from keiretsu.measures.power.record import PowerRecord


@click.command(
    "power",
    epilog=examples(
        "keiretsu power Renault --as-of 2020-12-31",
        "keiretsu power Renault --as-of 2020-12-31 --index banzhaf --turnout 65",
        "keiretsu power Acme -d holdings.csv --quota 75 --at-least --float absent -f json",
    ),
)
@click.argument("company")
@click.option(
    "--index",
    type=click.Choice(INDICES),
    default=INDICES[0],
    show_default=True,
    help="The measure of power.",
)
@click.option(
    "--quota",
    metavar="PERCENT",
    callback=as_percent,
    help="The limit: more than this of the votes cast decides. [default: 50]",
)
@AT_LEAST
@click.option(
    "--float",
    "float_as",
    type=click.Choice(FLOATS),
    default=FLOATS[0],
    show_default=True,
    help="What becomes of votes of which no holder is named: ever smaller holders, holders who "
    "stay away, or 400 equal ones.",
)
@click.option(
    "--turnout",
    metavar="PERCENT",
    callback=as_percent,
    help="The part of all votes that is cast, named holders first. [default: all]",
)
@rights_option("votes")
@click.option("--blocs", is_flag=True, help="Holders under one controller vote as one.")
@click.option("--indirect", is_flag=True, help="Power of the parties at the top of chains.")
@EXACT
@with_world
@with_output()
def command(
    company: str,
    *,
    index: str,
    quota: Fraction | None,
    at_least: bool,
    float_as: str,
    turnout: Fraction | None,
    rights: str,
    blocs: bool,
    indirect: bool,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say how often each holder's votes decide in a company.

    Power lies between 0 and 1 and is not the share of the votes: with 50, 49 and 1 percent, and
    more than half needed, the holder of one percent has as much as that of 49. Numbers are exact
    where that can be done, else sampled with their standard error. A State's bodies vote as one.
    """
    answer = power(
        world.open(company),
        company,
        index=index,
        quota=Fraction(1, 2) if quota is None else quota,
        at_least=at_least,
        float_as=float_as,
        turnout=turnout,
        rights=rights,
        by_control=blocs,
        indirect=indirect,
    )
    output.deliver(result_of(answer, lambda: power_page(answer), exact_power if exact else None))


def exact_power(record: PowerRecord) -> Fraction | None:
    """Return the power, if it was not sampled."""
    exact = record.error is None and record.power.low == record.power.high
    return record.power.low if exact else None


def _power(record: PowerRecord) -> str:
    low, high = (f"{float(end):.4f}" for end in record.power[:2])
    return low if record.power.low == record.power.high else f"{low}\N{EN DASH}{high}"


def power_page(answer: Answer[PowerRecord]) -> Page:
    """Return what a person is shown."""
    columns = (
        Column("holder"),
        Column("kind"),
        number("votes %"),
        number("power"),
        number("standard error"),
        number("alone below turnout %"),
    )
    rows = tuple(
        (
            record.holder,
            record.kind,
            shown(record.votes),
            _power(record),
            "" if record.error is None else f"{record.error:.4f}",
            "" if record.decides_below is None else spelled(record.decides_below),
        )
        for record in answer
    )
    fields = answer.fields
    sense = "at least" if fields["at_least"] else "more than"
    title = (
        f"Power in {fields['company']} on {answer.snapshot.as_of}: {fields['index']}, "
        f"{sense} {fields['quota_percent']:g} % of the votes cast"
    )
    how = Lines("", (f"float: {fields['float']}; {fields['computed']}",))
    return Page(title, (Table(columns, rows), how, warning_lines(answer.cautions)))
