"""Records of GLEIF's golden copy in XML: LEI-CDF, RR-CDF and Reporting Exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keiretsu.formats.gleif.records import (
    EntityRecord,
    ExceptionRecord,
    Quantifier,
    RelationshipRecord,
    StatedPeriod,
)
from keiretsu.formats.xml_records import children, local_name, text_of, xml_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.formats.opening import Input


def relationships(source: Input) -> Iterator[RelationshipRecord]:
    """Yield the relationship records of a file."""
    for record in xml_records(source, "RelationshipRecord"):
        yield relationship(record.element, record.place)


def relationship(element: Any, place: str) -> RelationshipRecord:  # noqa: ANN401
    """Return a relationship record."""
    about = children(element, "Relationship")
    told = about[0] if about else element
    return RelationshipRecord(
        start=text_of(told, "StartNode", "NodeID"),
        start_type=text_of(told, "StartNode", "NodeIDType"),
        end=text_of(told, "EndNode", "NodeID"),
        end_type=text_of(told, "EndNode", "NodeIDType"),
        kind=text_of(told, "RelationshipType"),
        status=text_of(told, "RelationshipStatus"),
        periods=tuple(
            StatedPeriod(*(text_of(one, name) for name in ("StartDate", "EndDate", "PeriodType")))
            for one in children(told, "RelationshipPeriods", "RelationshipPeriod")
        ),
        qualifiers=tuple(
            text_of(one, "QualifierCategory")
            for one in children(told, "RelationshipQualifiers", "RelationshipQualifier")
        ),
        quantifiers=tuple(
            Quantifier(
                *(
                    text_of(one, name)
                    for name in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")
                )
            )
            for one in children(told, "RelationshipQuantifiers", "RelationshipQuantifier")
        ),
        registration=_filled(element, "Registration"),
        place=place,
    )


def exceptions(source: Input) -> Iterator[ExceptionRecord]:
    """Yield the reporting exceptions of a file."""
    for record in xml_records(source, "Exception"):
        element = record.element
        yield ExceptionRecord(
            lei=text_of(element, "LEI"),
            category=text_of(element, "ExceptionCategory"),
            reasons=_texts(element, "ExceptionReason"),
            references=_texts(element, "ExceptionReference"),
            place=record.place,
        )


def entities(source: Input) -> Iterator[EntityRecord]:
    """Yield the entities of a file."""
    for record in xml_records(source, "LEIRecord"):
        element = record.element
        entity = next(iter(children(element, "Entity")), element)
        names = [
            *children(entity, "OtherEntityNames", "OtherEntityName"),
            *children(entity, "TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
        ]
        register = ("RegistrationAuthority",)
        yield EntityRecord(
            lei=text_of(element, "LEI"),
            name=text_of(entity, "LegalName"),
            other_names=tuple(
                ((name.text or "").strip(), name.get("type") or "") for name in names if name.text
            ),
            jurisdiction=text_of(entity, "LegalJurisdiction"),
            category=text_of(entity, "EntityCategory"),
            subcategory=text_of(entity, "EntitySubCategory"),
            authority=text_of(entity, *register, "RegistrationAuthorityID"),
            authority_id=text_of(entity, *register, "RegistrationAuthorityEntityID"),
            status=text_of(entity, "EntityStatus"),
            created=text_of(entity, "EntityCreationDate"),
            registration=_filled(element, "Registration"),
            other=_others(entity),
            place=record.place,
        )


_READ = {
    "LegalName",
    "OtherEntityNames",
    "TransliteratedOtherEntityNames",
    "LegalJurisdiction",
    "EntityCategory",
    "EntitySubCategory",
    "RegistrationAuthority",
    "EntityStatus",
    "EntityCreationDate",
}


def _others(entity: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what is said in fields that are not read, by the names that the CSV gives them."""
    found = {}
    for child in entity:
        name = local_name(child)
        if name not in _READ:
            words = " ".join(" ".join(child.itertext()).split())
            if words:
                found[f"Entity.{name}"] = words
    return found


def _filled(element: Any, name: str) -> dict[str, str]:  # noqa: ANN401
    return {
        local_name(child): child.text.strip()
        for parent in children(element, name)
        for child in parent
        if child.text and child.text.strip()
    }


def _texts(element: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(one.text.strip() for one in children(element, name) if one.text)
