"""Our own queries in Oxigraph: the same terms as in rdflib, and what it does not answer."""

import pytest
from rdflib import Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ID
from keiretsu.store.memory import Store

BOOK = b"""@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<party/ada> a kei:Person ; rdfs:label "Ada", "Ada"@fr .
<party/works> a kei:Company ; rdfs:label "Works" ; kei:listed true .
<claim/1> a kei:Holding ; kei:holder <party/ada> ; kei:issuer <party/works> ; kei:shares 12 ;
    kei:capitalPercentMin 60.5 ; kei:capitalPercentMax 60.5 ."""
ASKED = (
    "SELECT ?p ?o { <party/ada> ?p ?o }",
    "SELECT ?p ?o { <claim/1> ?p ?o }",
    "SELECT ?s ?none { ?s kei:listed true OPTIONAL { ?s kei:shares ?none } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
)


@pytest.fixture(scope="module")
def store():
    book = Store()
    book.load_bytes(BOOK, "turtle", "book.ttl")
    return book


@pytest.mark.parametrize("text", ASKED)
def test_it_answers_in_the_terms_of_rdflib(store, text):
    """IRIs, numbers, texts with and without a language, and nothing where nothing is bound."""
    found, expected = store.engine().query(text), store.query(text)
    assert expected.variables == found.variables
    assert len(expected.rows) > 0
    assert sorted(map(repr, expected.rows)) == sorted(map(repr, found.rows))


def test_values_are_put_into_a_query(store):
    """By the names of its variables, as in rdflib."""
    found = store.engine().query("SELECT ?s { ?s rdfs:label $name }", {"name": Literal("Works")})
    assert ((URIRef(f"{ID}party/works"),),) == found.rows


def test_it_is_a_copy(store):
    """What is added later is not in it."""
    engine, text = store.engine(), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = engine.query(text).rows
    more = b"<party/new> a <https://w3id.org/keiretsu/ontology#Company> ."
    store.load_bytes(more, "turtle", "more.ttl")
    assert before == engine.query(text).rows != store.engine().query(text).rows


@pytest.mark.parametrize(
    ("text", "timeout", "told"),
    [
        ("ASK { ?s ?p ?o }", None, "only SELECT is answered here"),
        ("SELECT nothing", None, "not SPARQL"),
        ("SELECT ?s { ?s ?p ?o }", 1.0, "no deadline can be kept here"),
    ],
)
def test_what_it_does_not_answer(store, text, timeout, told):
    """Each is refused in a sentence."""
    with pytest.raises(InputError, match=told):
        store.engine().query(text, timeout=timeout)
