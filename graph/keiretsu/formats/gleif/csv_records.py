"""Records of GLEIF's golden copy in CSV; columns are found by their names, in any order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from keiretsu.formats.gleif.records import (
    EntityRecord,
    ExceptionRecord,
    Quantifier,
    RelationshipRecord,
    StatedPeriod,
)
from keiretsu.formats.records import csv_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_READ: Final = {
    "Entity.LegalName",
    "Entity.LegalJurisdiction",
    "Entity.EntityCategory",
    "Entity.EntitySubCategory",
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Entity.EntityStatus",
    "Entity.EntityCreationDate",
}
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
    for record in csv_records(source, reading, needed=RELATIONSHIP_COLUMNS):
        yield relationship(record.cells, record.place)


def relationship(cells: Mapping[str, str], place: str) -> RelationshipRecord:
    """Return a relationship record from the cells of a row by their columns."""
    start, start_type, end, end_type, kind, status = (
        cells[column].strip() for column in RELATIONSHIP_COLUMNS
    )
    return RelationshipRecord(
        start=start,
        start_type=start_type,
        end=end,
        end_type=end_type,
        kind=kind,
        status=status,
        periods=tuple(
            StatedPeriod(*(cells.get(column, "") for column in columns))
            for columns in _PERIODS
            if cells.get(columns[0]) or cells.get(columns[1])
        ),
        qualifiers=tuple(cells[column] for column in _QUALIFIERS if cells.get(column)),
        quantifiers=tuple(
            Quantifier(*(cells.get(column, "") for column in columns))
            for columns in _QUANTIFIERS
            if cells.get(columns[1])
        ),
        registration={
            name: cells[column] for column, name in _REGISTERED.items() if cells.get(column)
        },
        place=place,
    )


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
    for record in csv_records(source, reading, needed=("LEI", "Entity.LegalName")):
        cells = record.cells
        register = "Entity.RegistrationAuthority.RegistrationAuthority"
        yield EntityRecord(
            lei=cells["LEI"].strip(),
            name=cells["Entity.LegalName"],
            other_names=tuple(
                (text, cells.get(f"{column}.type", ""))
                for column, text in cells.items()
                if text and _OTHER_NAME.fullmatch(column)
            ),
            jurisdiction=cells.get("Entity.LegalJurisdiction", ""),
            category=cells.get("Entity.EntityCategory", ""),
            subcategory=cells.get("Entity.EntitySubCategory", ""),
            authority=cells.get(f"{register}ID", ""),
            authority_id=cells.get(f"{register}EntityID", ""),
            status=cells.get("Entity.EntityStatus", ""),
            created=cells.get("Entity.EntityCreationDate", ""),
            registration=_registration(cells),
            other=_others(cells),
            place=record.place,
        )


def _others(cells: Mapping[str, str]) -> dict[str, str]:
    """Return what is said in columns that are not read: addresses and the like, one by group."""
    found: dict[str, str] = {}
    for column, text in cells.items():
        if not text or not column.startswith("Entity.") or column in _READ:
            continue
        if "OtherEntityNames." in column or column.endswith(".xmllang"):
            continue
        found.setdefault(".".join(column.split(".")[:2]), text)
    return found


def _registration(cells: Mapping[str, str]) -> dict[str, str]:
    return {
        column.removeprefix(_REGISTRATION): text
        for column, text in cells.items()
        if text and column.startswith(_REGISTRATION)
    }


def _numbered(cells: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    return tuple(
        text.strip() for column, text in cells.items() if text and column.startswith(prefix)
    )
