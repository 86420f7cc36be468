"""How far a reading has come, on a terminal and nowhere else."""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from keiretsu.formats.frame import Progress, Reading

_EVERY: Final = 0.5
"""Seconds between two signs of progress."""
_MINUTE: Final = 60


def progress_on_terminal(*, summary: bool = True, of: str = "records") -> Progress | None:
    """Return what shows how far a reading has come, None where nobody would see it.

    Parameters
    ----------
    summary
        Whether a line stays that says what was read; not for commands that say so themselves.
    of
        What is counted.
    """
    return ProgressLine(sys.stderr, summary=summary, of=of) if sys.stderr.isatty() else None


class ProgressLine:
    """A line that is written over again and again: how many, how fast, and how long still.

    Parameters
    ----------
    terminal
        Where it is shown.
    clock
        Returns seconds.
    summary
        Whether a line stays that says what was read.
    of
        What is counted.

    Examples
    --------
    >>> import io, itertools
    >>> from keiretsu.formats import Reading
    >>> shown = io.StringIO()
    >>> line = ProgressLine(shown, itertools.count().__next__)
    >>> line.opened(100, lambda: 25)
    >>> line(256)
    >>> print(shown.getvalue().rpartition("K")[2].strip())
    256 records, 128 a second, 25 %, 3 seconds left
    """

    def __init__(
        self,
        terminal: IO[str],
        clock: Callable[[], float] = time.monotonic,
        *,
        summary: bool = True,
        of: str = "records",
    ) -> None:
        self._terminal, self._clock, self._summary = terminal, clock, summary
        self._of = of
        self._began = self._shown = self._opened = clock()
        self._size = 0
        self._position: Callable[[], int] = int

    def opened(self, size: int, position: Callable[[], int]) -> None:
        """Note that the content is read from its beginning, perhaps once more."""
        self._size, self._position, self._opened = size, position, self._clock()

    def __call__(self, records: int) -> None:
        """Show how far it has come, if that was not done just now."""
        now = self._clock()
        if now - self._shown < _EVERY:
            return
        self._shown = now
        rate = records / max(now - self._began, _EVERY)
        self._write(f"{records:,} {self._of}, {rate:,.0f} a second{self._left(now)}")

    def done(self, reading: Reading, parties: int, claims: int) -> None:
        """Show what all of it was."""
        seconds = self._clock() - self._began
        self._write("")
        self._began = self._shown = self._clock()
        if not self._summary:
            return
        self._terminal.write(
            f"{reading.name}: {reading.records:,} records, {parties:,} parties, {claims:,} claims,"
            f" {reading.skipped:,} skipped, {seconds:.1f} seconds\n"
        )

    def _left(self, now: float) -> str:
        """Return how much of the content was read and how long the rest takes, if that is known."""
        try:
            read = self._position()
        except ValueError:  # closed: what is counted now is no longer read from it
            return ""
        if not 0 < read <= self._size:
            return ""
        seconds = (now - self._opened) * (self._size - read) / read
        left = (
            f"{seconds:,.0f} seconds"
            if seconds < 2 * _MINUTE
            else f"{seconds / _MINUTE:,.0f} minutes"
        )
        return f", {100 * read / self._size:.0f} %, {left} left"

    def _write(self, text: str) -> None:
        # written over by the next one, and by whatever is told in the end
        self._terminal.write(f"\r\x1b[K{text}\r")
        self._terminal.flush()
