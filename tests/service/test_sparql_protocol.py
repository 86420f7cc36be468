"""The endpoint by the SPARQL 1.1 Protocol: what is asked, in which form, with which status."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
import rdflib

NAMES = "SELECT ?name { ?p a kei:Company ; rdfs:label ?name } ORDER BY ?name"
COMPANIES = ["Shop", "Works"]
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


def names(response):
    """Return the names that an answer in JSON holds."""
    return [row["name"]["value"] for row in response.json()["results"]["bindings"]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/sparql", params={"query": NAMES}),
        lambda client: client.post("/sparql", data={"query": NAMES}),
        lambda client: client.post("/sparql", content=NAMES, headers={"Content-Type": DIRECT}),
        lambda client: client.post(
            "/sparql", content=NAMES, headers={"Content-Type": f"{DIRECT}; charset=UTF-8"}
        ),
    ],
    ids=["get", "form", "direct", "charset"],
)
def test_all_ways_to_ask_give_the_same(client, ask):
    """A query is asked in the address, as a form or as the body."""
    response = ask(client)
    assert (200, "application/sparql-results+json") == (
        response.status_code,
        response.headers["content-type"],
    )
    assert COMPANIES == names(response)


def test_a_plus_sign_is_decoded_once(client):
    """What is encoded twice stays encoded once: an endpoint must not decode twice."""
    response = client.get("/sparql", params={"query": 'SELECT ("%2B+" AS ?name) {}'})
    assert ["%2B+"] == names(response)


FORMS = {
    "application/sparql-results+json": lambda text: [
        row["name"]["value"] for row in json.loads(text)["results"]["bindings"]
    ],
    "application/sparql-results+xml": lambda text: [
        one.text
        for one in ET.fromstring(text).iter()  # noqa: S314 - our own answer
        if one.tag.endswith("}literal")
    ],
    "text/csv": lambda text: [row["name"] for row in csv.DictReader(io.StringIO(text))],
    "text/tab-separated-values": lambda text: [line.strip('"') for line in text.split("\n")[1:-1]],
}


@pytest.mark.parametrize("media_type", FORMS)
def test_rows_in_every_form(client, media_type):
    """The Accept header decides; each form reads back to the same rows."""
    response = client.get("/sparql", params={"query": NAMES}, headers={"Accept": media_type})
    assert 200 == response.status_code
    assert media_type == response.headers["content-type"].split(";")[0]
    assert COMPANIES == FORMS[media_type](response.text)


GRAPH_FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


@pytest.mark.parametrize(("media_type", "syntax"), GRAPH_FORMS.items(), ids=GRAPH_FORMS)
def test_statements_in_every_form(client, media_type, syntax):
    """CONSTRUCT gives the same graph in every syntax."""
    query = "CONSTRUCT { ?p rdfs:label ?name } { ?p a kei:Company ; rdfs:label ?name }"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    graph = rdflib.Graph().parse(data=response.text, format=syntax)
    assert media_type == response.headers["content-type"].split(";")[0]
    assert set(COMPANIES) == {str(name) for name in graph.objects()}


def test_yes_or_no(client):
    """ASK answers true or false."""
    response = client.get("/sparql", params={"query": "ASK { ?p rdfs:label 'Ada' }"})
    assert response.json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.6", "text/tab-separated-values"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("application/json", "application/json"),
    ],
)
def test_the_best_form_wins(client, accept, expected):
    """Weights decide; without a wish JSON comes."""
    response = client.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
    assert expected == response.headers["content-type"].split(";")[0]


def test_a_dataset_of_named_graphs(client):
    """The protocol's parameters choose the graphs that are asked."""
    which = "SELECT DISTINCT ?g { GRAPH ?g { ?c a kei:Holding } }"
    graphs = client.get("/sparql", params={"query": which})
    graph = graphs.json()["results"]["bindings"][0]["g"]["value"]
    count = "SELECT (COUNT(*) AS ?name) { ?c a kei:Holding }"
    for chosen, expected in ((graph, "2"), ("urn:none", "0")):
        fields = {"query": count, "default-graph-uri": chosen}
        assert [expected] == names(client.get("/sparql", params=fields))
        assert [expected] == names(client.post("/sparql", data=fields))
    inside = "SELECT (COUNT(*) AS ?name) { GRAPH ?g { ?c a kei:Holding } }"
    fields = {"query": inside, "named-graph-uri": "urn:none"}
    assert ["0"] == names(client.get("/sparql", params=fields))


REFUSED = {
    # by name: the method, its arguments, the status, and what is said
    "two queries": ("GET", {"params": [("query", NAMES), ("query", NAMES)]}, 400, "several"),
    "no query": ("GET", {"params": {"default-graph-uri": "urn:a"}}, 400, "no query"),
    "empty form": ("POST", {"data": {"x": "y"}}, 400, "no query"),
    "not SPARQL": ("GET", {"params": {"query": "SELEC"}}, 400, "not SPARQL"),
    "update by get": ("GET", {"params": {"update": UPDATE}}, 400, "not asked by GET"),
    "update by form": ("POST", {"data": {"update": UPDATE}}, 403, "only answers"),
    "update as a query": ("POST", {"data": {"query": UPDATE}}, 400, "update"),
    "update direct": (
        "POST",
        {"content": UPDATE, "headers": {"Content-Type": "application/sparql-update"}},
        403,
        "only answers",
    ),
    "wrong type": ("POST", {"content": NAMES, "headers": {"Content-Type": "text/plain"}}, 415, ""),
    "no type": ("POST", {"content": NAMES}, 415, "no content type"),
    "latin 1": (
        "POST",
        {"content": "SELECT * {}", "headers": {"Content-Type": f"{DIRECT}; charset=latin-1"}},
        415,
        "latin-1",
    ),
    "not UTF-8": ("POST", {"content": b"\xff", "headers": {"Content-Type": DIRECT}}, 400, "UTF-8"),
    "no such form": (
        "GET",
        {"params": {"query": NAMES}, "headers": {"Accept": "image/png"}},
        406,
        "none of the forms",
    ),
    "service": ("GET", {"params": {"query": "ASK { SERVICE <http://a/> {} }"}}, 400, "SERVICE"),
    "from": ("GET", {"params": {"query": "ASK FROM <http://a/> {}"}}, 400, "FROM"),
    "graph no IRI": ("GET", {"params": {"query": NAMES, "default-graph-uri": "a b"}}, 400, "IRI"),
    "method": ("DELETE", {}, 405, ""),
    "nested": ("POST", {"data": {"query": "ASK " + "{" * 3000 + "}" * 3000}}, 400, "nested"),
    "too large": ("POST", {"data": {"query": "x" * (1 << 20)}}, 413, "larger"),
}


@pytest.mark.parametrize(
    ("method", "arguments", "status", "said"), REFUSED.values(), ids=list(REFUSED)
)
def test_refusals(client, method, arguments, status, said):
    """Each with its status, the problem in words, and no traceback."""
    response = client.request(method, "/sparql", **arguments)
    assert status == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    told = response.json()
    assert said in told["detail"]
    assert status == told["status"]
    assert "Traceback" not in response.text


def test_the_description(client):
    """Without a query the endpoint describes itself."""
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=response.text, format="turtle")
    language = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#supportedLanguage")
    assert ["http://www.w3.org/ns/sparql-service-description#SPARQL11Query"] == [
        str(one) for one in graph.objects(None, language)
    ]


def test_head_has_no_body(client):
    """HEAD tells what GET would."""
    response = client.head("/sparql", params={"query": NAMES})
    assert (200, b"") == (response.status_code, response.content)
