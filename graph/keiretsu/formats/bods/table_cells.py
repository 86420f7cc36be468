"""Cells of flattened tables of BODS as the values of a statement, at the places of a statement."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.schema import field_names
from keiretsu.formats.fields import short

if TYPE_CHECKING:
    from collections.abc import Mapping

LINK: Final = "_link"
"""What the columns that tie rows to each other begin with."""
FLAGS: Final = frozenset(
    {"isComponent", "beneficialOwnershipOrControl", "hasPublicListing", "hasPepStatus"}
)
"""Fields that hold true or false."""
NUMBERS: Final = frozenset({"exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
"""Fields that hold a number; before 0.4 the exclusive ones held true or false."""
LISTS: Final = frozenset({"alternateNames", "componentRecords", "companyFilingsURLs"})
"""Fields that hold texts, in a cell a line of comma-separated text; so does `type` of a source."""
_OLD_LISTS: Final = frozenset({"replacesStatements", "componentStatementIDs"})
_OLD_NAMES: Final = (
    *_OLD_LISTS,
    "statementType",
    "incorporatedInJurisdiction",
    "entitySubtype",
    "generalCategory",
    "localTerm",
    "describedByEntityStatement",
    "describedByPersonStatement",
    "unspecified",
    "interestLevel",
    "hasPepStatus",
    "pepStatusDetails",
    "placeOfResidence",
)
"""Names of fields before 0.4 that 0.4 no longer has."""
_TRUTH: Final = {"true": True, "t": True, "false": False, "f": False}
_WHOLE: Final = re.compile(r"-?\d{1,15}")
_DECIMAL: Final = re.compile(r"-?\d{1,15}\.\d{1,15}")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{2}-\d{2}) 00:00:00(?:\.0+)?(?:[+-]00(?::?00)?|Z)?")


def nested(cells: Mapping[str, object]) -> dict[str, Any]:
    """Return a row as the object that was flattened; empty cells are absent fields.

    Raises
    ------
    InputError
        If a cell is not of its field's type, or is at once a value and an object.

    Examples
    --------
    >>> nested({"_link": "0", "recordid": "a", "recorddetails_iscomponent": "false", "x": ""})
    {'recordId': 'a', 'recordDetails': {'isComponent': False}}
    """
    old = any(title.casefold() == "statementtype" for title in cells)
    value: dict[str, Any] = {}
    for title, cell in cells.items():
        if cell is None or cell == "" or title.startswith(LINK):
            continue
        *outer, last = path_of(title)
        if last == "statementId" and old:
            last = "statementID"
        at: Any = value
        for name in outer:
            at = at.setdefault(name, {}) if isinstance(at, dict) else None
        if not isinstance(at, dict) or last in at:
            problem = f"the column {short(title)} is at once a value and an object"
            raise InputError(problem, mend="leave one of its columns empty in this row")
        at[last] = _value((*outer, last), cell, title)
    return value


@lru_cache(maxsize=4096)  # the same titles return in every row
def _path(title: str) -> tuple[str, ...]:
    known = _known()
    return tuple(known.get(part.casefold(), part) for part in title.split("_"))


def path_of(title: str) -> list[str]:
    """Return the way into a statement that the name of a column or of a list tells.

    Examples
    --------
    >>> path_of("recorddetails_publicListing_securitieslistings")
    ['recordDetails', 'publicListing', 'securitiesListings']
    """
    return list(_path(title))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return the names of the standard by their form in lower case; those of 0.4 go first."""
    return {name.casefold(): name for name in (*_OLD_NAMES, *sorted(field_names()))}


def _value(path: tuple[str, ...], cell: object, title: str) -> object:
    name = path[-1]
    if name in LISTS or name in _OLD_LISTS or path[-2:] == ("source", "type"):
        return [str(one) for one in cell] if isinstance(cell, list) else _texts(str(cell), title)
    text = str(cell)
    if name in FLAGS:
        return _truth(text, title)
    if name in NUMBERS:
        return _truth(text, title) if text.casefold() in _TRUTH else _number(text, title)
    whole_day = _MIDNIGHT.fullmatch(text)  # what databases make of a date
    return whole_day[1] if whole_day else text


def _texts(text: str, title: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        problem = f"the cell of {short(title)} is no list of texts ({error})"
        raise InputError(problem, mend='write it like one,"two, with a comma"') from None
    return [one for row in rows for one in row]


def _truth(text: str, title: str) -> bool:
    found = _TRUTH.get(text.casefold())
    if found is None:
        problem = f"the cell of {short(title)} ({short(text)}) is neither true nor false"
        raise InputError(problem, mend="write true or false")
    return found


def _number(text: str, title: str) -> int | float:
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        found = float(text)
        return int(found) if found.is_integer() else found
    problem = f"the cell of {short(title)} ({short(text)}) is not a number"
    raise InputError(problem, mend="write it like 43.4")
