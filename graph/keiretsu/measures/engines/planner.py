"""Which engine to use for a register of some size, and why."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from fractions import Fraction

from keiretsu.errors import InputError

ENGINES = ("memory", "duckdb", "spark")
AUTO = "auto"

PER_HOLDING = 150
"""Bytes of memory for each holding while a register is read and computed; an estimate."""
ON_DISK = 200
"""Bytes for each holding that DuckDB's tables take, in memory or on disk; an estimate."""
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_GB = 10**9
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")


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
    >>> print(plan(300_000_000, memory=8 * 10**9, disk=10**12).why)
    300,000,000 holdings need about 45.0 GB of memory and 8.0 GB are there, but 60.0 GB of scratch
    space fit on the disk.
    >>> plan(10**10, memory=8 * 10**9, disk=10**12).engine
    'spark'
    """
    if min(holdings, memory or 0, disk or 0) < 0:
        raise InputError("a size is negative", mend="give how many holdings there are")
    memory = free_memory() if memory is None else memory
    disk = free_disk() if disk is None else disk
    count = f"{holdings:,} holdings"
    need, room = holdings * PER_HOLDING, holdings * ON_DISK
    sizes = f"{count} need about {_size(need)} of memory and {_size(memory)} are there"
    if need <= memory:
        return Plan("memory", f"{sizes}.")
    if room <= disk:
        return Plan("duckdb", f"{sizes}, but {_size(room)} of scratch space fit on the disk.")
    return Plan("spark", f"{sizes}, nor does the disk have {_size(room)} of scratch space.")


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
    amount = text.strip().upper()
    number, unit = amount[:-2].strip(), amount[-2:]
    if unit not in _UNITS or not _NUMBER.fullmatch(number):
        raise InputError(f"{text!r} is not an amount of memory", mend="write it like 4GB")
    return int(Fraction(number) * _UNITS[unit])


def free_memory() -> int:
    """Return how many bytes of this machine's memory are free, as far as the system tells."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    except (ValueError, OSError, AttributeError):  # systems that do not tell
        return 4 * _GB


def free_disk() -> int:
    """Return how many bytes are free where scratch files go."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def _size(amount: int) -> str:
    return f"{amount / _GB:,.1f} GB"
