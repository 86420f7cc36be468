"""The file that edits are written to: read once, replaced whole, never while another changed it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.ownership_graph.loading import BUNDLED, RDF_SUFFIXES, Material
from keiretsu.resources import ontology_path
from keiretsu.store.editing.editor import RdfFile
from keiretsu.views.page.saving import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class EditedFile:
    """A file and what stood in it when it was read.

    Parameters
    ----------
    path
        Where it is.
    content
        What stood in it; `data` is None if it was not there.
    """

    path: Path
    content: RdfFile

    @classmethod
    def at(cls, path: str | Path, input_format: str | None = None) -> EditedFile:
        """Read a file, or prepare to make one.

        Parameters
        ----------
        path
            A file in Turtle, TriG, N-Quads or N-Triples.
        input_format
            Its syntax, if its ending does not tell it.

        Raises
        ------
        InputError
            If edits cannot be written there: no RDF, no file, not ours to write, or the bundled
            dataset.
        """
        name, place = str(path), Path(path)
        if name == BUNDLED or _is_bundled(place):
            raise InputError(
                "the bundled dataset is not edited in place",
                mend="add --into FILE.trig, and read both: -d alliance -d FILE.trig",
            )
        syntax = RDF_SUFFIXES.get(place.suffix.lower()) or input_format or ""
        if syntax not in RDF_SUFFIXES.values():
            raise InputError(
                "cannot hold edits: it is not RDF", place=name, mend="add --into FILE.trig"
            )
        return cls(place, RdfFile(_read(place), syntax, name))

    def material(self, content: RdfFile) -> Material:
        """Return a content of the file as something to load."""
        return Material(content.text, content.name, content.syntax)

    def write(self, content: RdfFile) -> None:
        """Replace the file whole; a content without data takes it away.

        Raises
        ------
        InputError
            If the file has changed since it was read, or cannot be written; it is then as it was.
        """
        if _read(self.path) != self.content.data:
            problem = "has changed while it was edited"
            raise InputError(problem, place=str(self.path), mend="run the command again")
        if content.data is None:
            self.path.unlink(missing_ok=True)
        else:
            mode = self.path.stat().st_mode if self.path.exists() else None
            write_whole(self.path, content.data.decode("utf-8"))
            if mode is not None:
                self.path.chmod(mode)
        self.content = content


def others(materials: Sequence[Material], file: EditedFile) -> list[Material]:
    """Return the materials that are not the file itself."""
    return [
        one
        for one in materials
        # the name alone may be that of the bundled dataset, which lies elsewhere
        if not (_same(Path(one.name), file.path) and one.data == file.content.data)
    ]


def _read(path: Path) -> bytes | None:
    try:
        if not path.exists():
            return None
        if not path.is_file() or not os.access(path, os.W_OK):
            problem = "cannot be edited: it is no file, or not writable"
            raise InputError(problem, place=str(path), mend="add --into FILE.trig")
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise InputError(problem, place=str(path), mend="check the path") from None


def _is_bundled(path: Path) -> bool:
    return _same(path, ontology_path("data", "alliance", "alliance.trig"))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False
