"""What one client does must not be felt by another."""

import json
import threading
import time

import anyio
import httpx
import pytest
from starlette.requests import Request

from keiretsu.service.body import read_body
from keiretsu.service.faults import RequestFaultError

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
LIMIT = 1.0


def test_a_runaway_query_ends_and_others_are_served(start, book):
    """A cross product is stopped at its deadline while another client gets answers."""
    address = start(book, timeout=LIMIT)
    told, served = [], []

    def run_away():
        for _ in range(2):
            began = time.monotonic()
            response = httpx.get(f"{address}/sparql", params={"query": CROSS}, timeout=60)
            told.append((response.status_code, response.json()["detail"], time.monotonic() - began))

    runner = threading.Thread(target=run_away)
    runner.start()
    while runner.is_alive():
        served.append(httpx.get(f"{address}/health", timeout=60).json())
        time.sleep(0.05)
    runner.join()
    assert [(504, "stopped after 1 s")] * 2 == [one[:2] for one in told]
    assert served.count({"status": "ok"}) == len(served) > 2


def test_too_many_at_once_are_sent_away(start, book):
    """When all places are taken, the next one is told to come back; then all is as before."""
    address = start(book, timeout=3 * LIMIT, workers=1, waiting=1)
    statuses = []

    def ask():
        response = httpx.get(f"{address}/sparql", params={"query": CROSS}, timeout=60)
        statuses.append((response.status_code, response.headers.get("retry-after")))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(504, None), (503, "5")} == set(statuses)
    response = httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=60)
    assert 200 == response.status_code


def test_rows_are_bounded(start, book):
    """An answer with too many rows is refused, not cut."""
    address = start(book, rows=3)
    response = httpx.get(f"{address}/sparql", params={"query": "SELECT * { ?s ?p ?o }"}, timeout=60)
    assert 400 == response.status_code
    assert "more than 3 rows" in response.json()["detail"]


def test_headers_of_every_response(client):
    """Nothing may be framed, sniffed or loaded; no page of another origin may read."""
    for path in ("/health", "/sparql?query=x", "/nothing", "/api/info"):
        headers = client.get(path, headers={"Origin": "https://evil.example"}).headers
        assert "nosniff" == headers["x-content-type-options"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_origins_that_are_allowed(start, book):
    """Only a named origin may read."""
    address = start(book, origins=("https://paper.example",))
    for origin, allowed in (("https://paper.example", True), ("https://evil.example", False)):
        headers = httpx.get(f"{address}/health", headers={"Origin": origin}).headers
        assert allowed is (headers.get("access-control-allow-origin") == origin)


def test_the_log_has_no_data(client, caplog):
    """What was asked is not logged."""
    with caplog.at_level("INFO", logger="keiretsu.service"):
        client.get("/api/control", params={"by": "Ada"})
        client.get("/sparql", params={"query": "ASK { ?secret ?b ?c }"})
    lines = [record.getMessage() for record in caplog.records if record.name == "keiretsu.service"]
    told = map(json.loads, lines)  # a request that was refused before may come to its end meanwhile
    assert ["/api/control", "/sparql"] == [one["route"] for one in told if one["status"] == 200]
    assert not any("Ada" in line or "secret" in line for line in lines)


def test_a_request_that_breaks_off_is_a_fault_and_no_crash():
    """Whoever goes away in the middle of a request leaves a line in the log, and no traceback."""

    async def gone():
        return {"type": "http.disconnect"}

    request = Request({"type": "http", "method": "POST", "headers": []}, gone)
    with pytest.raises(RequestFaultError) as fault:
        anyio.run(read_body, request, 100, 1.0)
    assert (400, "the connection was closed before the request was whole") == (
        fault.value.status,
        fault.value.problem,
    )
