"""Loops over arrays, compiled to machine code where numba is installed (the extra ``register``).

Without numba the same functions run as plain Python, with the same results, some hundred times
slower. Machine code is kept on disk beside the modules (or in the user's cache folder if that
cannot be written), so that a second start compiles nothing; several processes may share it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")

numba: Any
try:
    numba = import_module("numba")
except ImportError:
    numba = None

COMPILED: bool = numba is not None and not numba.config.DISABLE_JIT
"""Whether loops run as machine code here."""

Place = np.uint32
"""A place in an array that is known not to be negative, as `NONE` would be.

Numba asks of every place with a sign whether it counts from the end, unless it sees that it cannot.
In loops that do little but look elsewhere that takes up to a third of the time.
"""


def compiled(function: Function) -> Function:
    """Return a loop over arrays as machine code, or as it is where numba is missing.

    It must use arrays and numbers only, and must not overflow: numba wraps, numpy warns.
    """
    if numba is None:
        return function
    made: Function = numba.njit(cache=True, nogil=True)(function)
    return made
