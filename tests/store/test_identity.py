"""Parties of several files that are one: by identifier or by an editor's word, never by name."""

import itertools

import pytest

from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.store.memory import Store

ID = "https://w3id.org/keiretsu/id/"
PREFIX = f"@prefix kei: <https://w3id.org/keiretsu/ontology#> .\n@base <{ID}> .\n"
PREFIX += "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
LEI = "969500F7JLTX36OUI695"


def rdf(text):
    return (PREFIX + text).encode()


def named(party, label, *identifiers, kind="Company", more=""):
    parts = "".join(
        f"<{party}/id/{n}> a kei:Identifier ; kei:scheme {scheme!r} ; kei:value {value!r} .\n"
        for n, (scheme, value) in enumerate(identifiers)
    ).replace("'", '"')
    links = "".join(f"; kei:identifiedBy <{party}/id/{n}> " for n in range(len(identifiers)))
    return f'<{party}> a kei:{kind} ; rdfs:label "{label}" {links}{more} .\n{parts}'


def holding(name, holder, issuer):
    return (
        f"<claim/{name}> a kei:Holding ; kei:holder <{holder}> ; kei:issuer <{issuer}> ;"
        " kei:capitalPercentMin 60 ; kei:capitalPercentMax 60 .\n"
    )


CURATED = rdf(
    named("party/renault", "Renault", ("LEI", LEI))
    + named("party/works", "Works")
    + holding("a", "party/renault", "party/works")
)
REGISTER = rdf(
    named(f"party/LEI-{LEI}", LEI, ("XI-LEI", LEI.lower()), ("FR-RCS", "780129987"))
    + named("party/state", "State", kind="State")
    + holding("b", "party/state", f"party/LEI-{LEI}")
)
THIRD = rdf(
    named("party/z", "Régie Renault", ("FR-RCS", "780129987"), more='; kei:jurisdiction "FR"')
)


def store(*files):
    found = Store()
    for data in files:
        found.load_bytes(data, "turtle", name(data))
    return found


def name(data):
    """Return a file name that goes with the content, in whatever order files are read."""
    return f"{len(data)}.ttl"


def codes(of):
    return {caution.code for caution in of.cautions()}


@pytest.mark.parametrize("order", list(itertools.permutations([CURATED, REGISTER, THIRD])))
def test_parties_are_joined_by_identifier_in_any_order(order):
    """Over a third file that shares one identifier with each of the others."""
    joined = store(*order)
    claims = joined.claims()
    assert sorted(party.label for party in claims.parties.values()) == [
        "Renault",
        "State",
        "Works",
    ]
    renault = claims.parties[f"{ID}party/renault"]
    assert renault.aliases == ("Régie Renault",)
    assert renault.jurisdiction == "FR"
    assert {scheme for scheme, _ in renault.identifiers} >= {"FR-RCS", "IRI"}
    assert {(c.holder[len(ID) :], c.issuer[len(ID) :]) for c in claims.holdings} == {
        ("party/renault", "party/works"),
        ("party/state", "party/renault"),
    }
    assert "joined-parties" in codes(joined)


def test_the_order_of_files_changes_nothing():
    """The same content has the same fingerprint."""
    prints = {
        store(*order).claims().fingerprint
        for order in itertools.permutations([CURATED, REGISTER, THIRD])
    }
    assert len(prints) == 1


def test_queries_see_one_party():
    """A chain over both files is found by a plain query."""
    rows = (
        store(CURATED, REGISTER)
        .query(
            "SELECT ?top ?bottom { ?a kei:holder ?top ; kei:issuer ?m ."
            " ?b kei:holder ?m ; kei:issuer ?bottom }"
        )
        .rows
    )
    assert [tuple(str(term)[len(ID) :] for term in row) for row in rows] == [
        ("party/state", "party/works")
    ]


