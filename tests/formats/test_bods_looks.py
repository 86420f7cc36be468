"""How often a file of BODS is looked through: once if all of it is ours, else twice."""

import json

import pytest
from tests.formats.bods_both_ways import objects, register, written

from keiretsu.formats.bods import read


@pytest.fixture
def looks(monkeypatch):
    """Note how many statements each first look found."""
    seen, original = [], read.Index

    def watched(statements):
        told = list(statements)
        seen.append(len(told))
        return original(told)

    monkeypatch.setattr(read, "Index", watched)
    return seen


def relationship(subject, holder, statement="s-1", day="2021-01-01"):
    """Return a statement that Keiretsu did not write, between records that it did."""
    interest = {"type": "shareholding", "share": {"exact": 7}, "directOrIndirect": "direct"}
    details = {"subject": subject, "interestedParty": holder, "interests": [interest]}
    return {
        "statementId": statement,
        "statementDate": day,
        "recordId": "r-1",
        "recordType": "relationship",
        "recordStatus": "new",
        "recordDetails": {"isComponent": False, **details},
    }


def test_statements_of_ours_need_no_first_look(looks):
    claims, reading = objects(written(register()))
    assert (len(claims.holdings), reading.records, looks) == (40, 80, [])


@pytest.mark.parametrize("at", [0, 40, 80])
def test_another_statement_needs_one_wherever_it_stands(looks, at):
    lines = written(register()).rstrip(b"\n").split(b"\n")
    records = [json.loads(line) for line in lines]
    subject, holder = (one["recordId"] for one in records[:2])
    said = [relationship(subject, holder), relationship(subject, holder, "s-2", "2022-01-01")]
    lines[at:at] = [json.dumps(one).encode() for one in said]
    claims, reading = objects(b"\n".join(lines))
    assert (reading.records, looks) == (82, [82])
    assert not reading.cautions()
    older, newer = sorted(
        (one for one in claims.holdings if one.known_from), key=lambda one: one.known_from.first
    )
    assert (older.status.value, newer.status.value) == ("superseded", "accepted")
    assert newer.supersedes == (older.id,)
    assert (newer.issuer, newer.holder) == (subject, holder)
    assert {one.label for one in claims.parties.values()} == {
        party.label for party in register().parties.values()
    }
