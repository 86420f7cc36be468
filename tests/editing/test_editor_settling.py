"""What edits do in a store: statuses as they are read, and persons who do not come back."""

import pytest

from keiretsu.errors import InputError
from keiretsu.model import ID, Caution, Status, party_digest
from keiretsu.store import Store

HEAD = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix p: <https://w3id.org/keiretsu/id/party/> .
@prefix c: <https://w3id.org/keiretsu/id/claim/> .
@prefix e: <https://w3id.org/keiretsu/id/edit/> .
"""
DATA = """
p:jane a kei:Person ; rdfs:label "Jane Roe" .
c:1 a kei:Holding ; kei:holder p:a ; kei:issuer p:b ; kei:shares 1 ; kei:reportedIn <urn:d> .
c:2 a kei:Holding ; kei:holder p:jane ; kei:issuer p:b ; kei:shares 2 ; kei:reportedIn <urn:d> .
c:3 a kei:Event ; rdfs:label "meeting" ; kei:reportedIn <urn:d> ; kei:leverage c:2 ;
    kei:participation [ a kei:Participation ; kei:party p:a ] .
c:4 a kei:Event ; rdfs:label "call" ; kei:reportedIn <urn:d> ;
    kei:participation [ a kei:Participation ; kei:party p:jane ],
        [ a kei:Participation ; kei:party p:a ] .
"""
REJECTION = 'e:1 a kei:Rejection ; kei:editNumber 1 ; kei:edits c:1 ; kei:editReason "no" .'
NEWER = """
c:9 a kei:Holding ; kei:holder p:a ; kei:issuer p:b ; kei:shares 9 ; kei:supersedes c:1 ;
    kei:reportedIn <urn:k> .
e:2 a kei:Supersession ; kei:editNumber 2 ; kei:edits c:9 .
"""
REMOVAL = f"""
e:3 a kei:Removal ; kei:editNumber 3 ; kei:claimsRemoved 2 ; kei:salt "s" ;
    kei:partyHash "{party_digest("s", ID + "party/jane")}" .
"""
STATUSES = "SELECT ?c ?s { ?c kei:reportedIn ?d ; kei:status ?s } ORDER BY ?c"


def store_of(*texts):
    store = Store()
    for text in texts:
        store.load_bytes((HEAD + text).encode(), "turtle", "a.ttl")
    return store


def statuses(store):
    return {one.id[-1]: one.status.value for one in store.claims().every_claim()}


@pytest.mark.parametrize("texts", [(DATA, REJECTION), (REJECTION, DATA), (DATA, REJECTION, DATA)])
def test_a_rejected_claim_is_rejected_in_whatever_order_files_come(texts):
    """The model and SPARQL agree, and there is one status only."""
    store = store_of(*texts)
    rows = store.query(STATUSES).rows

    assert "rejected" == statuses(store)["1"]
    assert {str(c)[-1]: str(s).rpartition("/")[2] for c, s in rows} == statuses(store)
    assert len(rows) == 4


def test_a_superseded_claim_is_superseded():
    """And what supersedes it is read."""
    found = statuses(store_of(DATA, NEWER))

    assert ("superseded", "accepted") == (found["1"], found["9"])


def test_a_claim_that_is_rejected_supersedes_nothing():
    """Its predecessor is read again, also if the rejection comes from a later file."""
    against = REJECTION.replace("c:1", "c:9")

    for texts in ((DATA, NEWER, against), (against, NEWER, DATA)):
        found = statuses(store_of(*texts))
        assert ("accepted", "rejected") == (found["1"], found["9"])


def test_rejection_goes_before_supersession():
    """A claim that is both is rejected."""
    assert "rejected" == statuses(store_of(DATA, NEWER, REJECTION))["1"]


def test_the_same_claims_have_the_same_fingerprint_in_every_order():
    """What was settled on the way leaves no trace."""
    first, second = store_of(DATA, NEWER, REJECTION), store_of(REJECTION, NEWER, DATA)

    assert first.claims() == second.claims()
    assert 1 == first.to_nquads().count("status/rejected")


def test_loading_again_changes_nothing():
    """Neither the statements nor the fingerprint."""
    store = store_of(DATA, REJECTION)
    before = store.claims(), store.to_nquads()
    store.load_bytes((HEAD + REJECTION).encode(), "turtle", "a.ttl")

    assert before == (store.claims(), store.to_nquads())


@pytest.mark.parametrize("texts", [(DATA, REMOVAL), (REMOVAL, DATA), (DATA, REMOVAL, DATA)])
def test_a_removed_person_does_not_come_back(texts):
    """Nothing that names the person is there, and a caution says how much is left out."""
    store = store_of(*texts)

    assert "jane" not in store.to_nquads().lower()
    assert {"1": "accepted", "3": "accepted"} == statuses(store)
    assert [
        Caution(
            "removed-person", "2 claims about a person who was removed on request left out (edit 3)"
        )
    ] == store.cautions()
    assert [()] == [event.leverage for event in store.claims().events]


def test_a_removal_that_concerns_nobody_here_says_nothing():
    """The file from which the person was removed has no caution."""
    assert [] == store_of(DATA.replace("jane", "john"), REMOVAL).cautions()


def test_an_edit_of_a_claim_that_is_not_here_is_told():
    """An overlay without what it lies over."""
    assert ["edit 1 concerns a claim that is not here"] == [
        caution.text for caution in store_of(REJECTION).cautions()
    ]


def test_a_file_with_an_error_leaves_the_edits_as_they_were():
    """All or nothing, statuses and persons too."""
    store = store_of(DATA, REJECTION)
    before = store.claims(), store.to_nquads(), store.cautions()
    bad = REMOVAL + NEWER + "c:5 a kei:Holding ; kei:holder p:a ."

    with pytest.raises(InputError, match="kei:issuer is missing"):
        store.load_bytes((HEAD + bad).encode(), "turtle", "bad.ttl")
    assert before == (store.claims(), store.to_nquads(), store.cautions())


def test_edits_go_through_the_model_and_back():
    """Store.add of what Store.claims gives is the same store."""
    first, second = store_of(DATA, NEWER, REJECTION), Store()
    second.add(first.claims())

    assert first.claims().edits == second.claims().edits
    assert statuses(first) == statuses(second)
    assert Status.REJECTED in {one.status for one in second.claims().holdings}
