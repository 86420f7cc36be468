"""Options of the subcommands of ``keiretsu claim``, gathered into values."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from keiretsu.cli.options import with_source
from keiretsu.cli.world import STDIN, Source
from keiretsu.errors import InputError
from keiretsu.model import PartyKind, VotesBasis
from keiretsu.ownership_graph.editing import Editor
from keiretsu.ownership_graph.editing_file import EditedFile, others
from keiretsu.ownership_graph.editing_values import Citation, HoldingValues
from keiretsu.ownership_graph.loading import BUNDLED, Material, is_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

KIND = click.Choice([kind.value for kind in PartyKind], case_sensitive=False)
ON = click.option("--on", metavar="DATE", help="Date of the edit, to be noted with it.")
_STATUSES = ("accepted", "disputed", "rejected")


@dataclass(frozen=True, slots=True)
class Place:
    """Which data is read, and into which file edits go.

    Parameters
    ----------
    source
        Where the data comes from.
    into
        The file that is edited; None for the only file of `source`.
    """

    source: Source
    into: str | None = None

    def editor(self) -> Editor:
        """Return what edits the file.

        Raises
        ------
        InputError
            If it is not clear which file is edited, or that file cannot be.
        """
        if self.into == STDIN or (self.into is None and STDIN in self.source.data):
            raise InputError("standard input cannot be edited", mend="add --into FILE.trig")
        if self.into is not None:
            file = EditedFile.at(self.into)
            materials = others(self.source.materials(), file)
            return Editor(materials, file, lenient=self.source.lenient)
        if len(self.source.data) > 1:
            mend = "say with --into which one is edited"
            raise InputError(f"there are {len(self.source.data)} files", mend=mend)
        (name,) = self.source.data or (BUNDLED,)
        if is_endpoint(name):
            raise InputError("an endpoint is only read", mend="add --into FILE.trig for the edits")
        file = EditedFile.at(name, self.source.input_format)
        if file.content.data is None:
            mend = "check the path, or add --into FILE.trig for a new file"
            raise InputError("cannot be read (no such file)", place=name, mend=mend)
        return Editor([], file, lenient=self.source.lenient)

    def materials(self) -> list[Material]:
        """Return all that is read, the file with the edits among it."""
        materials = self.source.materials()
        own = [] if self.into is None else [Material.of_file(self.into)]
        return [*materials, *(one for one in own if one.data not in {m.data for m in materials})]


_INTO = click.option(
    "--into",
    metavar="FILE",
    help="Write the edit into this RDF file, made if need be, beside the data; read both with -d. "
    "[default: into the file given with -d]",
)
_VALUES = (
    click.option("--percent", metavar="P", help="Capital: 43.4, 25-50, (25,50], >25 or unknown."),
    click.option("--votes", metavar="P", help="Reported votes, in percent like --percent."),
    click.option(
        "--votes-basis",
        type=click.Choice([basis.value for basis in VotesBasis]),
        help="Of which total --votes is a part. [default: exercisable]",
    ),
    click.option("--shares", metavar="N", type=click.IntRange(0), help="Number of shares."),
    click.option("--share-class", metavar="CLASS", help="Label or IRI of the class of shares."),
    click.option("--from", "start", metavar="DATE", help="Since when: 2019-09-03, 2019-09, 2019."),
    click.option("--until", "end", metavar="DATE", help="The first day on which it is not so."),
    click.option("--stated-for", metavar="DATE", help="The one day for which the source says so."),
    click.option(
        "--status", type=click.Choice(_STATUSES), help="Editorial status. [default: accepted]"
    ),
    click.option("--note", metavar="TEXT", help="The editor's remark."),
)
_CITATION = (
    click.option("--source-title", metavar="TEXT", required=True, help="Title of the source."),
    click.option("--source-publisher", metavar="TEXT", help="Its publisher."),
    click.option("--source-date", metavar="DATE", help="When it appeared."),
    click.option("--source-url", metavar="URL", help="Its address, https://..."),
    click.option("--quote", metavar="TEXT", help="Its words."),
)


def with_place(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that tell what is read and edited; the command gets `place`."""

    @functools.wraps(command)
    def called(*args: object, source: Source, into: str | None, **rest: object) -> None:
        command(*args, place=Place(source, into), **rest)

    return with_source(_INTO(called))


def with_values(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a holding's values; the command gets `values`."""
    names = tuple(HoldingValues.__dataclass_fields__)

    @functools.wraps(command)
    def called(*args: object, **rest: object) -> None:
        given = {name: rest.pop(name) for name in names}
        command(*args, values=HoldingValues(**given), **rest)  # type: ignore[arg-type]

    return _decorated(called, _VALUES)


def with_citation(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the source that is cited; the command gets `citation`."""

    @functools.wraps(command)
    def called(
        *args: object,
        source_title: str,
        source_publisher: str | None,
        source_date: str | None,
        source_url: str | None,
        quote: str | None,
        **rest: object,
    ) -> None:
        citation = Citation(
            title=source_title,
            publisher=source_publisher,
            date=source_date,
            url=source_url,
            quote=quote,
        )
        command(*args, citation=citation, **rest)

    return _decorated(called, _CITATION)


def _decorated(
    command: Callable[..., None],
    options: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...],
) -> Callable[..., None]:
    for option in reversed(options):
        command = option(command)
    return command
