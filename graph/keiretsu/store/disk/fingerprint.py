"""The fingerprint of a file of N-Quads: SHA-256 of its lines, sorted and each once.

Blocks are written nearly in the order of their lines: parties by their IRIs, claims by theirs. So a
file is a few stretches that are each sorted; they are merged where they meet, and all between is
read in one piece. Where parties have identifiers, which are told of as things of their own, there
are as many stretches as parties; then all that is said of one subject is sorted in one piece.
"""

from __future__ import annotations

import hashlib
import mmap
import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

_MOST_RUNS: Final = 64
"""With more sorted stretches than these, what is said of each subject is sorted."""
_TOLD: Final = re.compile(rb"(<[^>\n]*> )[^\n]*\n(?:\1[^\n]*\n)*|[^\n]*\n")
"""Lines that follow each other and have one subject."""
_END: Final = b"\0"
"""In the place of the ends of lines where several are sorted in one piece; N-Quads escape it."""


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
                with SortedLines() as told:
                    told.add(_told(file))
                    for lines in _in_order(told):
                        found.update(lines)
            else:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
                    for begin, end in _merged(text, spans):
                        file.seek(begin)  # what is read of the mapping would stay in memory
                        found.update(file.read(end - begin))
    return found.hexdigest()[:FINGERPRINT_DIGITS]


_PIECE: Final = 1 << 22


def _told(file: IO[bytes]) -> Iterator[bytes]:
    """Yield all lines of a file, those of one subject joined to one if they follow each other."""
    rest = b""
    while piece := file.read(_PIECE):
        whole, end, rest = (rest + piece).rpartition(b"\n")
        for lines in _TOLD.finditer(whole + end):
            yield lines[0][:-1].replace(b"\n", _END) + b"\n"


def _in_order(told: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of subjects in their order, each once.

    No subject's brackets are the beginning of another's, so joined lines are sorted as their first
    ones are, and what is said of one subject in several places stands together.
    """
    for _, same in groupby(told, key=lambda lines: lines.partition(b" ")[0]):
        first, *more = [lines.replace(_END, b"\n") for lines in same]
        if more:
            every = {line for lines in (first, *more) for line in lines.splitlines(keepends=True)}
            yield from sorted(every)
        else:
            yield first


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
