"""Statements of BODS 0.1 to 0.3 as statements of 0.4.

Before 0.4 a statement replaced others by name; from 0.4 on the versions of a record share a
recordId. A chain of replacements becomes one record, named by its first statement. What was
changed is said in an annotation.

Source: the changelogs of the standard, 0.2 to 0.4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from keiretsu.errors import InputError
from keiretsu.formats.bods.terms import INTEREST_TYPES, VERSION
from keiretsu.formats.fields import short

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: Final = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_ENVELOPE: Final = ("annotations", "publicationDetails", "source", "statementDate")
_OLD: Final = ("statementID", "statementType", "replacesStatements", *_ENVELOPE)
_INTERESTS: Final = {
    "settlor-of-trust": "settlor",
    "trustee-of-trust": "trustee",
    "protector-of-trust": "protector",
    "beneficiary-of-trust": "beneficiaryOfLegalArrangement",
    "beneficiary": "beneficiaryOfLegalArrangement",
    "other-influence-or-control-of-trust": "otherInfluenceOrControl",
    "influence-or-control": "otherInfluenceOrControl",
}
_HYPHEN: Final = re.compile(r"-([a-z])")


def is_old(statement: Mapping[str, Any]) -> bool:
    """Return whether a statement is of a version before 0.4."""
    return "statementType" in statement or "statementID" in statement


class Upgrade:
    """Turns statements into those of 0.4, one after the other in the order of their file.

    Examples
    --------
    >>> old = {"statementID": "a", "statementType": "entityStatement", "name": "A Ltd"}
    >>> new = Upgrade().of(old | {"entityType": "registeredEntity", "statementDate": "2019-01-01"})
    >>> new["recordId"], new["recordStatus"], new["recordDetails"]["entityType"]
    ('a', 'new', {'type': 'registeredEntity'})
    """

    def __init__(self) -> None:
        self._records: dict[str, str] = {}

    def of(self, statement: Mapping[str, Any]) -> dict[str, Any]:
        """Return a statement of 0.4 that says the same.

        Raises
        ------
        InputError
            If it has no identifier, or is of no type that the standard had.
        """
        own, kind = statement.get("statementID"), _TYPES.get(str(statement.get("statementType")))
        if not isinstance(own, str) or not own:
            raise InputError("the field statementID is missing", mend="add it")
        if kind is None:
            told = short(statement.get("statementType"))
            problem = f"the field statementType ({told}) is none of the standard's"
            raise InputError(problem, mend=f"use {', '.join(_TYPES)}")
        replaced = [one for one in _list(statement.get("replacesStatements")) if _is_name(one)]
        record = self._record(replaced[0]) if replaced else own
        self._records[own] = record
        details = _details(statement, kind, self)
        subject = details.get("subject") if kind == "relationship" else None
        upgraded: dict[str, Any] = {
            "statementId": own,
            "declarationSubject": subject if isinstance(subject, str) else record,
            "statementDate": _date(statement),
            "recordId": record,
            "recordType": kind,
            "recordStatus": "updated" if replaced else "new",
            "recordDetails": details,
        }
        published = _dict(statement.get("publicationDetails"))
        version = published.get("bodsVersion", "before 0.4")
        upgraded["annotations"] = [
            *_list(statement.get("annotations")),
            {
                "motivation": "transformation",
                "statementPointerTarget": "",
                "description": f"converted from BODS {version} to {VERSION}",
            },
        ]
        if published:
            upgraded["publicationDetails"] = {**published, "bodsVersion": VERSION}
        if "source" in statement:
            upgraded["source"] = statement["source"]
        return {key: value for key, value in upgraded.items() if value is not None}

    def _record(self, statement: str) -> str:
        return self._records.get(statement, statement)

    def name(self, reference: object, *fields: str) -> object:
        """Return what a reference to another statement is in 0.4."""
        if isinstance(reference, str):
            return self._record(reference)
        told = _dict(reference)
        for field in fields:
            if _is_name(told.get(field)):
                return self._record(told[field])
        unspecified = _dict(told.get("unspecified"))
        return _reason(unspecified or {"reason": "unknown"})


def _details(statement: Mapping[str, Any], kind: str, upgrade: Upgrade) -> dict[str, Any]:
    details = {key: value for key, value in statement.items() if key not in _OLD}
    details.setdefault("isComponent", False)
    for field in ("unspecifiedEntityDetails", "unspecifiedPersonDetails"):
        if field in details:
            details[field] = _reason(_dict(details[field]))
    if "addresses" in details:
        details["addresses"] = [_address(one) for one in _list(details["addresses"])]
    {"entity": _entity, "person": _person}.get(kind, lambda _: None)(details)
    if kind == "relationship":
        _relationship(details, upgrade)
    return details


def _entity(details: dict[str, Any]) -> None:
    kind, subtype = details.pop("entityType", None), _dict(details.pop("entitySubtype", None))
    if isinstance(kind, str):
        told = {
            "type": kind,
            "subtype": _camel(subtype.get("generalCategory")),
            "details": subtype.get("localTerm"),
        }
        kind = {key: value for key, value in told.items() if value is not None}
    details["entityType"] = kind
    if "incorporatedInJurisdiction" in details:
        details["jurisdiction"] = details.pop("incorporatedInJurisdiction")


def _person(details: dict[str, Any]) -> None:
    for one in _list(details.get("names")):
        if isinstance(one, dict) and one.get("type") == "individual":
            one["type"] = "legal"
    if "placeOfBirth" in details:
        details["placeOfBirth"] = _address(details["placeOfBirth"])
    if "placeOfResidence" in details:
        home = _address(details.pop("placeOfResidence"))
        details["addresses"] = [*_list(details.get("addresses")), home]
    if "hasPepStatus" in details or "pepStatusDetails" in details:
        told = details.pop("hasPepStatus", None)
        status = "isPep" if told is True else "isNotPep" if told is False else "unknown"
        exposed = details.pop("pepStatusDetails", None)
        details["politicalExposure"] = {"status": status} | (
            {"details": exposed} if exposed else {}
        )


def _relationship(details: dict[str, Any], upgrade: Upgrade) -> None:
    described = ("describedByEntityStatement", "describedByPersonStatement")
    details["subject"] = upgrade.name(details.get("subject"), *described)
    details["interestedParty"] = upgrade.name(details.get("interestedParty"), *described)
    if "componentStatementIDs" in details:
        names = _list(details.pop("componentStatementIDs"))
        details["componentRecords"] = [upgrade.name(one) for one in names if _is_name(one)]
    interests = _list(details.get("interests"))
    if interests:
        details["interests"] = [
            _interest(one) if isinstance(one, dict) else one for one in interests
        ]


def _interest(old: Mapping[str, Any]) -> dict[str, Any]:
    new = dict(old)
    told = old.get("type")
    if isinstance(told, str):
        new["type"] = _INTERESTS.get(told, _camel(told))
        if new["type"] not in INTEREST_TYPES:
            new["type"], words = "otherInfluenceOrControl", str(old.get("details") or "")
            new["details"] = f"{words} ({told})".strip()
    if "interestLevel" in new:
        new["directOrIndirect"] = new.pop("interestLevel")
    if isinstance(old.get("share"), dict):
        new["share"] = _share(old["share"])
    return new


def _share(old: Mapping[str, Any]) -> dict[str, Any]:
    """Before 0.4 the exclusive ends were flags, and an exact share was its own range."""
    new = dict(old)
    for closed, flag in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(new.get(flag), bool) and new.pop(flag) and closed in new:
            new[flag] = new.pop(closed)
    ends = {new.get("minimum"), new.get("maximum"), new.get("exact")}
    if new.get("exact") is not None and len(ends - {None}) == 1:
        new = {"exact": new["exact"]}
    return new


def _reason(old: Mapping[str, Any]) -> dict[str, Any]:
    reason = _camel(old.get("reason")) or "unknown"
    return {**old, "reason": reason}


def _address(old: object) -> object:
    if not isinstance(old, dict) or not isinstance(old.get("country"), str):
        return old
    return {**old, "country": {"name": old["country"], "code": old["country"]}}


def _date(statement: Mapping[str, Any]) -> object:
    published = _dict(statement.get("publicationDetails")).get("publicationDate")
    retrieved = _dict(statement.get("source")).get("retrievedAt")
    return statement.get("statementDate") or published or retrieved


def _camel(code: object) -> str | None:
    """Return a code as 0.4 writes it.

    Examples
    --------
    >>> _camel("voting-rights")
    'votingRights'
    """
    return _HYPHEN.sub(lambda m: m[1].upper(), code) if isinstance(code, str) else None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
