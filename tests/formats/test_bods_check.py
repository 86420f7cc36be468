"""The validator of BODS: every rule is found where it is broken, and nothing in a sound file."""

import copy
import datetime as dt
import json

import pytest
from bods_fixtures import list_cases, load

from keiretsu.errors import InputError
from keiretsu.formats import Input
from keiretsu.formats.bods.check import check_statements
from keiretsu.formats.bods.rules import RULES
from keiretsu.model import Severity

TODAY = dt.date(2026, 1, 1)


def statement(number, kind, record, details):
    return {
        "statementId": f"{number:032d}",
        "declarationSubject": "c",
        "statementDate": "2020-01-01",
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
    }


def entity(number, record, *, component=False, **details):
    told = {"isComponent": component, "entityType": {"type": "registeredEntity"}, **details}
    return statement(number, "entity", record, told)


def relation(number, record, party, subject, *, component=False, **details):
    told = {"isComponent": component, "subject": subject, "interestedParty": party, **details}
    return statement(number, "relationship", record, told)


def sound():
    """Return a file that breaks no rule: a person holds through a company, declared in all."""
    told = {"isComponent": False, "personType": "knownPerson", "names": [{"fullName": "Ann"}]}
    hop = {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 60}}
    whole = {
        "type": "shareholding",
        "directOrIndirect": "indirect",
        "beneficialOwnershipOrControl": True,
        "share": {"exclusiveMinimum": 25, "maximum": 50},
        "startDate": "2015-01-01",
    }
    return [
        entity(1, "c", name="C"),
        statement(2, "person", "p", told),
        entity(3, "m", component=True, name="M"),
        relation(4, "h1", "p", "m", component=True, interests=[hop]),
        relation(5, "h2", "m", "c", component=True, interests=[hop]),
        relation(6, "r", "p", "c", componentRecords=["h1", "m", "h2"], interests=[whole]),
    ]


def check(statements):
    return check_statements(Input(json.dumps(statements, indent=1).encode(), "x.json"), TODAY)


def put(path, value):
    """Return a change that puts a value at a path: the statement's number, then fields."""

    def change(statements):
        *way, last = path.split("/")
        inner = statements
        for step in way:
            inner = inner[int(step)] if isinstance(inner, list) else inner.setdefault(step, {})
        if isinstance(inner, list):
            inner[int(last)] = value
        else:
            inner[last] = value
        return statements

    return change


D = "recordDetails"
INTEREST = f"5/{D}/interests/0"
LISTING = {
    "stockExchangeJurisdiction": "FR",
    "stockExchangeName": "Paris",
    "security": {"ticker": "RNO"},
}


def later_version(*statuses):
    def change(statements):
        first = statements[0]
        first["recordStatus"] = statuses[0]
        for number, status in enumerate(statuses[1:], 10):
            again = {**copy.deepcopy(first), "statementId": f"{number:032d}"}
            statements.append({**again, "recordStatus": status})
        return statements

    return change


def swapped(one, other):
    def change(statements):
        statements[one], statements[other] = statements[other], statements[one]
        return statements

    return change


def also(*changes):
    def change(statements):
        for one in changes:
            statements = one(statements)
        return statements

    return change


TRUST_ROLE = {"type": "settlor", "directOrIndirect": "direct"}
BREACHES = {
    "additional-field": put(f"0/{D}/nam", "C"),
    "bods-version": put(
        "0/publicationDetails",
        {"publicationDate": "2020-01-01", "bodsVersion": "0.3", "publisher": {"name": "P"}},
    ),
    "date-in-future": put("0/statementDate", "2026-01-02"),
    "birth-too-early": put(f"1/{D}/birthDate", "1799"),
    "death-before-birth": also(put(f"1/{D}/birthDate", "1950-06"), put(f"1/{D}/deathDate", "1949")),
    "dissolution-before-founding": also(
        put(f"0/{D}/foundingDate", "2010-01-01"), put(f"0/{D}/dissolutionDate", "2009-12-31")
    ),
    "listing-without-listing": put(
        f"0/{D}/publicListing", {"hasPublicListing": False, "securitiesListings": [LISTING]}
    ),
    "market-code-alone": put(
        f"0/{D}/publicListing",
        {
            "hasPublicListing": True,
            "securitiesListings": [LISTING | {"marketIdentifierCode": "XPAR"}],
        },
    ),
    "interest-ends-before-start": put(f"{INTEREST}/endDate", "2014-12-31"),
    "share-exact-and-range": put(f"{INTEREST}/share", {"exact": 30, "minimum": 25}),
    "share-two-minimums": put(f"{INTEREST}/share", {"minimum": 25, "exclusiveMinimum": 25}),
    "share-two-maximums": put(f"{INTEREST}/share", {"maximum": 25, "exclusiveMaximum": 26}),
    "share-reversed": put(f"{INTEREST}/share", {"minimum": 50, "maximum": 25}),
    "share-no-range": put(f"{INTEREST}/share", {"minimum": 25, "maximum": 25}),
    "annotation-target": put(
        "0/annotations",
        [{"statementPointerTarget": f"/{D}/names/0", "motivation": "commenting"}],
    ),
    "person-scheme": put(f"1/{D}/identifiers", [{"scheme": "FR-PASSPORT", "id": "1"}]),
    "entity-scheme": put(f"0/{D}/identifiers", [{"scheme": "companies house", "id": "1"}]),
    "identifier-check": put(
        f"0/{D}/identifiers", [{"scheme": "XI-LEI", "id": "969500F7JLTX36OUI696"}]
    ),
    "unspecified-without-reason": put(f"0/{D}/entityType", {"type": "unknownEntity"}),
    "statement-twice": put("5/statementId", f"{1:032d}"),
    "record-types": put("0/recordId", "p"),
    "record-several-new": later_version("new", "new"),
    "record-new-not-first": later_version("updated", "new"),
    "record-several-closed": later_version("new", "closed", "closed"),
    "record-closed-not-last": later_version("new", "closed", "updated"),
    "declaration-subject-unknown": put("0/declarationSubject", "nobody"),
    "declaration-subject-type": put("0/declarationSubject", "r"),
    "subject-unknown": put(f"5/{D}/subject", "nobody"),
    "subject-unspecified": put(f"5/{D}/subject", {"reason": "unknown"}),
    "subject-type": put(f"5/{D}/subject", "p"),
    "subject-later": swapped(0, 5),
    "party-unknown": put(f"5/{D}/interestedParty", f"{2:032d}"),
    "party-type": put(f"5/{D}/interestedParty", "h1"),
    "party-later": swapped(1, 3),
    "owner-not-person": put(f"5/{D}/interestedParty", "m"),
    "component-unknown": put(f"5/{D}/componentRecords/1", "nobody"),
    "component-is-statement": put(f"5/{D}/componentRecords/1", f"{3:032d}"),
    "component-not-marked": put(f"4/{D}/isComponent", False),
    "component-later": swapped(4, 5),
    "component-of-none": put(f"5/{D}/componentRecords", ["h1", "h2"]),
    "nomination-roles": put(f"5/{D}/interests", [{"type": "nominee"}]),
    "trust-roles": put(f"5/{D}/interests", [TRUST_ROLE]),
}


