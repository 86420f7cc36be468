"""What BODS says, read as claims: shares, chains, versions, unnamed holders, old versions.

Several cases are defects that other tools are known to have.
"""

import json

import pytest

from keiretsu import control, ownership
from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.model import Directness, Interest, PartyKind, Status, UnspecifiedReason
from keiretsu.ownership_graph import Material, OwnershipGraph

DAY = "2020-01-01"


def statement(number, kind, record, details, **more):
    return {
        "statementId": f"{number:032d}",
        "declarationSubject": "a",
        "statementDate": DAY,
        "recordId": record,
        "recordType": kind,
        "recordDetails": {"isComponent": False, **details},
    } | more


def entity(number, record, name, **details):
    kind = {"entityType": {"type": "registeredEntity"}}
    return statement(number, "entity", record, {**kind, "name": name, **details})


def person(number, record, name, **details):
    told = {"personType": "knownPerson", "names": [{"fullName": name}]}
    return statement(number, "person", record, {**told, **details})


def relation(number, party, subject, *interests, more=None, **details):
    told = {"subject": subject, "interestedParty": party, "interests": list(interests), **details}
    return statement(number, "relationship", f"r{number}", told, **(more or {}))


def shares(**share):
    return {"type": "shareholding", "directOrIndirect": "direct", "share": share}


def graph(*statements):
    return OwnershipGraph.of([Material(json.dumps(statements).encode(), "x.json", "bods")])


def claims(*statements):
    reading = Reading("x.json")
    source = Input(json.dumps(statements).encode(), "x.json")
    return collected(FORMATS["bods"].read(source, reading), reading)


def owners(world, company, holder):
    return [one for one in ownership(world, of=company).as_rows() if one["holder"] == holder]


AB = (entity(1, "a", "A"), entity(2, "b", "B"))
SHARES = {
    "exact": ({"exact": 43.4}, "43.4 %"),
    "zero is a number": ({"exact": 0}, "0 %"),
    "a minimum of zero is one": ({"minimum": 0, "maximum": 25}, "[0, 25] %"),
    "more than 25 is not 75 to 100": ({"exclusiveMinimum": 25}, "(25, 100] %"),
    "exclusive and inclusive": ({"exclusiveMinimum": 25, "maximum": 50}, "(25, 50] %"),
    "both exclusive": ({"exclusiveMinimum": 50, "exclusiveMaximum": 75}, "(50, 75) %"),
    "the tighter of two": ({"minimum": 20, "exclusiveMinimum": 25, "maximum": 50}, "(25, 50] %"),
    "only a maximum": ({"exclusiveMaximum": 5}, "[0, 5) %"),
    "unknown is not 100": (None, "None"),
    "nothing within": ({}, "None"),
}


@pytest.mark.parametrize(("share", "expected"), SHARES.values(), ids=SHARES)
def test_shares_keep_their_ends(share, expected):
    interest = {"type": "shareholding"} | ({} if share is None else {"share": share})

    (holding,) = claims(*AB, relation(3, "a", "b", interest)).holdings

    assert expected == str(holding.capital)


def test_an_unknown_share_gives_no_control():
    """Where no share is stated, nothing is certain; it is anything from none to all."""
    world = graph(*AB, relation(3, "a", "b", {"type": "shareholding"})).snapshot(DAY)

    assert ["possible"] == [found.verdict.value for found in control(world, by="A", of="B")]


@pytest.mark.parametrize(
    ("share", "message"),
    [
        ({"exact": 101}, "is not between 0 and 100"),
        ({"minimum": 60, "maximum": 50}, "more than the maximum"),
        ({"exact": "43"}, "is not a number"),
        ({"exact": True}, "is not a number"),
    ],
)
def test_shares_that_are_none_are_refused(share, message):
    with pytest.raises(InputError, match=message) as caught:
        claims(*AB, relation(3, "a", "b", shares(**share)))

    assert str(caught.value).startswith("x.json:1: ")
    assert "share" in str(caught.value)


def test_shares_and_votes_of_one_time_are_one_holding():
    votes = {"type": "votingRights", "directOrIndirect": "direct", "share": {"exact": 0}}

    (holding,) = claims(*AB, relation(3, "a", "b", shares(exact=15), votes)).holdings

    assert ("15 %", "0 %") == (str(holding.capital), str(holding.votes))


def test_every_interest_of_a_relationship_is_read():
    """Not only the first of a kind."""
    told = [
        shares(exact=10) | {"endDate": "2019-01-01"},
        shares(exact=20) | {"startDate": "2019-01-01"},
        {"type": "appointmentOfBoard"},
        {"type": "votingRights", "share": {"exact": 30}},
    ]

    found = claims(*AB, relation(3, "a", "b", *told)).holdings

    kinds = [(one.interest, str(one.capital), str(one.votes)) for one in found]
    assert sorted(kinds) == sorted(
        [
            (Interest.SHAREHOLDING, "10 %", "None"),
            (Interest.SHAREHOLDING, "20 %", "None"),
            (Interest.APPOINTMENT_OF_BOARD, "None", "None"),
            (Interest.VOTING_RIGHTS, "None", "30 %"),
        ]
    )


