"""``keiretsu view``: a page to open offline, or a picture."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from keiretsu.cli.asked import LISTED
from keiretsu.cli.options import STAMP, examples, with_world
from keiretsu.cli.output import Output
from keiretsu.cli.overwriting import refuse_overwriting
from keiretsu.cli.stamp import check_place
from keiretsu.cli.supposing import with_edits
from keiretsu.errors import InputError
from keiretsu.measures import REGIMES
from keiretsu.views.compose import DEPTH, MOST_UNASKED, fitting_depth, view
from keiretsu.views.drawing.letters import MissingLettersWarning
from keiretsu.views.drawing.palette import THEMES
from keiretsu.views.view import FORMS, View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keiretsu.cli.world import When, World
    from keiretsu.ownership_graph import OwnershipGraph
    from keiretsu.scenarios.suppositions import Supposed
    from keiretsu.snapshot import Snapshot

_STAMPED = ("html", "svg")
_OPTIONS = (
    click.option(
        "--depth",
        metavar="N",
        type=click.IntRange(0, 100),
        help="How many holdings away from the parties the picture reaches. "
        f"[default: {DEPTH}, or 1 if there are then more than {MOST_UNASKED} parties]",
    ),
    click.option(
        "--from",
        "start",
        metavar="DATE",
        help="First day of a span of time: the page then goes from change to change, and opens on "
        "--as-of, or on the last.",
    ),
    click.option(
        "--until",
        metavar="DATE",
        help="Last day of the span. [default: the last day for which the data claims to be kept, "
        "else the last on which it tells of a change]",
    ),
    click.option(
        "--compare",
        metavar="DATE",
        help="Draw a second day beside the first, with all that differs marked.",
    ),
    click.option(
        "--regime",
        metavar="NAME",
        help=f"Mark whom a legal test catches: {', '.join(REGIMES)}.",
    ),
    LISTED,
    click.option(
        "--proposals",
        is_flag=True,
        help="Draw what is proposed on the day, dashed, apart from what is held.",
    ),
    click.option("--offices", is_flag=True, help="Draw who holds which office on the day."),
    click.option(
        "--mark", metavar="KEY", help="The analysis that is marked: control-majority-votes, ..."
    ),
    click.option(
        "--colours",
        type=click.Choice(tuple(THEMES)),
        default="keiretsu",
        show_default=True,
        help="Whose colours; bovs are those of Open Ownership.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        help=f"A file that ends in {', '.join('.' + form for form in FORMS)}. [required]",
    ),
    click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(tuple(FORMS)),
        help="If the ending does not tell it.",
    ),
    STAMP,
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(
    "view",
    epilog=examples(
        "keiretsu view Renault --as-of 2019-09-03 -o renault.html",
        'keiretsu view Nissan "Mitsubishi Motors" --depth 1 -o alliance.png',
        "keiretsu view Renault --from 2015-01-01 --until 2023-12-31 --depth 1 -o years.html",
        'keiretsu view Renault Nissan --as-of 2019-09-03 --hold "Renault>Nissan=15" -o deal.html',
        'keiretsu view Renault --regime ofac --listed "French State" --mark test-ofac -o test.svg',
    ),
)
@click.argument("parties", metavar="[PARTY]...", nargs=-1)
@_with_options
@with_edits
@with_world
def command(
    parties: tuple[str, ...],
    output: str | None,
    form: str | None,
    *,
    world: World,
    mark: str | None,
    stamp: bool,
    **options: Any,  # noqa: ANN401 - as `_OPTIONS` has them
) -> None:
    """Draw parties and holdings: a page to open offline, a drawing, or data.

    Without PARTY everything on the day is drawn. The page needs no network and nothing beside it.
    """
    if output is None:
        raise click.UsageError("a view needs -o FILE.html, or another ending; see --help")
    refuse_overwriting(output)
    chosen = form or _form_of(output)
    if stamp:
        check_place(chosen, _STAMPED)
    graph = world.source.open()
    picture = _drawn(graph, world.when, parties, **options)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", MissingLettersWarning)
        content = rendered(picture, chosen, mark)
    for one in told:
        if issubclass(one.category, MissingLettersWarning):
            click.echo(f"warning: {one.message}", err=True)
    dataset = graph.fingerprint if stamp else None
    Output(file=output, stamp=stamp).write(content, dataset, chosen)


def _drawn(
    graph: OwnershipGraph,
    when: When,
    parties: tuple[str, ...],
    *,
    start: str | None,
    until: str | None,
    compare: str | None,
    regime: str | None,
    listed: tuple[str, ...],
    offices: bool,
    proposals: bool,
    supposed: Supposed,
    **given: Any,  # noqa: ANN401 - what `view` takes
) -> View:
    given["proposals"] = graph.claims if proposals else None
    given |= {"regime": regime, "listed": listed}
    edits = supposed.edits()
    if start is None and until is None:
        if edits and compare is not None:
            problem = "a second day and what is supposed are two comparisons"
            raise InputError(problem, mend="leave out --compare, or --hold and its like")
        is_near_enough = not (edits or proposals or offices or compare or regime)
        day = _day_of(graph, when, supposed)
        world = _world_of(graph, day, parties if is_near_enough else (), given["depth"])
        other = None if compare is None else graph.snapshot(compare)
        if edits:
            other = graph.scenario(edits, world=world)
        return view(
            world, focus=parties, compared_with=other, offices=graph.claims if offices else None,
            **given,
        )  # fmt: skip
    if compare is not None or edits:
        problem = "a span of time is drawn without a second day and what is supposed"
        raise InputError(problem, mend="leave out --compare, --hold and its like")
    given["offices"] = graph.claims if offices else None
    return view(graph, focus=parties, start=start, until=until, opened=when.as_of, **given)


def _world_of(
    graph: OwnershipGraph, day: When, around: Sequence[str], depth: int | None
) -> Snapshot:
    """Return as much of the world as a picture around some parties shows; all if there are none."""
    steps = DEPTH if depth is None else depth
    if depth is None and around and graph.backing.reads_steps:  # two may lead to much of a register
        nearest = day.of(graph, around=around, steps=1)
        if fitting_depth(nearest, around) == 1:
            return nearest
    return day.of(graph, around=around, steps=steps)


def _day_of(graph: OwnershipGraph, when: When, supposed: Supposed) -> When:
    """Return the day of a view: a proposal that goes through is drawn on its own day."""
    day = None if when.as_of is not None else graph.proposal_date(supposed.proposal)
    return when if day is None else replace(when, as_of=day.isoformat())


def _form_of(output: str) -> str:
    name = output.lower()
    form = "csl" if name.endswith(".csl.json") else Path(name).suffix.removeprefix(".")
    if form not in FORMS:
        endings = ", ".join(f".{ending}" for ending in FORMS)
        raise click.UsageError(f"{output!r} tells no picture; end it in {endings}, or add -f")
    return form


def rendered(picture: View, form: str, mark: str | None = None) -> str | bytes:
    """Return a picture in a form, with the marks of an overlay."""
    return (picture if mark is None else picture.marked(mark)).rendered(form)
