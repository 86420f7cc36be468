"""Text of strangers made fit to be drawn: no control characters, no hidden change of direction.

Escaping is the business of each writer; what is taken out here would be dangerous or invisible in
every one of them. A label cannot swap the reading order of what stands beside it, and an SVG file
that holds it is still well-formed XML.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields

_MISSING = "\N{REPLACEMENT CHARACTER}"
_DIRECTION = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_NONCHARACTER_ROW = 0xFDD0, 0xFDEF
_LAST_OF_PLANE = 0xFFFE
_PILED = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")
"""Marks piled on one letter: two are a language's, more would cover the neighbours."""


def drawable(text: str) -> str:
    r"""Return `text` on one line, without characters that are invisible or not allowed in XML.

    White space becomes single blanks, marks that override the direction of writing are dropped,
    and characters that no file may hold are shown as U+FFFD.

    Examples
    --------
    >>> drawable("Renault\n  S.A."), drawable("gpj\u202etxt.exe")
    ('Renault S.A.', 'gpjtxt.exe')
    >>> drawable("a\x00b") == "a\ufffdb"
    True
    """
    shown = "".join(_shown(character) for character in " ".join(text.split()))
    return _PILED.sub(r"\1", shown)


def _shown(character: str) -> str:
    if character in _DIRECTION:
        return ""
    code = ord(character)
    noncharacter = (
        _NONCHARACTER_ROW[0] <= code <= _NONCHARACTER_ROW[1]
        or code & _LAST_OF_PLANE == _LAST_OF_PLANE
    )
    if noncharacter or unicodedata.category(character) in ("Cc", "Cs"):
        return _MISSING
    return character


def clean_texts(record: object) -> None:
    """Make every text of a frozen record drawable, ids included."""
    for one in fields(record):  # type: ignore[arg-type]  # called by dataclasses only
        value = getattr(record, one.name)
        if isinstance(value, str):
            object.__setattr__(record, one.name, drawable(value))
