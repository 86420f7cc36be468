"""Rows that add up although they may tell one stake twice.

Rows of one pair add up. That is right for lots of shares, and wrong for a copied row, for a stake
told anew at each date without an end of the older ones, and for one told by two sources. Which of
them a table means only its author knows: the numbers stay as they are, and the answer says so.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from keiretsu.model import Period

REPEATED: Final = "repeated-row"
OVERLAPPING: Final = "periods-added"
SOURCES: Final = "sources-added"
TOLD: Final = {
    REPEATED: (
        "a row that says the same as an earlier one is added to it",
        "take it out if it is a copy",
    ),
    OVERLAPPING: (
        "rows that begin or end on different days are added up while both are so",
        "if they tell one stake, end the older ones with valid_until",
    ),
    SOURCES: (
        "rows that cite different sources are added up",
        "if each tells the whole stake, write 'source' in the column record",
    ),
}
"""What is said of each, and how to mend it."""
MOST: Final = 1_000
"""Pairs of one rule that a table's cautions name; of more, only the number is told."""


class Part(NamedTuple):
    """A row that adds up with others of its pair: where it stands, when it is so, what it says."""

    place: int
    period: Period
    document: str
    says: Hashable


def repeats(parts: Iterable[Part]) -> Iterator[tuple[int, str]]:
    """Yield where the rows of one pair may tell a stake twice, and the rule; each rule once.

    Examples
    --------
    >>> from keiretsu.model import Period
    >>> one, other = Period.parse("2017"), Period.parse("2018")
    >>> list(repeats([Part(2, one, "d", 30), Part(3, other, "d", 31), Part(4, other, "d", 31)]))
    [(4, 'repeated-row'), (3, 'periods-added')]
    """
    rows = list(parts)
    yield from _first(REPEATED, _copies(rows))
    yield from _first(OVERLAPPING, _overlaps(rows))
    yield from _first(SOURCES, _retold(rows))


def in_all(rule: str, pairs: int) -> str:
    """Return what is said of more than `MOST` pairs together."""
    return f"{TOLD[rule][0]}: {pairs:,} pairs of holder and issuer"


def _first(rule: str, found: Iterator[int]) -> Iterator[tuple[int, str]]:
    place = next(found, None)
    if place is not None:
        yield place, rule


def _copies(rows: list[Part]) -> Iterator[int]:
    seen = set()
    for row in rows:
        if (said := row[1:]) in seen:
            yield row.place
        seen.add(said)


def _overlaps(rows: list[Part]) -> Iterator[int]:
    """Yield rows that are so together with one of another period, in the order of their begin."""
    first = {row.period: row.place for row in reversed(rows)}
    latest = dt.date.min
    for at, period in enumerate(sorted(first, key=_begin)):
        if at and latest > _begin(period):
            yield first[period]
        latest = max(latest, period.end.first if period.end else dt.date.max)


def _retold(rows: list[Part]) -> Iterator[int]:
    source: dict[Period, str] = {}
    for row in rows:
        if source.setdefault(row.period, row.document) != row.document:
            yield row.place


def _begin(period: Period) -> dt.date:
    """Return the day by which a period has begun in every reading of its date."""
    return period.start.last if period.start else dt.date.min
