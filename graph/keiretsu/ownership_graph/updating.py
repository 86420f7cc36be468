"""Updates of the data that a file or a store's folder holds: whole, or not at all.

What was there before an update stays on record: each one is appended to a log beside the data, as
RDF Patch, before the data are replaced in one step.
"""

from __future__ import annotations

import glob
import hashlib
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from keiretsu.errors import InputError, QueryRefusedError
from keiretsu.model import LossReport
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.ownership_graph.on_disk import OnDisk
from keiretsu.ownership_graph.update_log import UnwrittenError, UpdateLog
from keiretsu.store.disk import DiskClaims, Folder, is_store, write_generation
from keiretsu.store.disk.manifest import DESCRIBED, SETTLED, notes_of
from keiretsu.store.editing.text import is_silent
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

SYNTAXES: Final = {".trig": "trig", ".nq": "nquads"}
_HALF: Final = ".update"
LOG: Final = "updates.rdfp"


class ChangedError(InputError):
    """The data have been changed by somebody else since they were read."""


class Target(Protocol):
    """Where updated data are kept; nobody else writes there while it is open.

    Attributes
    ----------
    name
        What the data are called.
    syntax
        In which they are committed: ``trig`` or ``nquads``.
    """

    name: str
    syntax: str

    def open(self) -> OwnershipGraph:
        """Return the data, after what a writer that died has left behind is cleared away."""
        ...

    def commit(self, data: bytes, patch: Sequence[str]) -> OwnershipGraph:
        """Replace the data in one step, with a record of what changed; return them as they are now.

        Raises
        ------
        ChangedError
            If somebody else has written since; nothing is written then.
        UnwrittenError
            If they cannot be written; they are as they were.
        """
        ...


def target_of(path: str) -> Target:
    """Return where updates of some data go.

    Raises
    ------
    InputError
        If updates cannot be kept there.
    """
    place = Path(path)
    if is_store(place):
        return UpdatedFolder(place)
    if place.suffix.lower() not in SYNTAXES or place.is_dir():
        raise InputError(
            "updates need a file with named graphs, or a store",
            place=path,
            mend="name one that ends in .trig or .nq, or a folder made by 'keiretsu load'",
        )
    return UpdatedFile(place)


class UpdatedFile:
    """A file in TriG or N-Quads; one that is not there yet is made by the first update.

    Parameters
    ----------
    path
        The file. Its log lies beside it, under its name with ``.rdfp`` added.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()  # through a link, which stays
        self.syntax = SYNTAXES[path.suffix.lower()]
        self.name = str(path)
        self._log = UpdateLog(self.path.with_name(f"{self.path.name}.rdfp"))
        self._known = ""

    def open(self) -> OwnershipGraph:
        """Return the data; see `Target`.

        Raises
        ------
        InputError
            If the file cannot be read, or somebody else has it open for updates.
        """
        self._log.open()
        for half in self.path.parent.glob(f".{glob.escape(self.path.name[:200])}.*{_HALF}"):
            half.unlink(missing_ok=True)
        data = self._read()
        self._known = _digest(data)
        self._log.recover(self._known)
        return self._graph(data)

    def commit(self, data: bytes, patch: Sequence[str]) -> OwnershipGraph:
        """Write the file and its log; see `Target`.

        Raises
        ------
        ChangedError, UnwrittenError
            See `Target`.
        """
        if _digest(self._read()) != self._known:
            problem = "has been changed by somebody else"
            raise ChangedError(problem, place=self.name, mend="start the server again")
        graph = self._graph(data)
        after = _digest(data)
        with self._log.entry(self._known, after, patch):
            write_through(self.path, data)
        self._known = after
        return graph

    def _graph(self, data: bytes) -> OwnershipGraph:
        store = Store()
        if not is_silent(data):
            store.load_bytes(data, self.syntax, self.name)
        return OwnershipGraph(store, tuple(store.cautions()))

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise InputError(problem, place=self.name, mend="check the path") from None


class UpdatedFolder:
    """A store on disk; its log lies in the folder.

    Parameters
    ----------
    path
        The store's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.syntax = path, str(path), "nquads"
        self._log = UpdateLog(path / LOG)
        self._known = ""

    def open(self) -> OwnershipGraph:
        """Return the data; see `Target`.

        Raises
        ------
        InputError
            If the store is damaged, or somebody else has it open for updates.
        """
        self._log.open()
        claims = OnDisk(self.path)
        self._known = claims.disk.manifest.fingerprint
        self._log.recover(self._known)
        return OwnershipGraph(claims)

    def commit(self, data: bytes, patch: Sequence[str]) -> OwnershipGraph:
        """Write a new generation of the store; see `Target`.

        Raises
        ------
        ChangedError, UnwrittenError
            See `Target`.
        """
        folder = Folder(self.path)
        try:
            with folder.building() as build:
                manifest = DiskClaims(self.path).manifest
                if manifest.fingerprint != self._known:
                    problem = "has been changed by somebody else"
                    raise ChangedError(problem, place=self.name, mend="start the server again")
                store = Store()
                if data:
                    store.load_bytes(data, self.syntax, self.name)
                self._check(store)
                new = write_generation(build, store.claims(), manifest.inputs)
                # the store in memory saw to that all is settled and described
                notes = [SETTLED, DESCRIBED, *notes_of(manifest.assumed)]
                new = replace(new, notes=notes)
                with self._log.entry(self._known, new.fingerprint, patch):
                    folder.publish(build, new)
        except InputError as error:
            if isinstance(error, ChangedError):
                raise
            raise UnwrittenError(error.problem, place=error.place, mend=error.mend) from None
        self._known = new.fingerprint
        return OwnershipGraph(OnDisk(self.path))

    def _check(self, store: Store) -> None:
        report = LossReport()
        store.report_foreign(report)
        if len(report):
            problem = "a store on disk keeps claims alone, and there is more in the update"
            raise QueryRefusedError(problem, mend="leave out other vocabularies, or use a file")


def write_through(path: Path, data: bytes) -> None:
    """Replace a file in one step, through to the disk.

    Raises
    ------
    UnwrittenError
        If that cannot be done; the file is as it was.
    """
    half = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}{_HALF}")
    try:
        try:
            with half.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                half.chmod(path.stat().st_mode)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        mend = "free space or check the rights of the folder"
        raise UnwrittenError(problem, place=str(path), mend=mend) from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
