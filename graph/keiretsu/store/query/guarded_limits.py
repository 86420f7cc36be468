"""What the process of a stranger's query may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypedDict

MOST_CHARACTERS: Final = 20_000
"""Of a query."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use.

    Parameters
    ----------
    rows
        Rows of the answer; statements of a ``CONSTRUCT``.
    bytes
        Size of the answer in transit.
    memory
        Address space of the process, in bytes, beside `memory_per_byte` for each byte of data.
    memory_per_byte
        Further address space for each byte of data, which is held in the process.
    """

    rows: int = 100_000
    bytes: int = 32 << 20
    memory: int = 1 << 30
    memory_per_byte: int = 8


UNLIMITED: Final = Limits(1 << 60, 1 << 60, 1 << 60)
"""For queries of ours and of whoever owns the machine."""


class Guarding(TypedDict, total=False):
    """How a process is guarded; without anything, by `Limits` as they stand.

    Parameters
    ----------
    limits
        What it may use.
    require_isolation
        Refuse to answer where the system cannot take the network away. A person's own query on
        their own machine runs with the other limits alone.
    """

    limits: Limits | None
    require_isolation: bool
