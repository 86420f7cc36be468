"""How far a work of known size has come, told to whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.formats.frame import Progress


class Tally:
    """Counts what was done of a work, and tells of it now and then.

    Parameters
    ----------
    progress
        Who is told; None if nobody looks.

    Examples
    --------
    >>> from keiretsu.formats.frame import Progress
    >>> class Told(Progress):
    ...     def opened(self, size, position):
    ...         self.size, self.position = size, position
    ...
    ...     def __call__(self, records):
    ...         print(records, "of which here", self.position(), "of", self.size)
    >>> tally = Tally(Told())
    >>> tally.begin(10)
    >>> tally.add(10)
    10 of which here 10 of 10
    >>> tally.begin(20)
    >>> tally.add(5)
    15 of which here 5 of 20
    """

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress, self._done, self._begun = progress, 0, 0

    def begin(self, size: int) -> None:
        """Begin the next part of the work: so many steps."""
        self._begun = self._done
        if self._progress is not None:
            self._progress.opened(size, lambda: self._done - self._begun)

    def add(self, steps: int) -> None:
        """Note that so many more steps were done."""
        self._done += steps
        if self._progress is not None:
            self._progress(self._done)
