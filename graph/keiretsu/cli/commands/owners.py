"""``keiretsu owners``: who owns a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.cli.envelope import result_of
from keiretsu.cli.options import EXACT, examples, with_output, with_world
from keiretsu.cli.stakes import DAMPING, FOLLOWED, METHOD, exact_direct, remainder_rows, stakes_page
from keiretsu.measures import owners

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.cli.output import Output
    from keiretsu.cli.world import World


@click.command(
    "owners",
    epilog=examples(
        "keiretsu owners Nissan --as-of 2019-09-03",
        'keiretsu owners "Mitsubishi Motors" -f csv -o owners.csv',
        "keiretsu owners Acme -d holdings.csv --exact -f json",
        "keiretsu owners Renault --method raw --as-of 2019-09-03",
    ),
)
@click.argument("company")
@FOLLOWED
@METHOD
@DAMPING
@click.option(
    "--undisclosed-to",
    metavar="PARTY",
    help="Say what PARTY could have if all that is not disclosed were its.",
)
@EXACT
@with_world
@with_output()
def command(
    company: str,
    rights: str,
    method: str,
    damping: Fraction | None,
    undisclosed_to: str | None,
    *,
    exact: bool,
    world: World,
    output: Output,
) -> None:
    """Say who owns a company, directly and in all.

    Integrated percentages add direct and indirect shares, with loops solved: those of outside
    owners, of floats and of undisclosed holders add up to 100. A party whose own holders are
    recorded is an intermediate owner: its percentage is the share that passes through it. The
    other methods, told apart in docs/measures.md, give intermediate owners a number of their own.
    """
    answer = owners(
        world.open(company, undisclosed_to),
        company,
        rights=rights,
        method=method,
        damping=damping,
        undisclosed_to=undisclosed_to,
    )
    output.deliver(
        result_of(
            answer,
            lambda: stakes_page(answer, f"Owners of {answer.fields['company']}", remainder_rows),
            exact_direct if exact else None,
        )
    )
