"""The log of updates: what each deleted and added, as RDF Patch, in the order in which they came.

Source: https://afs.github.io/rdf-delta/rdf-patch.html. An entry names the data that it led to
(``H id``) and the data that it began from (``H prev``), so that nobody mistakes an update that was
never finished for one that was.
"""

from __future__ import annotations

import fcntl
import os
import re
import weakref
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_END: Final = b"TC .\n"
_HEAD: Final = re.compile(rb"^H (id|prev) <urn:keiretsu:data:([0-9a-f]*)> \.$", re.MULTILINE)


class UnwrittenError(InputError):
    """The data cannot be written; they are as they were."""


class UpdateLog:
    """A file to which entries are appended; whoever has it open is the only writer.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def open(self) -> None:
        """Take the log, and make it if it is not there.

        Raises
        ------
        InputError
            If it cannot be written, or somebody else has it.
        """
        try:
            self._file = self.path.open("a+b")
            weakref.finalize(self, self._file.close)
            fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = "another server has these data open for updates"
            raise InputError(problem, place=str(self.path), mend="end that one first") from None
        except OSError as error:
            problem = f"the log of updates cannot be written ({error.strerror})"
            mend = "check the folder and its rights"
            raise InputError(problem, place=str(self.path), mend=mend) from None

    def recover(self, known: str) -> None:
        """Cut off what a writer left that died: half an entry, or one whose data were not written.

        Parameters
        ----------
        known
            Digest of the data as they are.
        """
        file = self._opened()
        file.seek(0)
        data = file.read()
        whole = data.rfind(_END) + len(_END) if _END in data else 0
        begin = data.rfind(_END, 0, max(whole - len(_END), 0))
        last = data[begin + len(_END) if begin >= 0 else 0 : whole]
        names = {kind: digest.decode() for kind, digest in _HEAD.findall(last)}
        if names.get(b"prev") == known != names.get(b"id"):
            whole -= len(last)
        if whole != len(data):
            file.truncate(whole)
            os.fsync(file.fileno())

    @contextmanager
    def entry(self, before: str, after: str, patch: Sequence[str]) -> Iterator[None]:
        """Append an entry for as long as the data are written; it goes if that fails.

        Parameters
        ----------
        before, after
            Digests of the data.
        patch
            Lines of RDF Patch.
        """
        file = self._opened()
        size = file.seek(0, os.SEEK_END)
        head = (f"H id <urn:keiretsu:data:{after}> .", f"H prev <urn:keiretsu:data:{before}> .")
        text = "".join(f"{line}\n" for line in (*head, "TX .", *patch))
        try:
            file.write(text.encode() + _END)
            file.flush()
            os.fsync(file.fileno())
            yield
        except BaseException as error:
            file.truncate(size)
            if not isinstance(error, OSError):
                raise
            problem = f"the log of updates cannot be written ({error.strerror})"
            raise UnwrittenError(problem, place=str(self.path), mend="free space") from None

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self.open()
        assert self._file is not None  # noqa: S101 - opened above, or an error was raised
        return self._file