def chain():
    parts = [
        person(1, "p", "Ann"),
        entity(2, "m", "Middle", isComponent=True),
        entity(3, "b", "Base"),
        relation(4, "p", "m", shares(exact=60), isComponent=True),
        relation(5, "m", "b", shares(exact=50), isComponent=True),
    ]
    whole = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 30}}
    return [*parts, relation(6, "p", "b", whole, componentRecords=["r4", "m", "r5"])]


def test_a_declared_total_is_not_added_to_its_components():
    """30 % through a chain of 60 and 50: the person has 30 %, not 60 %."""
    world = graph(*chain()).snapshot(DAY)
    (declared,) = [one for one in claims(*chain()).holdings if one.via]

    (owner,) = owners(world, "Base", "Ann")

    assert Directness.INDIRECT is declared.directness
    assert 30 == owner["percent"]


def test_a_total_of_components_is_indirect_whatever_it_says():
    statements = chain()
    statements[-1]["recordDetails"]["interests"][0]["directOrIndirect"] = "direct"

    assert 1 == sum(one.directness is Directness.INDIRECT for one in claims(*statements).holdings)


def test_two_paths_and_a_loop_are_solved():
    """Through two bodies, 76.5 and 23.5 are 100; and two companies that hold each other."""
    diamond = [
        *(entity(n, name, name) for n, name in enumerate("sxyt", 1)),
        relation(5, "s", "x", shares(exact=100)),
        relation(6, "s", "y", shares(exact=100)),
        relation(7, "x", "t", shares(exact=76.5)),
        relation(8, "y", "t", shares(exact=23.5)),
    ]
    loop = [*AB, relation(3, "a", "b", shares(exact=100)), relation(4, "b", "a", shares(exact=100))]

    (owner,) = owners(graph(*diamond).snapshot(DAY), "t", "s")

    assert 100 == owner["percent"]
    assert 2 == len(graph(*loop).claims.holdings)


