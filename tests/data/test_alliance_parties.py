"""The parties: one per legal entity, of a sensible kind, found under every name."""

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest
from alliance_builder.quality import every_claim

from keiretsu.measures import ownership
from keiretsu.model import Participation, PartyKind, ProposedHolding
from keiretsu.model.names import fold
from keiretsu.snapshot import Snapshot

KINDS = {
    "Company": 115,
    "Person": 70,
    "Concert": 13,
    "State": 8,
    "Agency": 6,
    "SubnationalState": 4,
    "Arrangement": 3,
    "GovernmentBody": 3,
    "NewsOrganisation": 2,
    "Fund": 2,
    "Ministry": 2,
    "Alliance": 1,
    "Organisation": 1,
    "Party": 1,
}


def test_parties_by_kind(alliance):
    """Every party has a kind, nearly all the closest one."""
    assert KINDS == Counter(str(party.kind) for party in alliance.parties.values())


def test_every_named_party_is_described(alliance):
    """Whoever a claim or a party names is in the set, and nobody else is."""
    named = set()
    for claim in every_claim(alliance):
        for attribute in (
            *("holder", "issuer", "person", "organisation", "nominated_by", "party"),
            *("via", "parties", "bound", "participations", "changes"),
        ):
            named |= iris(getattr(claim, attribute, None))
    named |= {party.acts_for for party in alliance.parties.values() if party.acts_for}
    assert set() == named - set(alliance.parties)
    assert set() == {alliance.parties[iri].label for iri in set(alliance.parties) - named}


def iris(value):
    """Return the IRIs of parties in a field of a claim."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, Participation):
        return {value.party}
    if isinstance(value, ProposedHolding):
        return {value.holder, value.issuer}
    return {iri for one in value or () for iri in iris(one)}


def test_no_two_parties_share_a_name(alliance):
    """A name, folded as people type it, finds one party."""
    names = Counter(
        key for party in alliance.parties.values() for key in {fold(name) for name in party.names}
    )
    assert [] == [name for name, times in names.items() if times > 1]


ONE_ENTITY = [
    ("Daimler", "DaimlerChrysler", "Mercedes-Benz Group", "Daimler AG", "Mercedes-Benz Group AG"),
    ("Stellantis", "Fiat Chrysler Automobiles", "Stellantis N.V.", "FCA"),
    ("Renault-Nissan-Mitsubishi alliance", "Renault-Nissan alliance"),
    ("Hans Dieter Pötsch", "Hans Dieter Poetsch"),
    ("Groupe PSA", "PSA Peugeot Citroen", "Peugeot S.A."),
    ("Subaru", "Fuji Heavy Industries"),
    ("Renault Korea Motors", "Renault Samsung Motors"),
    ("UD Trucks", "Nissan Diesel"),
    ("Aisin", "Aisin Seiki"),
    ("Renault", "Renault S.A.", "FR0000131906"),
    ("Nissan", "Nissan Motor Co., Ltd."),
    ("Mitsubishi Motors", "Mitsubishi Motors Corporation"),
    ("French State", "France"),
    ("Volkswagen AG", "Volkswagen"),
]


@pytest.mark.parametrize("names", ONE_ENTITY, ids=lambda names: names[0])
def test_one_legal_entity_is_one_party(named, names):
    """Old, new and full names find the same party, whose label is the first of them."""
    assert {names[0]} == {named(name).label for name in names}


def test_namesakes_are_kept_apart(named):
    """Companies that only share a name, or whose identity is not settled, are several parties."""
    pairs = [
        ("Chrysler", "Chrysler Group"),
        ("Renault", "Renault Korea Motors"),
        ("Fiat", "Fiat Auto"),
        ("AB Volvo", "Volvo Cars"),
        ("Porsche AG", "Porsche SE"),
        ("Fiat Chrysler Automobiles", "Fiat"),
        ("Stellantis", "Groupe PSA"),
        ("General Motors", "General Motors Corporation"),
        ("Geely", "Zhejiang Geely Holding"),
    ]
    assert [] == [pair for pair in pairs if named(pair[0]).id == named(pair[1]).id]


def test_iris_are_the_slugs_of_labels(named):
    """A party's IRI can be read."""
    base = "https://w3id.org/keiretsu/id/party/"
    assert named("Nissan Finance Co., Ltd.").id == f"{base}nissan-finance-co-ltd"
    trust = named("Renault Nissan share trust (French fiducie)")
    assert trust.id == f"{base}renault-nissan-share-trust-french-fiducie"


DATED_NAMES = [
    # party, day, names borne on it
    ("Daimler", "2005-01-01", {"DaimlerChrysler", "DaimlerChrysler AG"}),
    ("Daimler", "2019-09-03", {"Daimler AG"}),
    ("Daimler", "2024-12-31", {"Mercedes-Benz Group", "Mercedes-Benz Group AG"}),
    (
        "Stellantis",
        "2019-09-03",
        {"Fiat Chrysler Automobiles", "Fiat Chrysler Automobiles N.V."},
    ),
    ("Stellantis", "2021-06-30", {"Stellantis N.V."}),
    ("UD Trucks", "2005-01-01", {"Nissan Diesel", "Nissan Diesel Motor"}),
    ("Subaru", "2018-01-01", {"Subaru Corporation"}),
]


