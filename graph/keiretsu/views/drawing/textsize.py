"""How wide a text is, without a browser: from a table of advance widths.

Boxes are sized before anybody knows the reader's font, so that the same scene gives the same bytes
everywhere. The table has the widths of Helvetica, which Arial and Liberation Sans share; a margin
covers fonts that run wider, and the writers squeeze a text that would still not fit.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MARGIN = 1.05
"""How much wider than Helvetica a reader's font may run before a text is squeezed."""

_BOLD = 1.07
_THOUSANDTHS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckvsxyz",
    556: "#$?0123456789L_abdeghnopqu\N{EN DASH}",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "\N{EM DASH}\N{HORIZONTAL ELLIPSIS}",
    1015: "@",
}
_WIDTHS = {letter: width / 1000 for width, letters in _THOUSANDTHS.items() for letter in letters}
_LAST_HYPHENATED = "\u052f"
_OTHER, _WIDE = 0.68, 1.0
_ELLIPSIS, _HYPHEN = "\N{HORIZONTAL ELLIPSIS}", "-"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of `text` in pixels at a font size, with the margin.

    Examples
    --------
    >>> round(text_width("Nissan", 10)), round(text_width("日産", 10))
    (32, 21)
    """
    ems = sum(map(_advance, text))
    return ems * size * MARGIN * (_BOLD if bold else 1)


def wrapped(
    text: str, size: float, room: float, *, lines: int = 4, bold: bool = False
) -> tuple[str, ...]:
    """Break `text` into at most `lines` lines that fit into `room` pixels.

    Lines break at blanks, and inside a word that alone is too long, as in scripts that write no
    blanks; in others a hyphen marks that. What does not fit into the last line is cut with an
    ellipsis.

    Examples
    --------
    >>> wrapped("Mitsubishi Motors Corporation", 13, 90)
    ('Mitsubishi', 'Motors', 'Corporation')
    >>> wrapped("aaaaaaaaaaaaaaaaaaaaaaa", 13, 60, lines=2)
    ('aaaaaaa-', 'aaaaaa…')
    """
    done: list[list[str]] = []
    used, blank = 0.0, text_width(" ", size, bold=bold)
    for word in text.split():
        if len(done) > lines:
            break
        needed = text_width(word, size, bold=bold)
        if done and used + blank + needed <= room:
            done[-1].append(word)
            used += blank + needed
            continue
        rest = word
        while rest:
            head = _head(rest, size, room, bold)
            rest = rest[len(head) :]
            cut = rest and _hyphenated(head[-1], rest[0])
            done.append([f"{head}{_HYPHEN}" if cut else head])
        used = text_width(done[-1][0], size, bold=bold)
    told = [" ".join(words) for words in done]
    if len(told) <= lines:
        return tuple(told)
    return (*told[: lines - 1], _cut(told[lines - 1], size, room, bold))


def _cut(line: str, size: float, room: float, bold: bool) -> str:
    line = line.removesuffix(_HYPHEN)
    while line and not _fits(line + _ELLIPSIS, size, room, bold):
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS


def _head(word: str, size: float, room: float, bold: bool) -> str:
    """Return as much of a word as fits, at least one character with the marks that belong to it."""
    if _fits(word, size, room, bold):
        return word
    length = 1
    while length < len(word) and (
        unicodedata.combining(word[length])
        or _fits(word[: length + 1] + _mark_after(word[length]), size, room, bold)
    ):
        length += 1
    return word[:length]


def _mark_after(letter: str) -> str:
    return _HYPHEN if letter <= _LAST_HYPHENATED else ""


def _hyphenated(before: str, after: str) -> bool:
    """Return whether a break between two letters is marked: in Latin, Greek and Cyrillic."""
    return all(letter.isalpha() and letter <= _LAST_HYPHENATED for letter in (before, after))


def _fits(text: str, size: float, room: float, bold: bool) -> bool:
    return text_width(text, size, bold=bold) <= room


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    base = unicodedata.normalize("NFD", character)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return _WIDE if unicodedata.east_asian_width(character) in ("W", "F") else _OTHER
