"""Lines of a file that each hold one statement: of JSON Lines, or of an array laid out so."""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING, Final

from keiretsu.formats.table.arrays.columns import NotPlainError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK: Final = 64 * 1024
"""Bytes read at once, few enough to stay near the processor; no statement of ours is so long."""
_MARK: Final = b"\xef\xbb\xbf"
_SPACE: Final = b" \t\r"


def blocks_of_lines(stream: IO[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines that hold something, without commas between the elements of an array.

    Raises
    ------
    NotPlainError
        If a line is very long, or an array is not laid out with one element on each line.
    """
    blocks = _stripped(stream)
    first = next(blocks, [])
    yield from (
        _elements(chain([first[1:]], blocks)) if first[:1] == [b"["] else chain([first], blocks)
    )


def _stripped(stream: IO[bytes]) -> Iterator[list[bytes]]:
    rest, data = b"", stream.read(_BLOCK).removeprefix(_MARK)
    while data:
        lines = data.split(b"\n")
        lines[0] = rest + lines[0]
        rest = lines.pop()
        if found := [line for one in lines if (line := one.strip(_SPACE))]:
            yield found
        if len(rest) > _BLOCK:
            raise NotPlainError
        data = stream.read(_BLOCK)
    if last := rest.strip(_SPACE):
        yield [last]


def _elements(blocks: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    """Yield the elements of an array that was opened; every one but the last has a comma."""
    is_last = is_closed = False
    for lines in blocks:
        found = []
        for line in lines:
            if is_closed or (is_last and line != b"]"):
                raise NotPlainError
            if line == b"]":
                is_closed = True
                continue
            is_last = not line.endswith(b",")
            found.append(line.removesuffix(b","))
        yield found
    if not (is_closed and is_last):
        raise NotPlainError
