"""How far a reading has come, on a terminal and nowhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY: Final = 5000


def progress_on_terminal() -> Callable[[int], None] | None:
    """Return what shows the number of records read, None where nobody would see it."""
    if not sys.stderr.isatty():
        return None

    def show(records: int) -> None:
        if records % _EVERY == 0:
            # the line is written over by the next one, and by whatever is told in the end
            sys.stderr.write(f"\r{records:,} records\r")
            sys.stderr.flush()

    return show
