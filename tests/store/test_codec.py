"""Claims to RDF and back: the round trip is the identity for whatever the model can say."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from rdflib import Dataset
from tests.store.any_claims import DOCUMENTS, PARTIES, claim_sets

from keiretsu.errors import InputError, UnknownTermError
from keiretsu.model import (
    ID,
    Agreement,
    AgreementKind,
    ClaimSet,
    Document,
    Holding,
    Party,
    PartyKind,
    Share,
)
from keiretsu.store import Store
from keiretsu.store.codec.dataset import read_dataset, write_dataset, write_trig


@settings(max_examples=50)
@given(claim_sets())
def test_reading_what_was_written_gives_the_same_claims(claims):
    """The round trip through a dataset, and through TriG text, is the identity.

    The text does not change either.
    """
    text, dataset = write_trig(claims), Dataset()
    dataset.parse(data=text, format="trig")
    read = read_dataset(dataset)

    assert read_dataset(write_dataset(claims)) == claims
    assert read == claims
    assert write_trig(read) == text


@settings(max_examples=50)
@given(claim_sets())
def test_claims_that_are_not_written_yet_are_those_that_would_be_read(claims):
    """With their fingerprint and as text, whether or not something in them is to be settled."""
    given_as_claims, given_as_text = Store(), Store()
    given_as_claims.add(claims)
    given_as_text.load_bytes(write_trig(claims).encode(), "trig", "written.trig")
    first, second = given_as_claims.claims(), given_as_text.claims()

    assert first == second
    assert [*first.parties] == [*second.parties]
    assert first.fingerprint == second.fingerprint
    assert given_as_claims.cautions() == given_as_text.cautions()
    assert given_as_claims.to_trig() == given_as_text.to_trig()
    assert given_as_claims.claims() == second


def test_claims_that_are_not_written_yet_meet_others():
    """A second file, a query and an identifier that two parties share find them as RDF."""
    lei = (("LEI", "969500F7JLTX36OUI695"),)
    one, other = (Party(id=f"{ID}party/{n}", label=n, identifiers=lei) for n in ("one", "other"))
    store = Store()
    store.add(ClaimSet(parties={one.id: one}, documents={}))
    assert 1 == len(store.query("SELECT ?p { ?p kei:identifiedBy ?i }").rows)
    store.add(ClaimSet(parties={other.id: other}, documents={}))

    assert 1 == len(store.claims().parties)
    assert "joined-parties" in {caution.code for caution in store.cautions()}


def test_a_claim_lies_in_the_graph_of_its_document_and_in_no_other():
    """Every subject has one graph, so engines that count by graph count it once."""
    holding = _holding(capital=Share.from_percent("43.4"))
    dataset = write_dataset(_set(holding))
    graphs = {}
    for subject, _, _, graph in dataset.quads():
        graphs.setdefault(str(subject), set()).add(str(graph))

    assert graphs[holding.id] == {holding.document}
    assert graphs[PARTIES[0]] == {f"{ID}graph/parties"}
    assert graphs[holding.document] == {f"{ID}graph/documents"}
    assert all(len(names) == 1 for names in graphs.values())


def test_the_text_is_readable():
    """Prefixes, bare numbers and one line for each property."""
    text = write_trig(_set(_holding(capital=Share.from_percent("(25,50]"), shares=7)))

    assert (
        "    claim:h a kei:Holding ;\n"
        "        kei:reportedIn document:urd-2020 ;\n"
        "        kei:status status:accepted ;\n"
        "        kei:sourcing sourcing:sourced ;\n"
        "        kei:holder party:nissan ;\n"
        "        kei:issuer party:renault ;\n"
        "        kei:shares 7 ;\n"
        "        kei:interest interest:shareholding ;\n"
        "        kei:capitalPercentMin 25.0 ;\n"
        "        kei:capitalPercentMax 50.0 ;\n"
        "        kei:capitalPercentMinExclusive true ;\n"
        "        kei:directness directness:direct .\n"
    ) in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"capital": Share.point(Fraction(1, 3))}, "100/3 has no finite decimal form"),
        ({"holder": "Nissan"}, "'Nissan' is not an absolute IRI"),
        ({"holder": "https://x/> <y"}, "is not an absolute IRI"),
    ],
)
def test_what_rdf_cannot_say_is_refused_with_the_claim(change, message):
    """A value without an exact form is an error that names the claim, not a rounding."""
    with pytest.raises(InputError, match=message) as caught:
        write_dataset(_set(_holding(**change)))

    assert f"{ID}claim/h" == caught.value.place


def test_an_unknown_class_of_decision_is_refused():
    """Classes of decision come from the code list."""
    agreement = Agreement(
        id=f"{ID}claim/a",
        document=DOCUMENTS[0],
        label="pact",
        kind=AgreementKind.VOTE_CAP,
        issuer=PARTIES[0],
        decisions=("unusual",),
    )

    with pytest.raises(UnknownTermError, match="'unusual' is not a class of decision"):
        write_dataset(replace(_set(), agreements=(agreement,)))


def test_what_is_only_named_is_labelled_by_its_iri():
    """A party or document that nothing describes is still there."""
    claims = read_dataset(write_dataset(ClaimSet(parties={}, documents={}, holdings=(_holding(),))))

    assert {PARTIES[0]: "nissan", PARTIES[1]: "renault"} == {
        party.id: party.label for party in claims.parties.values()
    }
    assert ["urd-2020"] == [document.title for document in claims.documents.values()]


def test_the_best_label_is_the_one_without_a_language_then_the_english_one():
    """Other labels become aliases."""
    dataset = Dataset()
    dataset.parse(
        data="""@prefix kei: <https://w3id.org/keiretsu/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <urn:p> a kei:Company, kei:Party ; rdfs:label "ルノー"@ja, "Renault"@en, "Régie"@fr .""",
        format="turtle",
    )
    party = read_dataset(dataset).parties["urn:p"]

    assert ("Renault", ("Régie", "ルノー")) == (party.label, party.aliases)
    assert PartyKind.COMPANY is party.kind


def _holding(**own):
    fields = {"id": f"{ID}claim/h", "document": DOCUMENTS[0], "holder": PARTIES[0]}
    return Holding(**(fields | {"issuer": PARTIES[1]} | own))


def _set(*holdings):
    party, document = Party(id=PARTIES[0], label="Nissan"), Document(id=DOCUMENTS[0], title="URD")
    return ClaimSet(parties={party.id: party}, documents={document.id: document}, holdings=holdings)
