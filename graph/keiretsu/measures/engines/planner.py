"""Which engine to use for a register of some size, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from keiretsu.errors import InputError
from keiretsu.measures.engines.machine import free_disk, free_memory

ENGINES = ("memory", "duckdb", "spark")
AUTO = "auto"

# Measured by benchmarks/register_engines.py on 2026-11-26 (x86_64, two threads, DuckDB 2.0, numba):
# synthetic registers of 0.11, 1.14 and 3.45 million holdings, ultimate controllers written as
# Parquet; the largest resident memory of a process of its own. Constants are rounded up.
OWN = 350 * 10**6
"""Bytes that the program takes itself in memory, with compiled loops; measured: 297 to 318 MB."""
PER_HOLDING = 250
"""Bytes beyond that for each holding; measured: 216 and 224 at 1.14, 203 at 3.45 million."""
DUCKDB_OWN = 64 * 10**6
"""Bytes that DuckDB's limit of memory should have besides; 0.11 million holdings ran in 32 MB."""
DUCKDB_LEAST = 60
"""Bytes of that limit for each holding; 37 ran and 28 did not (3.45 million, one thread), 74 ran
and 37 did not on two threads. DuckDB groups pairs of holder and issuer in memory."""
ON_DISK = 250
"""Bytes of scratch space for each holding; measured: 129 beside 84 in memory, and 135 beside 74."""
_UNITS = {
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KIB": 2**10,
    "MIB": 2**20,
    "GIB": 2**30,
    "TIB": 2**40,
}
_AMOUNT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([KMGT]I?B)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """The engine that would be used.

    Parameters
    ----------
    engine
        One of `ENGINES`.
    why
        One sentence.
    """

    engine: str
    why: str

    def as_dict(self) -> dict[str, str]:
        """Return the plan, keyed as in JSON."""
        return {"name": self.engine, "why": self.why}


def plan(holdings: int, *, memory: int | None = None, disk: int | None = None) -> Plan:
    """Return which engine fits a register, and why.

    Parameters
    ----------
    holdings
        How many holdings there are.
    memory
        Bytes that may be used; what this machine has free if not given.
    disk
        Bytes of scratch space; what the system's folder for that has free if not given.

    Raises
    ------
    InputError
        If a size is negative.

    Examples
    --------
    >>> plan(1_000_000, memory=8 * 10**9, disk=10**11).engine
    'memory'
    >>> print(plan(100_000_000, memory=8 * 10**9, disk=10**12).why)
    100,000,000 holdings need about 25.4 GB of memory and 8.0 GB are there, but DuckDB needs 6.1 GB
    with 25.0 GB of scratch space.
    >>> plan(10**10, memory=8 * 10**9, disk=10**12).engine
    'spark'
    """
    if min(holdings, memory or 0, disk or 0) < 0:
        raise InputError("a size is negative", mend="give how many holdings there are")
    memory = free_memory() if memory is None else memory
    disk = free_disk() if disk is None else disk
    need = OWN + holdings * PER_HOLDING
    least, room = DUCKDB_OWN + holdings * DUCKDB_LEAST, holdings * ON_DISK
    sizes = (
        f"{holdings:,} holdings need about {_size(need)} of memory and {_size(memory)} are there"
    )
    if need <= memory:
        return Plan("memory", f"{sizes}.")
    duckdb = f"DuckDB needs {_size(least)} with {_size(room)} of scratch space"
    if least <= memory and room <= disk:
        return Plan("duckdb", f"{sizes}, but {duckdb}.")
    return Plan("spark", f"{sizes}; {duckdb}, and the disk has {_size(disk)}.")


def bytes_of(text: str) -> int:
    """Return how many bytes a text such as ``"4GB"`` or ``"500 MB"`` means.

    Raises
    ------
    InputError
        If it is no amount.

    Examples
    --------
    >>> bytes_of("4GB"), bytes_of("1.5 gb")
    (4000000000, 1500000000)
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise InputError(f"{text!r} is not an amount of memory", mend="write it like 4GB")
    number, unit = found.groups()
    return int(Fraction(number) * _UNITS[unit.upper()])


def _size(amount: int) -> str:
    for unit in ("TB", "GB", "MB"):
        if amount >= _UNITS[unit]:
            return f"{amount / _UNITS[unit]:,.1f} {unit}"
    return f"{amount / _UNITS['KB']:,.1f} KB"
