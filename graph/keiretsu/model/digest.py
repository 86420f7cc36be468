"""The hash of some content costs a pass over all of it: it is computed only if asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Digest: TypeAlias = str | Callable[[], str]
"""A hash as text, or what computes it."""


def told(digest: Digest) -> str:
    """Return a hash as text."""
    return digest if isinstance(digest, str) else digest()
