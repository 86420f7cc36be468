"""FollowTheMoney: what entities say, and that what they cannot say is told and nothing else."""

import dataclasses
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.reading import read, sample

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.ftm.amounts import percentage
from keiretsu.model import (
    ClaimSet,
    Directness,
    Document,
    Event,
    Holding,
    Interest,
    LossReport,
    Office,
    PartialDate,
    Participation,
    Party,
    PartyKind,
    Period,
    Role,
    Share,
    Sourcing,
    Status,
    Tenure,
)
from keiretsu.model.names import tidy
from keiretsu.ownership_graph import OwnershipGraph

ID = "https://w3id.org/keiretsu/id/"


def entity(schema, key="x", **properties):
    listed = {
        name: value if isinstance(value, list) else [value] for name, value in properties.items()
    }
    return json.dumps({"id": key, "schema": schema, "properties": listed}).encode()


def ftm(*lines, lenient=False):
    return read("ftm", b"\n".join(lines), "x.ftm.json", lenient=lenient)


def written(claims):
    out, report = io.BytesIO(), LossReport()
    number = FORMATS["ftm"].write(claims, out, report)
    assert number == out.getvalue().count(b"\n")
    return out.getvalue(), report


def again(data):
    reading = Reading("out.ftm.json")
    found = FORMATS["ftm"].read(Input(data, "out.ftm.json"), reading)
    return collected(found, reading) if data else ClaimSet(parties={}, documents={})


def test_the_sample_of_others_is_read():
    """Seven entities; an LEI whose check digits fail joins nothing, and that is told."""
    found = read("ftm", sample("ftm", "bods-ftm-sample_ftm.jsonl"), "x.ftm.json")
    assert found.reading.records == 7
    assert len(found.claims.parties) == 3
    assert {(str(c.capital), str(c.votes)) for c in found.claims.holdings} == {
        ("100 %", "None"),
        ("75 %", "None"),
        ("None", "75 %"),
    }
    (tenure,) = found.claims.tenures
    assert (tenure.office, tenure.title) == (Office.DIRECTOR, "board member")
    assert found.lost["Company.leiCode"] == 1
    holdings = found.claims.parties[f"{ID}party/ftm-company-acme-holdings"]
    assert ("GB-COH", "12345678") in holdings.identifiers


@pytest.mark.parametrize(
    ("text", "meaning", "about"),
    [
        ("43.4", "43.4 %", False),
        ("43,4 %", "43.4 %", False),
        (">50", "(50, 100] %", False),
        ("25-50", "[25, 50] %", False),
        ("~30", "30 %", True),
        ("ca. 30 percent", "30 %", True),
        ("less than 1", "[0, 1) %", False),
        ("More than 25%", "(25, 100] %", False),
        ("at least 75", "[75, 100] %", False),
        ("not more than 5", "[0, 5] %", False),
        ("75+", "[75, 100] %", False),
    ],
)
def test_percentages_are_read_liberally(text, meaning, about):
    """As people write them."""
    share, is_about = percentage(text)
    assert (str(share), is_about) == (meaning, about)


@pytest.mark.parametrize("text", ["see notes", "140", "-3", "50-25", "1e99999999", "9" * 100])
def test_what_is_no_percentage_is_unknown_and_told(text):
    """Never a hundred percent."""
    found = ftm(entity("Ownership", owner="a", asset="b", percentage=text))
    assert [claim.capital for claim in found.claims.holdings] == [None]
    assert found.lost == {"Ownership.percentage": 1}


def test_several_values_are_alternatives_and_several_ends_are_pairs():
    """Two percentages leave open which is so; two owners are two holdings."""
    found = ftm(entity("Ownership", owner=["a", "b"], asset="c", percentage=["40", "43.4"]))
    assert [str(claim.capital) for claim in found.claims.holdings] == ["[40, 43.4] %"] * 2
    assert len({claim.holder for claim in found.claims.holdings}) == 2


