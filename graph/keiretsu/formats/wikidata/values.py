"""Values of Wikidata's statements: items, dates to their precision, proportions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from keiretsu.errors import InputError
from keiretsu.formats.fields import Fields, short
from keiretsu.model import PartialDate, Share, exact
from keiretsu.model.identifiers import WIKIDATA, Identifier

if TYPE_CHECKING:
    from fractions import Fraction

    from keiretsu.formats.frame import Reading

_TIME: Final = re.compile(r"\+(\d{4})-(\d{2})-(\d{2})T")
_MONTH, _DAY = 10, 11
_PERCENT: Final = "Q11229"


def item_iri(item: str) -> str:
    """Return the IRI of the party that an item is.

    Examples
    --------
    >>> item_iri("Q6686")
    'https://w3id.org/keiretsu/id/party/Wikidata-Q6686'
    """
    return Identifier.of(WIKIDATA, item).party_iri


def item_of(snak: Fields) -> str | None:
    """Return the item that is a snak's value, None if it is another kind of value."""
    value = snak.within("datavalue").all.get("value")
    if not isinstance(value, dict):
        return None
    found = value.get("id") or f"Q{value.get('numeric-id', '')}"
    return found if isinstance(found, str) and re.fullmatch(r"Q[1-9][0-9]*", found) else None


def date_of_value(snak: Fields) -> PartialDate | None:
    """Return a snak's time to its precision; None if it is not known or of another calendar age.

    Raises
    ------
    InputError
        If it is no time.
    """
    if snak.text("snaktype") != "value":
        return None
    value = snak.within("datavalue").within("value")
    text, precision = value.needed("time"), value.whole("precision") or 0
    found = _TIME.match(text)
    if found is None or precision < 9:  # noqa: PLR2004 - nine is a year, below it a decade
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return PartialDate(
            year,
            month if precision >= _MONTH and month else None,
            day if precision >= _DAY and month and day else None,
        )
    except InputError:
        raise InputError(f"the time {short(text)} is not a date", mend="correct it") from None


def capital_of(statement: Fields, reading: Reading, place: str) -> Share | None:
    """Return the proportion of a statement: a fraction of one, or percent if it says so."""
    for snak in statement.within("qualifiers").objects("P1107"):
        value = snak.within("datavalue").within("value")
        amount = value.text("amount")
        if amount:
            percent = value.text("unit").endswith(_PERCENT)
            return proportion(amount, reading, place, percent=percent)
    return None


def proportion(amount: str, reading: Reading, place: str, *, percent: bool = False) -> Share | None:
    """Return a proportion as a share; one above the whole is told as lost."""
    number: Fraction
    try:
        number = exact(amount.removeprefix("+")) / (100 if percent else 1)
    except InputError:
        raise InputError(f"P1107 ({short(amount)}) is not a number", mend="correct it") from None
    if 0 <= number <= 1:
        return Share.point(number)
    reading.lost("P1107", "a proportion lies between 0 and 1; the share is unknown", place, amount)
    return None


def identifier_of(
    scheme: str, snak: Fields, reading: Reading, name: str, place: str
) -> tuple[str, str]:
    """Return an identifier; one that cannot be right is kept, and that is told."""
    text = snak.within("datavalue").text("value")
    found = Identifier.of(scheme, text)
    if found.doubt:
        reading.lost(name, f"{found.doubt}; it joins nothing", place, text)
    return found.pair
