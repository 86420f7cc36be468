"""RDF in the vocabularies of BODS and GLEIF, read as claims; what we write comes back."""

import dataclasses
from collections import Counter

import pytest
from tests.formats.reading import sample

from keiretsu import control
from keiretsu.errors import InputError
from keiretsu.model import (
    ClaimSet,
    Directness,
    Document,
    Holding,
    Interest,
    LossReport,
    Office,
    PartialDate,
    Party,
    PartyKind,
    Period,
    Share,
    Status,
    Tenure,
)
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.export_losses import report_unexported
from keiretsu.store import Store
from keiretsu.store.export import constructed

FIELDS = {
    "claim: known from": "known_from",
    "claim: quote": "quote",
    "claim: document that tells its end": "end_document",
    "claim: what it supersedes": "supersedes",
    "claim: fields without a source": "unsourced_fields",
    "claim: status": "status",
    "claim: sourcing": "sourcing",
    "tenure: office": "office",
    "tenure: nominated by": "nominated_by",
    "tenure: note": "note",
    "holding: number of shares": "shares",
    "holding: number of votes": "vote_count",
    "holding: share class": "share_class",
    "holding: parties through which it is held": "via",
    "holding: basis of the votes": "votes_basis",
    "party: former names": "former_names",
    "party: who holds the remainder": "remainder",
    "party: State for which it acts": "acts_for",
    "party: why it is not named": "unspecified",
    "party: why it is not named, in words": "unspecified_details",
    "party: kind": "kind",
    "document: publisher": "publisher",
    "document: date": "date",
    "document: weak or a correction": "weak",
}
"""Each loss that concerns one field, and the field."""


def through_rdf(claims):
    store, report = Store(), LossReport()
    store.add(claims)
    back = Store()
    back.load_bytes(constructed(store, "bods-rdf").encode(), "turtle", "back.ttl")
    report_unexported(claims, "bods-rdf", report)
    return back, {loss.field: loss.count for loss in report.losses()}


def differences(before, after):
    """Return how often each field of what came back is not what it was."""
    found = Counter()
    pairs = [(one, {each.id: each for each in before.every_claim()}) for one in after.every_claim()]
    pairs += [(one, before.parties) for one in after.parties.values()]
    pairs += [(one, before.documents) for one in after.documents.values()]
    for one, known in pairs:
        for field in dataclasses.fields(one):
            if field.name != "place" and getattr(one, field.name) != getattr(
                known[one.id], field.name
            ):
                found[field.name] += 1
    return found


def test_the_case_comes_back_but_for_what_is_reported():
    """Law: every field that differs is in the report of losses, as often as it differs."""
    claims = OwnershipGraph.open().claims

    back, losses = through_rdf(claims)

    assert (346, 93) == (len(back.claims().holdings), len(back.claims().tenures))
    assert set(claims.parties) == set(back.claims().parties)
    reported = Counter()
    for label, field in FIELDS.items():
        reported[field] += losses.get(label, 0)
    assert differences(claims, back.claims()) == Counter({f: n for f, n in reported.items() if n})
    assert not foreign(back)


def foreign(store):
    report = LossReport()
    store.report_foreign(report)
    return {loss.field.rpartition("/")[2]: loss.count for loss in report.losses()}


