"""``keiretsu holdings``: what a party owns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.stakes import DAMPING, FOLLOWED, METHOD, exact_direct, stakes_page
from keiretsu.measures import holdings

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World


@click.command(
    "holdings",
    epilog=examples(
        'keiretsu holdings "French State" --as-of 2019-09-03',
        "keiretsu holdings Renault --rights votes -f json",
    ),
)
@click.argument("party")
@FOLLOWED
@METHOD
@DAMPING
@EXACT
@with_world
@with_output()
def command(
    party: str,
    rights: str,
    method: str,
    damping: Fraction | None,
    *,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say what a party owns, directly and in all.

    The same as `owners`, downward. A State stands for itself: the bodies that act for it have
    holdings of their own.
    """
    held = world.open_held_by(party, rights)
    answer = holdings(held, party, rights=rights, method=method, damping=damping)
    output.deliver(
        result_of(
            answer,
            lambda: stakes_page(answer, f"Holdings of {answer.fields['party']}"),
            exact_direct if exact else None,
        )
    )
