"""Writing a file whole or not at all."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Self

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that nobody ever sees half of it.

    Parameters
    ----------
    path
        The file; through a link what it points to is written, a device is written to as it is.
    content
        Its content; text is written as UTF-8.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    write_whole_parts(path, [data])


def write_whole_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file part by part, so that nobody ever sees half of it; see `write_whole`."""
    with _told_of(path):
        if _is_device(path):
            with path.open("wb") as device:
                device.writelines(parts)
            return
        with WholeFile(path) as whole:
            whole.file.writelines(parts)
            whole.keep()


class WholeFile:
    """A file that appears whole when it is kept, and not at all otherwise.

    What is written lies beside it until then, so that a file of any size is written once.

    Parameters
    ----------
    path
        The file; as in `write_whole`.

    Attributes
    ----------
    file
        What is written to, and can be read again.

    Raises
    ------
    InputError
        If it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_device = _is_device(path)
        with _told_of(path):
            if self._is_device:
                self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
                return
            self._target = path.resolve()  # through a link, which stays
            name = f".{self._target.name[:200]}.{secrets.token_hex(4)}.part"
            self._half = self._target.with_name(name)
            self.file = self._half.open("w+b")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        if not self._is_device:
            self._half.unlink(missing_ok=True)

    def keep(self) -> None:
        """Have the file appear with what was written.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        with _told_of(self._path):
            if self._is_device:
                self.file.seek(0)
                with self._path.open("wb") as device:
                    shutil.copyfileobj(self.file, device)
            else:
                self.file.close()
                self._half.replace(self._target)


def _is_device(path: Path) -> bool:
    """Return whether it is something like /dev/null, that is not to be replaced."""
    return path.exists() and not path.is_file()


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Raise what the system says about a file as an error that a person can read."""
    try:
        yield
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise InputError(problem, place=str(path), mend="check the folder and its rights") from None
