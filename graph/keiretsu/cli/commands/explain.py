"""``keiretsu explain``: one page on who controls whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.asked import RULE
from keiretsu.cli.options import examples, with_output, with_world
from keiretsu.views.page.dossier import explain

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World


@click.command(
    "explain",
    epilog=examples(
        "keiretsu explain Renault Nissan --as-of 2019-09-03",
        "keiretsu explain Renault Nissan --rule fr-presumption-40 --as-of 2019-09-03 -o page.html",
    ),
)
@click.argument("controller")
@click.argument("company")
@RULE
@with_world
@with_output("md", "html")
def command(
    controller: str, company: str, *, rule: str | None, world: World, output: Output
) -> None:
    """Write one page on who controls whom and why, with its sources.

    Markdown or HTML, with numbered footnotes, ready to paste: the verdict, the shortest reason, the
    holdings counted, the voting rules at work, the share of capital, what would give control, what
    was assumed, and every source.
    """
    snapshot = world.open(controller, company)
    text = explain(snapshot, controller, company, rule=rule, form=output.chosen)
    output.write(text, snapshot.dataset)
