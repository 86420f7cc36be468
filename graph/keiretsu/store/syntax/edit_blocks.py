"""Edits as blocks of text at the end of a file, so that nothing else in it is touched.

A block stands between two comment lines and begins with the line break before the first, so that
cutting it out gives back the very bytes to which it was appended.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = re.compile(
    rb"^# keiretsu edit (?P<number>[1-9][0-9]{0,8}) (?P<side>begins|ends)(?P<eol>\r?)$",
    re.MULTILINE,
)


class Block(NamedTuple):
    """Where an edit stands in a file: `data[start:end]` is its text with its marks."""

    number: int
    start: int
    end: int


def with_block(data: bytes, number: int, body: str) -> bytes:
    r"""Return a file with an edit appended.

    Examples
    --------
    >>> with_block(b"<urn:a> <urn:b> <urn:c> .", 1, "<urn:a> <urn:b> <urn:d> .\n").splitlines()[1:3]
    [b'# keiretsu edit 1 begins', b'<urn:a> <urn:b> <urn:d> .']
    """
    text = f"\n# keiretsu edit {number} begins\n{body}# keiretsu edit {number} ends\n"
    return data + text.encode()


def blocks(data: bytes) -> Iterator[Block]:
    """Yield the edits of a file in the order in which they stand; marks without a pair are text."""
    begun: re.Match[bytes] | None = None
    for mark in _MARK.finditer(data):
        if mark["side"] == b"begins":
            begun = mark
        elif begun is not None and begun["number"] == mark["number"]:
            start = begun.start() - 1 - len(begun["eol"])
            if start >= 0 and data[mark.end() : mark.end() + 1] == b"\n":
                yield Block(int(mark["number"]), start, mark.end() + 1)
            begun = None


def without_block(data: bytes, number: int) -> bytes | None:
    """Return a file without an edit, the bytes as they were before it; None if it has none such."""
    found = [block for block in blocks(data) if block.number == number]
    return data[: found[-1].start] + data[found[-1].end :] if found else None


def without_blocks(data: bytes) -> bytes:
    r"""Return a file as it was before all edits.

    Examples
    --------
    >>> without_blocks(with_block(with_block(b"text", 1, "one\n"), 2, "two\n"))
    b'text'
    """
    kept, position = [], 0
    for block in blocks(data):
        kept.append(data[position : block.start])
        position = block.end
    return b"".join([*kept, data[position:]])
