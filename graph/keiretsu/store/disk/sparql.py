"""A store's claims once more in a folder of Oxigraph, for SPARQL: derived, and never trusted.

N-Quads are the authority; this is made from them, and carries what it must be of: the fingerprint
of the claims, the ontology beside them, and the version of the engine, whose files are not promised
to last. What is of anything else, or cut, is made anew. It is written aside and renamed when whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from keiretsu.errors import InputError
from keiretsu.resources import ontology_path
from keiretsu.store.disk.folder import pinned
from keiretsu.store.disk.manifest import damaged
from keiretsu.store.disk.through import flush, write_through
from keiretsu.store.disk.whole.everything import settled_nquads, size_as_nquads
from keiretsu.vocabulary import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.frame import Progress
    from keiretsu.store.disk.claims import DiskClaims

FOLDER: Final = "sparql"
STAMP: Final = "sparql.json"
_LAYOUT: Final = 1
_LOCK: Final = ".sparql.lock"
_BUILDING: Final = ".sparql.building"
_ONTOLOGY: Final = ("keiretsu.ttl", "codes.ttl")
_LOOSE: Final = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
"""Beginnings of the names of files that the engine writes for people, or makes anew."""


class SparqlFolder:
    """The folder of Oxigraph that a store's generation has, or gets when it is first asked for.

    Parameters
    ----------
    disk
        The store. As long as this object lives, the generation that it reads stays where it is.

    Attributes
    ----------
    is_aside
        Whether the folder was made for this process alone, since the store cannot be written to.
    """

    name: str = FOLDER
    """Under which it lies in the generation."""

    def __init__(self, disk: DiskClaims) -> None:
        self._disk = disk
        self._generation = disk.generation
        self._aside: Path | None = None
        self._spoilt = False
        pin = pinned(self._generation, disk.path)
        weakref.finalize(self, pin.close)

    @property
    def is_aside(self) -> bool:
        """Whether the folder was made for this process alone."""
        return self._aside is not None

    def path(self, progress: Progress | None = None) -> Path:
        """Return the folder, made if there is none or it is not of these claims or not whole.

        Raises
        ------
        InputError
            If there is no room for it, or the store is damaged.
        """
        for path in self._paths():
            if self._is_fresh(path):
                return path
        lock = self._lock()
        if lock is None:
            return self._made_aside(progress)
        with lock, self._one_line():
            target = self._generation / self.name
            if not self._is_fresh(target):
                self._make(target, progress)
            return target

    def forget(self) -> None:
        """Take away what turned out to be spoilt: it is made anew when it is next asked for."""
        for path in self._paths():
            try:
                (path / STAMP).unlink(missing_ok=True)
            except OSError:  # the store cannot be written to
                self._spoilt = True

    def _paths(self) -> list[Path]:
        kept = [] if self._spoilt else [self._generation / self.name]
        return kept if self._aside is None else [*kept, self._aside]

    def _lock(self) -> IO[str] | None:
        """Wait until nobody else makes the folder; None where nothing can be written."""
        try:
            lock = (self._generation / _LOCK).open("w")
        except OSError:
            return None
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        except OSError:
            lock.close()
            return None
        return lock

    def _make(self, target: Path, progress: Progress | None) -> None:
        build = self._generation / _BUILDING
        shutil.rmtree(build, ignore_errors=True)  # of one that was killed
        try:
            self._write(build, progress)
            shutil.rmtree(target, ignore_errors=True)
            build.rename(target)
            flush(self._generation)
        finally:
            shutil.rmtree(build, ignore_errors=True)

    def _made_aside(self, progress: Progress | None) -> Path:
        with self._one_line():
            above = Path(tempfile.mkdtemp(prefix="keiretsu-sparql-"))
            weakref.finalize(self, shutil.rmtree, above, ignore_errors=True)
            self._write(above / self.name, progress)
        self._aside = above / self.name
        return self._aside

    def _write(self, folder: Path, progress: Progress | None) -> None:
        self._fill(folder, progress)
        stamp = {**self._expected(), "files": _sizes(folder)}
        write_through(folder / STAMP, json.dumps(stamp, indent=1, sort_keys=True))

    def _fill(self, folder: Path, progress: Progress | None) -> None:
        """Write what the engine reads into a new folder."""
        source = Stream(settled_nquads(self._disk), size_as_nquads(self._disk), progress)
        fill_folder(folder, source, self._disk.path)

    def _is_fresh(self, folder: Path) -> bool:
        try:
            stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
            return bool(stamp == {**self._expected(), "files": _sizes(folder)})
        except (OSError, ValueError):
            return False

    def _expected(self) -> dict[str, object]:
        fingerprint = self._disk.manifest.fingerprint
        ontology = hashlib.sha256(b"\0".join(ontology_path(n).read_bytes() for n in _ONTOLOGY))
        return {
            "layout": _LAYOUT,
            "fingerprint": fingerprint,
            "pyoxigraph": ox.__version__,
            "ontology": ontology.hexdigest(),
        }

    @contextlib.contextmanager
    def _one_line(self) -> Iterator[None]:
        """Tell in one line that there is no room, or that the store has gone from under us."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            if not self._generation.is_dir():
                problem, mend = "the store was replaced while it was read", "ask again"
            else:
                reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
                problem = f"the index for SPARQL cannot be written ({reason}); the claims are whole"
                mend = "free space beside the store, or in the temporary folder if it is read-only"
            raise InputError(problem, place=self._disk.path, mend=mend) from None


def fill_folder(folder: Path, source: Stream, place: str) -> None:
    """Write N-Quads, and the ontology in its graph, into a new folder of Oxigraph.

    Raises
    ------
    InputError
        If they are no N-Quads, so that what they come from, at `place`, is damaged.
    """
    store = ox.Store(str(folder))
    try:
        store.bulk_load(cast("IO[bytes]", source), ox.RdfFormat.N_QUADS)
    except SyntaxError:
        raise damaged(place) from None
    ontology = ox.NamedNode(str(GRAPH.ontology))
    for name in _ONTOLOGY:
        store.load(path=ontology_path(name), format=ox.RdfFormat.TURTLE, to_graph=ontology)
    store.optimize()
    store.flush()
    del store  # closes its files


class Stream(io.RawIOBase):
    """Parts of a text as a file that is read once, and tells how far it was read."""

    def __init__(
        self, parts: Iterator[bytes], size: int = 0, progress: Progress | None = None
    ) -> None:
        self._parts, self._left = parts, b""
        self._read = self._lines = 0
        self._progress = progress
        if progress is not None:
            progress.opened(size, lambda: self._read)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._left = part
        taken = self._left if size < 0 else self._left[:size]
        self._left = self._left[len(taken) :]
        self._read += len(taken)
        if self._progress is not None:
            self._lines += taken.count(b"\n")
            self._progress(self._lines)
        return taken


def _sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file that the engine needs."""
    return {
        path.name: path.stat().st_size
        for path in folder.iterdir()
        if path.name != STAMP and not path.name.startswith(_LOOSE)
    }
