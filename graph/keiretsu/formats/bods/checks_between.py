"""Checks between the statements of a file of BODS: series of a record, references, components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.fields import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keiretsu.formats.bods.rules import Place
    from keiretsu.model import Finding

_PARTIES: Final = ("entity", "person")
_NOMINATION: Final = frozenset({"nominee", "nominator"})
_TRUST: Final = frozenset({"settlor", "trustee", "protector", "beneficiaryOfLegalArrangement"})


@dataclass(slots=True)
class _Record:
    """What is kept of the statements of one record: enough to judge those that name it."""

    first: int
    place: Place
    types: set[str] = field(default_factory=set)
    statuses: list[tuple[str, Place]] = field(default_factory=list)
    is_component: bool = False
    form: tuple[str, str] = ("", "")


@dataclass(slots=True)
class _Relationship:
    """What is kept of a relationship until all records are known."""

    number: int
    place: Place
    subject: object
    party: object
    components: list[object]
    interests: frozenset[str]
    claims_owner: bool


class Between:
    """Gathers what statements say of each other; `findings` tells when all have been seen."""

    def __init__(self) -> None:
        self._records: dict[str, _Record] = {}
        self._statements: dict[str, int] = {}
        self._relationships: list[_Relationship] = []
        self._subjects: dict[str, Place] = {}
        self._twice: list[Finding] = []

    def look(self, number: int, statement: Mapping[str, Any], place: Place) -> None:
        """Take note of a statement; `number` counts them."""
        statement_id, record_id = statement.get("statementId"), statement.get("recordId")
        if isinstance(statement_id, str):
            if statement_id in self._statements:
                what = f"{short(statement_id)} stands twice"
                self._twice.append(place.breach("statement-twice", "/statementId", what))
            self._statements.setdefault(statement_id, number)
        subject = statement.get("declarationSubject")
        if isinstance(subject, str):
            self._subjects.setdefault(subject, place)
        kind, details = statement.get("recordType"), statement.get("recordDetails")
        if not isinstance(record_id, str) or not isinstance(kind, str):
            return
        details = details if isinstance(details, dict) else {}
        record = self._records.setdefault(record_id, _Record(number, place))
        record.types.add(kind)
        status = statement.get("recordStatus")
        record.statuses.append((status if isinstance(status, str) else "", place))
        record.is_component = record.is_component or details.get("isComponent") is True
        record.form = _form(details.get("entityType")) if kind == "entity" else record.form
        if kind == "relationship":
            self._relationships.append(_relationship(number, place, details))

    def findings(self) -> Iterator[Finding]:
        """Yield the rules that are broken between statements."""
        yield from self._twice
        for record in self._records.values():
            yield from _series(record)
        yield from self._declaration_subjects()
        named: set[str] = set()
        for one in self._relationships:
            yield from self._end(one, one.subject, "subject")
            yield from self._end(one, one.party, "party")
            yield from self._owner(one)
            yield from self._roles(one)
            yield from self._components(one)
            named |= {name for name in one.components if isinstance(name, str)}
        for record_id, record in self._records.items():
            if record.is_component and record_id not in named:
                what = f"no relationship names {short(record_id)}"
                path = "/recordDetails/isComponent"
                yield record.place.breach("component-of-none", path, what)

    def _declaration_subjects(self) -> Iterator[Finding]:
        for subject, place in self._subjects.items():
            record = self._records.get(subject)
            if record is None:
                what = f"{short(subject)} is no record of this file"
                yield place.breach("declaration-subject-unknown", "/declarationSubject", what)
            elif not record.types & set(_PARTIES):
                what = f"{short(subject)} is a relationship"
                yield place.breach("declaration-subject-type", "/declarationSubject", what)

    def _end(self, one: _Relationship, name: object, role: str) -> Iterator[Finding]:
        field_name = "subject" if role == "subject" else "interestedParty"
        path = f"/recordDetails/{field_name}"
        if not isinstance(name, str):
            if role == "subject" and isinstance(name, dict):
                yield one.place.breach("subject-unspecified", path, "it is not specified")
            return
        record = self._records.get(name)
        wanted = {"entity"} if role == "subject" else set(_PARTIES)
        if record is None:
            kind = "a statementId" if name in self._statements else "no record of this file"
            yield one.place.breach(f"{role}-unknown", path, f"{short(name)} is {kind}")
        elif not record.types & wanted:
            kinds = ", ".join(sorted(record.types))
            yield one.place.breach(f"{role}-type", path, f"{short(name)} is a {kinds}")
        elif record.first > one.number:
            yield one.place.breach(f"{role}-later", path, f"{short(name)} comes later")

    def _owner(self, one: _Relationship) -> Iterator[Finding]:
        record = self._records.get(one.party) if isinstance(one.party, str) else None
        if one.claims_owner and record is not None and "person" not in record.types:
            path = "/recordDetails/interestedParty"
            what = f"{short(one.party)} is no person and is called a beneficial owner"
            yield one.place.breach("owner-not-person", path, what)

    def _roles(self, one: _Relationship) -> Iterator[Finding]:
        record = self._records.get(one.subject) if isinstance(one.subject, str) else None
        if record is None or record.form == ("", ""):
            return
        path = "/recordDetails/interests"
        kind = " ".join(part for part in record.form if part)
        if one.interests & _NOMINATION and record.form != ("arrangement", "nomination"):
            yield one.place.breach("nomination-roles", path, f"the subject is a {kind}")
        if one.interests & _TRUST and record.form[0] not in ("arrangement", "legalEntity"):
            yield one.place.breach("trust-roles", path, f"the subject is a {kind}")

    def _components(self, one: _Relationship) -> Iterator[Finding]:
        for number, name in enumerate(one.components):
            if not isinstance(name, str):
                continue
            path, record = f"/recordDetails/componentRecords/{number}", self._records.get(name)
            if record is None and name in self._statements:
                what = f"{short(name)} is a statementId"
                yield one.place.breach("component-is-statement", path, what)
            elif record is None:
                what = f"{short(name)} is no record of this file"
                yield one.place.breach("component-unknown", path, what)
            elif not record.is_component:
                yield one.place.breach("component-not-marked", path, f"{short(name)} is not")
            elif record.first > one.number:
                yield one.place.breach("component-later", path, f"{short(name)} comes later")


def _series(record: _Record) -> Iterator[Finding]:
    if len(record.types) > 1:
        what = f"its statements are of the types {', '.join(sorted(record.types))}"
        yield record.place.breach("record-types", "/recordType", what)
    statuses = [status for status, _ in record.statuses]
    path = "/recordStatus"
    for status, rule in (("new", "record-several-new"), ("closed", "record-several-closed")):
        places = [place for one, place in record.statuses if one == status]
        for place in places[1:]:
            yield place.breach(rule, path, f"another statement of it is {status}")
    if "new" in statuses and statuses[0] != "new":
        place = record.statuses[statuses.index("new")][1]
        yield place.breach("record-new-not-first", path, "other statements of it come before")
    if "closed" in statuses and statuses.index("closed") != len(statuses) - 1:
        place = record.statuses[statuses.index("closed")][1]
        yield place.breach("record-closed-not-last", path, "other statements of it come after")


def _relationship(number: int, place: Place, details: Mapping[str, Any]) -> _Relationship:
    told = details.get("interests")
    interests = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    components = details.get("componentRecords")
    return _Relationship(
        number,
        place,
        details.get("subject"),
        details.get("interestedParty"),
        list(components) if isinstance(components, list) else [],
        frozenset(str(one.get("type")) for one in interests),
        any(one.get("beneficialOwnershipOrControl") is True for one in interests),
    )


def _form(told: object) -> tuple[str, str]:
    if not isinstance(told, dict):
        return "", ""
    return str(told.get("type") or ""), str(told.get("subtype") or "")
