"""The parties: one per legal entity, of a sensible kind, found under every name."""

from collections import Counter

import pytest

from keiretsu.model import PartyKind
from keiretsu.model.names import fold

KINDS = {
    "Company": 114,
    "Concert": 13,
    "Person": 9,
    "State": 8,
    "Agency": 6,
    "Arrangement": 3,
    "SubnationalState": 2,
    "Fund": 2,
    "GovernmentBody": 1,
    "Organisation": 1,
    "Party": 1,
}


def test_parties_by_kind(alliance):
    """Every party has a kind, nearly all the closest one."""
    assert KINDS == Counter(str(party.kind) for party in alliance.parties.values())


def test_every_named_party_is_described(alliance):
    """Holders, issuers, go-betweens, signatories and States acted for are all in the set."""
    named = {iri for claim in alliance.holdings for iri in (claim.holder, claim.issuer, *claim.via)}
    named |= {iri for claim in alliance.registrations for iri in (claim.holder, claim.issuer)}
    named |= {claim.issuer for claim in (*alliance.capitals, *alliance.share_classes)}
    for claim in alliance.agreements:
        named |= {claim.issuer, *claim.parties, *claim.bound}
    named |= {party.acts_for for party in alliance.parties.values() if party.acts_for}
    assert set() == named - set(alliance.parties)
    idle = {alliance.parties[iri].label for iri in set(alliance.parties) - named}
    assert idle == {"Agence des participations de l'Etat", "Government of Japan"}


def test_no_two_parties_share_a_name(alliance):
    """A name, folded as people type it, finds one party."""
    names = Counter(
        key for party in alliance.parties.values() for key in {fold(name) for name in party.names}
    )
    assert [] == [name for name, times in names.items() if times > 1]


ONE_ENTITY = [
    ("Daimler", "DaimlerChrysler", "Mercedes-Benz Group", "Daimler AG", "Mercedes-Benz Group AG"),
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
        ("Fiat Chrysler Automobiles", "Stellantis"),
        ("Geely", "Zhejiang Geely Holding"),
    ]
    assert [] == [pair for pair in pairs if named(pair[0]).id == named(pair[1]).id]


def test_iris_are_the_slugs_of_labels(named):
    """A party's IRI can be read."""
    base = "https://w3id.org/keiretsu/id/party/"
    assert named("Nissan Finance Co., Ltd.").id == f"{base}nissan-finance-co-ltd"
    trust = named("Renault Nissan share trust (French fiducie)")
    assert trust.id == f"{base}renault-nissan-share-trust-french-fiducie"


def test_bodies_act_for_states(alliance):
    """Whoever acts for a State is an agency, and what it acts for is a State."""
    pairs = {
        (party.label, alliance.parties[party.acts_for].label)
        for party in alliance.parties.values()
        if party.acts_for
    }
    assert pairs == {
        ("Agence des participations de l'Etat", "French State"),
        ("SASAC of the State Council", "Chinese State"),
        ("Rostec", "Russian State"),
        ("NAMI", "Russian State"),
    }
    for party in alliance.parties.values():
        if party.acts_for:
            assert party.kind is PartyKind.AGENCY
            assert alliance.parties[party.acts_for].kind is PartyKind.STATE


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
        for name in ("Groupe PSA", "Fiat Chrysler Automobiles", "Stellantis", "Fiat", "Bpifrance")
    }
    assert spans == {
        "Groupe PSA": ("None", "2021-01-16"),
        "Fiat Chrysler Automobiles": ("2014-10-12", "2021-01-16"),
        "Stellantis": ("2021-01-16", "None"),
        "Fiat": ("None", "2014-10-12"),
        "Bpifrance": ("2012-12-31", "None"),
    }
