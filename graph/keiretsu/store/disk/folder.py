"""The folder of a store on disk: one generation at a time, replaced whole or not at all.

A load writes a new generation beside the one in force and then names it in the file `CURRENT`,
which is replaced in one step. Whatever stops a load before that, the old generation is in force.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.store.disk.through import flush, flush_all, write_through

if TYPE_CHECKING:
    from collections.abc import Iterator

LAYOUT = 4
"""Version of the folder's layout; a larger one is refused."""
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
SETTLED, DESCRIBED = ["settled"], ["described"]
_LOCK = ".lock"
_NEXT = f"{CURRENT}.new"
_BUILDING = ".building"
_MARK = "keiretsu_store"


@dataclass(frozen=True)
class Manifest:
    """What a generation holds.

    Parameters
    ----------
    fingerprint
        Of the claims, as in memory.
    horizon
        Last day for which the data claims to be kept, or None.
    inputs
        SHA-256 of each loaded file, by name.
    counts
        How many parties, holdings and other blocks there are.
    files
        Size in bytes of each file.
    keiretsu
        The version that wrote it.
    layout
        Version of the layout.
    notes
        What else is known of the claims; ``["settled"]``, if they are written as they are read: no
        edit is left to be applied, and no two parties are one; ``["described"]``, if whatever is
        named is described too.
    columns_alone
        1 if what columns hold is not written as N-Quads too, else 0.
    checks
        CRC-32 of the claims and of each file of the index; none in stores of earlier layouts.
    """

    fingerprint: str
    horizon: str | None
    inputs: dict[str, str]
    counts: dict[str, int]
    files: dict[str, int]
    keiretsu: str
    layout: int = LAYOUT
    notes: list[list[Any]] = field(default_factory=list)
    columns_alone: int = 0
    checks: dict[str, int] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether claims are known to be written as they are read."""
        return SETTLED in self.notes

    def write(self, folder: Path) -> None:
        """Write it into a generation's folder, through to the disk."""
        data = {_MARK: self.layout, **asdict(self)}
        write_through(folder / MANIFEST, json.dumps(data, indent=1, sort_keys=True))

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it, and check that the generation's files are all there.

        Raises
        ------
        InputError
            If the store is damaged, or written by a version from the future.
        """
        place = str(folder.parent)
        try:
            data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            layout = data.pop(_MARK)
            if layout > LAYOUT:
                raise InputError(
                    f"the store has layout {layout}, which keiretsu {data.get('keiretsu')} wrote",
                    place=place,
                    mend=f"use that version; this one reads layouts up to {LAYOUT}",
                )
            manifest = cls(**data)
            sizes = {name: (folder / name).stat().st_size for name in manifest.files}
        except (OSError, ValueError, KeyError, TypeError) as error:
            if isinstance(error, InputError):
                raise
            raise damaged(place) from None
        if sizes != manifest.files:
            raise damaged(place)
        return manifest


class Folder:
    """A store's folder.

    Parameters
    ----------
    path
        The folder; it need not exist yet.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def named(self) -> str:
        """Return what tells which generation is in force; nothing if there is none."""
        try:
            return (self.path / CURRENT).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return ""

    def current(self) -> Path:
        """Return the folder of the generation in force.

        Raises
        ------
        InputError
            If there is none.
        """
        if not is_store(self.path):
            raise InputError(
                "there is no store here", place=str(self.path), mend="make one with 'keiretsu load'"
            )
        name = self.named()
        folder = self.path / name
        if not name or "/" in name or not folder.is_dir():
            raise damaged(str(self.path))
        return folder

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Give a new folder to write a generation into; the only writer, or none.

        What is not put in force by `publish` is removed, also what earlier writers left that died.

        Raises
        ------
        InputError
            If somebody else is writing, the folder holds something else, or the disk is full.
        """
        place = str(self.path)
        if self.path.exists() and not is_store(self.path) and any(self._foreign()):
            raise InputError(
                "the folder is not empty and no store", place=place, mend="name another folder"
            )
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / _LOCK).open("w") as lock:
                _take(lock.fileno(), place)
                self._sweep()
                build = self.path / f"{_BUILDING}-{os.getpid()}"
                build.mkdir()
                try:
                    yield build
                finally:
                    shutil.rmtree(build, ignore_errors=True)
        except OSError as error:
            reason = error.strerror or str(error)  # what numpy cannot write has no number
            raise InputError(
                f"the store cannot be written ({reason}); it is as it was",
                place=place,
                mend="free space or check the rights of the folder",
            ) from None

    def publish(self, build: Path, manifest: Manifest) -> None:
        """Put what was written in force, in one step, once all of it is on the disk.

        Until then the old generation stays: whatever power is lost, one of them is whole.
        """
        manifest.write(build)
        flush_all(build)
        taken = {path.name for path in self.path.iterdir()}
        number = 1
        while f"{manifest.fingerprint}-{number}" in taken:
            number += 1
        target = self.path / f"{manifest.fingerprint}-{number}"
        build.rename(target)
        flush(self.path)
        write_through(self.path / _NEXT, target.name + "\n")
        (self.path / _NEXT).replace(self.path / CURRENT)
        flush(self.path)
        self._sweep()

    def put_beside(self, made: Path, target: Path) -> bool:
        """Put what was made of a generation into its place; return whether that could be done.

        Nothing is done while somebody writes to the store, or where it cannot be written to.
        """
        half = target.with_name(f"{_BUILDING}-{os.getpid()}")
        try:
            with (self.path / _LOCK).open("w") as lock:
                _take(lock.fileno(), str(self.path))
                for left in target.parent.glob(f"{_BUILDING}-*"):  # of one that was killed
                    shutil.rmtree(left, ignore_errors=True)
                shutil.copytree(made, half)
                shutil.rmtree(target, ignore_errors=True)
                half.rename(target)
        except (OSError, InputError):
            shutil.rmtree(half, ignore_errors=True)
            return False
        return True

    def _foreign(self) -> Iterator[Path]:
        """Yield what is none of ours; a first load that died leaves a generation without a name."""
        return (
            path
            for path in self.path.iterdir()
            if not path.name.startswith(".") and path.name != _NEXT and not _is_generation(path)
        )

    def _sweep(self) -> None:
        """Remove generations that are not in force.

        A reader that has its files open keeps them; one that opens them again has it `pinned`, and
        the next load removes it.
        """
        current = self.current().name if (self.path / CURRENT).exists() else ""
        for path in self.path.iterdir():
            if path.is_dir() and path.name != current and not _is_pinned(path):
                shutil.rmtree(path, ignore_errors=True)


def pinned(generation: Path, place: str) -> IO[bytes]:
    """Keep a generation where it is for as long as what is returned stays open.

    Raises
    ------
    InputError
        If it is gone already.
    """
    try:
        pin = (generation / MANIFEST).open("rb")
    except OSError:
        raise replaced(place) from None
    with contextlib.suppress(OSError):  # where no locks are kept
        fcntl.flock(pin.fileno(), fcntl.LOCK_SH)
    return pin


def _is_pinned(generation: Path) -> bool:
    try:
        with (generation / MANIFEST).open("rb") as pin:
            fcntl.flock(pin.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def is_store(path: str | Path) -> bool:
    """Return whether a folder holds a store."""
    return (Path(path) / CURRENT).is_file()


def _is_generation(path: Path) -> bool:
    """Return whether a folder is a generation that some load has written whole."""
    try:
        return _MARK in json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _take(descriptor: int, place: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            "somebody else is writing to the store", place=place, mend="wait until that is done"
        ) from None


def damaged(place: str) -> InputError:
    """Return the error for a store that is not as it was written."""
    return InputError(
        "the store is damaged", place=place, mend="load its files again into another folder"
    )


def replaced(place: str) -> InputError:
    """Return the error for a generation that a load has removed while it was read."""
    return InputError("the store was replaced while it was read", place=place, mend="ask again")
