"""The answer to a query, whole and detached from the store, and its forms as text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Graph, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.formats.defusing import defused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rdflib.query import Result
    from rdflib.term import Node

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPARQL_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave.

    Parameters
    ----------
    variables
        Names of the columns of a ``SELECT``, without question marks.
    rows
        Its rows: RDF terms in the order of `variables`, None where unbound.
    boolean
        The answer of an ``ASK``, None for other queries.
    graph
        The triples of a ``CONSTRUCT`` or ``DESCRIBE``, None for other queries.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    boolean: bool | None = None
    graph: Graph | None = None

    @classmethod
    def of(cls, result: Result) -> Answer:
        """Read a result of rdflib out: it is lazy, and a later write would show in it."""
        if result.type == "ASK":
            return cls(boolean=bool(result.askAnswer))
        if result.graph is not None:
            return cls(graph=result.graph)
        variables = tuple(result.vars or ())
        # not by iterating over the result: that drops rows in which nothing is bound
        rows = tuple(tuple(row.get(name) for name in variables) for row in result.bindings)
        return cls(variables=tuple(map(str, variables)), rows=rows)

    def values(self) -> list[dict[str, str | None]]:
        """Return the rows as dictionaries of plain text.

        Examples
        --------
        >>> Answer(("name",), ((Literal("Nissan"),), (None,))).values()
        [{'name': 'Nissan'}, {'name': None}]
        """
        texts = (tuple(None if t is None else str(t) for t in row) for row in self.rows)
        return [dict(zip(self.variables, row, strict=True)) for row in texts]

    def to(self, form: str) -> str:
        """Return the answer as text.

        Parameters
        ----------
        form
            ``json``, ``csv``, ``tsv`` or ``xml`` for ``SELECT`` (``json`` and ``xml`` for ``ASK``),
            ``turtle`` for ``CONSTRUCT`` and ``DESCRIBE``.

        Raises
        ------
        InputError
            If an answer of this kind has no such form.
        """
        forms: Mapping[str, Callable[[], str]] = {
            "json": self._json,
            "xml": self._xml,
            "csv": lambda: self._table(","),
            "tsv": lambda: self._table("\t"),
        }
        if self.graph is not None:
            forms = {"turtle": self._turtle}
        elif self.boolean is not None:
            forms = {name: forms[name] for name in ("json", "xml")}
        if form not in forms:
            raise InputError(f"this answer has no form {form!r}", mend=f"use {', '.join(forms)}")
        return forms[form]()

    def _turtle(self) -> str:
        # the canonical long form is the one that is byte-stable with blank nodes too
        return (self.graph or Graph()).serialize(format="longturtle", canon=True)

    def _table(self, separator: str) -> str:
        """Write a table that no spreadsheet takes for formulas."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        writer.writerow(self.variables)
        writer.writerows([_cell(term) for term in row] for row in self.rows)
        return text.getvalue()

    def _json(self) -> str:
        """Write SPARQL 1.1 Query Results JSON."""
        answer: dict[str, object] = {"head": {"vars": list(self.variables)}}
        if self.boolean is not None:
            answer = {"head": {}, "boolean": self.boolean}
        else:
            answer["results"] = {
                "bindings": [
                    {
                        name: _json_term(term)
                        for name, term in zip(self.variables, row, strict=True)
                        if term is not None
                    }
                    for row in self.rows
                ]
            }
        return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"

    def _xml(self) -> str:
        """Write SPARQL Query Results XML."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_SPARQL_RESULTS}">']
        names = "".join(f"<variable name={quoteattr(name)}/>" for name in self.variables)
        lines.append(f"<head>{names}</head>")
        if self.boolean is not None:
            lines.append(f"<boolean>{str(self.boolean).lower()}</boolean>")
        else:
            lines.append("<results>")
            for row in self.rows:
                cells = zip(self.variables, row, strict=True)
                found = "".join(_xml_binding(name, t) for name, t in cells if t is not None)
                lines.append(f"<result>{found}</result>")
            lines.append("</results>")
        return "\n".join([*lines, "</sparql>"]) + "\n"


def _cell(term: Node | None) -> str:
    text = "" if term is None else str(term)
    return text if _NUMBER.fullmatch(text) else defused(text)


def _json_term(term: Node) -> dict[str, str]:
    if isinstance(term, Literal):
        kind = {"type": "literal", "value": str(term)}
        if term.language:
            return kind | {"xml:lang": term.language}
        return kind | ({"datatype": str(term.datatype)} if term.datatype else {})
    return {"type": "bnode" if isinstance(term, BNode) else "uri", "value": str(term)}


def _xml_binding(name: str, term: Node) -> str:
    text = escape(_NOT_XML.sub("\ufffd", str(term)))
    if isinstance(term, URIRef):
        inner = f"<uri>{text}</uri>"
    elif isinstance(term, Literal):
        kind = f" datatype={quoteattr(str(term.datatype))}" if term.datatype else ""
        kind = f" xml:lang={quoteattr(term.language)}" if term.language else kind
        inner = f"<literal{kind}>{text}</literal>"
    else:
        inner = f"<bnode>{text}</bnode>"
    return f"<binding name={quoteattr(name)}>{inner}</binding>"
