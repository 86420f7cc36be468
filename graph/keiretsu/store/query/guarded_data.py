"""Data as another engine reads them: N-Quads that it takes into memory, or a folder of its own."""

from __future__ import annotations

import os
import tempfile
import weakref
from threading import Lock
from typing import IO, TYPE_CHECKING, Final

from keiretsu.store.query.guarded_keeper import Keeper
from keiretsu.store.query.parameters import written
from keiretsu.store.syntax.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement

_OPENING: Final = 1 << 30
"""Address space that the engine takes for a folder: threads, caches, the index of its files."""


class SpoiltEngineError(Exception):
    """What the engine keeps in a folder is not whole; it is to be made anew."""


class EngineData:
    """The statements of a dataset in a temporary file without a name.

    Every statement stands there in its named graph, and once more in the default graph: an engine's
    own union of graphs counts a statement that lies in two graphs twice.

    Parameters
    ----------
    quads
        Statements without blank nodes, each with its graph.
    """

    def __init__(self, quads: Iterable[Statement]) -> None:
        self._file: Final[IO[bytes]] = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        for line in lines(quads):
            self._file.write(line.encode())
        self._file.flush()
        self._keeper: Keeper | None = None
        self._starting = Lock()

    @classmethod
    def of(cls, dataset: Dataset) -> EngineData:
        """Return the data of a whole dataset."""
        return cls(statements(dataset))

    is_united = True
    """Whether the default graph holds what all graphs say."""

    def room(self, per_byte: int) -> int:
        """Return the address space that the data take, at so much for each byte."""
        return per_byte * os.fstat(self._file.fileno()).st_size

    def keeper(self) -> Keeper:
        """Return the process that answers queries on the data, started if there is none."""
        with self._starting:
            if self._keeper is None or not self._keeper.lives():
                self._keeper = Keeper(data=self._file.fileno())
            return self._keeper


class EngineFolder:
    """Statements in a folder of Oxigraph, which the process of each query opens to read.

    No statement lies in two of its named graphs, and none in the default graph; so the engine's own
    union of all graphs holds each statement once.

    Parameters
    ----------
    path
        The folder.
    """

    is_united = False

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()  # the processes that open it stand in another folder
        self._keeper: Keeper | None = None
        self._starting = Lock()

    def room(self, per_byte: int) -> int:  # noqa: ARG002 - it does not grow with the data
        """Return the address space that opening the folder takes."""
        return _OPENING

    def keeper(self) -> Keeper:
        """Return the process that answers queries on the data, started if there is none."""
        with self._starting:
            if self._keeper is None or not self._keeper.lives():
                self._keeper = Keeper(folder=str(self.path))
            return self._keeper


def lines(quads: Iterable[Statement]) -> Iterable[str]:
    """Yield statements as N-Quads, each in its graph, and once more in the default graph.

    Raises
    ------
    InputError
        If a term is a blank node, or an IRI that cannot be written.
    """
    known: dict[Node, str] = {}

    def text(term: Node) -> str:
        found = known.get(term)
        if found is None:
            found = known[term] = written(term)
        return found

    together = set()
    for s, p, o, graph in quads:
        statement = f"{text(s)} {text(p)} {text(o)}"
        if graph is not None:
            yield f"{statement} {text(graph)} .\n"
        together.add(statement)
    yield from (f"{statement} .\n" for statement in sorted(together))