def test_every_interest_and_share_comes_back():
    ends = [Party(id=f"urn:{n}", label=n, kind=PartyKind.COMPANY, jurisdiction="GB") for n in "ab"]
    person = Party(
        id="urn:p",
        label="Ann",
        kind=PartyKind.PERSON,
        aliases=("A. Example", "Annie"),
        identifiers=(("GB-PASSPORT", "1"),),
        exists=Period.parse("1970-05", "2020"),
    )
    shares = ["43.4", "(25,50]", "[25,50)", ">75", "<5", "unknown", "0", None]
    kinds = [one for one in Interest if one is not Interest.CONSOLIDATION]
    kinds += [Interest.SHAREHOLDING] * len(shares)
    holdings = tuple(
        Holding(
            id=f"urn:h{number}",
            document="urn:d",
            holder="urn:a",
            issuer="urn:b",
            interest=kind,
            capital=None if kind is Interest.VOTING_RIGHTS else share_of(shares, number),
            votes=share_of(shares, number + 3),
            directness=list(Directness)[number % 3],
            period=Period.parse("2001-05", None if number % 2 else "2003-01-02"),
            note=f"note {number}",
        )
        for number, kind in enumerate(kinds)
    )
    tenure = Tenure(
        id="urn:t",
        document="urn:d",
        person="urn:p",
        organisation="urn:b",
        office=Office.DIRECTOR,
        title="member of the board",
    )
    claims = ClaimSet(
        parties={one.id: one for one in (*ends, person)},
        documents={"urn:d": Document(id="urn:d", title="Paper", url="https://e.org/")},
        holdings=holdings,
        tenures=(tenure,),
    )

    back, losses = through_rdf(claims)

    assert {} == losses == dict(differences(claims, back.claims()))
    assert len(kinds) == len(back.claims().holdings)
    assert (tenure,) == back.claims().tenures
    assert claims.parties == back.claims().parties


def share_of(shares, number):
    text = shares[number % len(shares)]
    return None if text is None else Share.from_percent(text)


FOREIGN = """
@prefix bods: <https://vocab.openownership.org/terms#> .
@prefix old: <https://standard.openownership.org/codelists#> .
@prefix codes: <https://vocab.openownership.org/codelists#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://e.org/> .
e:s1 { e:s1 a bods:Statement, bods:New ; bods:recordDetails e:base ; bods:recordIdString "base" ;
  bods:statementDate "2020-01-02T00:00:00Z"^^xsd:dateTime ; bods:license "CC0" .
  e:base a bods:Entity ; bods:entityType old:RegisteredEntity ;
    bods:name [ a bods:Name ; bods:fullName "Base Ltd" ] ;
    bods:identifier [ a bods:Identifier ; bods:scheme "GB-COH" ; bods:idString "00000001" ] ;
    bods:jurisdiction [ a bods:Jurisdiction ; bods:code "GB-ENG" ] ;
    bods:address [ a bods:Address ; bods:streetAddress "1 High Street" ] ;
    bods:foundingDate "2001-02-03T00:00:00Z"^^xsd:dateTime . }
e:s2 { e:s2 a bods:Statement ; bods:recordDetails e:ann .
  e:ann a bods:Person ; bods:personType codes:KnownPerson ; bods:name "Ann" . }
e:s3 { e:s3 a bods:Statement, bods:New ; bods:recordDetails e:r1 ; bods:recordIdString "r" ;
    bods:statementDate "2020-01-02T00:00:00Z"^^xsd:dateTime ;
    bods:source [ a bods:Source ; bods:description "A register" ] .
  e:r1 a bods:Relationship ; bods:subject e:base ; bods:interestedParty e:ann ;
    bods:interest e:i1, e:i2, e:i3 .
  e:i1 a bods:Shareholding ; bods:directOrIndirect codes:Direct ;
    bods:shareExact "6.05E1"^^xsd:float ; bods:beneficialOwnershipOrControl true .
  e:i2 a bods:VotingRights ; bods:directOrIndirect codes:Direct ;
    bods:shareExclusiveMinimum "50.0"^^xsd:float ; bods:shareMaximum "75"^^xsd:float .
  e:i3 a bods:AppointmentOfBoard ; bods:details "a majority of the board" . }
e:s4 { e:s4 a bods:Statement, bods:Closed ; bods:recordDetails e:r2 ; bods:recordIdString "r" ;
    bods:statementDate "2021-05-06T00:00:00Z"^^xsd:dateTime .
  e:r2 a bods:Relationship ; bods:subject e:base ; bods:interestedParty e:ann ;
    bods:interest [ a bods:Shareholding ; bods:directOrIndirect codes:Direct ;
      bods:shareExact 55 ] . }
"""


def loaded(text, syntax="trig"):
    store = Store()
    store.load_bytes(text.encode(), syntax, "x.trig")
    return store


