"""``keiretsu graph``: the world on a day as a graph for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.options import examples, with_output, with_world
from keiretsu.cli.output import STDOUT
from keiretsu.errors import InputError
from keiretsu.mirror.exchange import GRAPH_FORMS

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World


@click.command(
    "graph",
    epilog=examples(
        "keiretsu graph --as-of 2019-09-03 -o alliance.gexf",
        "keiretsu graph -d holdings.csv -f graphml",
        "keiretsu graph -d holdings.csv -o neo4j.zip",
    ),
)
@with_world
@with_output(*GRAPH_FORMS)
def command(*, world: World, output: Output) -> None:
    """Write the world on a day as a graph for other programs.

    GraphML for yEd, Cytoscape or igraph; GEXF for Gephi; a zip of two tables that Neo4j imports.
    Lines point from holder to issuer; capital and votes are percentages with a least and a most,
    and exact as text.
    """
    if output.chosen == "zip" and output.file == STDOUT:
        raise InputError("a zip is not written to a terminal", mend="name a file with -o FILE.zip")
    output.write(GRAPH_FORMS[output.chosen](world.open()))
