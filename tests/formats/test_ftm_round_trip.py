"""FollowTheMoney out and in again: what comes back is what went out, less what the report names."""

import dataclasses
import io
import json

from hypothesis import given, settings
from tests.formats.ftm_claims import claim_sets
from tests.formats.reading import read

from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.model import (
    ClaimSet,
    Interest,
    LossReport,
    Status,
)
from keiretsu.ownership_graph import OwnershipGraph


def written(claims):
    out, report = io.BytesIO(), LossReport()
    number = FORMATS["ftm"].write(claims, out, report)
    assert number == out.getvalue().count(b"\n")
    return out.getvalue(), report


def again(data):
    reading = Reading("out.ftm.json")
    found = FORMATS["ftm"].read(Input(data, "out.ftm.json"), reading)
    return collected(found, reading) if data else ClaimSet(parties={}, documents={})


def test_the_alliance_goes_out_and_comes_back():
    """Every accepted holding, with its parties, dates and capital, save what the report names."""
    claims = OwnershipGraph.open().claims
    data, report = written(claims)
    back = {claim.id: claim for claim in again(data).holdings}
    open_ends = "a percentage says neither open ends nor more than 14 digits"
    inexact = {
        example.partition(": ")[0]
        for loss in report.losses()
        if loss.reason == open_ends
        for example in loss.examples
    }
    gone = [claim for claim in claims.holdings if claim.id not in back]
    assert [claim.status for claim in gone] == [Status.REJECTED]
    assert len(back) == 347
    for claim in claims.holdings:
        if claim in gone or claim.id in inexact:
            continue
        found = back[claim.id]
        assert (found.holder, found.issuer, found.period) == (
            claim.holder,
            claim.issuer,
            claim.period,
        )
        if claim.interest is not Interest.VOTING_RIGHTS:
            assert found.capital == claim.capital


def differences(before, after, kind):
    """Return the fields that differ, as the report calls them."""
    skipped = {"id", "place", "document"}
    return {
        f"{kind}.{field.name}"
        for field in dataclasses.fields(before)
        if field.name not in skipped and getattr(before, field.name) != getattr(after, field.name)
    }


@settings(max_examples=150, deadline=None)
@given(claim_sets())
def test_out_and_in_again_loses_exactly_what_the_report_names(claims):
    """No field more, no field less."""
    data, report = written(claims)
    back = again(data)
    changed = set()
    for iri, party in claims.parties.items():
        changed |= differences(party, back.parties[iri], "party")
    for kind, field in (("holding", "holdings"), ("tenure", "tenures"), ("event", "events")):
        found = {claim.id: claim for claim in getattr(back, field)}
        for claim in getattr(claims, field):
            if claim.id in found:
                changed |= differences(claim, found[claim.id], kind)
            else:
                changed.add(field)
    told = {loss.field for loss in report.losses()} - {"document"}
    assert told == changed


@settings(max_examples=50, deadline=None)
@given(claim_sets())
def test_the_same_claims_are_the_same_bytes(claims):
    """In whatever order they come."""
    turned = dataclasses.replace(
        claims,
        holdings=claims.holdings[::-1],
        parties=dict(reversed(claims.parties.items())),
    )
    assert written(claims)[0] == written(turned)[0]


def test_nationalities_come_back():
    """Those that are countries; any other is told as lost."""
    entity = {
        "id": "a",
        "schema": "Person",
        "properties": {"name": ["Ann"], "nationality": ["fr", "suhh"], "citizenship": ["gb"]},
    }
    found = read("ftm", json.dumps(entity).encode(), "a.ftm.json")
    (party,) = found.claims.parties.values()
    assert ("FR", "GB") == party.nationalities
    assert {"Person.nationality": 1} == found.lost

    out = io.BytesIO()
    FORMATS["ftm"].write(found.claims, out, LossReport())

    again = read("ftm", out.getvalue(), "b.ftm.json").claims.parties
    assert [("FR", "GB")] == [one.nationalities for one in again.values()]
