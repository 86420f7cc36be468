"""``keiretsu view``: a page to open offline, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.options import World, examples, with_world
from keiretsu.cli.output import Output
from keiretsu.views.compose import view

if TYPE_CHECKING:
    from keiretsu.snapshot import Snapshot

PICTURES = ("html", "svg")


@click.command(
    "view",
    epilog=examples(
        "keiretsu view Renault --as-of 2019-09-03 -o renault.html",
        'keiretsu view Nissan "Mitsubishi Motors" --depth 1 -o alliance.svg',
    ),
)
@click.argument("parties", metavar="[PARTY]...", nargs=-1)
@click.option(
    "--depth",
    metavar="N",
    type=click.IntRange(0, 100),
    default=2,
    show_default=True,
    help="How many holdings away from the parties the picture reaches.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="A file that ends in .html or .svg. [required]"
)
@click.option(
    "-f", "--format", "form", type=click.Choice(PICTURES), help="If the ending does not tell it."
)
@with_world
def command(
    parties: tuple[str, ...], depth: int, output: str | None, form: str | None, *, world: World
) -> None:
    """Draw parties and holdings: a page to open offline, or an SVG.

    Without PARTY everything on the day is drawn. The page needs no network and nothing beside it.
    """
    if output is None:
        raise click.UsageError("a view needs -o FILE.html or -o FILE.svg")
    chosen = form or Path(output).suffix.lower().removeprefix(".")
    if chosen not in PICTURES:
        raise click.UsageError(f"{output!r} tells no picture; end it in .html or .svg, or add -f")
    Output(file=output).write(drawn(world.open(), parties, depth, chosen))


def drawn(snapshot: Snapshot, parties: tuple[str, ...], depth: int, form: str) -> str:
    """Return a page or a picture of what lies around some parties."""
    found = snapshot.directory.find_all(parties)
    picture = view(snapshot, focus=[snapshot.parties[one].id for one in found], depth=depth)
    return picture.html() if form == "html" else picture.svg()
