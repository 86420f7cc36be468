"""Text of strangers on a terminal: nothing in a label can move the cursor or hide what follows."""

from __future__ import annotations

import unicodedata

_MISSING = "\N{REPLACEMENT CHARACTER}"
_DIRECTION = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def safe(text: str) -> str:
    r"""Return `text` on one line, with nothing in it that a terminal would obey.

    Examples
    --------
    >>> safe("Renault\n  S.A.") == "Renault S.A."
    True
    >>> safe("\x1b[31mred") == "\ufffd[31mred", safe("gpj\u202etxt.exe")
    (True, 'gpjtxt.exe')
    """
    line = " ".join(text.split())
    if line.isprintable():  # nearly all is, and a look at each character costs more
        return line
    return " ".join("".join(map(_shown, line)).split())


def harmless(text: str) -> str:
    r"""Return `text` with nothing in it that a terminal would obey; line ends and tabs stay.

    Examples
    --------
    >>> harmless("\x1b[31mred\n  1") == "\ufffd[31mred\n  1", harmless("gpj\u202etxt.exe")
    (True, 'gpjtxt.exe')
    """
    if text.isprintable():
        return text
    return "".join(char if char in "\n\r\t" else _shown(char) for char in text)


def _shown(character: str) -> str:
    if character in _DIRECTION:
        return ""
    return _MISSING if unicodedata.category(character) in ("Cc", "Cs") else character
