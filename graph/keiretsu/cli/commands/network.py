"""``keiretsu network``: value, shape and concentration of the whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.values_file import read_values
from keiretsu.measures.overview import whole_network

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures.answer import Answer
    from keiretsu.measures.overview import NetworkRow

_SHOWN = 40
"""So many parties a table shows; files have all."""


@click.command(
    "network",
    epilog=examples(
        "keiretsu network --as-of 2019-09-03",
        "keiretsu network -d holdings.csv --values revenues.csv -f csv",
        "keiretsu network -d holdings.csv --power -f json",
    ),
)
@click.option(
    "--values",
    "values_file",
    metavar="FILE",
    help="A value for each party: CSV with columns party and value. [default: one each]",
)
@click.option(
    "--power",
    "with_power",
    is_flag=True,
    help="Add the network power index and the index of Karos and Peters.",
)
@with_world
@with_output()
def command(*, values_file: str | None, with_power: bool, world: World, output: Output) -> None:
    """Say what each party gathers and controls in the whole network.

    For each party: the value that comes to it through all holdings, where it lies in the bow tie,
    and what it controls. Values follow capital, control follows votes. What different parties
    control overlaps: the cumulative percentage counts each company once.
    """
    snapshot = world.open()
    values = None if values_file is None else read_values(values_file, snapshot)
    answer = whole_network(snapshot, values, with_power=with_power)
    output.deliver(result_of(answer, lambda: network_page(answer)))


def network_page(answer: Answer[NetworkRow]) -> Page:
    """Return what a person is shown."""
    rows = [row.as_dict() for row in answer]
    columns = (
        Column("party"),
        Column("section"),
        number("value"),
        number("network value"),
        number("raw"),
        number("bow-tie centrality"),
        number("controls"),
        number("rank"),
        number("cumulative %"),
        number("NPI"),
        number("Karos-Peters"),
    )
    keys = (
        "value",
        "network_value_corrected",
        "network_value",
        "bow_tie_centrality",
        "controlled_value",
        "rank",
        "cumulative_percent",
        "npi",
        "karos_peters",
    )
    shown = tuple(
        (row["party"], row["section"], *(_text(row[key]) for key in keys)) for row in rows[:_SHOWN]
    )
    counts = ", ".join(f"{name} {count}" for name, count in answer.fields["sections"].items())
    more = (f"{len(rows) - _SHOWN} more parties: -f csv",) * (len(rows) > _SHOWN)
    table = Table(columns, shown) if shown else Lines("", ("nothing is recorded",))
    lines = Lines("", (*more, f"bow tie: {counts}"))
    title = f"The network on {answer.snapshot.as_of}"
    return Page(title, (table, lines, warning_lines(answer.cautions)))


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
