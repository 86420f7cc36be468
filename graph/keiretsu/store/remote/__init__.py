"""Claims behind a SPARQL endpoint: read over HTTP, whole or where a question looks."""

from keiretsu.store.remote.asking import RemoteQueries
from keiretsu.store.remote.claims import RemoteClaims
from keiretsu.store.remote.client import SparqlClient
from keiretsu.store.remote.endpoint import Endpoint

__all__ = ["Endpoint", "RemoteClaims", "RemoteQueries", "SparqlClient"]
