"""A client of the SPARQL 1.1 Protocol that trusts no server.

An answer comes within its time and its size, whole and in the form that was asked for, or it is an
error in one line. Nothing is asked twice, no other server is followed, no proxy is used.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from urllib3.exceptions import HTTPError

from keiretsu import __version__
from keiretsu.errors import DeadlineError, EndpointError
from keiretsu.store.remote.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

TIMEOUT: Final = 60.0
MOST_BYTES: Final = 128 << 20
_REDIRECTED: Final = (301, 302, 307, 308)
_MOST_REDIRECTS: Final = 3
_PART: Final = 1 << 16
_MOST_SAID: Final = 200
_AT_LEAST: Final = 0.001
_ERRNO: Final = re.compile(r"\[Errno -?\d+\] ")
_TOLD: Final = ("text/plain", "application/problem+json")


class Reply(NamedTuple):
    """What a server answered.

    Parameters
    ----------
    media_type
        The form, without its parameters.
    data
        The body, whole.
    headers
        Headers by their names in small letters.
    """

    media_type: str
    data: bytes
    headers: Mapping[str, str]


class SparqlClient:
    """Sends queries to one endpoint.

    Parameters
    ----------
    url
        The address of its queries. A name and a password in it are sent, and never told.
    timeout
        Seconds that an answer may take.
    most_bytes
        Size that an answer may have.

    Raises
    ------
    InputError
        If the address cannot be read.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT, most_bytes: int = MOST_BYTES) -> None:
        self._address, self._timeout, self._most_bytes = Address.of(url), timeout, most_bytes

    @property
    def place(self) -> str:
        """What errors call the endpoint."""
        return self._address.place

    def post(
        self, fields: Sequence[tuple[str, str]], accept: str, timeout: float | None = None
    ) -> Reply:
        """Send a query as a form, which every endpoint takes, and return the answer.

        Parameters
        ----------
        fields
            Names and values of the protocol: ``query``, ``default-graph-uri``.
        accept
            The media type that the answer must have.
        timeout
            Seconds; those of the client if not given.

        Raises
        ------
        EndpointError
            If it cannot be reached, refuses, redirects to another server, or gives an answer that
            is not whole, is too large or in another form.
        DeadlineError
            If the time is over.
        """
        seconds = timeout or self._timeout
        until = time.monotonic() + seconds
        address, body = self._address, urlencode(fields).encode()
        for _ in range(_MOST_REDIRECTS + 1):
            with self._exchange(address, body, accept, until, seconds) as response:
                location = response.headers.get("location")
                if response.status in _REDIRECTED and location:
                    address = address.redirected(location)
                    continue
                return self._reply(response, accept)
        raise self._error("redirects without end", "name the address of its queries")

    @contextmanager
    def _exchange(
        self, address: Address, body: bytes, accept: str, until: float, seconds: float
    ) -> Iterator[BaseHTTPResponse]:
        """Give the response to a request; the connection ends with the block, or in time."""
        connection = address.connection(max(until - time.monotonic(), _AT_LEAST))
        ender = _Ender()
        headers = {
            "Accept": accept,
            "Accept-Encoding": "identity",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"keiretsu/{__version__}",
            **address.headers,
        }
        try:
            connection.connect()
            with ender.watching(connection, max(until - time.monotonic(), _AT_LEAST)):
                connection.request("POST", address.target, body, headers, preload_content=False)
                yield connection.getresponse()
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if ender.ended or _is_late(error):
                raise self._late(seconds) from None
            if isinstance(error, EndpointError):
                raise
            if ender.began:
                raise self._error("the answer breaks off", "try again later") from None
            raise self._unreached(error) from None
        finally:
            connection.close()
        if ender.ended:  # what came looked like an end
            raise self._late(seconds)

    def _reply(self, response: BaseHTTPResponse, accept: str) -> Reply:
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not 200 <= response.status < 300:  # noqa: PLR2004 - success of HTTP
            raise self._refused(response, media_type)
        if media_type != accept:
            raise self._error(
                f"answers with {_shown(media_type) or 'nothing'} instead of {accept}",
                "name the address of its queries, such as https://host/sparql",
            )
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise self._error("compresses though it was asked not to", "ask its keeper")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(media_type, self._read(response), headers)

    def _read(self, response: BaseHTTPResponse) -> bytes:
        parts, size = [], 0
        for part in response.stream(_PART, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > self._most_bytes:
                raise self._error(
                    f"answers with more than {self._most_bytes:,} bytes", "ask for less"
                )
        return b"".join(parts)

    def _refused(self, response: BaseHTTPResponse, media_type: str) -> EndpointError:
        said = ""
        if media_type in _TOLD:
            said = _said(next(iter(response.stream(_PART, decode_content=False)), b""))
        status = f"{response.status}: {said}" if said else str(response.status)
        match response.status:
            case 401 | 403:
                mend = "put name and password before the host: https://NAME:PASSWORD@host/..."
                return self._error(f"does not let us in ({status})", mend)
            case 404 | 405:
                mend = "name the address of its queries, such as https://host/sparql"
                return self._error(f"there is no endpoint here ({status})", mend)
            case 400:
                return self._error(f"does not take the query ({status})", "put it in another way")
        return self._error(f"cannot answer ({status})", "ask for less, or try again later")

    def _unreached(self, error: Exception) -> EndpointError:
        reason = _shown(_ERRNO.sub("", str(error).rpartition(": ")[2]))
        return self._error(f"cannot be reached ({reason})", "start it, or correct the address")

    def _late(self, seconds: float) -> DeadlineError:
        return DeadlineError(
            f"gave no whole answer in {seconds:g} s",
            place=self.place,
            mend="ask for less, or allow more time",
        )

    def _error(self, problem: str, mend: str) -> EndpointError:
        return EndpointError(problem, place=self.place, mend=mend)


class _Ender:
    """Ends a connection from another thread: a timeout of single reads does not end the whole."""

    def __init__(self) -> None:
        self.began = self.ended = False

    @contextmanager
    def watching(self, connection: HTTPConnection, seconds: float) -> Iterator[None]:
        """End a connection if the block takes longer."""
        timer = threading.Timer(seconds, self._end, [connection.sock])
        timer.daemon = True
        timer.start()
        self.began = True
        try:
            yield
        finally:
            timer.cancel()

    def _end(self, sock: socket.socket) -> None:
        self.ended = True
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # also beneath TLS


def _is_late(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or "timed out" in str(error)


def _said(body: bytes) -> str:
    """Return what a server says of its refusal, in one short line of visible characters."""
    text = body.decode("utf-8", errors="replace")
    try:
        told = json.loads(text)
        text = str(told["detail"]) if isinstance(told, dict) and "detail" in told else text
    except (ValueError, RecursionError):
        pass  # no JSON: it is said in plain words
    return _shown(text.strip().partition("\n")[0])


def _shown(text: str) -> str:
    visible = "".join(char if char.isprintable() else " " for char in text)
    return visible if len(visible) <= _MOST_SAID else visible[:_MOST_SAID] + "..."


__all__ = ["MOST_BYTES", "TIMEOUT", "Reply", "SparqlClient"]
