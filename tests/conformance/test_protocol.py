"""The 34 tests of the SPARQL 1.1 Protocol, over HTTP against our endpoint.

The manifest names them; what each sends and awaits is written here after the W3C's description of
it (https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/).
"""

import socket
import threading
import time
from dataclasses import dataclass, field

import httpx
import pytest
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.collection import Collection
from tests.conformance.evaluation import MF, archive
from tests.service.conftest import isolated, start  # noqa: F401 - fixtures

from keiretsu.errors import QueryRefusedError
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.ownership_graph.updating import target_of
from keiretsu.service import Settings, Writable, application
from keiretsu.service.serving import server
from keiretsu.store.memory import Store
from keiretsu.store.query.guarded import run_guarded
from keiretsu.store.query.guarded_data import EngineData

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
D0, D1, D2, D3 = (f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in range(4))
TWO = f"<{D1}> a ?type . <{D2}> a ?type ."
NAMED = f"GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }}"
ROWS = ("application/sparql-results+xml", "application/sparql-results+json", "text/csv",
        "text/tab-separated-values")  # fmt: skip
YES_OR_NO = ROWS[:2]
TOKEN = "a-token-of-the-tests"  # noqa: S105 - of the tests
TRIPLES = ("application/rdf+xml", "text/turtle", "application/n-triples", "text/plain")
FROM = "FROM is refused, also where the protocol names the dataset"


@dataclass(frozen=True)
class Asked:
    """What one test sends, and awaits."""

    method: str = "POST"
    params: list = field(default_factory=list)
    body: bytes | str | None = None
    kind: str | None = None
    bad: bool = False
    types: tuple = ()
    true: bool = False
    failure: str = ""
    then: str = ""


def get(query, *graphs, **expected):
    """Return a test that asks by GET."""
    return Asked("GET", [("query", query), *graphs], **expected)


def update(kind, body, *graphs, then=""):
    """Return a test that updates; `then` is a question that is true afterwards."""
    return Asked("POST", list(graphs), body, kind, then=then)


def default(*names):
    """Return parameters that name default graphs."""
    return [("default-graph-uri", name) for name in names]


def named(*names):
    """Return parameters that name named graphs."""
    return [("named-graph-uri", name) for name in names]


ADD = "INSERT DATA { <http://kasei.us/s> a <http://kasei.us/T> }"
FOAF, DC = "http://xmlns.com/foaf/0.1/Document", "http://purl.org/dc/terms/BibliographicResource"
INTO = "http://example.org/protocol-update-dataset-test/"
GIVEN = " ".join(f"GRAPH <{name}> {{ <{name}> a <{FOAF}> }}" for name in (D1, D2, D3))


def copying(pattern):
    """Return an update that copies what a pattern finds of three documents."""
    copy = f"INSERT {{ GRAPH <{INTO}> {{ ?s a <{DC}> }} }} WHERE {{ {pattern} }}"
    return f"CLEAR ALL ; INSERT DATA {{ {GIVEN} }} ; {copy}"


def copied(*names):
    """Return the question whether these documents, and no others, were copied."""
    there = " ".join(f"<{name}> a <{DC}> ." for name in names)
    absent = " ".join(
        f"FILTER NOT EXISTS {{ <{name}> a <{DC}> }}" for name in {D1, D2, D3} - set(names)
    )
    return f"ASK {{ GRAPH <{INTO}> {{ {there} {absent} }} }}"


