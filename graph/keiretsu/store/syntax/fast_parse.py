"""Oxigraph's parser, for what it reads as rdflib's does, in a fraction of the time.

rdflib's parser stays the judge: whatever Oxigraph refuses, and whatever the two read differently,
is left to it, so that statements and errors are the same whichever of them did the work. (But for
a decimal of less than a millionth without quotes, which rdflib takes for one with an exponent.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import RDF, XSD, BNode, Literal, URIRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement

_FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
_WITH_BASE: Final = ("turtle", "trig")
_MOST_NESTED: Final = 100
_BRACKET: Final = re.compile(r"[\[\]()]")

# Where the text alone tells that the two may differ. Oxigraph forgets whether xsd:string was
# written and in which case a language was, and resolves bases and dots by the letter of RFC 3986.
# A match inside a quoted text costs time and nothing else. No part can begin again inside itself,
# so that the search takes a time in proportion to the text, whatever a stranger writes.
_READ_OTHERWISE: Final = re.compile(
    r"""
      \^\^\s*[^\s"^]*string                   # xsd:string
    | \#s(?:t(?:r(?:in?)?)?)?>                # its name cut in two by a prefix
    | @[A-Za-z0-9-]*[A-Z]                    # a language in capitals
    | @base\b | \b[Bb][Aa][Ss][Ee]\s*<       # another base
    | <(?:[^<>"\s]*/)?\.\.?[/?\#>]           # dots to resolve
    | <[^<>"\s]*\\                           # escapes in an IRI
    | \b[Vv][Ee][Rr][Ss][Ii][Oo][Nn]\s*["']  # of RDF 1.2, which rdflib does not read
    """,
    re.VERBOSE,
)
_REIFIES: Final = f"{RDF}reifies"
_MOST_DIGITS: Final = 1000
_INTEGER: Final = re.compile(r"0|-?[1-9]\d*")
_DECIMAL: Final = re.compile(r"-?(0|[1-9]\d*)\.\d+")


class _DiffersError(Exception):
    """A term that rdflib would read otherwise."""


def parse_fast(text: str, syntax: str, base: str) -> list[Statement] | None:
    """Return the different statements of a document; None if rdflib must read it.

    Parameters
    ----------
    text
        The document.
    syntax
        ``turtle``, ``trig``, ``nquads`` or ``ntriples``; others are rdflib's.
    base
        What relative IRIs of the first two are relative to.

    Examples
    --------
    >>> [(str(s), str(o)) for s, _, o, _ in parse_fast("<a> <b> 43.40 .", "turtle", "urn:x/")]
    [('urn:x/a', '43.40')]
    >>> parse_fast("<a> <b> +043.40 .", "turtle", "urn:x/") is None
    True
    """
    if syntax not in _FORMATS or _READ_OTHERWISE.search(text) or _nesting(text) > _MOST_NESTED:
        return None
    terms = _Terms()
    try:
        quads = ox.parse(
            text.encode(),
            _FORMATS[syntax],
            base_iri=base if syntax in _WITH_BASE else None,
        )
        return list(dict.fromkeys(map(terms.statement, quads)))
    except (SyntaxError, ValueError, _DiffersError):
        return None


def _nesting(text: str) -> int:
    """Return how deep brackets go; those in quoted texts count as well."""
    depth = most = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[(" else max(depth - 1, 0)
        most = max(most, depth)
    return most


class _Terms:
    """Oxigraph's terms as rdflib's, each made once."""

    def __init__(self) -> None:
        self._iris: dict[str, URIRef] = {}
        self._literals: dict[tuple[str, str, str | None], Literal] = {}

    def statement(self, quad: ox.Quad) -> Statement:
        if quad.predicate.value == _REIFIES:  # a statement about a statement: RDF 1.2
            raise _DiffersError
        return (
            self._term(quad.subject),
            self._iri(quad.predicate.value),
            self._term(quad.object),
            self._graph(quad.graph_name),
        )

    def _graph(self, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Node | None:
        return None if isinstance(name, ox.DefaultGraph) else self._term(name)

    def _term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if isinstance(term, ox.BlankNode):
            return BNode(term.value)
        raise _DiffersError  # a statement as a term: RDF 1.2

    def _iri(self, value: str) -> URIRef:
        found = self._iris.get(value)
        if found is None:
            found = self._iris[value] = URIRef(value)
        return found

    def _literal(self, literal: ox.Literal) -> Literal:
        if getattr(literal, "direction", None) is not None:
            raise _DiffersError  # a text with a direction: RDF 1.2
        key = (literal.value, literal.datatype.value, literal.language)
        found = self._literals.get(key)
        if found is None:
            found = self._literals[key] = self._made(*key)
        return found

    def _made(self, lexical: str, datatype: str, language: str | None) -> Literal:
        if language is not None:
            return Literal(lexical, lang=language, normalize=False)
        kind = self._iri(datatype)
        if kind == XSD.string:
            return Literal(lexical, normalize=False)
        if _rewritten(lexical, kind):
            raise _DiffersError
        return Literal(lexical, datatype=kind, normalize=False)


def _rewritten(lexical: str, datatype: URIRef) -> bool:
    """Return whether rdflib writes a number without quotes otherwise than it stands there."""
    if len(lexical) > _MOST_DIGITS and datatype in (XSD.integer, XSD.decimal):
        return True
    if datatype == XSD.integer:
        return _INTEGER.fullmatch(lexical) is None
    if datatype == XSD.decimal:
        return _DECIMAL.fullmatch(lexical) is None
    return datatype == XSD.double
