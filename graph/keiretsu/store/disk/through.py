"""Files written through to the disk, so that they are there after a power cut."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_through(path: Path, text: str) -> None:
    """Write a text into a file, through to the disk."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, written through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_all(build: Path) -> None:
    """Have a folder and all in it written through to the disk."""
    for path in (*build.rglob("*"), build):
        flush(path)