DEFAULT, IN_NAMED = f"?s a <{FOAF}>", f"GRAPH ?g {{ ?s a <{FOAF}> }}"
EMPTY = f"ASK {{ FILTER NOT EXISTS {{ ?s a <{FOAF}> }} }}"
RELATIVE = (
    "CLEAR SILENT GRAPH <http://example.org/base/> ; "
    "INSERT DATA { GRAPH <http://example.org/base/> { <urn:s> <urn:p> <test> } }"
)
TESTS = {
    "query_post_form": Asked(params=default(D0), body="query=ASK%20%7B%7D", kind=FORM, true=True),
    "query_dataset_default_graphs_get": get(f"ASK {{ {TWO} }}", *default(D1, D2), true=True),
    "query_dataset_default_graphs_post": Asked(
        params=default(D1, D2), body=f"ASK {{ {TWO} }}", kind=QUERY, true=True
    ),
    "query_dataset_named_graphs_post": Asked(
        params=named(D1, D2), body=f"ASK {{ {NAMED} }}", kind=QUERY, true=True
    ),
    "query_dataset_named_graphs_get": get(f"ASK {{ {NAMED} }}", *named(D1, D2), true=True),
    "query_dataset_full": Asked(
        params=[*default(D3), *named(D1, D2)],
        body=f"ASK {{ <{D3}> a ?type {NAMED} }}",
        kind=QUERY,
        true=True,
    ),
    "query_multiple_dataset": Asked(
        params=default(D2),
        body=f"ASK FROM <{D1}> {{ <{D1}> a ?t1 FILTER NOT EXISTS {{ <{D2}> a ?t2 }} }}",
        kind=QUERY,
        true=True,
        failure=FROM,
    ),
    "query_get": get("ASK {}", *default(D0), true=True),
    "query_content_type_select": get("SELECT (1 AS ?value) {}", types=ROWS),
    "query_content_type_ask": get("ASK {}", types=YES_OR_NO),
    "query_content_type_describe": get("DESCRIBE <http://example.org/>", types=TRIPLES),
    "query_content_type_construct": get("CONSTRUCT { <s> <p> 1 } WHERE {}", types=TRIPLES),
    "update_dataset_default_graph": update(
        UPDATE, copying(DEFAULT), ("using-graph-uri", D1), then=copied(D1)
    ),
    "update_dataset_default_graphs": update(
        UPDATE, copying(DEFAULT), ("using-graph-uri", D1), ("using-graph-uri", D2),
        then=copied(D1, D2),
    ),
    "update_dataset_named_graphs": update(
        UPDATE, copying(IN_NAMED), ("using-named-graph-uri", D1), ("using-named-graph-uri", D2),
        then=copied(D1, D2),
    ),
    "update_dataset_full": update(
        UPDATE, copying(IN_NAMED), ("using-graph-uri", D1), ("using-named-graph-uri", D2),
        then=copied(D2),
    ),
    "update_post_form": update(FORM, "update=CLEAR%20ALL", then=EMPTY),
    "update_post_direct": update(UPDATE, "CLEAR ALL", then=EMPTY),
    "update_base_uri": update(
        UPDATE, RELATIVE,
        then="ASK { <urn:s> <urn:p> ?o FILTER(ISIRI(?o) && REGEX(STR(?o), '^https?://.*test$')) }",
    ),
    "query_post_direct": Asked(params=default(D0), body="ASK {}", kind=QUERY, true=True),
    "bad_query_method": Asked("PUT", [("query", "ASK {}")], bad=True),
    "bad_multiple_queries": Asked("GET", [("query", "ASK {}"), ("query", "ASK {}")], bad=True),
    "bad_query_wrong_media_type": Asked(body="ASK {}", kind="text/plain", bad=True),
    "bad_query_missing_form_type": Asked(body="query=ASK%20%7B%7D", bad=True),
    "bad_query_missing_direct_type": Asked(body="ASK {}", bad=True),
    "bad_query_non_utf8": Asked(
        body="ASK { ?s ?p 'é' }".encode("utf-16"), kind=f"{QUERY}; charset=UTF-16", bad=True
    ),
    "bad_query_syntax": get("ASK {", bad=True),
    "bad_update_get": Asked("GET", [("update", "CLEAR ALL")], bad=True),
    "bad_multiple_updates": Asked(
        body="update=CLEAR%20ALL&update=CLEAR%20ALL", kind=FORM, bad=True
    ),
    "bad_update_wrong_media_type": Asked(body="CLEAR ALL", kind="text/plain", bad=True),
    "bad_update_missing_form_type": Asked(body="update=CLEAR%20ALL", bad=True),
    "bad_update_non_utf8": Asked(
        body=ADD.encode("utf-16"), kind=f"{UPDATE}; charset=UTF-16", bad=True
    ),
    "bad_update_syntax": Asked(body="update=CLEAR%20SOMETHING", kind=FORM, bad=True),
    "bad_update_dataset_conflict": Asked(
        params=[("using-named-graph-uri", D1)],
        body=f"WITH <{D2}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        kind=UPDATE,
        bad=True,
    ),
}  # fmt: skip


