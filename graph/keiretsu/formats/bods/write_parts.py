"""Parties, sources and dates in the words of BODS 0.4."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.bods.parties import RECORD
from keiretsu.formats.bods.statement import canonical
from keiretsu.formats.bods.terms import ENTITY_TYPES, VERSION
from keiretsu.model import PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.model import Document, LossReport, PartialDate, Party, UnspecifiedReason

_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21\x24-\x3b\x3d\x3f-\x5a\x5f\x61-\x7a\x7e%]+")
_ORG_ID: Final = re.compile(r"[A-Z]{2}-[A-Z0-9_]+")
_SCHEMES: Final = {"LEI": "XI-LEI", "Wikidata": "XI-WIKIDATA"}
_HYPHEN: Final = re.compile(r"-([a-z])")


def statement(
    kind: str, record_id: str, subject: str, details: Mapping[str, Any], date: str
) -> dict[str, Any]:
    """Return a statement; its identifier is made of all that it says.

    Parameters
    ----------
    kind, record_id
        Type and name of the record.
    subject
        The record that the declaration is about.
    details
        The details of the record.
    date
        When it was declared, a full date.
    """
    told = canonical({"record": record_id, "details": details, "date": date})
    return {
        "statementId": f"kei-{hashlib.sha256(told.encode()).hexdigest()[:40]}",
        "declarationSubject": subject,
        "statementDate": date,
        "publicationDetails": {
            "publicationDate": date,
            "bodsVersion": VERSION,
            "publisher": {"name": "converted by Keiretsu"},
        },
        "recordId": record_id,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": dict(details),
    }


def party_details(party: Party, report: LossReport, *, component: bool) -> dict[str, Any]:
    """Return the record details of a party; `report` gets what they cannot say."""
    maker = _person if party.kind is PartyKind.PERSON else _entity
    details: dict[str, Any] = {"isComponent": component, **maker(party, report)}
    identifiers = [_identifier(*pair) for pair in party.identifiers if pair[0] != RECORD]
    if identifiers:
        details["identifiers"] = identifiers
    for field, value in (("acts for a State", party.acts_for), ("remainder", party.remainder)):
        if value is not None:
            report.add(f"party: {field}", ONLY_ANNOTATED, party.id, value)
    for former in party.former_names:
        if former.start or former.end:
            report.add("party: dates of a former name", ONLY_ANNOTATED, party.id, former)
    return details


ONLY_ANNOTATED: Final = "BODS has no place for it; only Keiretsu reads the annotation that keeps it"


def _person(party: Party, report: LossReport) -> dict[str, Any]:
    names = [{"type": "legal", "fullName": party.label}]
    names += [{"type": "alternative", "fullName": name} for name in party.aliases]
    names += [{"type": "former", "fullName": former.name} for former in party.former_names]
    details: dict[str, Any] = {"personType": "knownPerson", "names": names}
    for field, date in (("birthDate", party.exists.start), ("deathDate", party.exists.end)):
        if date is not None:
            details[field] = str(date)  # to the day, the month or the year, as BODS has it too
    if party.nationalities:
        details["nationalities"] = [{"name": one, "code": one} for one in party.nationalities]
    for field, value in (("jurisdiction", party.jurisdiction), ("listed", party.listed)):
        if value is not None:
            report.add(f"person: {field}", ONLY_ANNOTATED, party.id, value)
    return details


def _entity(party: Party, report: LossReport) -> dict[str, Any]:
    kind, subtype = ENTITY_TYPES[party.kind]
    if party.kind not in _PLAIN:
        report.add("party: kind", "BODS has a broader word for it", party.id, party.kind.value)
    details: dict[str, Any] = {
        "entityType": {"type": kind} | ({"subtype": subtype} if subtype else {}),
        "name": party.label,
    }
    others = [*party.aliases, *(former.name for former in party.former_names)]
    where = party.jurisdiction
    details |= {
        field: value
        for field, value in (
            ("alternateNames", list(dict.fromkeys(others))),
            ("jurisdiction", {"name": where, "code": where} if where else None),
            ("uri", party.id if _URI.fullmatch(party.id) else None),
        )
        if value
    }
    for field, date in (
        ("foundingDate", party.exists.start),
        ("dissolutionDate", party.exists.end),
    ):
        if date is not None:
            details[field] = full_date(date, f"entity: {field}", party.id, report)
    if party.nationalities:
        report.add("entity: nationalities", ONLY_ANNOTATED, party.id, party.nationalities)
    if party.listed is not None:
        details["publicListing"] = {"hasPublicListing": party.listed}
    if kind in ("anonymousEntity", "unknownEntity"):
        details["unspecifiedEntityDetails"] = _unspecified(party)
    return details


_PLAIN: Final = frozenset(
    {
        PartyKind.COMPANY,
        PartyKind.ORGANISATION,
        PartyKind.ARRANGEMENT,
        PartyKind.STATE,
        PartyKind.GOVERNMENT_BODY,
        PartyKind.MINISTRY,
        PartyKind.AGENCY,
        PartyKind.UNKNOWN_PARTY,
    }
)


def _unspecified(party: Party) -> dict[str, str]:
    reason = camel(party.unspecified) if party.unspecified is not None else "unknown"
    words = party.unspecified_details
    return {"reason": reason} | ({"description": words} if words else {})


def camel(reason: UnspecifiedReason) -> str:
    """Return our notation of a reason as the code of BODS."""
    return _HYPHEN.sub(lambda m: m[1].upper(), reason.value)


def _identifier(scheme: str, value: str) -> dict[str, str]:
    theirs = _SCHEMES.get(scheme, scheme)
    return {"scheme" if _ORG_ID.fullmatch(theirs) else "schemeName": theirs, "id": value}


def source_words(document: Document) -> dict[str, Any]:
    """Return a document as the source of a statement."""
    source: dict[str, Any] = {"description": document.title}
    if document.url is not None and _URI.fullmatch(document.url):
        source["url"] = document.url
    if document.publisher is not None:
        source["assertedBy"] = [{"name": document.publisher}]
    return source


def full_date(date: PartialDate, field: str, place: str, report: LossReport) -> str:
    """Return the first day of a date, as the standard rounds; the rounding is reported."""
    if date.first != date.last:
        report.add(field, "BODS wants a full date: rounded to the first day", place, date)
    return date.first.isoformat()