def test_a_sound_file_breaks_no_rule():
    assert [] == check(sound())


def test_every_rule_has_a_breach():
    assert set(RULES) == set(BREACHES)
    assert 40 < len(RULES)


@pytest.mark.parametrize("rule", BREACHES)
def test_a_breach_is_found_with_its_place(rule):
    found = [one for one in check(BREACHES[rule](sound())) if one.rule == f"bods-{rule}"]

    assert found
    for one in found:
        assert ("semantic", RULES[rule][0]) == (one.check, one.severity)
        assert one.place.startswith("x.json:")
        assert len(one.record) == 32
        assert one.path.startswith("/")


SCHEMA = {
    "required": (put("0/statementDate", 3), "/statementDate", "type"),
    "enum": (put("0/recordStatus", "old"), "/recordStatus", "enum"),
    "format of a date": (put("0/statementDate", "01.02.2020"), "/statementDate", "anyOf"),
    "format of a URI": (put(f"0/{D}/uri", "no uri"), f"/{D}/uri", "format"),
    "too short": (put("0/statementId", "short"), "/statementId", "minLength"),
    "maximum": (
        put(f"{INTEREST}/share/maximum", 101),
        f"/{D}/interests/0/share/maximum",
        "maximum",
    ),
    "subtype": (
        put(f"0/{D}/entityType", {"type": "state", "subtype": "trust"}),
        f"/{D}/entityType/subtype",
        "enum",
    ),
    "component of its own": (
        also(put(f"5/{D}/isComponent", True)),
        f"/{D}/componentRecords",
        "const",
    ),
    "reason": (
        put(f"5/{D}/interestedParty", {"reason": "x"}),
        f"/{D}/interestedParty/reason",
        "enum",
    ),
}


@pytest.mark.parametrize(("change", "path", "keyword"), SCHEMA.values(), ids=SCHEMA)
def test_schema_findings_are_apart(change, path, keyword):
    found = [one for one in check(change(sound())) if one.check == "schema"]

    assert [(path, f"bods-schema-{keyword}")] == [(one.path, one.rule) for one in found]
    assert {Severity.ERROR} == {one.severity for one in found}


def test_lines_of_statements_are_told():
    """A finding stands where its statement begins."""
    statements = sound()
    statements[1]["recordDetails"]["personType"] = "x"
    lines = json.dumps(statements, indent=1).splitlines()
    second = [number for number, line in enumerate(lines, 1) if line == " {"][1]

    (found,) = check(statements)

    assert f"x.json:{second}" == found.place


@pytest.mark.parametrize("case", list_cases())
def test_published_cases_conform(case):
    """They have one field that the standard does not have, which is a warning."""
    found = check_statements(
        Input(json.dumps(load(case).statements).encode(), "x.json"), dt.date(2026, 12, 31)
    )

    assert {"/publicationDetails/publisher/uri"} == {one.path for one in found}
    assert {Severity.WARNING} == {one.severity for one in found}


@pytest.mark.parametrize("value", [[1], ["x"], [None], [[]], [{"recordDetails": 3}], [{}]])
def test_anything_can_be_checked(value):
    assert {"schema"} == {one.check for one in check(value) if one.severity is Severity.ERROR}


def test_what_is_no_json_cannot_be_checked():
    with pytest.raises(InputError, match="cut short"):
        check_statements(Input(b'[{"a": 1}', "x.json"), TODAY)
