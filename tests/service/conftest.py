"""A server on loopback for the tests that speak HTTP to it."""

import socket
import threading
import time

import httpx
import pytest

from keiretsu import OwnershipGraph
from keiretsu.errors import QueryRefusedError
from keiretsu.service import Settings, application
from keiretsu.service.serving import server
from keiretsu.store.query.guarded import run_guarded
from keiretsu.store.query.guarded_data import EngineData

BOOK = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<party/ada> a kei:Person ; rdfs:label "Ada" .
<party/works> a kei:Company ; rdfs:label "Works" .
<party/shop> a kei:Company ; rdfs:label "Shop" .
<claim/1> a kei:Holding ; kei:holder <party/ada> ; kei:issuer <party/works> ;
    kei:capitalPercentMin 60.0 ; kei:capitalPercentMax 60.0 .
<claim/2> a kei:Holding ; kei:holder <party/works> ; kei:issuer <party/shop> ;
    kei:capitalPercentMin 50.1 ; kei:capitalPercentMax 50.1 .
"""


@pytest.fixture(scope="session")
def isolated():
    """Whether this system can keep a query off the network."""
    try:
        run_guarded(EngineData([]), "ASK {}", require_isolation=True)
    except QueryRefusedError:
        return False
    return True


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """Return a small graph, loaded from a file."""
    path = tmp_path_factory.mktemp("service") / "book.ttl"
    path.write_text(BOOK, encoding="utf-8")
    return OwnershipGraph.open(path)


@pytest.fixture(scope="session")
def start(isolated):
    """Return a function that starts a server over a graph and returns its address."""
    running = []

    def started(graph, writable=None, **settings):
        allowed = Settings(require_isolation=isolated, **settings)
        app = application(graph, allowed, writable)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        one = server(app, connections=allowed.connections)
        thread = threading.Thread(target=one.run, args=([listening],), daemon=True)
        thread.start()
        running.append((one, thread))
        deadline = time.monotonic() + 20
        while not one.started and time.monotonic() < deadline:
            time.sleep(0.01)
        assert one.started
        return f"http://127.0.0.1:{port}"

    yield started
    for one, _ in running:
        one.should_exit = True
    for _, thread in running:
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(start, book):
    """Return the address of a server over the small graph."""
    return start(book, timeout=5)


@pytest.fixture
def client(address):
    """Return an HTTP client of that server."""
    with httpx.Client(base_url=address, timeout=30) as found:
        yield found
