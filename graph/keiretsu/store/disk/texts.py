"""Sorted texts on disk, of which single ones are found and read without loading them all."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Integers = NDArray[Any]


def mapped(path: Path) -> NDArray[Any]:
    """Return an array of a file that is mapped into memory: a plain one, quick to read from."""
    array: NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


def write_texts(folder: Path, name: str, texts: Sequence[str]) -> None:
    """Write texts that are sorted by code point."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    (folder / f"{name}.txt").write_bytes(b"".join(encoded))
    np.save(folder / f"{name}.npy", ends)


class Texts:
    """Sorted texts on disk.

    Parameters
    ----------
    folder, name
        Where `write_texts` wrote them.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._ends = mapped(folder / f"{name}.npy")
        with (folder / f"{name}.txt").open("rb") as file:
            empty = not self._ends[-1]
            self._bytes = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._at(place).decode()

    def many(self, places: Integers) -> list[str]:
        """Return the texts at some places, in their order."""
        content = self._bytes
        begins, ends = self._ends[places].tolist(), self._ends[places + 1].tolist()
        return [content[b:e].decode() for b, e in zip(begins, ends, strict=True)]

    def _at(self, place: int) -> bytes:
        return bytes(self._bytes[int(self._ends[place]) : int(self._ends[place + 1])])

    def first(self, text: str) -> int:
        """Return the place of the first text that is not before `text`."""
        wanted, low, high = text.encode(), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def beginning_with(self, prefix: str) -> range:
        """Return the places of the texts that begin with a prefix."""
        begin = end = self.first(prefix)
        wanted = prefix.encode()
        while end < len(self) and self._at(end).startswith(wanted):
            end += 1
        return range(begin, end)

    def equal_to(self, text: str) -> range:
        """Return the places of a text."""
        begin = end = self.first(text)
        wanted = text.encode()
        while end < len(self) and self._at(end) == wanted:
            end += 1
        return range(begin, end)