def test_a_name_joins_nobody():
    """Nor does a number of a register that is not named, or one whose check digits fail."""
    wrong = LEI[:-1] + "6"
    apart = store(
        rdf(named("party/a", "Acme", ("registration number", "1"), ("LEI", wrong))),
        rdf(named("party/b", "Acme", ("registration number", "1"), ("LEI", wrong))),
    )
    assert len(apart.claims().parties) == 2
    assert codes(apart) == set()


def test_parties_that_hold_each_other_stay_apart():
    """A parent's identifier on its subsidiary is a fault of the data."""
    apart = store(
        rdf(
            named("party/a", "A", ("LEI", LEI))
            + named("party/b", "B", ("LEI", LEI))
            + holding("x", "party/a", "party/b")
        )
    )
    assert len(apart.claims().parties) == 2
    assert codes(apart) == {"identity-clash"}


def test_where_records_differ_the_first_is_kept_and_it_is_said():
    """A company of two countries, or a person who is a company."""
    joined = store(
        rdf(named("party/a", "A", ("LEI", LEI), more='; kei:jurisdiction "FR"')),
        rdf(named("party/b", "B", ("LEI", LEI), kind="Person", more='; kei:jurisdiction "JP"')),
    )
    (party,) = joined.claims().parties.values()
    assert (party.label, party.jurisdiction, party.kind) == ("A", "FR", "Company")
    texts = {caution.text for caution in joined.cautions() if caution.code == "joined-differ"}
    assert texts == {
        "records of one party differ in jurisdiction",
        "records of one party differ in kind",
    }


def test_the_class_that_says_more_is_kept():
    """An organisation of one file is a company of another."""
    joined = store(
        rdf(named("party/a", "A", ("LEI", LEI), kind="Organisation")),
        rdf(named("party/b", "B", ("LEI", LEI), kind="Company")),
    )
    assert [party.kind for party in joined.claims().parties.values()] == ["Company"]
    assert codes(joined) == {"joined-parties"}


EDIT = rdf(
    "<edit/1> a kei:Identification ; kei:editNumber 1 ; kei:editReason 'same passport' ;"
    " kei:identifies <party/a> , <party/b> .".replace("'", '"')
)


def test_an_editors_word_joins_whenever_it_comes():
    """Before the parties, between them or after, and it names nobody who is not there."""
    files = [
        rdf(named("party/a", "Ada", kind="Person")),
        rdf(named("party/b", "A. Test", kind="Person")),
        EDIT,
    ]
    for order in itertools.permutations(files):
        (party,) = store(*order).claims().parties.values()
        assert (party.id, party.label, party.aliases) == (f"{ID}party/a", "Ada", ("A. Test",))
    assert len(store(files[0], EDIT).claims().parties) == 1


def test_what_was_joined_is_known_again_from_what_was_written():
    """The IRIs that went are identifiers of the one that stayed."""
    written = store(CURATED, REGISTER).to_trig().encode()
    later = Store()
    later.load_bytes(written, "trig", "out.trig")
    later.load_bytes(REGISTER, "turtle", name(REGISTER))
    assert len(later.claims().parties) == 3


def test_registers_join():
    """A company of level 1 with its number in the register is the one of the other register."""
    found = Store()
    line = (
        '{"company_number": "01234567", "data": {"kind": "individual-person-with-significant'
        '-control", "name": "Ada", "links": {"self": "/company/01234567/a"},'
        '"natures_of_control": ["ownership-of-shares-75-to-100-percent"]}}'
    )
    level1 = (
        "LEI,Entity.LegalName,Entity.RegistrationAuthority.RegistrationAuthorityID,"
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID\n"
        f"{LEI},Acme,RA000585,1234567\n"
    )
    for name, data in (("psc", line), ("gleif-entities", level1)):
        reading = Reading(name)
        pieces = FORMATS[name].read(Input(data.encode(), name), reading)
        found.add(collected(pieces, reading))
    labels = sorted(party.label for party in found.claims().parties.values())
    assert labels == ["Acme", "Ada"]
