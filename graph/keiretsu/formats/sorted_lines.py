"""Lines in their order, however many: sorted in parts that lie on disk until they are merged."""

from __future__ import annotations

import heapq
import tempfile
from typing import IO, TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT_ONCE: Final = 8 * 1024 * 1024
"""Bytes of lines that are sorted in memory."""


class SortedLines:
    r"""Lines that are yielded sorted and each once, in memory that does not grow with them.

    Parameters
    ----------
    at_once
        Bytes of lines that are sorted in memory; with what Python needs to hold them, it is some
        four times that.

    Examples
    --------
    >>> with SortedLines(at_once=4) as lines:
    ...     lines.add([b"b\n", b"c\n", b"a\n", b"b\n"])
    ...     list(lines)
    [b'a\n', b'b\n', b'c\n']
    """

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._at_once, self._size = at_once, 0
        self._lines = set[bytes]()
        self._parts: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for part in self._parts:
            part.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines; each ends in a newline and has no other."""
        for line in lines:
            self._lines.add(line)
            self._size += len(line)
            if self._size >= self._at_once:
                self._put_aside()

    def _put_aside(self) -> None:
        part = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        part.writelines(sorted(self._lines))
        self._parts.append(part)
        self._lines.clear()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; nothing may be added after that."""
        for part in self._parts:
            part.seek(0)
        last = b""
        for line in heapq.merge(*self._parts, sorted(self._lines)):
            if line != last:
                yield line
            last = line
