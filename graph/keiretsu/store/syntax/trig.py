"""TriG that a person can read and a version control system can compare.

rdflib's own serialiser orders by hash and by blank node; this one sorts, so that the same dataset
gives the same bytes on every run.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from keiretsu.errors import InputError
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import KEI, PREFIXES, TERMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from rdflib import Dataset
    from rdflib.term import Node

_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?\d*\.\d+"),
    XSD.boolean: re.compile(r"true|false"),
}
_ESCAPED: Final = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RARE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNSAFE: Final = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_FIRST: Final = (RDF.type, RDFS.label, SKOS.altLabel, KEI.reportedIn)
_ORDER: Final = {str(term): n for n, term in enumerate(dict.fromkeys((*_FIRST, *TERMS.values())))}

Quad = tuple[str, int, str, str, str]
"""Graph, place of the predicate, subject, predicate, object: written, and sorted as text."""


def dataset_to_trig(dataset: Dataset, without: Collection[Node] = ()) -> str:
    """Return a dataset as TriG, sorted, with prefixes and without a clock.

    Parameters
    ----------
    dataset
        A dataset without blank nodes.
    without
        Graphs to leave out.

    Returns
    -------
    str
        The same text for the same dataset, on every run and machine.

    Raises
    ------
    InputError
        If there is a blank node, whose name would differ from run to run.
    """
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items())]
    rows = sorted(_rows(dataset, without), key=itemgetter(0, 2, 1, 3, 4))
    for graph, inside in groupby(rows, key=itemgetter(0)):
        indent = "    " if graph else ""
        lines += ["", f"{graph} {{"] if graph else [""]
        for number, (subject, about) in enumerate(groupby(inside, key=itemgetter(2))):
            lines += [""] if number else []
            lines += _block(subject, list(about), indent)
        lines += ["}"] if graph else []
    return "\n".join(lines) + "\n"


def _block(subject: str, about: list[Quad], indent: str) -> Iterator[str]:
    grouped = [
        (predicate, ", ".join(row[4] for row in rows))
        for predicate, rows in groupby(about, key=itemgetter(3))
    ]
    for number, (predicate, objects) in enumerate(grouped):
        start = f"{subject} " if number == 0 else "    "
        yield f"{indent}{start}{predicate} {objects} {'.' if number + 1 == len(grouped) else ';'}"


def _rows(dataset: Dataset, without: Collection[Node]) -> Iterator[Quad]:
    for s, p, o, graph in statements(dataset, without):
        name = "" if graph is None else term_to_trig(graph)
        place = _ORDER.get(str(p), len(_ORDER))
        predicate = "a" if p == RDF.type else term_to_trig(p)
        yield name, place, term_to_trig(s), predicate, term_to_trig(o)


def dataset_to_nquads(dataset: Dataset, without: Collection[Node] = ()) -> str:
    """Return a dataset as sorted N-Quads.

    Raises
    ------
    InputError
        As `dataset_to_trig`.
    """
    written: dict[Node, str] = {}
    lines = {_line(one, written) for one in statements(dataset, without)}
    return "".join([f"{line}\n" for line in sorted(lines)])


def nquad(quad: Sequence[Node | None]) -> str:
    """Return a statement with its graph as a line of N-Quads, without the line's end.

    Raises
    ------
    InputError
        If a term is a blank node.
    """
    return _line([term for term in quad if term != DATASET_DEFAULT_GRAPH_ID], {})


def nquads(quads: Iterable[Sequence[Node]]) -> list[str]:
    """Return statements in named graphs as sorted lines of N-Quads, each with its end.

    Raises
    ------
    InputError
        If a term is a blank node.
    """
    written: dict[Node, str] = {}
    return sorted({f"{_line(quad, written)}\n" for quad in quads})


def _line(quad: Sequence[Node | None], written: dict[Node, str]) -> str:
    terms = [
        # hashing a literal takes longer than writing it
        _full_literal(one) if type(one) is Literal else written.get(one) or _full(one, written)
        for one in quad
        if one is not None
    ]
    return f"{' '.join(terms)} ."


def _full(term: Node, written: dict[Node, str]) -> str:
    """Return a term in full; an IRI is remembered in `written`."""
    if isinstance(term, URIRef):
        return written.setdefault(term, f"<{term}>")
    return _full_literal(term)


def _full_literal(term: Node) -> str:
    if not isinstance(term, Literal):
        return term_to_trig(term)
    quoted = f'"{escaped(str(term))}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^<{term.datatype}>" if term.datatype else quoted


def term_to_trig(term: Node | None) -> str:
    """Return one term as it is written in Turtle and TriG.

    Raises
    ------
    InputError
        If it is a blank node.
    """
    if isinstance(term, URIRef):
        return _iri(term)
    if isinstance(term, Literal):
        return _literal(term)
    kind = "a blank node" if isinstance(term, BNode) else repr(term)
    raise InputError(f"{kind} cannot be written", mend="give it an IRI")


def _iri(iri: URIRef) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{name}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _literal(literal: Literal) -> str:
    lexical = str(literal)
    if literal.datatype in _BARE and _BARE[literal.datatype].fullmatch(lexical):
        return lexical
    quoted = f'"{escaped(lexical)}"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return f"{quoted}^^{_iri(literal.datatype)}" if literal.datatype else quoted


def escaped(text: str) -> str:
    r"""Return a text as it stands in quotes; the commonest two characters not one by one.

    Examples
    --------
    >>> print(escaped('a "b"'))
    a \"b\"
    """
    if _RARE.search(text):
        return _UNSAFE.sub(_escape, text)
    return text.replace("\\", r"\\").replace('"', r"\"")


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"
