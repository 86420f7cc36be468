"""Where the data comes from, and for which day it is resolved: what the common options say."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.cli.progress import progress_on_terminal
from keiretsu.errors import InputError
from keiretsu.ownership_graph import FORMATS, Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.loading import holds_tables, is_endpoint
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.ownership_graph.stored import stored_material
from keiretsu.snapshot import MAX_AGE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.snapshot import Snapshot

STDIN = "-"


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

    @property
    def store(self) -> str | None:
        """The folder of a store on disk, if the data are that alone."""
        alone = self.data[0] if len(self.data) == 1 else ""
        return alone if Path(alone).is_dir() and alone and not holds_tables(alone) else None

    def open(self) -> OwnershipGraph:
        """Return the data: loaded, or where it is asked for later."""
        if len(self.data) == 1 and is_endpoint(self.data[0]):
            return OwnershipGraph.open(endpoint=self.data[0])
        if self.store is not None:
            progress = progress_on_terminal(summary=False, of="statements")
            return OwnershipGraph(OnDisk(self.store, progress))
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
            known = ", ".join(FORMATS)
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
        held_by: Sequence[str] = (),
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
            held_by=held_by,
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

    def open_held_by(self, party: str, rights: str) -> Snapshot:
        """Return the world, or of a store on disk what decides about the rights that a party holds.

        What it has of capital its own way down decides; votes hang on who controls its fellows.
        """
        if rights != "capital":
            return self.open_below(party)
        return self.when.of(self.source.open(), held_by=[party])

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
