"""All that a settled store says as sorted N-Quads, subject by subject.

Columns know the order of what is plain, which is nearly everything; only the rest is sorted, in
parts that lie on disk. So memory does not grow with the store.
"""

from __future__ import annotations

import heapq
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np

from keiretsu.formats.sorted_lines import SortedLines
from keiretsu.store.disk.filled.plain_text import PlainText
from keiretsu.store.disk.whole.plain_rows import PlainRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.store.disk.claims import DiskClaims

_PART: Final = 1 << 20
_AT_ONCE: Final = 64 << 20
"""Bytes of lines that are sorted in memory."""
_OF_SUBJECT: Final = re.compile(rb"(<[^>\n]*> ).*\n(?:\1.*\n)*")
_NEWLINE: Final = b"\x01"
"""In place of those within a subject; N-Quads have it nowhere."""


def nquads_in_order(disk: DiskClaims) -> Iterator[bytes]:
    """Yield the sorted N-Quads of one subject after the other, in the order of their lines.

    Parameters
    ----------
    disk
        A store in which nothing is left to be settled; it is held against its checksums.

    Raises
    ------
    InputError
        If it is damaged.
    """
    rows = PlainRows(disk, PlainText())
    with SortedLines(_AT_ONCE) as odd:
        odd.add(_packed(odd_subjects(disk)))
        plain = (map(str.encode, some) for some in (rows.parties(), rows.holdings()))
        yield from _each_once(heapq.merge(*plain, _unpacked(odd)))


def odd_in_order(disk: DiskClaims) -> Iterator[bytes]:
    """Yield the same of what columns do not hold."""
    with SortedLines(_AT_ONCE) as odd:
        odd.add(_packed(odd_subjects(disk)))
        yield from _each_once(_unpacked(odd))


def odd_subjects(disk: DiskClaims) -> Iterator[bytes]:
    """Yield the N-Quads that columns do not hold, those of one subject that stand together."""
    disk.check_claims()
    columns = disk.checked_columns
    plain = columns.party["plain"] != 0
    known = np.concatenate([disk.index[columns.is_plain, 2:], disk.parties[plain, :2]])
    known = known[known[:, 1] > 0]
    known = known[np.argsort(known[:, 0], kind="stable")]
    begins = np.concatenate([[0], known.sum(axis=1)])
    ends = np.append(known[:, 0], disk.claims_file.stat().st_size)
    apart = ends > begins
    for begin, end in zip(begins[apart].tolist(), ends[apart].tolist(), strict=True):
        yield from _subjects(disk, begin, end)


def _subjects(disk: DiskClaims, begin: int, end: int) -> Iterator[bytes]:
    rest = b""
    with disk.claims_file.open("rb") as file:
        file.seek(begin)
        for place in range(begin, end, _PART):
            rest += file.read(min(_PART, end - place))
            found = [one.span() for one in _OF_SUBJECT.finditer(rest)]
            yield from (rest[first:last] for first, last in found[:-1])
            if found:
                rest = rest[found[-1][0] :]  # its subject may go on
    if rest:
        yield rest


def _packed(texts: Iterable[bytes]) -> Iterator[bytes]:
    return (text[:-1].replace(b"\n", _NEWLINE) + b"\n" for text in texts)


def _unpacked(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line.replace(_NEWLINE, b"\n") for line in lines)


def _each_once(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted texts, those of one subject as one text with each line once."""
    for _, same in groupby(texts, key=_subject):
        text, *others = same
        if others:
            lines = {line for one in (text, *others) for line in one.splitlines(keepends=True)}
            text = b"".join(sorted(lines))
        yield text


def _subject(text: bytes) -> bytes:
    return text[: text.index(b"> ")]
