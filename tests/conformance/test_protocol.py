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

from keiretsu.errors import QueryRefusedError
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.service import Settings, application
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
TRIPLES = ("application/rdf+xml", "text/turtle", "application/n-triples", "text/plain")
READ_ONLY = "the endpoint is read-only: every update is refused with 403"
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


def get(query, *graphs, **expected):
    """Return a test that asks by GET."""
    return Asked("GET", [("query", query), *graphs], **expected)


def update(kind, body, *graphs, **expected):
    """Return a test that updates, which is refused here."""
    return Asked("POST", list(graphs), body, kind, failure=READ_ONLY, **expected)


def default(*names):
    """Return parameters that name default graphs."""
    return [("default-graph-uri", name) for name in names]


def named(*names):
    """Return parameters that name named graphs."""
    return [("named-graph-uri", name) for name in names]


ADD = "INSERT DATA { <http://kasei.us/s> a <http://kasei.us/T> }"
USING = [("using-graph-uri", D1), ("using-graph-uri", D2)]
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
    "update_dataset_default_graph": update(UPDATE, ADD, ("using-graph-uri", D1)),
    "update_dataset_default_graphs": update(UPDATE, ADD, *USING),
    "update_dataset_named_graphs": update(UPDATE, ADD, ("using-named-graph-uri", D1)),
    "update_dataset_full": update(UPDATE, ADD, *USING, ("using-named-graph-uri", D3)),
    "update_post_form": update(FORM, "update=CLEAR%20ALL"),
    "update_post_direct": update(UPDATE, "CLEAR ALL"),
    "update_base_uri": update(UPDATE, "CLEAR GRAPH <x> ; INSERT DATA { <a> <b> <c> }"),
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


def test_the_manifest_names_them():
    """34, each of them written here; seven update and one asks with FROM."""
    assert 34 == len(NAMES)
    assert set(NAMES) == set(TESTS)
    failures = [one.failure for one in TESTS.values() if one.failure]
    assert (7, 1) == (failures.count(READ_ONLY), failures.count(FROM))


@pytest.mark.parametrize("name", NAMES)
def test_as_the_protocol_says(endpoint, name):
    """The status, the type and the answer; what is known to fail is refused as we say."""
    asked = TESTS[name]
    headers = {} if asked.kind is None else {"Content-Type": asked.kind}
    response = endpoint.request(
        asked.method, "/sparql", params=asked.params, content=asked.body, headers=headers
    )
    kind = response.headers["content-type"].partition(";")[0]
    if asked.failure:
        assert (403 if asked.failure == READ_ONLY else 400) == response.status_code
        assert "application/problem+json" == kind
    elif asked.bad:
        assert 400 <= response.status_code < 500
    else:
        assert 200 == response.status_code
        assert kind in (asked.types or YES_OR_NO)
        if asked.true:
            assert response.json()["boolean"] is True
