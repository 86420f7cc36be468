"""``keiretsu info``: what the data holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.options import examples, with_output, with_source
from keiretsu.cli.output import Result
from keiretsu.cli.page import Column, Lines, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.ownership_graph.document import envelope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import Source
    from keiretsu.ownership_graph import OwnershipGraph

MOST_SOURCES = 15
"""How many sources a person is shown; JSON has all."""


@click.command(
    "info",
    epilog=examples(
        "keiretsu info",
        "keiretsu info --names -d holdings.csv",
    ),
)
@click.option("--names", is_flag=True, help="List the parties with all their names.")
@with_source
@with_output()
def command(*, names: bool, source: Source, output: Output) -> None:
    """Say what the data holds, and how well it is sourced."""
    graph = source.open()
    output.deliver(_names(graph) if names else _overview(graph))


def _overview(graph: OwnershipGraph) -> Result:
    found = graph.info()
    rows = [{"name": name, "count": count} for name, count in found["counts"].items()]
    return Result(_document(graph, found), rows, COLUMNS["info"], lambda: _page(graph, found))


def _names(graph: OwnershipGraph) -> Result:
    rows = graph.party_rows()
    document = _document(graph, {**graph.info(), "parties": rows})

    def page() -> Page:
        columns = (Column("party"), Column("kind"), Column("also found as"), Column("IRI"))
        shown = tuple(
            (
                row["party"],
                row["kind"],
                "; ".join((*row["aliases"], *(one["value"] for one in row["identifiers"]))),
                row["party_id"],
            )
            for row in rows
        )
        return Page("Parties of the data", (Table(columns, shown),))

    return Result(document, rows, COLUMNS["names"], page)


def _document(graph: OwnershipGraph, fields: Mapping[str, Any]) -> dict[str, Any]:
    return envelope("info", fields, dataset=graph.fingerprint, cautions=sorted(set(graph.cautions)))


def _page(graph: OwnershipGraph, found: Mapping[str, Any]) -> Page:
    coverage, periods = found["coverage"], found["periods"]
    sources = coverage["sources"]
    parts = (
        _counts("claims and parties", found["counts"]),
        _counts("kind of party", found["party_kinds"]),
        _counts("sourcing of claims", coverage["sourcing"]),
        _counts("status of claims", coverage["status"]),
        Table(
            (Column("most used sources"), Column("publisher"), number("claims")),
            tuple(
                (one["title"], one["publisher"] or "", str(one["claims"]))
                for one in sources[:MOST_SOURCES]
            ),
        ),
        Lines("", (f"and {len(sources) - MOST_SOURCES} more sources: -f json",))
        if len(sources) > MOST_SOURCES
        else Lines("", ()),
        warning_lines(sorted(set(graph.cautions))),
    )
    told = f"dates from {periods['first']} to {periods['last']}" if periods["first"] else "no dates"
    kept = f", kept up to {found['horizon']}" if found["horizon"] else ""
    return Page(f"Dataset {graph.fingerprint}: {told}{kept}", parts)


def _counts(title: str, counts: Mapping[str, int]) -> Table:
    rows = tuple((name.replace("_", " "), str(count)) for name, count in counts.items())
    return Table((Column(title), number("number")), rows)
