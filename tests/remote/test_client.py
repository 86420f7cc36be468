"""What a server may do to a client: be silent, drip, lie, break off, send it elsewhere."""

import contextlib
import socket
import threading
import time

import pytest
from tests.remote.servers import free_port

from keiretsu import OwnershipGraph
from keiretsu.errors import DeadlineError, EndpointError, InputError
from keiretsu.store.remote import Endpoint, SparqlClient
from keiretsu.store.remote.address import Address

TABLE = b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}'
ROW = b'{"s":{"type":"uri","value":"urn:a"}}'


def http(body, status="200 OK", kind="application/sparql-results+json", length=None, more=""):
    """Return a response as it goes over the wire."""
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{more}\r\n"
    return head.encode() + body


def _request(connection):
    """Read a request to its end: whoever closes before that breaks off what was sent."""
    request = connection.recv(65536).decode()
    head, _, body = request.partition("\r\n\r\n")
    size = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0])
    while len(body) < size:
        body += connection.recv(65536).decode()
    return f"{head}\r\n\r\n{body}"


@contextlib.contextmanager
def answering(*parts, pause=0.0):
    """Answer every request with the same bytes, in parts; give the address and the requests."""
    requests = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def one(connection):
            with connection, contextlib.suppress(OSError):
                requests.append(_request(connection))
                for part in parts:
                    connection.sendall(part)
                    over.wait(pause)

        def serve():
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = listening.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/sparql", requests
        finally:
            over.set()
            thread.join()


def table(address, **options):
    return Endpoint(SparqlClient(address, timeout=5, **options)).table("SELECT ?s { ?s a ?t }")


def test_a_table_is_read_and_the_query_goes_as_a_form():
    with answering(http(TABLE % ROW)) as (address, requests):
        assert [str(row[0]) for row in table(address).rows] == ["urn:a"]
    (request,) = requests
    assert request.startswith("POST /sparql HTTP/1.1\r\n")
    assert "application/x-www-form-urlencoded" in request
    assert request.endswith("\r\n\r\nquery=SELECT+%3Fs+%7B+%3Fs+a+%3Ft+%7D")


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (http(TABLE % ROW, length=9999), "breaks off"),
        (http((TABLE % ROW)[:-3]), "not whole"),
        (http(b"not json"), "not whole"),
        (http(b'{"head":{"vars":["s"]},"x":' + b"[" * 200_000), "not whole"),
        (http(TABLE % b'{"s":{"type":"uri","value":"a b"}}'), "not whole"),
        (http(b'{"head":{},"boolean":true}'), "yes or no"),
        (http(b"<html>", kind="text/html"), "answers with text/html"),
        (http(b"", kind=""), "answers with nothing"),
        (http(b"x", more="Content-Encoding: gzip\r\n"), "compresses"),
        (http(b"", "404 Not Found"), "no endpoint here"),
        (http(b"", "401 Unauthorized"), "does not let us in"),
        (http(b"bad\x1b[31m query", "400 Bad Request", "text/plain"), r"\(400: bad \[31m query\)"),
        (
            http(b'{"detail": "too many rows"}', "400 Bad Request", "application/problem+json"),
            "too many rows",
        ),
        (http(b"", "500 Internal Server Error"), r"cannot answer \(500\)"),
        (http(TABLE % ROW, more="X-SQL-State: S1TAT\r\n"), "stopped before the answer was whole"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "breaks off"),
        (b"", "breaks off"),
    ],
    ids=range(17),
)
def test_what_is_no_whole_answer_is_an_error_of_one_line(response, message):
    with (
        answering(response) as (address, requests),
        pytest.raises(EndpointError, match=message) as caught,
    ):
        table(address)
    assert str(caught.value).startswith(f"{address}: ")
    assert str(caught.value).isprintable()
    assert len(requests) == 1  # nothing is asked twice


def test_an_answer_that_is_too_large_is_not_read_to_its_end():
    body = TABLE % b",".join([ROW] * 100_000)
    with answering(http(body)) as (address, _), pytest.raises(EndpointError, match="more than"):
        table(address, most_bytes=100_000)


@pytest.mark.parametrize(
    "parts",
    [
        [b""],
        [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 60],
        [b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n", *[b" "] * 60],
    ],
    ids=["silent", "drips headers", "drips a body"],
)
def test_a_server_that_takes_too_long_is_left_at_the_deadline(parts):
    with answering(*parts, pause=0.1 if len(parts) > 1 else 6) as (address, _):
        began = time.monotonic()
        with pytest.raises(DeadlineError, match=r"no whole answer in 0\.5 s"):
            Endpoint(SparqlClient(address, timeout=0.5)).ask("ASK {}")
        assert time.monotonic() - began < 4


def test_a_port_on_which_nobody_listens():
    address = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(EndpointError, match=r"cannot be reached .*refused.*; start it"):
        OwnershipGraph.open(endpoint=address).query("ASK {}")


def test_a_redirect_is_followed_on_the_same_server_alone():
    with answering(http(TABLE % ROW)) as (elsewhere, untouched):
        moved = http(b"", "307 Temporary Redirect", more=f"Location: {elsewhere}\r\n")
        with (
            answering(moved) as (address, _),
            pytest.raises(EndpointError, match="another server"),
        ):
            table(address)
        assert untouched == []
    round_about = http(b"", "308 Permanent Redirect", more="Location: /sparql/\r\n")
    with answering(round_about) as (address, requests):
        with pytest.raises(EndpointError, match="redirects without end"):
            table(address)
        assert [request.split()[1] for request in requests] == ["/sparql", *["/sparql/"] * 3]


def test_a_password_is_sent_and_never_told():
    with answering(http(b"", "403 Forbidden")) as (address, requests):
        secret = address.replace("127", "ann:s%40crt@127") + "?key=hidden"
        with pytest.raises(EndpointError) as caught:
            table(secret)
    assert "Authorization: Basic " in requests[0].title()
    assert "?key=hidden" in requests[0]
    for word in ("ann", "s%40crt", "s@crt", "hidden"):
        assert word not in str(caught.value)
    with pytest.raises(InputError, match="unencrypted") as refused:
        SparqlClient("http://ann:secret@example.org/sparql")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["ftp://a/b", "http://", "http://[::1", "https://a\n.org/", "x"])
def test_what_is_no_address(url):
    with pytest.raises(InputError, match="write it like"):
        Address.of(url)


def test_an_endpoint_that_cuts_without_a_word():
    """It counts three and gives one: whatever is asked, that is an error and no answer."""
    count = http(
        b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"3"}}]}}'
    )
    with answering(count) as (address, _):
        graph = OwnershipGraph.open(endpoint=address)
        with pytest.raises(EndpointError, match="counts 3 rows and gives 1"):
            graph.snapshot("2019-09-03")


def test_an_endpoint_beside_files_is_refused():
    with pytest.raises(InputError, match="endpoint"):
        OwnershipGraph.open("a.csv", endpoint="https://example.org/sparql")
    with pytest.raises(InputError, match="endpoint="):
        OwnershipGraph.open("https://example.org/sparql")
