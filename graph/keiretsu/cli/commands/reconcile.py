"""``keiretsu reconcile``: declared numbers against computed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown
from keiretsu.cli.options import examples, with_output, with_world
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import Footnotes, warning_lines
from keiretsu.measures import reconcile

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer, DifferenceRecord


@click.command(
    "reconcile",
    epilog=examples(
        "keiretsu reconcile --as-of 2019-09-03",
        "keiretsu reconcile -d holdings.csv -f csv -o differences.csv",
    ),
)
@with_world
@with_output()
def command(*, world: World, output: Output) -> None:
    """Hold declared numbers against computed ones.

    Stakes that a source states as indirect against the recorded chains; reported votes against
    those that follow from shares and law; stakes and bands of other sources against those that were
    read. Only differences beyond rounding are listed, each with its cause as far as it can be told.
    """
    answer = reconcile(world.open())
    output.deliver(result_of(answer, lambda: reconcile_page(answer)))


def reconcile_page(answer: Answer[DifferenceRecord]) -> Page:
    """Return what a person is shown."""
    notes = Footnotes()
    columns = (
        Column("holder"),
        Column("issuer"),
        Column("what"),
        number("declared %"),
        number("computed %"),
        Column("cause"),
        Column("sources"),
    )
    rows = tuple(
        (
            record.holder,
            record.issuer,
            record.kind.value,
            shown(record.declared),
            shown(record.computed),
            record.cause,
            notes.cite(record.sources),
        )
        for record in answer
    )
    checked = answer.fields["checked"]
    found = Table(columns, rows) if rows else Lines("", ("declared and computed numbers agree",))
    return Page(
        f"Declared against computed on {answer.snapshot.as_of} ({checked} declarations)",
        (found, notes.lines(), warning_lines(answer.cautions)),
    )
