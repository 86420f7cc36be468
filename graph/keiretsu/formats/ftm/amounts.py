"""Percentages as people write them: ``43,4 %``, ``>50``, ``~30``, ``less than 1``."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.model import Share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from keiretsu.formats.frame import Reading

_SENSES: Final = {
    "more than": ">",
    "over": ">",
    "above": ">",
    "less than": "<",
    "under": "<",
    "below": "<",
    "at least": ">=",
    "not less than": ">=",
    "at most": "<=",
    "up to": "<=",
    "not more than": "<=",
}
_ABOUT: Final = re.compile(r"^(?:~|≈|about|approx(?:imately|\.)?|circa|ca?\.)\s*")
_PERCENT: Final = re.compile(r"\s*(?:per\s?cent|percent|pct\.?|%)\s*$")
_LONGEST: Final = 64
_DIGITS: Final = 14


@lru_cache(maxsize=16_384)
def percentage(text: str) -> tuple[Share, bool] | None:
    """Return the share that a text means and whether it is only about so; None if it means none.

    Examples
    --------
    >>> str(percentage("less than 1")[0]), str(percentage("43,4 %")[0]), percentage("~30")[1]
    ('[0, 1) %', '43.4 %', True)
    >>> percentage("see notes") is None, percentage("140") is None
    (True, True)
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.casefold().split())
    about = _ABOUT.match(plain)
    plain = _PERCENT.sub("", plain[about.end() :] if about else plain)
    for words, sign in _SENSES.items():
        if plain.startswith(words):
            plain = sign + plain.removeprefix(words).strip()
            break
    try:
        return Share.from_percent(plain), about is not None
    except InputError:
        return None


def share_of(texts: Sequence[str], field: str, place: str, reading: Reading) -> Share | None:
    """Return the share that one or several texts mean; several leave open which is so.

    What cannot be read is told as lost, and the share is then not known.
    """
    found = []
    for text in texts:
        read = percentage(text)
        if read is None:
            reading.lost(field, "it is not a percentage; the share is unknown", place, text)
            return None
        share, about = read
        if about:
            reading.lost(field, "that it is only about so", place, text)
        found.append(share)
    if len(found) == 1:
        return found[0]
    if len(set(found)) > 1:
        reading.lost(field, "several values; the range that holds them is read", place, texts)
    return reduce(Share.hull, found) if found else None


def written(share: Share) -> tuple[str, bool]:
    """Return a share as text that others read, and whether all of it is told by that.

    Examples
    --------
    >>> written(Share.from_percent("43.4")), written(Share.from_percent("(25,50]"))
    (('43.4', True), ('25-50', False))
    >>> written(Share.from_percent(">25")), written(Share.point("1/3"))
    (('>25', True), ('33.333333333333', False))
    """
    low, high = (_plain(end) for end in (share.low, share.high))
    if share.is_point:
        return low, Share.from_percent(low) == share
    if share.high == 1 and not share.high_open and share.low > 0:
        text = f"{'>' if share.low_open else '>='}{low}"
    elif share.low == 0 and not share.low_open and share.high < 1:
        text = f"{'<' if share.high_open else '<='}{high}"
    else:
        text = f"{low}-{high}"
    return text, Share.from_percent(text) == share


def _plain(end: Fraction) -> str:
    percent = end * 100
    with localcontext() as context:
        context.prec = _DIGITS
        number = Decimal(percent.numerator) / Decimal(percent.denominator)
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
