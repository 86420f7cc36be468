"""Options that commands share, gathered into three values: where from, for when, where to."""

from __future__ import annotations

import functools
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keiretsu.cli.output import FORMATS, Output
from keiretsu.cli.progress import progress_on_terminal
from keiretsu.cli.stamp import PLACES, check_place
from keiretsu.errors import InputError
from keiretsu.model import exact
from keiretsu.ownership_graph import FORMATS as INPUT_FORMATS
from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.loading import holds_tables, is_endpoint
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.ownership_graph.stored import stored_material
from keiretsu.snapshot import MAX_AGE_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from keiretsu.snapshot import Snapshot

STDIN = "-"
LONGEST_AGE = 366_000
"""Days: a thousand years, and well inside what a date can be moved by."""

_PERCENT = re.compile(r"\d{1,3}([.,]\d{1,30})?\s*%?")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the data comes from.

    Parameters
    ----------
    data
        Files, ``-`` for standard input; none for the bundled dataset.
    input_format
        The format of standard input, or of all files if standard input is not among them.
    lenient
        Whether malformed records are skipped and counted.
    """

    data: tuple[str, ...] = ()
    input_format: str | None = None
    lenient: bool = False

    def materials(self) -> list[Material]:
        """Return the content of the files, read at once.

        Raises
        ------
        InputError
            If one cannot be read, or its format is not known.
        """
        if self.data.count(STDIN) > 1:
            raise InputError("standard input can be read only once", mend="give '-' only once")
        return [self._material(name) for name in self.data] or [bundled()]

    def open(self) -> OwnershipGraph:
        """Return the data: loaded, or where it is asked for later."""
        if len(self.data) == 1 and is_endpoint(self.data[0]):
            return OwnershipGraph.open(endpoint=self.data[0])
        if len(self.data) == 1 and Path(self.data[0]).is_dir() and not holds_tables(self.data[0]):
            progress = progress_on_terminal(summary=False, of="statements")
            return OwnershipGraph(OnDisk(self.data[0], progress))
        return OwnershipGraph.of(
            self.materials(), lenient=self.lenient, progress=progress_on_terminal()
        )

    def _material(self, name: str) -> Material:
        if is_endpoint(name):
            from keiretsu.ownership_graph.remote import remote_material  # noqa: PLC0415 - HTTP

            return remote_material(name)
        if Path(name).is_dir() and not holds_tables(name):
            return stored_material(name)
        if name != STDIN:
            chosen = None if STDIN in self.data else self.input_format
            return Material.of_file(name, chosen)
        if self.input_format is None:
            known = ", ".join(INPUT_FORMATS)
            raise InputError(
                "the format of standard input is not known",
                mend=f"add --input-format with one of {known}",
            )
        return Material(sys.stdin.buffer.read(), "stdin", self.input_format)


@dataclass(frozen=True, slots=True)
class When:
    """On which day, and what is assumed about what is not told for it."""

    as_of: str | None = None
    known_at: str | None = None
    max_age: int = MAX_AGE_DAYS
    remainder: str | None = None

    def of(
        self,
        graph: OwnershipGraph,
        about: Sequence[str] = (),
        *,
        below: Sequence[str] = (),
        around: Sequence[str] = (),
        steps: int = 0,
    ) -> Snapshot:
        """Return the world on the day, or as much of it as decides about the parties named.

        See `OwnershipGraph.snapshot` for the ways in which they are.
        """
        return graph.snapshot(
            self.as_of,
            known_at=self.known_at,
            max_age=self.max_age,
            remainder=self.remainder,
            about=about,
            below=below,
            around=around,
            steps=steps,
        )


@dataclass(frozen=True, slots=True)
class World:
    """Where the data comes from and for which day it is resolved."""

    source: Source
    when: When

    def open(self, *about: str | None) -> Snapshot:
        """Return the world that the options ask for.

        Parameters
        ----------
        *about
            The parties that the question is about, if what lies above them decides it; a store on
            disk then reads no more than that.
        """
        return self.when.of(self.source.open(), [name for name in about if name is not None])

    def open_below(self, *parties: str, perhaps: Iterable[str] = ()) -> Snapshot:
        """Return the world, or of a store on disk what decides about all below some parties.

        Parameters
        ----------
        *parties
            Names; of nobody, all is read.
        perhaps
            Further names, of which some may be those of nobody or of several.
        """
        graph = self.source.open()
        return self.when.of(graph, below=[*parties, *graph.iris_named(perhaps)])


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
    click.option(
        "--input-format",
        type=click.Choice(INPUT_FORMATS),
        help="Format of standard input, or of files whose ending does not tell it.",
    ),
    click.option("--lenient", is_flag=True, help="Skip malformed records and count them."),
)
_WHEN = (
    click.option(
        "--as-of",
        metavar="DATE",
        help="The day asked about, like 2019-09-03. [default: the last day for which the data "
        "claims to be kept, else today]",
    ),
    click.option(
        "--known-at",
        metavar="DATE",
        help="Only what could be known by this day: later papers, and the ends they tell, are not "
        "read. [default: everything]",
    ),
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
            help="Form of the answer. [default: by the ending of -o, else table]",
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
