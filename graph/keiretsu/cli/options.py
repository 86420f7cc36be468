"""Options of nearly every command, gathered into values: where from, for when, where to."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import click

from keiretsu.cli.output import FORMATS, Output
from keiretsu.cli.overwriting import refuse_overwriting
from keiretsu.cli.stamp import PLACES, check_place
from keiretsu.cli.world import STDIN, Source, When, World
from keiretsu.model import exact
from keiretsu.ownership_graph import FORMATS as INPUT_FORMATS
from keiretsu.snapshot import MAX_AGE_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

LONGEST_AGE = 366_000
"""Days: a thousand years, and well inside what a date can be moved by."""

_PERCENT = re.compile(r"\d{1,3}([.,]\d{1,30})?\s*%?")


def examples(*commands: str) -> str:
    """Return worked examples as the end of a command's help, kept line by line."""
    return "\b\nExamples:\n" + "\n".join(f"  {command}" for command in commands)


def as_percent(
    ctx: click.Context | None, param: click.Parameter | None, value: str | None
) -> Fraction | None:
    """Return the fraction of one that a text in percent means, read exactly.

    Examples
    --------
    >>> as_percent(None, None, "40"), as_percent(None, None, "33,4 %")
    (Fraction(2, 5), Fraction(167, 500))
    """
    if value is None:
        return None
    if not _PERCENT.fullmatch(value.strip()):
        problem = f"{value!r} is not a percentage; write it like 33.4"
        raise click.BadParameter(problem, ctx, param)
    return exact(value.rstrip("% ").replace(",", ".")) / 100


LENIENT = click.option("--lenient", is_flag=True, help="Skip malformed records and count them.")
INPUT_FORMAT = click.option(
    "--input-format",
    type=click.Choice(INPUT_FORMATS),
    help="Format of standard input, and of files that do not tell it themselves.",
)
AS_OF = click.option(
    "--as-of",
    metavar="DATE",
    help="The day asked about, like 2019-09-03. [default: the last day for which the data "
    "claims to be kept, else today]",
)
KNOWN_AT = click.option(
    "--known-at",
    metavar="DATE",
    help="Only what could be known by this day: later papers, and the ends they tell, are not "
    "read. [default: everything]",
)
_SOURCE = (
    click.option(
        "-d",
        "--data",
        "data",
        metavar="FILE",
        multiple=True,
        help="Data: RDF, a holdings table, or another format that --input-format lists, also as "
        "gzip or zip; '-' is standard input, 'alliance' the bundled dataset, a folder a store, or "
        "flattened tables of BODS, http(s)://... the address of a SPARQL endpoint. May be "
        "repeated. "
        "[default: alliance]",
    ),
    INPUT_FORMAT,
    LENIENT,
)
_WHEN = (
    AS_OF,
    KNOWN_AT,
    click.option(
        "--max-age",
        metavar="DAYS",
        type=click.IntRange(0, LONGEST_AGE),
        default=MAX_AGE_DAYS,
        show_default=True,
        help="How long a stake stated for one day is carried forward.",
    ),
    click.option(
        "--remainder",
        type=click.Choice(["float", "undisclosed"]),
        help="Who stands behind what no named holder has. [default: float for listed issuers, "
        "else undisclosed]",
    ),
)
EXACT = click.option(
    "--exact", is_flag=True, help="Add the main percentage as an exact fraction of one."
)
NO_COLOR = click.option("--no-color", is_flag=True, help="No colours (as the variable NO_COLOR).")
STAMP = click.option(
    "--stamp",
    is_flag=True,
    help="Say what makes the answer reproducible: data, versions, command.",
)
_FILE = click.option(
    "-o", "--output", metavar="FILE", default=STDIN, help="Write there; '-' is standard output."
)


def with_source(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that tell where data comes from; the command gets `source`."""

    @functools.wraps(command)
    def called(
        *args: object,
        data: tuple[str, ...],
        input_format: str | None,
        lenient: bool,
        **rest: object,
    ) -> None:
        command(*args, source=Source(data, input_format, lenient), **rest)

    return _decorated(called, _SOURCE)


def with_world(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of data and day; the command gets `world`."""

    @functools.wraps(command)
    def called(
        *args: object,
        source: Source,
        as_of: str | None,
        known_at: str | None,
        max_age: int,
        remainder: str | None,
        **rest: object,
    ) -> None:
        command(*args, world=World(source, When(as_of, known_at, max_age, remainder)), **rest)

    return with_source(_decorated(called, _WHEN))


def with_output(
    *formats: str, stamped: tuple[str, ...] = PLACES
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options of format, file and stamp; the command gets `output`.

    Parameters
    ----------
    formats
        The forms that the command knows; those of every answer if none are given.
    stamped
        The forms of which it can stamp.
    """
    known = formats or FORMATS
    options = (
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(known),
            help=f"Form of the answer. [default: by the ending of -o, else {known[0]}]",
        ),
        _FILE,
        NO_COLOR,
        STAMP,
    )

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def called(
            *args: object,
            form: str | None,
            output: str,
            no_color: bool,
            stamp: bool,
            **rest: object,
        ) -> None:
            refuse_overwriting(output)
            chosen = Output(form, output, not no_color, known, stamp)
            if stamp:
                check_place(chosen.chosen, stamped)
            command(*args, output=chosen, **rest)

        return _decorated(called, options)

    return decorate


def _decorated(
    command: Callable[..., None],
    options: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...],
) -> Callable[..., None]:
    for option in reversed(options):
        command = option(command)
    return command
