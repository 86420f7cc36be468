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
from keiretsu.formats.xml_records import (
    by_name,
    children,
    local_name,
    text_of,
    texts_of,
    xml_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keiretsu.formats.opening import Input


def relationships(source: Input) -> Iterator[RelationshipRecord]:
    """Yield the relationship records of a file."""
    for record in xml_records(source, "RelationshipRecord"):
        yield relationship(record.element, record.place)


def relationship(element: Any, place: str) -> RelationshipRecord:  # noqa: ANN401
    """Return a relationship record."""
    parts = by_name(element)
    told = by_name(parts.get("Relationship", element))
    start, end = (texts_of(told.get(node, ())) for node in ("StartNode", "EndNode"))
    periods = told.get("RelationshipPeriods", ())
    qualifiers = told.get("RelationshipQualifiers", ())
    quantifiers = told.get("RelationshipQuantifiers", ())
    return RelationshipRecord(
        start=start.get("NodeID", ""),
        start_type=start.get("NodeIDType", ""),
        end=end.get("NodeID", ""),
        end_type=end.get("NodeIDType", ""),
        kind=_text(told, "RelationshipType"),
        status=_text(told, "RelationshipStatus"),
        periods=tuple(
            StatedPeriod(
                one.get("StartDate", ""), one.get("EndDate", ""), one.get("PeriodType", "")
            )
            for one in map(texts_of, periods)
        ),
        qualifiers=tuple(one.get("QualifierCategory", "") for one in map(texts_of, qualifiers)),
        quantifiers=tuple(
            Quantifier(
                one.get("MeasurementMethod", ""),
                one.get("QuantifierAmount", ""),
                one.get("QuantifierUnits", ""),
            )
            for one in map(texts_of, quantifiers)
        ),
        registration=texts_of(parts.get("Registration", ())),
        place=place,
    )


def _text(elements: Mapping[str, Any], name: str) -> str:
    element = elements.get(name)
    return "" if element is None else (element.text or "").strip()


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
        parts = by_name(record.element)
        entity = parts.get("Entity", record.element)
        told = by_name(entity)
        register = texts_of(told.get("RegistrationAuthority", ()))
        names = [
            *told.get("OtherEntityNames", ()),
            *told.get("TransliteratedOtherEntityNames", ()),
        ]
        yield EntityRecord(
            lei=_text(parts, "LEI"),
            name=_text(told, "LegalName"),
            other_names=tuple(
                ((name.text or "").strip(), name.get("type") or "") for name in names if name.text
            ),
            jurisdiction=_text(told, "LegalJurisdiction"),
            category=_text(told, "EntityCategory"),
            subcategory=_text(told, "EntitySubCategory"),
            authority=register.get("RegistrationAuthorityID", ""),
            authority_id=register.get("RegistrationAuthorityEntityID", ""),
            status=_text(told, "EntityStatus"),
            created=_text(told, "EntityCreationDate"),
            registration=texts_of(parts.get("Registration", ())),
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


def _texts(element: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(one.text.strip() for one in children(element, name) if one.text)
