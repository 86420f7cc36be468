"""Terms of an endpoint's answers as rdflib's, in the forms in which the ontology has them.

Engines keep the value of a number or a boolean and not always its form: Oxigraph writes ``100.0``
as ``100``, Virtuoso ``true`` as ``1`` and an integer beyond 32 bits as a decimal. The range of a
property tells what form it was.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import RDFS, XSD, BNode, Literal, URIRef

from keiretsu.resources import ontology_path
from keiretsu.store import literals
from keiretsu.store.syntax.parse import parse_statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from rdflib.term import Node

_BOOLEANS: Final = {"1": "true", "0": "false", "true": "true", "false": "false"}
_WHOLE: Final = re.compile(r"[+-]?\d{1,1000}")
_NUMBERS: Final = (XSD.integer, XSD.decimal)


def node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Node | None:
    """Return a term of an answer; None where nothing is bound.

    Raises
    ------
    ValueError
        If it is a statement as a term, which RDF 1.1 does not have.
    """
    if term is None:
        return None
    kind, value = type(term).__name__, getattr(term, "value", "")
    if kind == "NamedNode":
        return URIRef(value)
    if kind == "BlankNode":
        return BNode(value)
    if kind != "Literal":
        raise ValueError("a statement as a term")
    language, datatype = getattr(term, "language", None), URIRef(term.datatype.value)  # type: ignore[union-attr]
    if language:
        return Literal(value, lang=language, normalize=False)
    if datatype == XSD.string:
        return Literal(value, normalize=False)
    if datatype == XSD.boolean:
        value = _BOOLEANS.get(value, value)
    return Literal(value, datatype=datatype, normalize=False)


def in_range(predicate: URIRef, value: Node) -> Node:
    """Return the value of a property in the form that the property's range has.

    Examples
    --------
    >>> from keiretsu.vocabulary import KEI
    >>> str(in_range(KEI.capitalPercentMin, Literal("15", datatype=XSD.decimal)))
    '15.0'
    >>> in_range(KEI.weak, Literal("1", datatype=XSD.integer)).n3()
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    """
    expected = _ranges().get(predicate)
    if expected is None or not isinstance(value, Literal):
        return value
    lexical = str(value)
    if expected == XSD.boolean and lexical in _BOOLEANS:
        return literals.boolean(_BOOLEANS[lexical] == "true")
    if value.datatype in _NUMBERS and _WHOLE.fullmatch(lexical):
        if expected == XSD.decimal:
            return literals.decimal(Fraction(lexical))
        if expected == XSD.integer:
            return literals.integer(int(lexical))
    return value


@cache
def _ranges() -> Mapping[URIRef, Node]:
    name = "keiretsu.ttl"
    said = parse_statements(ontology_path(name).read_bytes(), "turtle", name)
    return {s: o for s, p, o, _ in said if p == RDFS.range and isinstance(s, URIRef)}
