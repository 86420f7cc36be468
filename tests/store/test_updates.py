"""Updates of strangers: what they are cut into, what they change, and what is refused."""

import pytest
from rdflib import Literal, URIRef

from keiretsu.errors import DeadlineError, InputError, QueryRefusedError
from keiretsu.store.editing.updating import patch_lines, written
from keiretsu.store.memory import Store
from keiretsu.store.query.guarded_limits import Limits
from keiretsu.store.query.update_text import MOST_CHARACTERS, operations
from keiretsu.store.validation import errors_of_change

DATA = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<party/a> a kei:Company ; rdfs:label "A" .
<party/b> a kei:Company ; rdfs:label "B" .
<claim/1> a kei:Holding ; kei:holder <party/a> ; kei:issuer <party/b> ;
    kei:capitalPercentMin 43.40 ; kei:capitalPercentMax 43.40 .
"""
ID = "https://w3id.org/keiretsu/id/"
CLAIM = "<claim/2> a kei:Holding ; kei:holder <party/b> ; kei:issuer <party/a> ;"
WHOLE = f"{CLAIM} kei:capitalPercentMin 1.0 ; kei:capitalPercentMax 1.0"


@pytest.fixture
def store():
    """Return a store with one claim."""
    found = Store()
    found.load_bytes(DATA.encode(), "turtle", "d.ttl")
    return found


def changed(store, update, **options):
    """Return what the documents say after an update, and the patch that led there."""
    before = store.asserted()
    after = store.after(store.change_guarded(update, 60, **options), "d.trig")
    return after, patch_lines(before, after)


def reopened(quads):
    """Return a store that was loaded from what is written of statements."""
    again = Store()
    again.load_bytes(written(quads, "trig"), "trig", "d.trig")
    return again


def test_a_new_claim_gets_its_place(store):
    """It is reported in a document of its own, with its defaults, and loads again as it is."""
    after, patch = changed(store, f"INSERT DATA {{ {WHOLE} }}")
    assert {"A"} == {line[0] for line in patch}
    assert any("reportedIn" in line for line in patch)
    again = reopened(after)
    assert 2 == len(again.claims().holdings)
    assert after == again.asserted()


def test_a_claim_is_changed_where_it_stands(store):
    """A number is found whatever its decimals; what takes its place lies in the same graph."""
    _, patch = changed(
        store,
        "DELETE { ?c ?p 43.4 } INSERT { ?c ?p 44 } WHERE { ?c ?p 43.4 }",
    )
    assert ["D", "D", "A", "A"] == [line[0] for line in patch]
    assert all('"43.40"^^' in line for line in patch[:2])
    assert 1 == len({line.rpartition(" <")[2] for line in patch})


def test_each_operation_sees_the_ones_before(store):
    """What one inserts without a graph the next one finds, and can take back."""
    update = (
        "PREFIX x: <urn:x:> INSERT DATA { x:a x:b 1 } ; "
        "INSERT { GRAPH x:g { ?s x:b 2 } } WHERE { ?s x:b 1 } ; DELETE DATA { x:a x:b 1 }"
    )
    _, patch = changed(store, update)
    (line,) = patch
    assert line.startswith('A <urn:x:a> <urn:x:b> "2"^^')
    assert line.endswith(" <urn:x:g> .")


@pytest.mark.parametrize("update", ["CLEAR ALL", "DROP ALL", "DELETE WHERE { ?s ?p ?o }"])
def test_everything_can_go(store, update):
    """But for the ontology, which is no data."""
    after, patch = changed(store, update)
    assert set() == after
    assert {"D"} == {line[0] for line in patch}


def test_only_the_graphs_that_are_named_are_matched(store):
    """As the protocol's parameters say, also in the short form of a deletion."""
    two = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } GRAPH <urn:h> { <urn:t> <urn:p> 1 } }"
    store = reopened(changed(store, two)[0])
    for update in ("DELETE WHERE { ?s <urn:p> 1 }", "DELETE { ?s <urn:p> 1 } WHERE { ?s ?p 1 }"):
        _, patch = changed(store, update, using=["urn:g"])
        assert ["<urn:s>"] == [line.split()[1] for line in patch]
    assert [] == changed(store, "DELETE WHERE { ?s <urn:p> 1 }", using_named=["urn:g"])[1]


