"""``keiretsu timeline``: how control of a party and the votes in it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.numbers import shown
from keiretsu.cli.options import examples, with_output, with_world
from keiretsu.cli.output import FORMATS
from keiretsu.cli.page import Column, Lines, Page, Table
from keiretsu.cli.remarks import warning_lines
from keiretsu.rights import RULES
from keiretsu.views.drawing.timeline_svg import timeline_svg

if TYPE_CHECKING:
    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World
    from keiretsu.measures import Answer
    from keiretsu.scenarios import Period
    from keiretsu.scenarios.timeline_record import StakeThen

_PICTURE = "svg"


@click.command(
    "timeline",
    epilog=examples(
        "keiretsu timeline Nissan",
        "keiretsu timeline Renault --from 2015-01-01 --as-of 2019-09-03 -f json",
        "keiretsu timeline Nissan -o nissan.svg",
    ),
)
@click.argument("company")
@click.option(
    "--from",
    "since",
    metavar="DATE",
    help="The first day. [default: the first on which something is told]",
)
@click.option(
    "--rule",
    "rules",
    type=click.Choice(tuple(RULES)),
    multiple=True,
    help="Rule of control; of several the first that gives it is told. May be repeated. "
    "[default: majority-votes, then fr-presumption-40]",
)
@with_world
@with_output(*FORMATS, _PICTURE)
def command(
    company: str, *, since: str | None, rules: tuple[str, ...], world: World, output: Output
) -> None:
    """Tell how control of a party and the votes in it changed.

    A period ends where a stake, its votes, a rule that touches them or a verdict on control
    changes. --as-of is the last day that is looked at. A date known only to the month or year
    leaves a period in which a range is told. Ends in .svg: a picture.
    """
    when, graph = world.when, world.source.open()
    chosen = {"rules": rules} if rules else {}
    answer = graph.timeline(
        company,
        since=since,
        until=when.as_of,
        known_at=when.known_at,
        max_age=when.max_age,
        remainder=when.remainder,
        **chosen,
    )
    if output.chosen == _PICTURE:
        output.write(timeline_svg(answer), answer.snapshot.dataset)
    else:
        output.deliver(result_of(answer, lambda: timeline_page(answer)))


def timeline_page(answer: Answer[Period]) -> Page:
    """Return what a person is shown."""
    columns = (
        Column("from"),
        Column("until"),
        Column("controller"),
        Column("rule"),
        Column("votes"),
    )
    rows = tuple(
        (
            str(period.since),
            "" if period.until is None else str(period.until),
            _controller(period),
            period.rule or "",
            "; ".join(_stake(stake) for stake in period.regime.votes),
        )
        for period in answer
    )
    last = answer.records[-1].regime
    now = (
        *(f"{one.holder} has {_stake(one, of=one.issuer)}" for one in last.holds),
        *(f"controls {one.party}, by {one.rule}" for one in last.controls),
    )
    changed = tuple(f"{period.since}: {one.text}" for period in answer for one in period.changes)
    fields = answer.fields
    title = f"{fields['party']} from {fields['from']} to {fields['until']}"
    parts = (
        Table(columns, rows),
        Lines("What changed", changed),
        Lines(f"What it has on {answer.snapshot.as_of}", now),
        warning_lines(answer.cautions),
    )
    return Page(title, parts)


def _controller(period: Period) -> str:
    if period.controller is None:
        return "nobody"
    return period.controller if period.verdict == "certain" else f"perhaps {period.controller}"


def _stake(stake: StakeThen, *, of: str = "") -> str:
    capital, votes, agreed = (
        f"{shown(share)} %" for share in (stake.capital, stake.votes, stake.agreed_votes)
    )
    text = f"{capital} of {of}" if of else f"{stake.holder} {capital}"
    if votes != capital:
        text += f", votes {votes}" if stake.votes.high else ", no votes"
    return text if agreed == votes else f"{text}, agreed {agreed}"