def _names():
    name = "sparql11/protocol/manifest.ttl"
    manifest = Graph().parse(data=archive()[name], format="turtle", publicID="urn:m")
    head = next(manifest.objects(predicate=MF.entries))
    return [str(entry).rpartition("#")[2] for entry in Collection(manifest, head)]


NAMES = _names()


@pytest.fixture(scope="module")
def endpoint():
    """Return an HTTP client of an endpoint over the tests' four documents."""
    dataset, foaf = Dataset(), Namespace("http://xmlns.com/foaf/0.1/")
    for address in (D0, D1, D2, D3):
        dataset.graph(URIRef(address)).add((URIRef(address), RDF.type, foaf.Document))
    data = EngineData.of(dataset)
    try:
        run_guarded(data, "ASK {}", require_isolation=True)
        isolated = True
    except QueryRefusedError:
        isolated = False

    class Documents(Store):
        """A store that holds the four documents, which are no claims."""

        def query_guarded(self, text, bindings=None, timeout=10.0, **options):
            assert bindings is None
            return run_guarded(data, text, timeout=timeout, **options)

    app = application(OwnershipGraph(Documents()), Settings(require_isolation=isolated))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    one = server(app)
    thread = threading.Thread(target=one.run, args=([listening],), daemon=True)
    thread.start()
    while not one.started:
        time.sleep(0.01)
    with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}") as client:
        yield client
    one.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def writable(start, tmp_path_factory):  # noqa: F811
    """Return an HTTP client of a server whose file updates may change, with its token."""
    target = target_of(str(tmp_path_factory.mktemp("protocol") / "data.trig"))
    address = start(target.open(), writable=Writable.by(target, TOKEN))
    with httpx.Client(base_url=address, timeout=120) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client


def test_the_manifest_names_them():
    """34, each of them written here; one fails, for it asks with FROM."""
    assert 34 == len(NAMES)
    assert set(NAMES) == set(TESTS)
    assert [FROM] == [one.failure for one in TESTS.values() if one.failure]
    assert 7 == len([one for one in TESTS.values() if one.then])


@pytest.mark.parametrize("name", NAMES)
def test_as_the_protocol_says(request, endpoint, name):
    """The status, the type and the answer; what is known to fail is refused as we say."""
    asked = TESTS[name]
    client = request.getfixturevalue("writable") if "update" in name else endpoint
    headers = {} if asked.kind is None else {"Content-Type": asked.kind}
    response = client.request(
        asked.method, "/sparql", params=asked.params, content=asked.body, headers=headers
    )
    kind = response.headers["content-type"].partition(";")[0]
    if asked.failure:
        assert 400 == response.status_code
        assert "application/problem+json" == kind
    elif asked.bad:
        assert 400 <= response.status_code < 500
        assert response.status_code not in (401, 403)
    elif asked.then:
        assert 200 == response.status_code
        assert client.get("/sparql", params={"query": asked.then}).json()["boolean"] is True
    else:
        assert 200 == response.status_code
        assert kind in (asked.types or YES_OR_NO)
        if asked.true:
            assert response.json()["boolean"] is True