@pytest.mark.parametrize(
    ("schema", "ends", "more", "interest"),
    [
        (
            "Control",
            ("controller", "controlled"),
            {"controlType": "appointment"},
            Interest.APPOINTMENT_OF_BOARD,
        ),
        ("Control", ("controller", "controlled"), {}, Interest.OTHER_INFLUENCE_OR_CONTROL),
        ("UnknownLink", ("subject", "object"), {}, Interest.UNKNOWN_INTEREST),
        ("Ownership", ("owner", "asset"), {"role": "Voting rights"}, Interest.VOTING_RIGHTS),
    ],
)
def test_links(schema, ends, more, interest):
    """Each is a holding from the first end to the second."""
    found = ftm(entity(schema, **dict(zip(ends, "ab", strict=True)), **more))
    (claim,) = found.claims.holdings
    assert (claim.holder, claim.issuer) == (f"{ID}party/ftm-a", f"{ID}party/ftm-b")
    assert claim.interest is interest


def test_a_succession_is_an_event_and_a_membership_a_tenure():
    """With who came before and after."""
    found = ftm(
        entity("Succession", "s", predecessor="a", successor="b", date="2021-01"),
        entity("Membership", "m", member="a", organization="b"),
    )
    (event,) = found.claims.events
    assert {one.role: one.party[-1] for one in event.participations} == {
        Role.SUBJECT: "a",
        Role.ACTOR: "b",
    }
    assert str(event.stated_for) == "2021-01"
    (tenure,) = found.claims.tenures
    assert (tenure.office, tenure.title) == (Office.OTHER, "member")


def test_an_occupancy_finds_its_position_wherever_it_stands():
    """After it, or before; without an organisation it is lost aloud."""
    lines = [
        entity("Occupancy", "o", holder="p", post="minister"),
        entity("Position", "minister", name="Minister of Finance", organization="ministry"),
        entity("Occupancy", "q", holder="p", post="elsewhere"),
    ]
    for order in (lines, lines[::-1]):
        found = ftm(*order)
        (tenure,) = found.claims.tenures
        assert (tenure.title, tenure.organisation) == (
            "Minister of Finance",
            f"{ID}party/ftm-ministry",
        )
        assert found.lost == {"Occupancy.post": 1}


def test_what_is_not_carried_is_told():
    """Schemata and properties that claims do not have."""
    found = ftm(
        entity("Sanction", "s", entity="a"), entity("Person", "a", name="A", topics="sanction")
    )
    assert found.lost == {"schema Sanction": 1, "Person.topics": 1}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b'{"schema": "Person", "properties": {}}', "id"),
        (b'{"id": "a", "properties": {}}', "schema"),
        (b'{"id": "a", "schema": "Person"}', "properties"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": [1]}}', "properties.name"),
        (entity("Ownership", owner="a"), "properties.asset"),
        (entity("Control", controller="a", controlled="a"), "properties.controller"),
        (entity("Ownership", owner="a", asset="b", startDate="soon"), "properties.startDate"),
        (
            entity("Ownership", owner="a", asset="b", startDate="2020", endDate="2019"),
            "properties.endDate",
        ),
        (entity("Occupancy", holder="a"), "properties.post"),
    ],
)
def test_a_malformed_entity_stops_with_its_line_and_field(line, field):
    """Or is skipped and counted."""
    good = entity("Person", "b", name="B")
    with pytest.raises(InputError, match=field) as error:
        ftm(good, line)
    assert error.value.place == "x.ftm.json:2"
    found = ftm(good, line, lenient=True)
    assert (found.reading.skipped, len(found.claims.parties)) == (1, 1)


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


# -- what comes back is what went out, less exactly what the report names ----------------------

