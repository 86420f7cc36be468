"""Names as people write them: tidied for showing, folded for finding, cut down for an IRI.

One place decides when two spellings are the same name, so that a table, a command line and a label
of the ontology agree. Folding removes what typing varies (case, accents, width, kind of hyphen and
apostrophe) and nothing that tells names apart: the voicing marks of Japanese kana and the vowel
signs of Indic scripts are letters, not accents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_NOT_SLUG = re.compile("[^a-z0-9]+")
# Names this alike, of a hundred, may be meant; far behind the best one they only distract.
_ALIKE, _BEHIND, _OFFERED = 70, 15, 5
# Letters that typing varies like accents but that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("‘’‛ʼʹ′`´", "'")
    | dict.fromkeys("“”„‟", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)


def tidy(name: str) -> str:
    r"""Return a name fit to be a label: no control characters, single inner spaces, composed.

    Examples
    --------
    >>> tidy("  Nissan\n Motor\x00 ")
    'Nissan Motor'
    """
    spaced = name
    if name.isprintable():  # nearly all names are, and a look at each character costs more
        if name.isascii() and "  " not in name:
            return name.strip()
    else:
        spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in name)
    joined = " ".join(spaced.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def fold(name: str) -> str:
    """Return what all spellings of one name share, the key under which it is found.

    Parameters
    ----------
    name
        Any text.

    Returns
    -------
    str
        The name without differences of case, accents, width, spacing, hyphens and apostrophes;
        empty if nothing visible is left. Folding twice changes nothing.

    Examples
    --------
    >>> fold("  CITROËN  "), fold("Ｎｉｓｓａｎ"), fold("L’Oréal") == fold("L'OREAL")
    ('citroen', 'nissan', True)
    >>> fold("ハンコ") == fold("バンコ")
    False
    """
    if name.isascii() and name.isprintable():  # nothing to decompose, one kind of apostrophe
        return " ".join(name.casefold().replace("`", "'").split())
    previous, folded = None, name
    # One pass nearly always does; some letters decompose only after case folding.
    while folded != previous:
        previous, folded = folded, _fold_once(folded)
    return folded


def slug(name: str, *, longest: int = 40) -> str:
    """Return a short ASCII form of a name for the readable part of an IRI; may be empty.

    Examples
    --------
    >>> slug("Nissan Finance Co., Ltd."), slug("日産")
    ('nissan-finance-co-ltd', '')
    """
    return _NOT_SLUG.sub("-", fold(name)).strip("-")[:longest].strip("-")


def nearest_names(name: str, names: Iterable[str]) -> list[str]:
    """Return the names that somebody may have meant who wrote another, best first; at most five.

    Examples
    --------
    >>> nearest_names("Nisan", ["Renault", "Nissan", "Nissan Diesel", "MAN"])
    ['Nissan']
    >>> nearest_names("quite another", ["Renault", "Nissan"])
    []
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only needed once a name has failed

    folded = {written: fold(written) for written in sorted(set(names))}
    found = process.extract(
        fold(name), folded, scorer=fuzz.WRatio, limit=_OFFERED, score_cutoff=_ALIKE
    )
    return [written for _, score, written in found if score > found[0][1] - _BEHIND]


def _fold_once(text: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
    visible = bare if bare.isprintable() else "".join(_seen(char) for char in bare)
    return unicodedata.normalize("NFKC", " ".join(visible.split()))


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cc":
        return " "
    return "" if category == "Cf" else char
