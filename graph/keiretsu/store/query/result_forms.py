"""The forms in which SPARQL's own standards want an answer, by media type.

Here a table holds what was asked for and nothing else: programs read it. The tables of
`keiretsu.store.query.answer.Answer.to` are for spreadsheets, and defuse formulas.

Sources: SPARQL 1.1 Query Results JSON, XML, CSV and TSV Formats (W3C, 2013).
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Graph, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rdflib.term import Node

    from keiretsu.store.query.answer import Answer

SELECT_TYPES: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
    "text/xml",
)
ASK_TYPES: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "application/json",
    "application/xml",
    "text/xml",
)
GRAPH_TYPES: Final = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "text/plain",
)
_SHORT: Final = re.compile(r"[+-]?\d+")


def media_types(answer: Answer) -> tuple[str, ...]:
    """Return the media types that an answer can have, the preferred one first."""
    if answer.graph is not None:
        return GRAPH_TYPES
    return SELECT_TYPES if answer.boolean is None else ASK_TYPES


def written_as(answer: Answer, media_type: str) -> str:
    r"""Return an answer in the form of a media type, one of `media_types`.

    Examples
    --------
    >>> from keiretsu.store.query.answer import Answer
    >>> from rdflib import Literal
    >>> one = Answer(("x", "y"), ((Literal("=1+1"), None), (Literal(7), URIRef("urn:a"))))
    >>> written_as(one, "text/csv")
    'x,y\r\n=1+1,\r\n7,urn:a\r\n'
    >>> print(written_as(one, "text/tab-separated-values"), end="")
    ?x ?y
    "=1+1"
    7  <urn:a>
    """
    forms: Mapping[str, Callable[[], str]] = {
        "text/csv": lambda: _csv(answer),
        "text/tab-separated-values": lambda: _tsv(answer),
        "application/sparql-results+json": lambda: answer.to("json"),
        "application/json": lambda: answer.to("json"),
    }
    if answer.graph is not None and media_type != "text/turtle":
        return _graph(answer.graph, media_type)
    if answer.graph is not None:
        return answer.to("turtle")
    return forms.get(media_type, lambda: answer.to("xml"))()


def _csv(answer: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(answer.variables)
    writer.writerows([_plain(term) for term in row] for row in answer.rows)
    return text.getvalue()


def _plain(term: Node | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _tsv(answer: Answer) -> str:
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join(map(_turtle, row)) for row in answer.rows]
    return "\n".join([*lines, ""])


def _turtle(term: Node | None) -> str:
    """Return a term as Turtle has it, on one line and without tabs."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        if str(term.datatype).endswith("#integer") and _SHORT.fullmatch(str(term)):
            return str(term)
        return _quoted(term)
    return f"<{term}>" if isinstance(term, URIRef) else f"_:{term}"


def _quoted(term: Literal) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    text = "".join(escapes.get(sign, sign) for sign in str(term))
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^<{term.datatype}>' if term.datatype else f'"{text}"'


def _graph(graph: Graph, media_type: str) -> str:
    names = {"application/ld+json": "json-ld", "application/n-triples": "nt", "text/plain": "nt"}
    form = names.get(media_type, "xml")
    text = graph.serialize(format=form)
    if form == "nt":  # by line, so that the same answer has the same bytes
        return "".join(f"{line}\n" for line in sorted(filter(None, text.split("\n"))))
    return text