NAMES = st.text("abcdefgh XYZé日", min_size=1, max_size=8).map(tidy).filter(bool)
KEYS = st.text("abc123", min_size=1, max_size=4)
DATES = st.sampled_from(["2018", "2019-03", "2020-02-29"]).map(PartialDate.parse)
PERIODS = st.builds(Period, st.none() | st.just(PartialDate.parse("2017")), st.none() | DATES)
SHARES = st.sampled_from(
    ["0", "43.4", "33.333333", "25-50", "(25,50]", ">25", ">=75", "<5", "unknown", "(50,75)"]
).map(Share.from_percent)
IDENTIFIERS = st.sampled_from(
    [
        ("LEI", "969500F7JLTX36OUI695"),
        ("ISIN", "FR0000131906"),
        ("Wikidata", "Q6686"),
        ("OpenCorporates", "fr/441639465"),
        ("GB-COH", "01234567"),
        ("TSE", "7201"),
    ]
)


@st.composite
def parties(draw):
    label = draw(NAMES)
    aliases = draw(st.sets(NAMES, max_size=2)) - {label}
    return Party(
        id=f"{ID}party/{draw(KEYS)}",
        label=label,
        kind=draw(st.sampled_from(PartyKind)),
        aliases=tuple(sorted(aliases)),
        identifiers=tuple(sorted(draw(st.sets(IDENTIFIERS, max_size=2)))),
        jurisdiction=draw(st.none() | st.sampled_from(["FR", "GB"])),
        listed=draw(st.none() | st.booleans()),
        exists=draw(PERIODS),
    )


DOCUMENTS = st.sampled_from(
    [
        Document(id=f"{ID}document/plain", title="A paper"),
        Document(id=f"{ID}document/web", title="W", url="https://example.org/w"),
    ]
)
USUAL = sorted(set(Interest) - {Interest.VOTING_RIGHTS})


def common(draw, number, document):
    """Return what a claim of any kind has."""
    return {
        "id": f"{ID}claim/{number}",
        "document": document.id,
        "period": draw(PERIODS),
        "note": draw(st.none() | NAMES),
        "status": draw(st.sampled_from([Status.ACCEPTED, Status.DISPUTED])),
        "sourcing": draw(st.sampled_from(Sourcing)),
        "quote": draw(st.none() | NAMES),
    }


def holding(draw, one, other, **more):
    """Return a holding: of votes alone, or of a usual interest."""
    votes = {"votes": draw(st.none() | SHARES)}
    usual = {
        "interest": draw(st.sampled_from(USUAL)),
        "capital": draw(st.none() | SHARES),
        "shares": draw(st.none() | st.integers(0, 10**9)),
    }
    interest = draw(st.sampled_from([{"interest": Interest.VOTING_RIGHTS}, usual]))
    how = draw(st.sampled_from(Directness))
    return Holding(holder=one, issuer=other, directness=how, **votes, **interest, **more)


def tenure(draw, one, other, **more):
    """Return a tenure, of a person who may have nominated itself."""
    return Tenure(
        person=one,
        organisation=other,
        office=draw(st.sampled_from(Office)),
        title=draw(st.just("") | NAMES),
        nominated_by=draw(st.none() | st.just(one)),
        **more,
    )


def event(draw, one, other, **more):
    """Return an event of two."""
    roles = (Participation(one, Role.SUBJECT), Participation(other, Role.ACTOR))
    label = draw(st.sampled_from(["succession", "dinner"]))
    return Event(label=label, participations=roles, **more)


@st.composite
def claim_sets(draw):
    known = {party.id: party for party in draw(st.lists(parties(), min_size=2, max_size=4))}
    one, other = min(known), max(known)
    document = draw(DOCUMENTS)
    found = {holding: [], tenure: [], event: []}
    for number in range(draw(st.integers(0, 4)) if one != other else 0):
        kind = draw(st.sampled_from([holding, holding, tenure, event]))
        found[kind].append(kind(draw, one, other, **common(draw, number, document)))
    return ClaimSet(
        parties=known,
        documents={document.id: document},
        holdings=tuple(found[holding]),
        tenures=tuple(found[tenure]),
        events=tuple(found[event]),
    )


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
