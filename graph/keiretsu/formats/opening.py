"""Input as a stream of bytes: a file or memory, plain, gzip or zip, never more than it should be.

A compressed file that unpacks to far more than data ever does is refused while it is unpacked, and
one that is cut short is an error, not a shorter file.
"""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, cast

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

HEAD = 65_536
"""So many bytes are looked at to recognise a format."""
MOST_EXPANSION = 200
"""Unpacked bytes for each packed one; registers come to 10 to 40."""
FREE_EXPANSION = 64 * 1024 * 1024
"""Unpacked bytes that are allowed whatever the packed size."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_PACKED_SUFFIXES = (".gz", ".gzip", ".zip")
_NOISE = ("__MACOSX/", ".DS_Store")


@dataclass(frozen=True, slots=True)
class Input:
    """Bytes that can be read from their beginning, several times.

    Parameters
    ----------
    content
        The bytes, or the file that holds them.
    name
        What errors call it.
    watch
        Told every time that the content is opened: its size, packed as it is, and what to call for
        how much of it was read.
    member
        The file within a folder or an archive of several that is meant, see `members`; empty for
        the content itself.

    Examples
    --------
    >>> import gzip
    >>> packed = Input(gzip.compress(b"holder,issuer"), "a.csv.gz")
    >>> packed.read(), packed.inner_name
    (b'holder,issuer', 'a.csv')
    """

    content: bytes | Path
    name: str
    watch: Callable[[int, Callable[[], int]], None] | None = field(
        default=None, compare=False, repr=False
    )
    member: str = ""

    @classmethod
    def of_file(cls, path: Path, name: str) -> Input:
        """Return a file or a folder as input; what can be read only once, as a pipe, is read now.

        Raises
        ------
        InputError
            If it cannot be read.
        """
        try:
            if path.is_dir():
                return cls(path, name)
            if not path.is_file():
                return cls(path.read_bytes(), name)
            with path.open("rb"):
                return cls(path, name)
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise InputError(problem, place=name, mend="check the path") from None

    def open(self) -> IO[bytes]:
        """Return a stream of the unpacked content; close it.

        Raises
        ------
        InputError
            At once or while it is read: if it is damaged, cut short, or unpacks to too much.
        """
        raw = self._raw()
        if self.watch is not None:
            self.watch(self._size(), raw.tell)
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(_GZIP):
            unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=raw, mode="rb"))
            return _guarded(unpacked, self._size(), self.name, raw)
        if magic in (_ZIP, _EMPTY_ZIP):
            return self._member(raw)
        return raw

    def open_packed(self) -> IO[bytes]:
        """Return a stream of the content as it is, for formats that are archives themselves."""
        return self._raw()

    def read(self) -> bytes:
        """Return the whole unpacked content.

        Raises
        ------
        InputError
            As `open`.
        """
        with self.open() as stream:
            return stream.read()

    def head(self) -> bytes:
        """Return the beginning of the unpacked content, without a byte order mark.

        Raises
        ------
        InputError
            As `open`.
        """
        with self.open() as stream:
            return stream.read(HEAD).removeprefix(b"\xef\xbb\xbf")

    def members(self) -> list[Input]:
        """Return the files of a folder or of an archive of several, in the order of their names.

        Of a folder these are its own and those of the folders in it, no deeper.

        Returns
        -------
        list of Input
            Each is opened by itself; none for a plain file, or an archive of one file.
        """
        if self.member:
            return []
        if isinstance(self.content, Path) and self.is_folder:
            found = [*self.content.glob("*"), *self.content.glob("*/*")]
            found = [one for one in found if one.is_file()]
            names = [one.relative_to(self.content).as_posix() for one in found]
        else:
            names = self._packed_names()
            names = names if len(names) > 1 else []
        wanted = sorted(name for name in names if not any(noise in name for noise in _NOISE))
        watch = self.watch if self.is_folder else None  # what is unpacked has another size
        return [
            replace(self, name=f"{self.name}/{name}", watch=watch, member=name) for name in wanted
        ]

    @property
    def inner_name(self) -> str:
        """The name without the endings of packing, and that of the only file in an archive."""
        name = self.name
        if PurePath(name).suffix.lower() == ".zip" and (member := self._only_member()):
            return member
        while PurePath(name).suffix.lower() in _PACKED_SUFFIXES:
            name = name[: -len(PurePath(name).suffix)]
        return name

    def _raw(self) -> IO[bytes]:
        if self.member and not self.is_folder:
            return self._spooled()
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        try:
            return (self.content / self.member if self.member else self.content).open("rb")
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            raise InputError(problem, place=self.name, mend="check the path") from None

    def _spooled(self) -> IO[bytes]:
        """Return a file of an archive unpacked beside it: some formats are read back and forth."""
        archive = replace(self, member="")
        spooled = tempfile.TemporaryFile()  # noqa: SIM115 - who opened the member closes it
        try:
            with archive._raw() as raw, zipfile.ZipFile(raw) as opened:  # noqa: SLF001 - of this class
                unpacked = opened.open(self.member)
                with _guarded(unpacked, archive._size(), self.name, raw) as stream:  # noqa: SLF001
                    shutil.copyfileobj(stream, spooled)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError) as error:
            spooled.close()
            raise _damaged(self.name, error) from None
        except InputError:
            spooled.close()
            raise
        spooled.seek(0)
        return cast("IO[bytes]", spooled)

    @property
    def is_folder(self) -> bool:
        """Whether the content, or what holds the member, is a folder."""
        return isinstance(self.content, Path) and self.content.is_dir()

    def _size(self) -> int:
        if isinstance(self.content, bytes):
            return len(self.content)
        return (self.content / self.member if self.is_folder else self.content).stat().st_size

    def _only_member(self) -> str | None:
        names = self._packed_names()
        return names[0] if len(names) == 1 else None

    def _packed_names(self) -> list[str]:
        """Return the names of the files in an archive; none if it is no archive."""
        with self._raw() as raw:
            if raw.read(4) != _ZIP:
                return []
            try:
                with zipfile.ZipFile(raw) as archive:
                    return [one.filename for one in _members(archive)]
            except (zipfile.BadZipFile, ValueError, OSError):
                return []

    def _not_one(self, files: int) -> InputError:
        if not files:
            problem, mend = "the archive holds no file that can be read", "pack it again"
        else:
            problem, mend = (
                f"the archive holds {files} files, and one is read",
                "unpack it and name the files",
            )
        return InputError(problem, place=self.name, mend=mend)

    def _member(self, raw: IO[bytes]) -> IO[bytes]:
        try:
            archive = zipfile.ZipFile(raw)
            members = _members(archive)
            if len(members) != 1:
                raise self._not_one(len(members))
            member = archive.open(members[0])
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
            raw.close()
            raise error if isinstance(error, InputError) else _damaged(self.name, error) from None
        return _guarded(member, self._size(), self.name, raw)


def not_utf8(name: str, line: int) -> InputError:
    """Return the error that a file is not text, from a line on."""
    place = f"{name}:{line}"
    return InputError("the file is not UTF-8 text", place=place, mend="save it as UTF-8")


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        one
        for one in archive.infolist()
        if not one.is_dir() and not any(noise in one.filename for noise in _NOISE)
    ]


def _guarded(inner: IO[bytes], packed: int, name: str, below: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Unpacking(inner, packed, name, below), HEAD)


def _damaged(name: str, error: Exception) -> InputError:
    problem = f"the compressed file is damaged or cut short ({error})"
    return InputError(problem, place=name, mend="fetch or pack it again")


class _Unpacking(io.RawIOBase):
    """The unpacked bytes of a packed stream; damage and bombs are errors of ours."""

    def __init__(self, inner: IO[bytes], packed: int, name: str, below: IO[bytes]) -> None:
        self._inner, self._below, self._name = inner, below, name
        self._left = max(FREE_EXPANSION, packed * MOST_EXPANSION)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._inner.read(len(view))
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise _damaged(self._name, error) from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"the compressed file unpacks to more than {MOST_EXPANSION} times its size",
                place=self._name,
                mend="unpack it yourself if it is what it should be",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._below.close()
        super().close()
