"""Files of every supported format into one store, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.formats import read_holdings_table
from keiretsu.resources import ontology_path
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.model import Caution

RDF_SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".nt": "ntriples"}
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
BUNDLED = "alliance"
"""The word that names the bundled dataset among files."""
FORMATS = (*RDF_SUFFIXES.values(), "csv")


@dataclass(frozen=True, slots=True)
class Material:
    """Something to load: its bytes, what to call it, and in which format it is.

    Parameters
    ----------
    data
        Content.
    name
        The file's name, the place of errors.
    format
        One of `FORMATS`.
    """

    data: bytes
    name: str
    format: str

    @classmethod
    def of_file(cls, path: str | Path, input_format: str | None = None) -> Material:
        """Read a file; its ending tells the format unless it is given.

        The word ``alliance`` is the bundled dataset; a file of that name is ``./alliance``.

        Raises
        ------
        InputError
            If the file cannot be read or its format is not known.
        """
        name = str(path)
        if name == BUNDLED:
            return bundled()
        chosen = input_format or _format_of(name)
        if chosen not in FORMATS:
            raise InputError(
                f"the format {chosen!r} is not known", place=name, mend=f"use {', '.join(FORMATS)}"
            )
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise InputError(problem, place=name, mend="check the path") from None
        return cls(data, name, chosen)

    @property
    def is_table(self) -> bool:
        """Whether it is a holdings table rather than RDF."""
        return self.format == "csv"


def bundled() -> Material:
    """Return the alliance dataset that comes with the package."""
    path = ontology_path("data", "alliance", "alliance.trig")
    return Material(path.read_bytes(), "alliance.trig", "trig")


def load_all(
    materials: Sequence[Material], *, lenient: bool = False
) -> tuple[Store, tuple[Caution, ...]]:
    """Return one store with all materials, and what was assumed or skipped in reading them.

    Raises
    ------
    InputError
        At the first material that cannot be read; nothing is half-loaded.
    """
    store = Store()
    cautions: list[Caution] = []
    for material in materials:
        if material.is_table:
            table = read_holdings_table(material.data, material.name, lenient=lenient)
            store.add(table.claims)
            cautions += table.cautions
        else:
            store.load_bytes(material.data, material.format, material.name)
    return store, (*cautions, *store.cautions())


def _format_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in RDF_SUFFIXES:
        return RDF_SUFFIXES[suffix]
    if suffix in TABLE_SUFFIXES:
        return "csv"
    known = ", ".join((*RDF_SUFFIXES, *TABLE_SUFFIXES))
    raise InputError(
        "its ending tells no known format", place=name, mend=f"use one of {known}, or name a format"
    )
