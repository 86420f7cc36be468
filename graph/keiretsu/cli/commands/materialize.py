"""``keiretsu materialize``: derived graphs for SPARQL, written as RDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.columns import COLUMNS
from keiretsu.cli.options import AS_OF, KNOWN_AT, NO_COLOR, STAMP, as_percent, examples, with_source
from keiretsu.cli.output import FORMATS, STDOUT, Output, Result
from keiretsu.cli.overwriting import refuse_overwriting
from keiretsu.cli.page import Column, Page, Table, number
from keiretsu.cli.remarks import warning_lines
from keiretsu.cli.stamp import check_place
from keiretsu.cli.supposing import with_edits
from keiretsu.measures import REGIMES
from keiretsu.ownership_graph.deriving import FLOOR
from keiretsu.ownership_graph.deriving_legal import SLOW_REGIMES
from keiretsu.ownership_graph.document import envelope
from keiretsu.ownership_graph.materializing import Materialized, StoreFile, dropped, stale
from keiretsu.ownership_graph.reading import read_date
from keiretsu.rights import RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from fractions import Fraction

    from keiretsu.cli.world import Source
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.scenarios.suppositions import Supposed

_NONE = "none"
_USUAL = tuple(name for name in REGIMES if name not in SLOW_REGIMES)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be derived."""

    as_of: str | None
    known_at: str | None
    rules: tuple[str, ...]
    regimes: tuple[str, ...]
    floor: Fraction | None
    supposed: Supposed

    def day(self, graph: OwnershipGraph) -> dt.date:
        return graph.default_date() if self.as_of is None else read_date(self.as_of)

    def derive(self, graph: OwnershipGraph) -> list[Materialized]:
        before = {listing.name for listing in graph.derived()}
        names = graph.derive(
            self.day(graph),
            rule=self.rules or tuple(RULES),
            floor=FLOOR if self.floor is None else self.floor,
            known_at=self.known_at,
            regimes=[one for one in self.regimes or _USUAL if one != _NONE],
            edits=self.supposed.edits(),
        )
        return [
            Materialized(listing, "replaced" if listing.name in before else "written")
            for listing in graph.derived()
            if listing.name in names
        ]


@click.command(
    "materialize",
    epilog=examples(
        "keiretsu materialize --as-of 2019-09-03 -o derived.trig",
        "keiretsu materialize --into mine.trig --as-of 2019-09-03 --rule majority-votes",
        'keiretsu materialize --as-of 2019-09-03 --hold "Nissan>Renault=25" -o supposed.trig',
        "keiretsu materialize --into mine.trig --drop control/2019-09-03/majority-votes",
    ),
)
@AS_OF
@KNOWN_AT
@click.option(
    "--rule",
    "rules",
    type=click.Choice(tuple(RULES)),
    multiple=True,
    help="Rule of control; a graph for each. May be repeated. [default: all]",
)
@click.option(
    "--regime",
    "regimes",
    type=click.Choice((*REGIMES, _NONE)),
    multiple=True,
    help="Legal test; a graph for each. May be repeated; 'none' for none. [default: all but "
    "close-links, which takes long]",
)
@click.option(
    "--floor",
    metavar="PERCENT",
    callback=as_percent,
    help="Least integrated share that is written. [default: 1]",
)
@click.option(
    "--into",
    metavar="FILE",
    help="A TriG or N-Quads file: its claims are the data, and it is written whole with the "
    "derived graphs.",
)
@click.option(
    "--drop",
    "drop",
    metavar="GRAPH",
    multiple=True,
    help="Remove this derived graph of --into instead, without a trace. May be repeated.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the derived graphs alone there, as TriG; '-' is standard output, and then no list "
    "is shown.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), help="Form of the list of graphs written."
)
@NO_COLOR
@STAMP
@with_edits
@with_source
def command(
    *,
    as_of: str | None,
    known_at: str | None,
    rules: tuple[str, ...],
    regimes: tuple[str, ...],
    floor: Fraction | None,
    into: str | None,
    drop: tuple[str, ...],
    output: str | None,
    form: str | None,
    no_color: bool,
    stamp: bool,
    supposed: Supposed,
    source: Source,
) -> None:
    """Compute derived graphs for SPARQL, and write them as RDF.

    One named graph each for stakes with votes of every kind and the rules that touch them, the same
    with vehicles seen through, control by each rule, integrated shares, and the verdicts of each
    legal test. Each says from which claims it was computed, and is replaced whole. With --hold and
    its likes the graphs are those of a supposed world: they lie beside the others and say what
    they suppose.
    """
    if into is not None and source.data:
        raise click.UsageError("--into is the data itself; leave out -d")
    if into is None and (drop or output is None):
        needs = "--drop needs --into FILE" if drop else "say where to: -o FILE or --into FILE"
        raise click.UsageError(needs)
    refuse_overwriting(output)
    shown = Output(form, color=not no_color, stamp=stamp)
    if stamp and output != STDOUT:
        check_place(shown.chosen)
    file = None if into is None else StoreFile(into)
    graph = source.open() if file is None else file.graph
    wanted = _Wanted(as_of, known_at, rules, regimes, floor, supposed)
    done = dropped(graph, drop) if drop else wanted.derive(graph)
    if file is not None:
        file.save()
    if output is not None:
        text = graph.derived_trig(*(one.listing.name for one in done if one.done != "dropped"))
        Output(file=output, stamp=stamp).write(text, graph.fingerprint, "turtle")
    if output != STDOUT:
        day = None if drop else wanted.day(graph)
        shown.deliver(_result(graph, done, day, known_at))


def _result(
    graph: OwnershipGraph, done: Sequence[Materialized], day: dt.date | None, known_at: str | None
) -> Result:
    cautions = [*graph.cautions, *stale(graph)]
    rows: list[dict[str, Any]] = [
        {
            "graph": one.listing.name,
            "done": one.done,
            "rule": one.listing.rule,
            "as_of": one.listing.as_of,
            "supposed": list(one.listing.supposed),
            "findings": one.listing.findings,
            "statements": one.listing.statements,
        }
        for one in done
    ]
    document = envelope(
        "materialize",
        {"graphs": rows},
        as_of=day,
        known_at=None if known_at is None else read_date(known_at),
        dataset=graph.fingerprint,
        cautions=cautions,
    )
    columns = (
        Column("graph"),
        Column("done"),
        Column("rule"),
        number("findings"),
        number("statements"),
    )
    cells = tuple(
        (row["graph"], row["done"], row["rule"], str(row["findings"]), str(row["statements"]))
        for row in rows
    )
    title = "Graphs dropped" if day is None else f"Graphs written for {day}"

    def page() -> Page:
        return Page(title, (Table(columns, cells), warning_lines(cautions)))

    return Result(document, rows, COLUMNS["materialize"], page)
