"""The address of an endpoint: what is sent there, and what may be told of it."""

from __future__ import annotations

import ipaddress
import ssl
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import LocationParseError
from urllib3.util import make_headers, parse_url

from keiretsu.errors import EndpointError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS: Final = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where an endpoint is.

    Parameters
    ----------
    scheme, host, port
        The server.
    target
        Path and query, as they are sent.
    headers
        Name and password, if the address holds them.
    """

    scheme: str
    host: str
    port: int
    target: str
    headers: Mapping[str, str]

    @classmethod
    def of(cls, url: str) -> Address:
        """Read an address; a name and a password before the host are sent as such.

        Raises
        ------
        InputError
            If it is not one of HTTP, or would send a password unencrypted to another machine.

        Examples
        --------
        >>> Address.of("https://ann:secret@example.org/sparql?key=1").place
        'https://example.org/sparql'
        """
        try:
            found = parse_url(url)
        except LocationParseError:
            raise _no_address() from None
        if found.scheme not in _PORTS or not found.host or not url.isprintable():
            raise _no_address()
        host, port = found.host.strip("[]"), found.port or _PORTS[found.scheme]
        secret = {} if not found.auth else make_headers(basic_auth=unquote(found.auth))
        if secret and found.scheme == "http" and not _is_here(host):
            raise InputError(
                "a password would go unencrypted to another machine",
                place=f"http://{found.host}",
                mend="use https",
            )
        return cls(found.scheme, host, port, found.request_uri, secret)

    @property
    def place(self) -> str:
        """What errors call it: without name, password and parameters, which may be secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target.partition('?')[0]}"

    def connection(self, timeout: float) -> HTTPConnection:
        """Return a connection that is not open yet; one of TLS checks who answers."""
        if self.scheme == "http":
            return HTTPConnection(self.host, self.port, timeout=timeout)
        context = ssl.create_default_context()
        return HTTPSConnection(self.host, self.port, timeout=timeout, ssl_context=context)

    def redirected(self, location: str) -> Address:
        """Return where the same server sends a request.

        Raises
        ------
        EndpointError
            If it is another server.
        """
        try:
            found = Address.of(urljoin(f"{self.place}", location))
        except InputError:
            found = None
        if found is None or found[:3] != self[:3]:
            raise EndpointError(
                "sends the query to another server, which is not followed",
                place=self.place,
                mend="name the address of that server if you trust it",
            )
        return found._replace(headers=self.headers)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _no_address() -> InputError:
    return InputError(
        "the endpoint's address cannot be read", mend="write it like https://host/sparql"
    )