@pytest.mark.parametrize(("label", "day", "names"), DATED_NAMES)
def test_names_have_dates(named, label, day, names):
    """A company's names follow each other, and none of the dated ones is an alias too."""
    party, on = named(label), dt.date.fromisoformat(day)
    assert names == {one.name for one in party.former_names if one.period.surely_holds(on)}
    assert set() == {one.name for one in party.former_names} & set(party.aliases)


BODIES = {
    "Agence des participations de l'Etat": "French State",
    "Bpifrance": "French State",
    "Caisse des Depots": "French State",
    "Ministry of the Economy and Finance": "French State",
    "SOGEPA": "French State",
    "SASAC of the State Council": "Chinese State",
    "Beijing SASAC": "Beijing Municipality",
    "Shanghai SASAC": "Shanghai Municipality",
    "Rostec": "Russian State",
    "NAMI": "Russian State",
    "Ministry of Economy, Trade and Industry": "Government of Japan",
}
GOVERNMENT = {
    *(PartyKind.GOVERNMENT_BODY, PartyKind.STATE, PartyKind.SUBNATIONAL_STATE),
    *(PartyKind.MINISTRY, PartyKind.AGENCY),
}


def test_bodies_act_for_states(alliance):
    """Whoever acts for a State is a government body, and what it acts for is a State."""
    acting = [party for party in alliance.parties.values() if party.acts_for]
    assert BODIES == {p.label: alliance.parties[p.acts_for].label for p in acting}
    for party in acting:
        assert party.kind in GOVERNMENT, party.label
        state = alliance.parties[party.acts_for]
        assert state.kind in (PartyKind.STATE, PartyKind.SUBNATIONAL_STATE), party.label


@pytest.mark.parametrize("day", ["2015-06-30", "2018-06-30", "2021-06-30"])
def test_bodies_that_the_state_holds_are_not_counted_twice(alliance, named, day):
    """The State owns of PSA and Stellantis what its vehicle holds, however it is reached."""
    world = Snapshot.of(alliance, dt.date.fromisoformat(day))
    vehicle, issuer = {
        "2015-06-30": ("SOGEPA", "Groupe PSA"),
        "2018-06-30": ("Bpifrance", "Groupe PSA"),
        "2021-06-30": ("Bpifrance", "Stellantis"),
    }[day]
    held = [
        one
        for one in world.holdings
        if world.parties[one.issuer].label == issuer
        and world.parties[one.holder].id in {named("French State").id, named(vehicle).id}
    ]
    assert [vehicle] == [world.parties[one.holder].label for one in held]
    (row,) = [row for row in ownership(world, of=issuer) if row.party == "French State"]
    owned, whole = row.integrated, held[0].capital.low
    assert Fraction(98, 100) * whole <= owned.low <= owned.high
    assert float(owned.high) == pytest.approx(float(owned.low))
    assert float(owned.high) <= float(whole) + 1e-9


def test_issuers_have_jurisdiction_and_listing(alliance, named):
    """Every issuing company says where it is and whether it is listed; one is not known."""
    issuers = {claim.issuer for claim in alliance.holdings}
    companies = [alliance.parties[iri] for iri in issuers]
    companies = [party for party in companies if party.kind is PartyKind.COMPANY]
    assert 90 < len(companies)
    assert ["smart", "Tenaciou3 Prospect Investment (Li Shufu)"] == sorted(
        (party.label for party in companies if party.jurisdiction is None), key=str.lower
    )
    assert [] == [party.label for party in companies if party.listed is None]
    core = {
        "Renault": ("FR", True),
        "Nissan": ("JP", True),
        "Mitsubishi Motors": ("JP", True),
        "Nissan Finance Co., Ltd.": ("JP", False),
        "Renault-Nissan B.V.": ("NL", False),
        "Alliance Rostec Auto B.V.": ("NL", False),
        "AvtoVAZ": ("RU", False),
        "Daimler": ("DE", True),
        "Volkswagen AG": ("DE", True),
        "Toyota": ("JP", True),
    }
    assert core == {name: (named(name).jurisdiction, named(name).listed) for name in core}


def test_parties_that_began_or_ended(named):
    """Life spans come from the facts, or from the curated table."""
    spans = {
        name: (str(named(name).exists.start), str(named(name).exists.end))
        for name in ("Groupe PSA", "Stellantis", "Fiat", "Bpifrance", "General Motors")
    }
    assert spans == {
        "Groupe PSA": ("None", "2021-01-16"),
        "Stellantis": ("2014-10-12", "None"),
        "Fiat": ("None", "2014-10-12"),
        "Bpifrance": ("2012-12-31", "None"),
        "General Motors": ("2009-07-10", "None"),
    }
    assert "2009-07-10" == str(named("General Motors Corporation").exists.end)
