"""Records of GLEIF's golden copy in CSV; columns are found by their names, in any order."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.csv_records import csv_records, csv_rows
from keiretsu.formats.gleif.records import (
    EntityRecord,
    ExceptionRecord,
    Quantifier,
    RelationshipRecord,
    StatedPeriod,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from keiretsu.formats.frame import Reading
    from keiretsu.formats.opening import Input

MOST: Final = 5
"""Periods, qualifiers and quantifiers that a row has room for."""

_NODE: Final = "Relationship.{}.{}"
_NUMBERS: Final = range(1, MOST + 1)
_PERIODS: Final = [
    tuple(f"Relationship.Period.{number}.{part}" for part in ("startDate", "endDate", "periodType"))
    for number in _NUMBERS
]
_QUALIFIERS: Final = [f"Relationship.Qualifiers.{number}.QualifierCategory" for number in _NUMBERS]
_QUANTIFIERS: Final = [
    tuple(
        f"Relationship.Quantifiers.{number}.{part}"
        for part in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")
    )
    for number in _NUMBERS
]
_REGISTRATION: Final = "Registration."
_REGISTERED: Final = {
    f"{_REGISTRATION}{name}": name
    for name in (
        "InitialRegistrationDate",
        "LastUpdateDate",
        "RegistrationStatus",
        "NextRenewalDate",
        "ManagingLOU",
        "ValidationSources",
        "ValidationDocuments",
        "ValidationReference",
    )
}
_OTHER_NAME: Final = re.compile(r"Entity\.(?:Transliterated)?OtherEntityNames\..*\.\d+")
_READ: Final = (
    "Entity.LegalName",
    "Entity.LegalJurisdiction",
    "Entity.EntityCategory",
    "Entity.EntitySubCategory",
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Entity.EntityStatus",
    "Entity.EntityCreationDate",
)
"""In the order of the fields of an entity record."""
RELATIONSHIP_COLUMNS: Final = (
    "Relationship.StartNode.NodeID",
    "Relationship.StartNode.NodeIDType",
    "Relationship.EndNode.NodeID",
    "Relationship.EndNode.NodeIDType",
    "Relationship.RelationshipType",
    "Relationship.RelationshipStatus",
)
"""Without these a file tells no relationships."""


def relationships(source: Input, reading: Reading) -> Iterator[RelationshipRecord]:
    """Yield the relationship records of a file."""
    rows = csv_rows(source, reading, _relationship_plan, needed=RELATIONSHIP_COLUMNS)
    for made, place in rows:
        yield RelationshipRecord._make((*made, place))


def _relationship_plan(titles: Sequence[str]) -> Callable[[Sequence[str]], tuple[Any, ...]]:
    """Return what makes the fields of a relationship record, all but its place, of a row."""
    nodes = _cells_of(titles, RELATIONSHIP_COLUMNS)
    periods = [_cells_of(titles, columns) for columns in _PERIODS]
    categories = _cells_of(titles, _QUALIFIERS)
    quantifiers = [_cells_of(titles, columns) for columns in _QUANTIFIERS]
    registered = _cells_of(titles, tuple(_REGISTERED))
    names = tuple(_REGISTERED.values())

    def make(cells: Sequence[str]) -> tuple[Any, ...]:
        return (
            *map(str.strip, nodes(cells)),
            tuple(
                StatedPeriod(*told)
                for told in [period(cells) for period in periods]
                if told[0] or told[1]
            ),
            tuple(filter(None, categories(cells))),
            tuple(
                Quantifier(*told)
                for told in [quantifier(cells) for quantifier in quantifiers]
                if told[1]
            ),
            {name: text for name, text in zip(names, registered(cells), strict=True) if text},
        )

    return make


def _cells_of(
    titles: Sequence[str], columns: Sequence[str]
) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Return what takes the cells of several columns from a row; empty where there is none."""
    places = [titles.index(column) if column in titles else -1 for column in columns]
    if -1 not in places:
        return itemgetter(*places)
    return lambda cells: tuple(["" if place < 0 else cells[place] for place in places])


def exceptions(source: Input, reading: Reading) -> Iterator[ExceptionRecord]:
    """Yield the reporting exceptions of a file."""
    for record in csv_records(source, reading, needed=("LEI", "Exception.Category")):
        yield ExceptionRecord(
            lei=record.cells["LEI"].strip(),
            category=record.cells["Exception.Category"].strip(),
            reasons=_numbered(record.cells, "Exception.Reason."),
            references=_numbered(record.cells, "Exception.Reference."),
            place=record.place,
        )


def entities(source: Input, reading: Reading) -> Iterator[EntityRecord]:
    """Yield the entities of a file."""
    rows = csv_rows(source, reading, _entity_plan, needed=("LEI", "Entity.LegalName"))
    for made, place in rows:
        yield EntityRecord._make((*made, place))


def _entity_plan(titles: Sequence[str]) -> Callable[[Sequence[str]], tuple[Any, ...]]:
    """Return what makes the fields of an entity record, all but its place, of a row."""
    lei_at = titles.index("LEI")
    told = _cells_of(titles, _READ)
    names = [
        (place, titles.index(f"{title}.type") if f"{title}.type" in titles else -1)
        for place, title in enumerate(titles)
        if _OTHER_NAME.fullmatch(title)
    ]
    registered = [
        (place, title.removeprefix(_REGISTRATION))
        for place, title in enumerate(titles)
        if title.startswith(_REGISTRATION)
    ]
    others = [(place, _group(title)) for place, title in enumerate(titles) if _is_other(title)]

    def make(cells: Sequence[str]) -> tuple[Any, ...]:
        name, *more = told(cells)
        return (
            cells[lei_at].strip(),
            name,
            tuple(
                (cells[place], "" if kind < 0 else cells[kind])
                for place, kind in names
                if cells[place]
            ),
            *more,
            {title: cells[place] for place, title in registered if cells[place]},
            {group: cells[place] for place, group in others if cells[place]},
        )

    return make


def _is_other(title: str) -> bool:
    """Return whether a column tells of an entity what is not read: an address, a next of kin."""
    named = "OtherEntityNames." in title or title.endswith(".xmllang")
    return title.startswith("Entity.") and title not in _READ and not named


def _group(title: str) -> str:
    return ".".join(title.split(".")[:2])


def _numbered(cells: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    return tuple(
        text.strip() for column, text in cells.items() if text and column.startswith(prefix)
    )
