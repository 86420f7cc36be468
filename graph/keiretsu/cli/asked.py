"""Options that say what is asked, where several commands ask for the same: one text for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from keiretsu.model import ORDINARY
from keiretsu.rights import RIGHTS, RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def rights_option(
    default: str, choices: Sequence[str] = RIGHTS
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option that chooses a right."""
    return click.option(
        "--rights",
        type=click.Choice(choices),
        default=default,
        show_default=True,
        help="The right that is counted: shares of the capital, or votes of a kind.",
    )


AT_LEAST = click.option(
    "--at-least", is_flag=True, help="Reaching the limit is enough; else it must be passed."
)
DECISION = click.option(
    "--decision",
    metavar="CLASS",
    default=ORDINARY,
    show_default=True,
    help="Class of decision, for agreements that limit votes in some classes only.",
)
LISTED = click.option(
    "--listed", metavar="PARTY", multiple=True, help="A party on the list. May be repeated."
)
MAX_LENGTH = click.option(
    "--max-length",
    metavar="N",
    type=click.IntRange(min=1),
    help="Most holdings of a chain. [default: no limit]",
)
RULE = click.option(
    "--rule",
    metavar="NAME",
    help=f"A rule of control: {', '.join(sorted(RULES))}. [default: majority-votes]",
)
