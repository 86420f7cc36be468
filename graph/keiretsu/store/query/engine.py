"""Queries of our own over everything, answered by Oxigraph in this process.

rdflib takes seconds where many claims are compared with many. A stranger's query is never put to an
engine in this process: it cannot be stopped, see `keiretsu.store.query.guarded`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ID
from keiretsu.store.query.answer import Answer
from keiretsu.store.query.guarded_data import lines
from keiretsu.store.query.guarded_text import insert
from keiretsu.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement


class Engine:
    """A copy of statements in Oxigraph, whose default graph has what all graphs say, once.

    Parameters
    ----------
    statements
        Statements without blank nodes, each with its graph.

    Examples
    --------
    >>> a = URIRef("urn:a")
    >>> said = [(a, a, Literal("x"), URIRef(graph)) for graph in ("urn:1", "urn:2")]
    >>> engine = Engine(said)
    >>> engine.query("SELECT ?x { ?s ?p ?x }").rows
    ((rdflib.term.Literal('x'),),)
    >>> len(engine.query("SELECT ?g { GRAPH ?g { ?s ?p ?x } }").rows)
    2
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._store = ox.Store()
        data = "".join(lines(statements)).encode()
        self._store.bulk_load(data, format=ox.RdfFormat.N_QUADS)

    def query(
        self,
        text: str,
        bindings: Mapping[str, Node] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a ``SELECT`` of ours; text and bindings are as in `keiretsu.store.Store.query`.

        Raises
        ------
        InputError
            If it is no ``SELECT`` of SPARQL, or a time limit is asked for.
        """
        if timeout is not None:
            raise InputError("no deadline can be kept here", mend="pass timeout=None")
        asked = insert(text, bindings or {})
        try:
            found = self._store.query(asked, base_iri=ID, prefixes=dict(PREFIXES))
        except SyntaxError as error:
            raise InputError(f"not SPARQL: {error.msg}", place="query") from None
        if not isinstance(found, ox.QuerySolutions):
            raise InputError("only SELECT is answered here", place="query")
        names = tuple(variable.value for variable in found.variables)
        rows = tuple(tuple(map(_node, (row[name] for name in names))) for row in found)
        return Answer(names, rows)


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Node | None:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        return None
    if term.language:
        return Literal(term.value, lang=term.language, normalize=False)
    datatype = URIRef(term.datatype.value)
    plain = datatype == XSD.string
    return Literal(term.value, datatype=None if plain else datatype, normalize=False)
