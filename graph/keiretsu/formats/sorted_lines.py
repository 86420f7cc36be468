"""Lines in their order, however many: sorted in parts that lie on disk until they are merged."""

from __future__ import annotations

import heapq
import tempfile
from typing import IO, TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT_ONCE: Final = 8 * 1024 * 1024
"""Bytes of lines that are sorted in memory."""
_MOST_PARTS: Final = 64
"""So many parts of one size are merged into one: each is an open file."""


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
        self._levels: list[list[IO[bytes]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for parts in self._levels:
            for part in parts:
                part.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines; each ends in a newline and has no other."""
        for line in lines:
            self._lines.add(line)
            self._size += len(line)
            if self._size >= self._at_once:
                self._put_aside()

    def _put_aside(self) -> None:
        self._keep(sorted(self._lines), 0)
        self._lines.clear()
        self._size = 0

    def _keep(self, lines: Iterable[bytes], level: int) -> None:
        """Keep sorted lines as a part, and merge the parts of its size if there are many."""
        part = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        if level == len(self._levels):
            self._levels.append([])
        parts = self._levels[level]
        parts.append(part)
        part.writelines(lines)
        part.seek(0)
        if len(parts) == _MOST_PARTS:
            self._keep(heapq.merge(*parts), level + 1)
            for one in parts:
                one.close()
            parts.clear()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; nothing may be added after that."""
        parts = [part for level in self._levels for part in level]
        for part in parts:
            part.seek(0)
        last = b""
        for line in heapq.merge(*parts, sorted(self._lines)):
            if line != last:
                yield line
            last = line
