"""The same data gives the same answers in memory, on disk and behind every server."""

import functools
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox
import pytest
from rdflib import Literal
from tests.remote import servers

from keiretsu import OwnershipGraph
from keiretsu.errors import (
    AmbiguousNameError,
    EndpointError,
    InputError,
    NameNotFoundError,
    QueryRefusedError,
)
from keiretsu.measures import beneficial, control, owners, power, votes
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.document import document_of
from keiretsu.store.remote import RemoteClaims
from keiretsu.vocabulary import PREFIXES as PREFIX

NISSAN = "https://w3id.org/keiretsu/id/party/nissan"
OF_THE_KIND = {"part-of-endpoint", "endpoint-rounds"}
MEASURES = {
    "owners": owners,
    "votes": votes,
    "power": power,
    "control": lambda world, company: control(world, of=company),
    "presumption": lambda world, company: control(world, of=company, rule="fr-presumption-40"),
    "beneficial": lambda world, company: beneficial(world, company, "amlr"),
}


def told(measure, world, company):
    """Return an answer without what must differ: the hash of a part, and that it is a part."""
    found = document_of(measure(world, company))
    found.pop("dataset")
    found["warnings"] = [one for one in found["warnings"] if one["code"] not in OF_THE_KIND]
    return found


def values(answer):
    """Return rows by value: an engine may write 43.0 as 43."""
    return sorted(tuple(map(value, row.values())) for row in answer.values())


def value(text):
    try:
        return str(Decimal(text).normalize())
    except (InvalidOperation, TypeError):
        return str(text)


def test_all_claims_are_the_same_with_their_fingerprint(kept, memory):
    assert kept.claims == memory.claims
    assert len(kept.claims.fingerprint) == 16
    assert kept.default_date() == memory.default_date()


@pytest.fixture(scope="module")
def answers(memory):
    """Return what the whole answers about a company."""
    whole = memory.snapshot("2019-09-03")
    return {name: told(measure, whole, "Nissan") for name, measure in MEASURES.items()}


def test_what_lies_above_a_company_answers_as_the_whole_does(kept, memory, answers):
    part = kept.snapshot("2019-09-03", about=["Nissan"])
    assert 5 < len(part.holdings) < len(memory.snapshot("2019-09-03").holdings) / 2
    assert {name: told(measure, part, "Nissan") for name, measure in MEASURES.items()} == answers


def test_a_part_says_that_it_is_one(remote):
    codes = {one.code for one in remote.snapshot("2019-09-03", about=["Renault"]).cautions}
    assert "part-of-endpoint" in codes
    assert ("endpoint-rounds" in codes) == remote.backing.endpoint.is_virtuoso


def test_parties_are_found_by_the_same_names(remote, memory):
    directory = {party.id: party.names for party in memory.parties}
    assert {party.id: party.names for party in remote.parties} == directory
    assert len(directory) > 200
    for name in ("nissan", "~nissan motor", NISSAN):
        assert remote.backing._iris(name) == [NISSAN]
    assert remote.backing._iris("Renault, Nissan") == [*remote.backing._iris("Renault"), NISSAN]
    with pytest.raises(AmbiguousNameError):
        remote.claims_about(["~m"])
    with pytest.raises(NameNotFoundError, match="Nissan"):
        remote.claims_about(["Nisan"])
    with pytest.raises(NameNotFoundError):
        remote.claims_about(["https://w3id.org/keiretsu/id/party/nobody"])


def test_among_many_parties_the_endpoint_looks_for_a_name(oxigraph_address, monkeypatch):
    monkeypatch.setattr("keiretsu.store.remote.claims._MOST_NAMED", 10)
    graph = OwnershipGraph.open(endpoint=oxigraph_address)
    assert graph.backing._iris("nissan") == [NISSAN]
    with pytest.raises(NameNotFoundError):
        graph.backing._iris("Nisan")
    with pytest.raises(EndpointError, match="holds more than 10 parties"):
        assert graph.parties


QUERIES = {
    "bound and filtered": """SELECT ?holder ?percent {
        ?claim kei:issuer ?issuer ; kei:holder ?holder ; kei:capitalPercentMin ?percent .
        ?issuer rdfs:label $name FILTER(?percent > 15) }""",
    "grouped": """SELECT ?kind (COUNT(*) AS ?n) (MAX(?percent) AS ?most) {
        ?claim kei:holder ?h ; kei:capitalPercentMax ?percent . ?h a ?kind } GROUP BY ?kind""",
    "by document": """SELECT ?g (COUNT(DISTINCT ?claim) AS ?n) {
        GRAPH ?g { ?claim a kei:Holding } ?g kei:publisher ?publisher } GROUP BY ?g""",
    "booleans": "SELECT ?party ?listed { ?party kei:listed ?listed }",
    "relative": "SELECT ?label { <party/nissan> rdfs:label ?label }",
    "optional": """SELECT ?claim ?shares { ?claim a kei:Holding ; kei:issuer <party/renault>
        OPTIONAL { ?claim kei:shares ?shares } }""",
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_are_answered_there_as_here(kept, memory, name):
    bound = {"name": Literal("Nissan")} if "$name" in QUERIES[name] else {}
    found, expected = (graph.query(QUERIES[name], **bound) for graph in (kept, memory))
    assert found.variables == expected.variables
    assert len(expected.rows) > 0
    assert values(found) == values(expected)


def test_nothing_is_read_before_it_is_asked_for(oxigraph_address):
    graph = OwnershipGraph.open(endpoint=oxigraph_address)
    assert graph.query("ASK { <party/nissan> a kei:Company }").boolean
    assert graph.ask("q01-holders", company=NISSAN, as_of="2019-09-03").rows
    assert "store" not in vars(graph.backing)
    assert graph.claims.holdings
    assert "store" in vars(graph.backing)


def test_other_forms_of_queries(kept, memory):
    assert kept.query("ASK { <party/nissan> a kei:Company }").boolean is True
    assert kept.query("ASK { <party/nissan> a kei:State }").boolean is False
    query = "CONSTRUCT { ?h kei:holder ?i } { ?c kei:holder ?h ; kei:issuer ?i }"
    assert set(kept.query(query).graph) == set(memory.query(query).graph)
    assert len(kept.query("CONSTRUCT { ?a a ?b } { ?a a <urn:nothing> ; a ?b }").graph) == 0
    assert len(kept.query("DESCRIBE <party/nissan>").graph) > 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
        "INSERT DATA { <a> <b> <c> }",
    ],
)
def test_queries_that_reach_further_are_refused(kept, query):
    with pytest.raises(QueryRefusedError):
        kept.query(query)


