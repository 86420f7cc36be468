"""Options that say what is supposed, and what is compared."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.errors import InputError
from keiretsu.measures import REGIMES
from keiretsu.rights import RULES
from keiretsu.scenarios import DEFAULT_RULES, EVERY_REGIME, read_edits
from keiretsu.scenarios.reading import LARGEST
from keiretsu.scenarios.suppositions import Supposed

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.scenarios.edits import Edit

NO_REGIME = "none"


def _of_file(name: str) -> tuple[Edit, ...]:
    path = Path(name)
    form = path.suffix.lower().removeprefix(".")
    if form not in ("toml", "json"):
        problem = "edits are read from TOML or JSON"
        raise InputError(problem, place=name, mend="end its name in .toml or .json")
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=name, mend="check the path") from None
    if len(data) > LARGEST:
        raise InputError("is larger than a megabyte", place=name, mend="write fewer edits")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", place=name, mend="save it as UTF-8") from None
    return read_edits(text, form, name)


_EDITS = (
    click.option(
        "--hold",
        "holds",
        metavar="A>B=PERCENT",
        multiple=True,
        help="A's group stake in B becomes so much of the capital, bought from or sold to the "
        "market; '25% votes' and '100sh' (shares) too; += buys and -= sells. May be repeated.",
    ),
    click.option(
        "--proposal", metavar="IRI", help="A proposal of the data goes through; its label will do."
    ),
    click.option(
        "--adopt",
        "adopted",
        metavar="AGREEMENT",
        multiple=True,
        help="An agreement comes into force with its parts, or a reading of the law such as "
        "'double votes count in Companies Act 308(1)'. May be repeated.",
    ),
    click.option(
        "--end",
        "ended",
        metavar="AGREEMENT",
        multiple=True,
        help="An agreement ends, or a rule of law by its article, such as 'C. com. L.233-31'. May "
        "be repeated.",
    ),
    click.option(
        "--file",
        metavar="FILE",
        help="Edits in TOML or JSON: issues, buy-backs, mergers, splits and more; done first.",
    ),
)


def with_edits(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that suppose something; the command gets `supposed`."""

    @functools.wraps(command)
    def called(
        *args: object,
        holds: tuple[str, ...],
        proposal: str | None,
        adopted: tuple[str, ...],
        ended: tuple[str, ...],
        file: str | None,
        **rest: object,
    ) -> None:
        written = () if file is None else _of_file(file)
        command(*args, supposed=Supposed(holds, proposal, adopted, ended, written), **rest)

    for option in reversed(_EDITS):
        called = option(called)
    return called


def _regimes(ctx: click.Context, param: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in REGIMES and name != NO_REGIME]
    if unknown:
        problem = f"no test is named {unknown[0]!r}; use one of: {', '.join(REGIMES)}, {NO_REGIME}"
        raise click.BadParameter(problem, ctx, param)
    return tuple(n for n in dict.fromkeys(names) if n != NO_REGIME) if names else EVERY_REGIME


RULES_COMPARED = click.option(
    "--rule",
    "rules",
    type=click.Choice(sorted(RULES)),
    multiple=True,
    default=DEFAULT_RULES,
    show_default=True,
    help="Rule of control that is compared. May be repeated.",
)
REGIMES_COMPARED = click.option(
    "--regime",
    "regimes",
    metavar="NAME",
    multiple=True,
    callback=_regimes,
    help=f"Legal test that is compared; '{NO_REGIME}' compares none. May be repeated. "
    "[default: all]",
)
