"""A store's folder of Oxigraph with derived graphs in it: a copy that shares what both hold.

The engine never changes a file of sorted statements, so the copy has links to them; further ones
hold what is derived. A copy is of one set of derived graphs and of the software that computed them,
and lies beside the folder that it began from: a load removes both with their generation.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from keiretsu import __version__
from keiretsu.store.derived.lines import lines_of_graph
from keiretsu.store.disk.sparql import STAMP, SparqlFolder, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from keiretsu.formats.frame import Progress
    from keiretsu.store.derived.graphs import DerivedGraph, DerivedRequest
    from keiretsu.store.disk.claims import DiskClaims

PREFIX: Final = "derived-"
_MOST_KEPT: Final = 4
"""Copies that stay; the one that was made longest ago goes first."""
_SHARED: Final = ".sst"
"""Ending of the files that the engine writes once."""


class DerivedSparqlFolder(SparqlFolder):
    """The folder of Oxigraph that a store has for questions which need some derived graphs.

    Parameters
    ----------
    disk
        The store.
    base
        Its folder without derived graphs.
    requests
        What is derived.
    compute
        Computes them.
    """

    def __init__(
        self,
        disk: DiskClaims,
        base: SparqlFolder,
        requests: Sequence[DerivedRequest],
        compute: Callable[[Sequence[DerivedRequest]], Iterable[DerivedGraph]],
    ) -> None:
        super().__init__(disk)
        self._base, self._requests, self._compute = base, requests, compute
        self._from = Path()
        told = "\x1f".join(f"{one.name} {one.argument}" for one in requests)
        self._derived = hashlib.sha256(told.encode()).hexdigest()[:20]
        self.name = f"{PREFIX}{self._derived}"

    def path(self, progress: Progress | None = None) -> Path:
        """Return the folder, made from the one without derived graphs; see `SparqlFolder.path`.

        Raises
        ------
        InputError
            As there; also if what is to be derived cannot be computed.
        """
        self._from = self._base.path(progress)  # before this one is locked: the lock is the same
        return super().path(progress)

    def forget(self) -> None:
        """Take it away, and what it was made from: whose files they share."""
        super().forget()
        self._base.forget()

    def _fill(self, folder: Path, progress: Progress | None) -> None:  # noqa: ARG002 - it has no size
        self._make_room()
        _link(self._from, folder)
        store = ox.Store(str(folder))
        source = Stream(self._lines(), 0, None)
        store.bulk_load(cast("IO[bytes]", source), ox.RdfFormat.N_QUADS)
        store.flush()
        del store  # closes its files

    def _lines(self) -> Iterator[bytes]:
        for graph in self._compute(self._requests):
            yield from lines_of_graph(graph)

    def _expected(self) -> dict[str, object]:
        return {**super()._expected(), "derived": self._derived, "keiretsu": __version__}

    def _make_room(self) -> None:
        made = [path for path in self._generation.glob(f"{PREFIX}*") if path.is_dir()]
        for path in sorted(made, key=_made_at)[: max(len(made) + 1 - _MOST_KEPT, 0)]:
            shutil.rmtree(path, ignore_errors=True)


def _made_at(path: Path) -> float:
    try:
        return (path / STAMP).stat().st_mtime
    except OSError:
        return 0.0  # it is not whole


def _link(base: Path, folder: Path) -> None:
    """Make a copy of a folder of the engine that shares the files which are written once."""
    folder.mkdir()
    for path in base.iterdir():
        if path.name == STAMP:
            continue
        if path.suffix == _SHARED:
            try:
                os.link(path, folder / path.name)
                continue
            except OSError:  # another file system, or one without links
                pass
        shutil.copy2(path, folder / path.name)
