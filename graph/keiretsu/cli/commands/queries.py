"""``keiretsu queries``: the named questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.options import examples, with_output
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Lines, Page, Table
from keiretsu.ownership_graph.document import envelope
from keiretsu.store.query.questions import question_rows

if TYPE_CHECKING:
    from keiretsu.cli.output import Output


@click.command(
    "queries",
    epilog=examples(
        "keiretsu queries",
        "keiretsu query -n q01-holders --set company=Nissan --set as_of=2019-09-03",
    ),
)
@with_output()
def command(*, output: Output) -> None:
    """List the named questions and their parameters."""
    rows = question_rows()
    document = envelope("queries", {"queries": rows})
    output.deliver(Result(document, rows, COLUMNS["queries"], lambda: _page(rows)))


def _page(rows: list[dict[str, Any]]) -> Page:
    columns = (Column("name"), Column("question"), Column("parameters"))
    table = Table(
        columns,
        tuple(
            (row["name"], row["question"], ", ".join(_parameter(p) for p in row["parameters"]))
            for row in rows
        ),
    )
    how = "keiretsu query -n NAME --set PARAMETER=VALUE"
    return Page("Named questions", (table, Lines("Ask one with", (how,))))


def _parameter(parameter: dict[str, str | None]) -> str:
    default = f" = {parameter['default']}" if parameter["default"] is not None else ""
    return f"{parameter['name']}: {parameter['kind']}{default}"
