"""A dataset as another engine reads it: N-Quads, and what all graphs say together, once each."""

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

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement


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
        for line in _lines(quads):
            self._file.write(line.encode())
        self._file.flush()
        self._keeper: Keeper | None = None
        self._starting = Lock()

    @classmethod
    def of(cls, dataset: Dataset) -> EngineData:
        """Return the data of a whole dataset."""
        return cls(statements(dataset))

    def size(self) -> int:
        """Return the number of bytes."""
        return os.fstat(self._file.fileno()).st_size

    def keeper(self) -> Keeper:
        """Return the process that answers queries on the data, started if there is none."""
        with self._starting:
            if self._keeper is None or not self._keeper.lives():
                self._keeper = Keeper(self._file.fileno())
            return self._keeper


def _lines(quads: Iterable[Statement]) -> Iterable[str]:
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
