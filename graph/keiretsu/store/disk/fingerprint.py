"""The fingerprint of a file of N-Quads: SHA-256 of its lines, sorted and each once.

Blocks are written nearly in the order of their lines: parties by their IRIs, claims by theirs. So a
file is a few stretches that are each sorted; they are merged where they meet, and all between is
read in one piece. What is not so is sorted line by line.
"""

from __future__ import annotations

import hashlib
import mmap
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_RUNS: Final = 64
"""With more sorted stretches than these, lines are sorted one by one."""


class Runs:
    r"""Notes where sorted stretches of a file begin while it is written.

    Examples
    --------
    >>> runs = Runs()
    >>> for block in (b"a\nc\n", b"d\n", b"b\n"):
    ...     runs.add(block)
    >>> runs.spans()
    [(0, 6), (6, 8)]
    """

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._place, self._last = 0, b""

    def add(self, text: bytes) -> None:
        """Note the next block: lines that are sorted, each once."""
        if not text:
            return
        if not self._begins or text[: text.index(b"\n") + 1] <= self._last:
            self._begins.append(self._place)
        self._place += len(text)
        self._last = text[text.rfind(b"\n", 0, -1) + 1 :]

    def spans(self) -> list[tuple[int, int]]:
        """Return where each stretch begins and ends."""
        return list(pairwise([*self._begins, self._place]))


def fingerprint_of(path: Path, runs: Runs) -> str:
    """Return the fingerprint of a file that was written in such runs."""
    found, spans = hashlib.sha256(), runs.spans()
    if spans:
        with path.open("rb") as file:
            if len(spans) > _MOST_RUNS:
                with SortedLines() as lines:
                    lines.add(file)
                    for line in lines:
                        found.update(line)
            else:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
                    for begin, end in _merged(text, spans):
                        file.seek(begin)  # what is read of the mapping would stay in memory
                        found.update(file.read(end - begin))
    return found.hexdigest()[:FINGERPRINT_DIGITS]


_PIECE: Final = 1 << 22


def _merged(text: mmap.mmap, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield stretches of a file in the order of their lines, each line once."""
    runs = [_Run(text, begin, end) for begin, end in spans]
    while len(runs) > 1:
        runs.sort(key=_Run.head)
        first, second = runs[0].head(), runs[1].head()
        if first == second:
            runs[0].skip()
        else:
            yield from _pieces(*runs[0].take_before(second))
        runs = [run for run in runs if run.begin < run.end]
    for run in runs:
        yield from _pieces(run.begin, run.end)


def _pieces(begin: int, end: int) -> Iterator[tuple[int, int]]:
    for place in range(begin, end, _PIECE):
        yield place, min(place + _PIECE, end)


class _Run:
    """A sorted stretch of a file, of which lines are taken from the beginning."""

    def __init__(self, text: mmap.mmap, begin: int, end: int) -> None:
        self._text, self.begin, self.end = text, begin, end

    def head(self) -> bytes:
        """Return the first line."""
        return self._line(self.begin)

    def skip(self) -> None:
        """Leave out the first line."""
        self.begin = self._after(self.begin)

    def take_before(self, limit: bytes) -> tuple[int, int]:
        """Take all lines that stand before a line; return where they begin and end."""
        low = begin = self.begin
        step = 1 << 10
        while low + step < self.end and self._line(self._start(low + step)) < limit:
            low, step = self._start(low + step), 2 * step
        high = min(low + step, self.end)
        while (middle := self._start((low + high) // 2)) > low or self._after(low) < high:
            middle = middle if middle > low else self._after(low)
            if self._line(middle) < limit:
                low = middle
            else:
                high = middle
        self.begin = self._after(low)
        return begin, self.begin

    def _line(self, begin: int) -> bytes:
        return self._text[begin : self._after(begin)]

    def _after(self, place: int) -> int:
        return self._text.find(b"\n", place, self.end) + 1

    def _start(self, place: int) -> int:
        """Return where the line begins that a place lies in."""
        return max(self._text.rfind(b"\n", self.begin, place) + 1, self.begin)
