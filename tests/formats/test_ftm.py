"""FollowTheMoney: what entities say, and that what they cannot say is told and nothing else."""

import json

import pytest
from tests.formats.reading import read, sample

from keiretsu.errors import InputError
from keiretsu.formats.ftm.amounts import percentage
from keiretsu.model import (
    ID,
    Interest,
    Office,
    Role,
)


def entity(schema, key="x", **properties):
    listed = {
        name: value if isinstance(value, list) else [value] for name, value in properties.items()
    }
    return json.dumps({"id": key, "schema": schema, "properties": listed}).encode()


def ftm(*lines, lenient=False):
    return read("ftm", b"\n".join(lines), "x.ftm.json", lenient=lenient)


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
