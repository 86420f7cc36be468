"""BODS to RDF and back, RDF to BODS and back: nothing is lost, and what is written is valid."""

import io
import json

import pytest
from bods_fixtures import list_cases, load
from hypothesis import HealthCheck, Phase, given, settings
from tests.formats.bods_statements import packages

from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.bods.schema import schema_findings
from keiretsu.model import LossReport
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.store import Store

BODS = FORMATS["bods"]


def read(statements, name="x.json"):
    reading = Reading(name)
    source = Input(json.dumps(statements).encode(), name)
    return collected(BODS.read(source, reading), reading)


def written(claims):
    out, report = io.BytesIO(), LossReport()
    count = BODS.write(claims, out, report)
    statements = json.loads(out.getvalue())
    assert count == len(statements)
    return statements, report


def through_rdf(claims):
    """Return what comes back from N-Quads in another store."""
    one, other = Store(), Store()
    one.add(claims)
    other.load_bytes(one.to_nquads().encode(), "nquads", "x.nq")
    return other.claims()


def invalid(statements):
    return [(one["recordId"], found) for one in statements for found in schema_findings(one)]


def test_the_case_survives_a_round_trip():
    """Our RDF to BODS and back: every party, document, claim and edit, and the horizon."""
    claims = OwnershipGraph.open().claims
    statements, report = written(claims)

    back = through_rdf(read(statements))

    assert 600 < len(statements)
    assert [] == invalid(statements)
    assert claims == back
    assert "agreement" in {loss.field for loss in report.losses()}


def test_the_case_breaks_no_rule():
    """Neither the schema nor a rule of the standard finds anything in what is written."""
    statements, _ = written(OwnershipGraph.open().claims)

    assert [] == BODS.check(Input(json.dumps(statements).encode(), "case.json"))


def test_rejected_claims_are_no_statements():
    """The article's garbled sentence must not become a fact of somebody else's."""
    claims = OwnershipGraph.open().claims
    rejected = {one.id for one in claims.holdings if one.status.value == "rejected"}
    statements, _ = written(claims)

    assert rejected
    assert not rejected & {one["recordId"] for one in statements}


CASES = list_cases()


@pytest.mark.parametrize("case", CASES)
def test_published_cases_come_back_as_they_were(case):
    statements = load(case).statements

    back, report = written(through_rdf(read(statements)))

    assert statements == back
    assert () == report.losses()


def test_the_published_cases_are_all_there():
    assert 3 <= len(CASES)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a shrunk package would take minutes
)
@given(packages())
def test_any_statements_come_back_as_they_were(statements):
    """BODS to our RDF and back: the same statements in the same order, ids kept, nothing lost."""
    assert [] == invalid(statements)

    back, report = written(through_rdf(read(statements)))

    assert statements == back
    assert () == report.losses()


def test_a_statement_is_written_anew_when_its_claim_has_changed():
    """A statement goes with the claims made of it: a rejected one is not written as it stood."""
    statements = load(CASES[0]).statements
    store = Store()
    store.add(read(statements))
    text = store.to_nquads()
    claim = store.claims().holdings[0]
    rejected = text.replace(
        f"<{claim.id}> <https://w3id.org/keiretsu/ontology#status> "
        "<https://w3id.org/keiretsu/code/status/accepted>",
        f"<{claim.id}> <https://w3id.org/keiretsu/ontology#status> "
        "<https://w3id.org/keiretsu/code/status/rejected>",
    )
    assert text != rejected
    other = Store()
    other.load_bytes(rejected.encode(), "nquads", "x.nq")

    back, report = written(other.claims())

    assert len(statements) - 1 == len([one for one in back if one in statements])
    assert claim.id not in {one["recordId"] for one in back}
    assert "rejected holding" in {loss.field for loss in report.losses()}
    assert other.claims().holdings == through_rdf(read(back)).holdings


def test_an_edited_statement_is_read_as_edited():
    """What Keiretsu keeps in an annotation does not win over a change that somebody made."""
    statements, _ = written(OwnershipGraph.open().claims)
    number, changed = next(
        (n, one)
        for n, one in enumerate(statements)
        if one["recordType"] == "relationship"
        and one["recordDetails"]["interests"][0].get("share", {}).get("exact") == 43.4
    )
    changed["recordDetails"]["interests"][0]["share"] = {"exact": 15}
    reading = Reading("x.json")
    source = Input(json.dumps(statements).encode(), "x.json")
    claims = collected(BODS.read(source, reading), reading)

    ends = changed["recordDetails"]["interestedParty"], changed["recordDetails"]["subject"]
    shares = [
        str(one.capital)
        for one in claims.holdings
        if (one.holder, one.issuer) == ends and one.id != changed["recordId"]
    ]
    assert number
    assert "edited-statement" in [one.code for one in reading.cautions()]
    assert changed["recordId"] not in {one.id for one in claims.holdings}
    assert "15 %" in shares


def test_json_lines_are_the_same_statements_each_valid_by_itself():
    claims = OwnershipGraph.open().claims
    out = io.BytesIO()

    count = FORMATS["bods-lines"].write(claims, out, LossReport())

    lines = out.getvalue().decode().splitlines()
    assert count == len(lines) > 600
    assert [json.loads(line) for line in lines] == written(claims)[0]
    assert [] == invalid(map(json.loads, lines))
    reading = Reading("x.jsonl")
    back = collected(BODS.read(Input(out.getvalue(), "x.jsonl"), reading), reading)
    assert claims == through_rdf(back)
