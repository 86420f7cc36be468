"""Python's search for cycles, put to rest where nothing refers back and much stays."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Let Python not look for cycles: what is told once stays, and would be looked through again.

    Examples
    --------
    >>> import gc
    >>> with no_search_for_cycles():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