def test_statements_of_others():
    store = loaded(FOREIGN)
    claims = store.claims()

    base = "https://w3id.org/keiretsu/id/party/GB-COH-00000001"
    assert {base: "Base Ltd", "https://e.org/ann": "Ann"} == {
        iri: party.label for iri, party in claims.parties.items()
    }
    party = claims.parties[base]
    assert ("GB", PartyKind.COMPANY, "2001-02-03") == (
        party.jurisdiction,
        party.kind,
        str(party.exists.start),
    )
    told = {
        (str(one.interest), str(one.capital), str(one.votes), one.status, str(one.period.end))
        for one in claims.holdings
    }
    superseded, accepted = Status.SUPERSEDED, Status.ACCEPTED
    assert {
        ("shareholding", "60.5 %", "(50, 75] %", superseded, "None"),
        ("appointment-of-board", "None", "None", superseded, "None"),
        ("shareholding", "55 %", "None", accepted, "2021-05-06"),
    } == told
    assert PartialDate.parse("2020-01-02") in {one.known_from for one in claims.holdings}
    assert "A register" in {one.title for one in claims.documents.values()}


def test_what_is_not_read_stays_and_is_reported():
    store = loaded(FOREIGN)

    assert {
        "terms#address": 1,
        "terms#beneficialOwnershipOrControl": 1,
        "terms#license": 1,
        "terms#streetAddress": 1,
    } == foreign(store)
    again = loaded(store.to_nquads(), "nquads")
    assert store.claims() == again.claims()
    assert "1 High Street" in again.to_nquads()


def test_control_by_what_was_read():
    graph = OwnershipGraph(loaded(FOREIGN.replace(", bods:Closed", "")))

    found = control(graph.snapshot("2022-01-01"), by="Ann", of="Base Ltd")

    assert ["certain"] == [one.verdict.value for one in found]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("bods:shareExact 55", 'bods:shareExact "much"', "is not a percentage between 0 and 100"),
        ("bods:shareExact 55", "bods:shareExact 155", "is not a percentage between 0 and 100"),
        (
            "bods:interestedParty e:ann ;\n    bods:interest [",
            "bods:interest [",
            "no interestedParty",
        ),
        ('"2021-05-06T00:00:00Z"^^xsd:dateTime', '"May"', "'May' is not a date"),
        ("old:RegisteredEntity", "old:Moon", "the entity type 'moon' is none"),
        ("bods:New ;", 'bods:New ; bods:bodsVersion "0.2" ;', "is not of BODS 0.4"),
    ],
)
def test_malformed_statements_are_refused(before, after, message):
    assert before in FOREIGN

    with pytest.raises(InputError, match=message) as caught:
        loaded(FOREIGN.replace(before, after))

    assert str(caught.value).startswith("x.trig: https://e.org/") or "x.trig: " in str(caught.value)


def test_the_sample_of_gleif():
    store = loaded(sample("gleif-rdf", "L2Data.ttl").decode(), "turtle")
    holdings = store.claims().holdings

    assert 7 == len(holdings)
    assert Counter({"consolidation": 6, "shareholding": 1}) == Counter(
        one.interest.value for one in holdings
    )
    (branch,) = [one for one in holdings if one.interest is Interest.SHAREHOLDING]
    assert ("LEI-549300RK1FB0VMTPD087", "LEI-549300J43MRRHUL8JX64") == (
        branch.holder.rpartition("/")[2],
        branch.issuer.rpartition("/")[2],
    )
    assert ("100 %", "2018-03-15") == (str(branch.capital), str(branch.period.start))
    left = foreign(store)
    assert 7 == left["hasRegistrationStatus"] == left["hasManagingLOU"]
    assert not {"hasParent", "hasChild", "hasRelationshipStatus"} & set(left)


def test_gleif_without_an_lei_is_refused():
    text = sample("gleif-rdf", "L2Data.ttl").decode()

    with pytest.raises(InputError, match="no hasParent with an LEI"):
        loaded(
            text.replace("hasParent gleif-L1-data:L-549300RK1FB0VMTPD087", "hasParent <urn:x>"),
            "turtle",
        )