def test_what_is_no_query_is_not_sent(oxigraph):
    with pytest.raises(InputError, match="query:1: the query ends too early"):
        oxigraph.query("SELECT * {")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("q01-holders", {"company": "Nissan", "as_of": "2019-09-03"}),
        ("q02-without-votes", {"as_of": "2019-09-03"}),
        ("q07-offices-lost", {}),
        ("q15-interlocks", {}),
    ],
)
def test_named_questions(kept, memory, name, parameters):
    expected = asked(memory, name, tuple(parameters.items()))
    assert len(expected) > 0
    assert asked(kept, name, tuple(parameters.items())) == expected


@functools.cache
def asked(graph, name, parameters):
    """Return what a graph answers to a question, asked once."""
    return values(graph.ask(name, **dict(parameters)))


BOOK = """one:ada a kei:Person ; rdfs:label "Ada" .
one:works a kei:Company ; rdfs:label "Works" ; kei:listed false .
one:claim1 a kei:Holding ; kei:holder one:ada ; kei:issuer one:works ;
    kei:capitalPercentMin 60.0 ; kei:capitalPercentMax 60.0 .
one:claim2 a kei:Holding ; kei:holder one:works ; kei:issuer one:shop ;
    kei:capitalPercentMin 50.1 ; kei:capitalPercentMax 50.1 ."""
ONE = "https://example.org/"


def turtle(text):
    """Return a text with its prefixes."""
    prefixes = {"kei": PREFIX["kei"], "rdfs": PREFIX["rdfs"], "one": ONE}
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()) + text


def quads(text):
    """Return Turtle as lines for the default graph."""
    triples = ox.parse(turtle(text).encode(), format=ox.RdfFormat.TURTLE)
    return "".join(f"{triple} .\n" for triple in triples)


def stakes(world):
    """Return the owners of the shop, without their documents: a file has a name, a graph none."""
    return [(one["holder"], one["percent"]) for one in told(owners, world, "shop")["owners"]]


def test_claims_in_the_default_graph_are_those_of_a_file(tmp_path):
    """Among them a party that is named and not described."""
    if servers.oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    book = Material(turtle(BOOK).encode(), "book.ttl", "turtle")
    memory = OwnershipGraph.of([book])
    with servers.oxigraph(tmp_path, quads(BOOK)) as address:
        remote = OwnershipGraph.open(endpoint=address)
        assert [one.id for one in remote.parties] == [f"{ONE}ada", f"{ONE}shop", f"{ONE}works"]
        expected = stakes(memory.snapshot("2020-01-01"))
        assert ("Ada", 30.06) in expected
        for about in ([], ["shop"], [f"{ONE}shop"]):
            assert stakes(remote.snapshot("2020-01-01", about=about)) == expected
        assert len(remote.query("SELECT ?h { ?h a kei:Holding }").rows) == 2


def test_nodes_without_a_name_are_refused(tmp_path):
    if servers.oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    nameless = BOOK.replace("one:claim2", "[]")
    with servers.oxigraph(tmp_path, quads(nameless)) as address:
        remote = OwnershipGraph.open(endpoint=address)
        with pytest.raises(EndpointError, match="nodes without a name"):
            remote.snapshot("2020-01-01")
        assert len(remote.query("SELECT ?h { ?h a kei:Holding }").rows) == 2


def test_an_endpoint_without_claims(tmp_path):
    if servers.oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not installed: pip install oxigraph")
    with servers.oxigraph(tmp_path, "<urn:a> <urn:b> <urn:c> .\n") as address:
        remote = OwnershipGraph.open(endpoint=address)
        with pytest.raises(EndpointError, match="holds no claims in the terms of our ontology"):
            remote.snapshot("2020-01-01")
        with pytest.raises(NameNotFoundError):
            remote.snapshot("2020-01-01", about=["Nissan"])


def test_pages_make_up_the_whole(oxigraph, memory):
    claims = RemoteClaims(oxigraph.backing.endpoint, page=2_000).whole().claims()
    assert claims == memory.claims
