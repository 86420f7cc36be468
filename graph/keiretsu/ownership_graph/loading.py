"""Files of every supported format into one store, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from keiretsu.errors import InputError, shortened
from keiretsu.formats import FORMATS as OUTSIDE
from keiretsu.formats import Input, Reading, collected, recognised
from keiretsu.formats.bods.tables import holds_tables as are_tables
from keiretsu.resources import ontology_path
from keiretsu.store.memory import Store
from keiretsu.store.syntax.parse import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keiretsu.formats import Format
    from keiretsu.formats.frame import Progress
    from keiretsu.model import Caution, ClaimSet, SourceRecord

RDF_SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples"}
"""RDF that edits can be written to."""
BUNDLED = "alliance"
"""The word that names the bundled dataset among files."""
FORMATS = (*dict.fromkeys(SUFFIXES.values()), *(name for name, one in OUTSIDE.items() if one.reads))
"""Names of the formats that are read."""


@dataclass(frozen=True, slots=True)
class Material:
    """Something to load: its content, what to call it, and in which format it is.

    Parameters
    ----------
    content
        The bytes, or the file that holds them; plain, gzip or zip.
    name
        The file's name, the place of errors.
    format
        One of `FORMATS`.
    """

    content: bytes | Path
    name: str
    format: str

    @classmethod
    def of_file(cls, path: str | Path, input_format: str | None = None) -> Material:
        """Name a file; its ending and its beginning tell the format unless it is given.

        The word ``alliance`` is the bundled dataset; a file of that name is ``./alliance``.

        Raises
        ------
        InputError
            If the file cannot be read or its format is not known.
        """
        name = str(path)
        if name == BUNDLED:
            return bundled()
        if is_endpoint(name):
            problem = "an endpoint is no file"
            raise InputError(problem, place="open", mend="give it as endpoint=...")
        _refuse_unknown(input_format, name)
        source = Input.of_file(Path(path), name)
        return cls(source.content, name, input_format or _format_of(source))

    @property
    def input(self) -> Input:
        """The content as a stream that can be opened several times."""
        return Input(self.content, self.name)

    def watched(self, progress: Progress | None) -> Input:
        """Return the content as a stream that tells how far it was read."""
        watch = None if progress is None else progress.opened
        return Input(self.content, self.name, watch)

    @property
    def data(self) -> bytes:
        """The whole content, unpacked.

        Raises
        ------
        InputError
            If it is damaged, or unpacks to too much.
        """
        return self.input.read()

    @property
    def outside(self) -> Format | None:
        """The format, if it is not RDF."""
        return OUTSIDE.get(self.format)


def is_endpoint(name: str) -> bool:
    """Return whether a name among files is the address of an endpoint.

    Examples
    --------
    >>> is_endpoint("https://example.org/sparql"), is_endpoint("http.csv")
    (True, False)
    """
    return name.lower().startswith(("http://", "https://"))


def bundled() -> Material:
    """Return the alliance dataset that comes with the package."""
    path = ontology_path("data", "alliance", "alliance.trig")
    return Material(path.read_bytes(), "alliance.trig", "trig")


def holds_tables(path: str | Path) -> bool:
    """Return whether a path is a folder of tables that are one input, rather than a store."""
    found = Path(path)
    return found.is_dir() and are_tables(Input(found, str(path)).members())


def load_all(
    materials: Sequence[Material],
    *,
    lenient: bool = False,
    progress: Progress | None = None,
) -> tuple[Store, tuple[Caution, ...]]:
    """Return one store with all materials, and what was assumed or skipped in reading them.

    Parameters
    ----------
    materials
        What to load.
    lenient
        Whether malformed records are skipped and counted.
    progress
        Told how far the reading of each material has come.

    Raises
    ------
    InputError
        At the first material that cannot be read; nothing is half-loaded.
    """
    store = Store()
    cautions: list[Caution] = []
    for material in materials:
        if material.outside is None:
            store.load_bytes(material.data, material.format, material.name)
        else:
            reading = Reading(material.name, lenient=lenient, progress=progress)
            claims = gathered(material, reading, progress)
            store.add(claims)
            cautions += reading.cautions()
    return store, (*cautions, *store.cautions())


def gathered(
    material: Material,
    reading: Reading,
    progress: Progress | None,
    aside: Callable[[SourceRecord], None] | None = None,
) -> ClaimSet:
    """Return what a material that is not RDF says; `progress` is told when all was read.

    Source records go to `aside`, if that is given, and are not returned.
    """
    assert material.outside is not None  # noqa: S101 - for the type checker: asked before
    said = material.outside.read(material.watched(progress), reading)
    claims = collected(said, reading, aside)
    if progress is not None:
        progress.done(reading, len(claims.parties), claims.size)
    return claims


def _refuse_unknown(input_format: str | None, name: str) -> None:
    if input_format is not None and input_format not in FORMATS:
        raise InputError(
            f"the format {input_format!r} is not known",
            place=name,
            mend=f"use {', '.join(FORMATS)}",
        )


def _format_of(source: Input) -> str:
    suffix = PurePath(source.inner_name).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    outside = recognised(source)
    if outside is not None:
        return outside.name
    others = (ending for one in OUTSIDE.values() if one.reads for ending in one.suffixes)
    known = ", ".join(dict.fromkeys((*SUFFIXES, *others)))
    packed = PurePath(source.name).suffix.lower() == ".zip"
    what = f"the ending of {shortened(source.inner_name)} in it" if packed else "its ending"
    raise InputError(
        f"{what} tells no known format",
        place=source.name,
        mend=f"use one of {known}, or name its format with --input-format",
    )