def test_declared_unknown_owners_are_kept_with_their_reason():
    reason = {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner", "description": "none"}
    found = claims(AB[0], relation(2, reason, "a"))

    (holding,) = found.holdings
    party = found.parties[holding.holder]
    assert (Interest.UNKNOWN_INTEREST, PartyKind.UNKNOWN_PARTY) == (holding.interest, party.kind)
    assert (UnspecifiedReason.SUBJECT_UNABLE, "none") == (
        party.unspecified,
        party.unspecified_details,
    )


def test_anonymous_persons_are_apart():
    """Two unknown persons are two parties."""
    told = {"names": [], "personType": "anonymousPerson"}
    found = claims(person(1, "p", "x", **told), person(2, "q", "x", **told))

    assert 2 == len(found.parties)
    assert {PartyKind.UNKNOWN_PARTY} == {one.kind for one in found.parties.values()}


def test_partial_dates_keep_their_precision():
    """A birth in 1954 is not one on its first of January."""
    found = claims(
        person(1, "p", "Ann", birthDate="1954"), person(2, "q", "Bo", birthDate="1961-05")
    )

    assert {"1954", "1961-05"} == {str(one.exists.start) for one in found.parties.values()}


def test_a_later_statement_takes_the_place_of_an_earlier():
    later = relation(3, "a", "b", shares(exact=40))
    first = statement(
        9, "relationship", "r3", dict(later["recordDetails"], interests=[shares(exact=30)])
    ) | {"statementDate": "2019-01-01", "recordStatus": "new"}
    later["recordStatus"] = "updated"
    found = claims(*AB, first, later)

    by_status = {one.status: one for one in found.holdings}
    world = graph(*AB, first, later).snapshot(DAY)
    assert "30 %" == str(by_status[Status.SUPERSEDED].capital)
    assert (by_status[Status.SUPERSEDED].id,) == by_status[Status.ACCEPTED].supersedes
    assert [40] == [one["direct_percent"] for one in owners(world, "B", "A")]


def test_an_interest_that_starts_later_is_not_read_before():
    """Others forget a start that lies after the day asked about."""
    later = relation(3, "a", "b", shares(exact=60) | {"startDate": "2019-06-01"})
    facade = graph(*AB, later)

    assert [] == [one for one in control(facade.snapshot("2019-05-31")) if one.company == "B"]
    assert ["A"] == [one.controller for one in control(facade.snapshot("2019-06-01"))]


def test_a_closed_record_has_ended():
    closed = relation(3, "a", "b", shares(exact=60), more={"recordStatus": "closed"})

    assert [DAY] == [str(one.period.end) for one in claims(*AB, closed).holdings]


def test_the_same_company_in_two_files_is_one_by_its_identifier():
    lei = {"identifiers": [{"scheme": "XI-LEI", "id": "969500F7JLTX36OUI695"}]}
    one, other = entity(1, "x1", "Renault", **lei), entity(1, "y7", "RENAULT SA", **lei)
    materials = [
        Material(json.dumps([told]).encode(), name, "bods")
        for told, name in ((one, "1.json"), (other, "2.json"))
    ]

    (party,) = OwnershipGraph.of(materials).claims.parties.values()

    assert {"Renault", "RENAULT SA"} <= set(party.names)


def test_board_seats_of_persons_are_tenures():
    seats = [{"type": "boardChair", "startDate": DAY}, {"type": "boardMember"}]
    found = claims(AB[0], person(2, "p", "Ann"), relation(3, "p", "a", *seats))

    assert ["chair", "director"] == sorted(one.office.value for one in found.tenures)
    assert () == found.holdings


def test_a_record_that_is_not_described_is_named_and_said():
    reading = Reading("x.json")
    source = Input(json.dumps([AB[0], relation(2, "nobody", "a")]).encode(), "x.json")
    found = collected(FORMATS["bods"].read(source, reading), reading)

    assert "nobody" in {one.label for one in found.parties.values()}
    assert ["undescribed-record"] == [one.code for one in reading.cautions()]


def test_lenient_reading_skips_a_bad_statement():
    bad = relation(3, "a", "b", shares(exact=200))
    lines = "\n".join(json.dumps(one) for one in (*AB, bad, relation(4, "a", "b", shares(exact=1))))
    reading = Reading("x.jsonl", lenient=True)

    found = collected(FORMATS["bods"].read(Input(lines.encode(), "x.jsonl"), reading), reading)

    assert 1 == len(found.holdings)
    assert ["x.jsonl:3"] == [one.place for one in reading.findings]


OLD = [
    {
        "statementID": "1" * 32,
        "statementType": "entityStatement",
        "entityType": "registeredEntity",
        "name": "A",
        "incorporatedInJurisdiction": {"name": "France", "code": "FR"},
        "statementDate": "2018-01-01",
    },
    {
        "statementID": "2" * 32,
        "statementType": "personStatement",
        "personType": "knownPerson",
        "names": [{"type": "individual", "fullName": "Ann"}],
        "hasPepStatus": True,
        "addresses": [{"type": "residence", "country": "FR"}],
        "publicationDetails": {
            "publicationDate": "2018-02-01",
            "bodsVersion": "0.2",
            "publisher": {"name": "P"},
        },
    },
    {
        "statementID": "3" * 32,
        "statementType": "ownershipOrControlStatement",
        "statementDate": "2018-01-01",
        "subject": {"describedByEntityStatement": "1" * 32},
        "interestedParty": {"describedByPersonStatement": "2" * 32},
        "interests": [
            {
                "type": "voting-rights",
                "interestLevel": "direct",
                "share": {"minimum": 25, "exclusiveMinimum": True, "maximum": 50},
            },
            {"type": "shareholding", "share": {"exact": 30, "minimum": 30, "maximum": 30}},
        ],
    },
    {
        "statementID": "4" * 32,
        "statementType": "ownershipOrControlStatement",
        "statementDate": "2019-01-01",
        "subject": {"describedByEntityStatement": "1" * 32},
        "interestedParty": {"unspecified": {"reason": "no-beneficial-owners"}},
        "replacesStatements": ["3" * 32],
    },
]


def test_versions_before_04_are_read():
    found = claims(*OLD)

    votes, old, new = sorted(found.holdings, key=lambda one: (str(one.votes) == "None", one.status))
    assert ("(25, 50] %", Directness.DIRECT) == (str(votes.votes), votes.directness)
    assert ("30 %", Status.SUPERSEDED) == (str(new.capital), new.status)
    assert Status.ACCEPTED is old.status
    assert UnspecifiedReason.NO_BENEFICIAL_OWNERS is found.parties[old.holder].unspecified
    assert "FR" == next(one.jurisdiction for one in found.parties.values() if one.label == "A")


def test_versions_before_04_become_valid_statements():
    found = FORMATS["bods"].check(Input(json.dumps(OLD).encode(), "old.json"))

    assert ["bods-old-version"] == [one.rule for one in found if "schema" in one.check]
    assert [] == [one for one in found if one.severity.value == "error"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["x"], "a statement is not an object"),
        ([{"recordType": "entity", "recordDetails": {}}], "recordId is missing"),
        ([statement(1, "thing", "a", {})], "is none of the standard's"),
        ([{"statementID": "1", "statementType": "x"}], "is none of the standard's"),
        ([entity(1, "a", 3)], "is not text"),
        ([*AB, relation(3, "r3", "b")], "is a relationship"),
        ([*AB, relation(3, "a", "b", {"type": "magic"})], "is none of the standard's"),
        ([*AB, relation(3, "a", "b", shares(exact=1) | {"startDate": "soon"})], "is not a date"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_field(value, message):
    with pytest.raises(InputError) as caught:
        claims(*value)

    assert str(caught.value).startswith("x.json:1: ")
    assert message in str(caught.value)


def test_nationalities_are_read_by_their_codes():
    """One without a code stays in the source record alone."""
    told = [
        {"name": "France", "code": "FR"},
        {"name": "Wales", "code": "GB-WLS"},
        {"name": "Elsewhere"},
    ]

    (party,) = claims(person(1, "p", "Ann", nationalities=told)).parties.values()

    assert ("FR", "GB") == party.nationalities