REFUSED = {
    "LOAD <file:///etc/passwd>": "LOAD is not allowed here",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://x.test/> { ?s ?p ?o } }": "SERVICE is not allowed",
    "SELECT * { ?s ?p ?o }": "this is a query",
    "CLEAR SOMETHING": "not SPARQL",
    "": "asks for nothing",
    "DROP GRAPH <urn:nowhere>": "does not exist",
    "INSERT DATA { GRAPH <https://w3id.org/keiretsu/id/graph/ontology> { <urn:a> <urn:b> 1 } }": (
        "is not written by updates"
    ),
    "DELETE WHERE { GRAPH <https://w3id.org/keiretsu/id/graph/ontology> { ?s ?p ?o } }": (
        "is not written by updates"
    ),
    "INSERT DATA { <urn:a> nope:b 1 }": "not SPARQL",
    "DELETE WHERE " + "{" * 3000 + "}" * 3000: "nested too deeply",
    "#" * (MOST_CHARACTERS + 1): "characters",
}


@pytest.mark.parametrize("update", REFUSED, ids=[text[:24] for text in REFUSED])
def test_refusals(store, update):
    """Each in one sentence, and nothing is changed."""
    before = store.to_trig()
    with pytest.raises((QueryRefusedError, InputError), match=REFUSED[update]):
        store.change_guarded(update, 60)
    assert before == store.to_trig()


def test_limits(store):
    """Too many statements, and too long a time."""
    everything = "INSERT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryRefusedError, match="more than 3 changed statements"):
        store.change_guarded(f"INSERT DATA {{ {WHOLE} }}", 60, limits=Limits(rows=3))
    with pytest.raises(DeadlineError, match="stopped after 1 s"):
        store.change_guarded(everything, 1)


def test_graphs_are_named_in_one_place(store):
    """Not in the update and in the request as well; and only by IRIs."""
    with pytest.raises(InputError, match="both name the graphs"):
        operations("WITH <urn:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", using=["urn:h"])
    with pytest.raises(InputError, match="no IRI"):
        store.change_guarded("DELETE WHERE { ?s ?p 1 }", 60, using=["urn:g> { } #"])


def test_what_an_edit_decides_stays_decided(store):
    """The status that a rejection gives is taken back with the rejection alone."""
    edit = (
        "INSERT DATA { <edit/1> a kei:Rejection ; kei:edits <claim/1> ; kei:editNumber 1 ;"
        ' rdfs:comment "wrong" }'
    )
    after, _ = changed(store, edit)
    store = reopened(after)
    assert ["rejected"] == [one.status.value for one in store.claims().holdings]
    with pytest.raises(QueryRefusedError, match="is so by an edit"):
        changed(store, "DELETE { ?c kei:status ?s } WHERE { ?c kei:status ?s }")
    gone, _ = changed(store, "DELETE WHERE { <claim/1> ?p ?o }")
    assert not [quad for quad in gone if quad[0] == URIRef(f"{ID}claim/1")]


def test_what_comes_of_it_is_checked(store):
    """As a file with the same claims is; what nobody touched is not looked at again."""
    before = store.asserted()
    after, _ = changed(store, "INSERT DATA { <claim/2> a kei:Holding ; kei:holder <party/b> }")
    found = errors_of_change(before, after, "d.trig")
    assert {f"d.trig: <{ID}claim/2>"} == {one.place for one in found}
    assert [] == errors_of_change(before, before, "d.trig")
    after, _ = changed(store, f"INSERT DATA {{ {WHOLE} }}")
    assert [] == errors_of_change(before, after, "d.trig")
    after, _ = changed(
        store, "DELETE { <party/b> a kei:Company } INSERT { <party/b> a kei:Document } WHERE {}"
    )
    assert errors_of_change(before, after, "d.trig")


def test_terms_come_back_as_they_were(store):
    """Languages, types, blank nodes and strange signs."""
    update = (
        r'INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> "é\"\n"@fr , "2019"^^xsd:gYear , _:b . '
        r'_:b <urn:q> "x" } }'
    )
    after, _ = changed(store, update)
    objects = {o for s, _, o, _ in after if s == URIRef("urn:s")}
    assert Literal('é"\n', lang="fr") in objects
    assert "2019" in {str(one) for one in objects}
    assert 3 == len(objects)
    assert all(isinstance(one, (URIRef, Literal)) for one in objects)
