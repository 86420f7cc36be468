"""Cells that no spreadsheet takes for formulas, and what stood in them.

A name that begins like a formula (``=HYPERLINK(...)``) would be run by whoever opens a table. An
apostrophe before it makes it text, as people do by hand; a reader of tables takes it away again, so
that a name comes back as it was.
"""

from __future__ import annotations

from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a cell begins that some spreadsheet would take for a formula; the last are wide."""


def defused(text: str) -> str:
    """Return a text as a cell that is no formula.

    Examples
    --------
    >>> defused("=1+1"), defused("'=1+1"), defused("O'Hara"), defused("'tis")
    ("'=1+1", "''=1+1", "O'Hara", "'tis")
    """
    return f"'{text}" if text.lstrip(" '").startswith(FORMULA) else text


def undefused(cell: str) -> str:
    """Return what stood in a cell before it was defused.

    Examples
    --------
    >>> undefused("'=1+1"), undefused("''=1+1"), undefused("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    bare = cell[1:]
    return bare if cell.startswith("'") and bare.lstrip(" '").startswith(FORMULA) else cell
