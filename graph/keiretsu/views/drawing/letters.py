"""Which letters of a drawing no font on this machine has: a picture would show empty boxes."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS = re.compile(r"<text[^>]*>([^<]*)</text>")
_NO_LETTER = "\U0010fffd"
"""Of a private plane: no font has it."""
_MOST_SCRIPTS = 12
_SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
    '<text x="2" y="18" font-size="16" font-family="{family}">{letter}</text></svg>'
)


class MissingLettersWarning(UserWarning):
    """A picture has empty boxes in place of letters."""


def scripts_of(drawing: str, covered: re.Pattern[str]) -> dict[str, str]:
    """Return the scripts in the texts of a drawing that our font lacks, each with a letter of it.

    Examples
    --------
    >>> scripts_of("<text>Nissan 日産 كويت</text>", re.compile("[ -~]*"))
    {'CJK': '日', 'ARABIC': 'ك'}
    """
    found: dict[str, str] = {}
    for text in _TEXTS.findall(drawing):
        for letter in unescape(text):
            if unicodedata.category(letter)[0] == "L" and not covered.fullmatch(letter):
                found.setdefault(unicodedata.name(letter, "?").partition(" ")[0], letter)
    return dict(list(found.items())[:_MOST_SCRIPTS])


def missing_scripts(
    drawing: str, covered: re.Pattern[str], family: str, render: Callable[[str], bytes]
) -> list[str]:
    """Return the scripts of a drawing for which no font is there.

    Parameters
    ----------
    drawing
        The SVG file's text.
    covered
        What the font that we bring has letters for.
    family
        Name of that font.
    render
        Makes a picture of a small drawing, with the fonts of the system.
    """
    scripts = scripts_of(drawing, covered)
    if not scripts:
        return []
    nothing = render(_SAMPLE.format(family=family, letter=_NO_LETTER))
    return [
        script
        for script, letter in scripts.items()
        if render(_SAMPLE.format(family=family, letter=escape(letter))) == nothing
    ]
