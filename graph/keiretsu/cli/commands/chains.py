"""``keiretsu chains``: control of one party over a company, by every convention in use."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import MAX_LENGTH, rights_option
from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown, spelled
from keiretsu.cli.options import EXACT, as_percent, examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.mirror.conventions import chains

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer
    from keiretsu.mirror.conventions import ConventionRecord


@click.command(
    "chains",
    epilog=examples(
        'keiretsu chains "French State" Nissan --as-of 2019-09-03',
        "keiretsu chains Family Bottom -d holdings.csv --threshold 10 -f json",
    ),
)
@click.argument("party")
@click.argument("company")
@click.option(
    "--threshold",
    metavar="PERCENT",
    callback=as_percent,
    help="The limit: what every link must reach for the convention last-link. [default: 20]",
)
@rights_option("votes")
@MAX_LENGTH
@EXACT
@with_world
@with_output()
def command(
    party: str,
    company: str,
    *,
    threshold: Fraction | None,
    rights: str,
    max_length: int | None,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say what a party has of a company by every convention of control.

    Beside it stands the cash flow, the share of the capital that comes to the party. The wedge is
    control less cash flow. Conventions disagree, and none of them is the law: for that, ask
    control. Parties through whom every chain leads cannot be bypassed.
    """
    answer = chains(
        world.open(party, company),
        party,
        company,
        rights=rights,
        threshold=Fraction(1, 5) if threshold is None else threshold,
        max_length=max_length,
    )
    output.deliver(result_of(answer, lambda: chains_page(answer), exact_control if exact else None))


def exact_control(record: ConventionRecord) -> Fraction | None:
    """Return the control, if it is exactly known."""
    return record.control.low if record.control.low == record.control.high else None


def chains_page(answer: Answer[ConventionRecord]) -> Page:
    """Return what a person is shown."""
    fields = answer.fields
    columns = (
        Column("convention"),
        number("control %"),
        number("wedge %"),
        number("cash flow for control"),
        Column("what is counted"),
    )
    rows = tuple(
        (
            record.convention,
            shown(record.control),
            _wedge(record),
            "" if record.ratio is None else f"{float(record.ratio[0]):.4f}",
            record.text,
        )
        for record in answer
    )
    between = ", ".join(fields["dominators"]) or "nobody"
    low, high = fields["cash_flow_percent_min"], fields["cash_flow_percent_max"]
    cash = fields["cash_flow_percent"]
    flow = f"{low:g}\N{EN DASH}{high:g}" if cash is None else f"{cash:g}"
    more = " or more" if fields["truncated"] else ""
    lines = (
        f"cash flow: {flow} % of the capital",
        f"chains: {fields['chains']}{more}; who cannot be bypassed: {between}",
    )
    title = f"{fields['party']} in {fields['company']} on {answer.snapshot.as_of}"
    parts = (Table(columns, rows), Lines("", lines), warning_lines(answer.cautions))
    return Page(f"{title}, by {fields['rights'].replace('-', ' ')}", parts)


def _wedge(record: ConventionRecord) -> str:
    low, high = record.wedge
    return spelled(low) if low == high else f"{spelled(low)} to {spelled(high)}"
