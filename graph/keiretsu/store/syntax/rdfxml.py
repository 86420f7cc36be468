"""Triples as RDF/XML: sorted, plain, one element for each statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from rdflib import Literal

from keiretsu.errors import InputError
from keiretsu.store.syntax.by_subject import blocks_by_subject
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.syntax.by_subject import Block

_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPLIT: Final = re.compile(r"(.*[/#:])([A-Za-z_][A-Za-z0-9_.-]*)")
_NAMES: Final = {iri: name for name, iri in PREFIXES.items()}


def dataset_to_xml(dataset: Dataset) -> str:
    """Return the default graph of a dataset as RDF/XML.

    Parameters
    ----------
    dataset
        A dataset without blank nodes.

    Returns
    -------
    str
        The same text for the same triples.

    Raises
    ------
    InputError
        If a text holds a character that XML cannot write, or a property has no name in XML.
    """
    return "".join(xml_of(blocks_by_subject(statements(dataset), xml_block)))


def xml_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield RDF/XML of sorted blocks of the default graph, as `dataset_to_xml` writes it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for name, iri in sorted(PREFIXES.items()):
        yield f"\n  xmlns:{name}={quoteattr(iri)}"
    yield ">\n"
    for block in blocks:
        yield block.text
    yield "</rdf:RDF>\n"


def xml_block(
    subject: str,
    said: Iterable[tuple[Node, Node]],
    *,
    in_graph: bool = False,  # noqa: ARG001 - as the other syntaxes
) -> str:
    """Return a block as an element; see `keiretsu.store.syntax.by_subject.WriteBlock`.

    Raises
    ------
    InputError
        As `dataset_to_xml`.
    """
    lines = [f"    {_statement(p, o)}\n" for p, o in sorted((str(p), o) for p, o in said)]
    text = f"  <rdf:Description rdf:about={quoteattr(subject)}>\n{''.join(lines)}"
    return fitting(f"{text}  </rdf:Description>\n")


def fitting(text: str) -> str:
    """Return a text that XML can write.

    Raises
    ------
    InputError
        If it holds a character that XML cannot write.
    """
    if unfit := _UNFIT.search(text):
        problem = f"a text holds {unfit[0]!r}, which XML cannot write"
        raise InputError(problem, mend="use another syntax")
    return text


def _statement(predicate: str, value: Node) -> str:
    found = _SPLIT.fullmatch(predicate)
    if found is None:
        problem = f"the property <{predicate}> has no name in XML"
        raise InputError(problem, mend="use another syntax")
    namespace, local = found.groups()
    name = f"{_NAMES[namespace]}:{local}" if namespace in _NAMES else f"x:{local}"
    opened = name if namespace in _NAMES else f"{name} xmlns:x={quoteattr(namespace)}"
    if not isinstance(value, Literal):
        return f"<{opened} rdf:resource={quoteattr(str(value))}/>"
    kind = ""
    if value.language:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype:
        kind = f" rdf:datatype={quoteattr(str(value.datatype))}"
    # a bare carriage return would be read as the end of a line
    text = escape(str(value), {"\r": "&#13;"})
    return f"<{opened}{kind}>{text}</{name}>"
