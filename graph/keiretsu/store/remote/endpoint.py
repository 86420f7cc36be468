"""An endpoint as it answers: tables, yes or no, triples; each whole, or an error."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox
from rdflib import Graph

from keiretsu.errors import EndpointError
from keiretsu.store.remote.terms import node
from keiretsu.store.syntax.parse import parse_statements
from keiretsu.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from keiretsu.store.remote.client import Reply, SparqlClient

Row = tuple["Node | None", ...]
Field = tuple[str, str]
_Solutions = tuple[tuple[str, ...], list[Row]]

_TABLE: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_STATEMENT: Final = re.compile(rb"^\s*[^#\s]", re.MULTILINE)
"""Virtuoso says that there is none in a comment."""
_MOST_ROWS: Final = "x-sparql-maxrows"
"""The header by which Virtuoso tells that it cut an answer."""
_PARTIAL: Final = "x-sql-state"
"""And that it gave what it had when its time was over."""
_ASKED: Final = "__ASK_RETVAL"
"""The column in which Virtuoso answers ASK."""
_SAMPLE: Final = f'''SELECT ?s ?t {{
  GRAPH ?g {{ ?s a ?t }} FILTER(STRSTARTS(STR(?t), "{ONTOLOGY}"))
}} LIMIT 1'''
_UNITED: Final = (("union-default-graph", "true"),)
"""How Oxigraph is told to ask all graphs together."""
_MOST_GRAPHS: Final = 500


class Table(NamedTuple):
    """The answer of a SELECT.

    Parameters
    ----------
    variables
        Names of its columns.
    rows
        Its rows.
    cut
        Whether the server says that it left out rows.
    """

    variables: tuple[str, ...]
    rows: list[Row]
    cut: bool


class Endpoint:
    """A SPARQL endpoint.

    Parameters
    ----------
    client
        Who speaks to it.
    """

    def __init__(self, client: SparqlClient) -> None:
        self._client = client
        self.is_virtuoso = False
        """Whether it said that it is Virtuoso, which rounds decimals and answers some queries
        otherwise than SPARQL says."""

    @property
    def place(self) -> str:
        """What errors call it."""
        return self._client.place

    def table(
        self, query: str, fields: Sequence[Field] = (), timeout: float | None = None
    ) -> Table:
        """Answer a SELECT, also if the server says that it left out rows.

        Raises
        ------
        EndpointError, DeadlineError
            As `SparqlClient.post`, and if what comes is no table.
        """
        reply = self._post(query, _TABLE, fields, timeout)
        found = self._parsed(reply)
        if isinstance(found, bool):
            raise self._error("answers a SELECT with yes or no", "ask its keeper")
        return Table(*found, _MOST_ROWS in reply.headers)

    def whole_table(
        self, query: str, fields: Sequence[Field] = (), timeout: float | None = None
    ) -> Table:
        """Answer a SELECT with all its rows.

        Raises
        ------
        EndpointError, DeadlineError
            As `table`, and if the server left out rows.
        """
        table = self.table(query, fields, timeout)
        if table.cut:
            raise self._cut(len(table.rows), "rows")
        return table

    def ask(self, query: str, fields: Sequence[Field] = (), timeout: float | None = None) -> bool:
        """Answer an ASK.

        Raises
        ------
        EndpointError, DeadlineError
            As `SparqlClient.post`, and if what comes is neither yes nor no.
        """
        found = self._parsed(self._post(query, _TABLE, fields, timeout))
        if isinstance(found, bool):
            return found
        variables, rows = found
        if variables == (_ASKED,):
            return [str(value) for (value,) in rows] == ["1"]
        raise self._error("answers an ASK with a table", "ask its keeper")

    def graph(
        self, query: str, fields: Sequence[Field] = (), timeout: float | None = None
    ) -> Graph:
        """Answer a CONSTRUCT or a DESCRIBE.

        Raises
        ------
        EndpointError, DeadlineError
            As `SparqlClient.post`, and if the server left out triples.
        InputError
            If what comes is not RDF.
        """
        reply = self._post(query, _TRIPLES, fields, timeout)
        graph = Graph()
        if _STATEMENT.search(reply.data):
            for s, p, o, _ in parse_statements(reply.data, "ntriples", self.place):
                graph.add((s, p, o))
        if _MOST_ROWS in reply.headers:
            raise self._cut(len(graph), "triples")
        return graph

    @cached_property
    def united(self) -> list[Field]:
        """What is sent with a query so that it asks all graphs together, as it would in memory.

        Raises
        ------
        EndpointError
            If that cannot be had here.
        """
        sample = self.table(_SAMPLE).rows
        if not sample:  # there is nothing but the default graph
            return []
        s, t = (term.n3() for term in sample[0] if term is not None)
        for ways in (list, lambda: list(_UNITED), self._all_graphs):
            fields = ways()
            if fields is not None and self.ask(f"ASK {{ {s} a {t} }}", fields):
                return fields
        raise self._error(
            "asks its named graphs only one by one",
            "let its default graph be the union of all, or load its data with 'keiretsu load'",
        )

    def _all_graphs(self) -> list[Field] | None:
        """Name every graph, as the protocol has it; None if that would be too many."""
        query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s a ?t }} }} LIMIT {_MOST_GRAPHS + 1}"
        names = [str(row[0]) for row in self.table(query).rows]
        if len(names) > _MOST_GRAPHS:
            return None
        return [(f"{kind}-graph-uri", name) for kind in ("default", "named") for name in names]

    def _post(
        self, query: str, accept: str, fields: Sequence[Field], timeout: float | None
    ) -> Reply:
        reply = self._client.post([("query", query), *fields], accept, timeout)
        self.is_virtuoso = reply.headers.get("server", "").startswith("Virtuoso")
        if _PARTIAL in reply.headers:
            raise self._error("stopped before the answer was whole", "ask for less")
        return reply

    def _parsed(self, reply: Reply) -> _Solutions | bool:
        found = _solutions(reply.data)
        if found is None:
            raise self._damaged()
        return found

    def _damaged(self) -> EndpointError:
        return self._error("the answer is not whole, or is no table of SPARQL", "try again later")

    def _cut(self, rows: int, what: str) -> EndpointError:
        return self._error(
            f"gives {rows:,} {what} and leaves out the rest", "ask for less, or in parts with LIMIT"
        )

    def _error(self, problem: str, mend: str) -> EndpointError:
        return EndpointError(problem, place=self.place, mend=mend)


def _solutions(data: bytes) -> _Solutions | bool | None:
    """Return the variables and rows of a result in JSON, or yes or no; None if it is broken.

    The parser's own objects must not leave: they may only be freed by the thread that made them.
    """
    try:
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        variables = tuple(variable.value for variable in found.variables)
        return variables, [tuple(node(row[name]) for name in variables) for row in found]
    except (SyntaxError, ValueError):
        return None
