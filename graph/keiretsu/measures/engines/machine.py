"""What this machine has free: memory, and room on a disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM = Path("/")
_UNTOLD = 4 * 10**9
"""Bytes that are taken to be free where the system does not tell."""
_GROUPS = {
    "": ("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"),
    "memory": (
        "sys/fs/cgroup/memory",
        "memory.limit_in_bytes",
        "memory.usage_in_bytes",
        "total_inactive_file",
    ),
}
"""Per name of a group of processes: where it lies, and the files of its limit and its use."""


def free_memory(system: Path = _SYSTEM) -> int:
    """Return how many bytes of memory may still be used, as far as the system tells.

    Parameters
    ----------
    system
        Where the system's files about itself begin.

    Notes
    -----
    Linux tells what is available, which counts what it could give back, such as cached files. A
    container's limit (control groups of both versions) may be lower.
    """
    told = [*_available(system), *_within_groups(system)]
    if told:
        return max(min(told), 0)
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    except (ValueError, OSError, AttributeError):  # systems that do not tell
        return _UNTOLD


def free_disk(folder: str | None = None) -> int:
    """Return how many bytes are free in a folder, or where scratch files go.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    try:
        return shutil.disk_usage(folder or tempfile.gettempdir()).free
    except OSError as error:
        problem = f"the scratch folder cannot be used ({error.strerror})"
        raise InputError(problem, place=folder or "", mend="name another") from None


def _available(system: Path) -> Iterator[int]:
    for line in _lines(system / "proc/meminfo"):
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) * 1024


def _within_groups(system: Path) -> Iterator[int]:
    """Yield what the limit of each group that this process is in leaves."""
    for line in _lines(system / "proc/self/cgroup"):
        _, controllers, place = line.split(":", 2)
        if controllers not in _GROUPS:
            continue
        top, *names = _GROUPS[controllers]
        root = system / top
        own = root / place.lstrip("/")
        for group in (own, *own.parents):
            yield from _left(group, *names)
            if group == root:
                break


def _left(group: Path, limit: str, usage: str, idle: str) -> Iterator[int]:
    """Yield what a group's limit leaves; files that nobody has looked at lately are given back."""
    most, used = ("".join(_lines(group / name)).strip() for name in (limit, usage))
    if most.isdigit() and used.isdigit():
        told = dict(line.split() for line in _lines(group / "memory.stat"))
        yield int(most) - int(used) + int(told.get(idle, 0))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):  # another system, or nothing for us to read
        return []
