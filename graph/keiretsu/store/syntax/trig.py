"""TriG that a person can read and a version control system can compare.

rdflib's own serialiser orders by hash and by blank node; this one sorts, so that the same dataset
gives the same bytes on every run.
"""

from __future__ import annotations

import re
from itertools import groupby, starmap
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from keiretsu.errors import InputError
from keiretsu.store.syntax.by_subject import blocks_by_subject
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import KEI, PREFIXES, TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from rdflib import Dataset
    from rdflib.term import Node

    from keiretsu.store.syntax.by_subject import Block

_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?\d*\.\d+"),
    XSD.boolean: re.compile(r"true|false"),
}
_ESCAPED: Final = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RARE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_COMMON: Final = bytes(range(0x20, 0x7F))
_UNSAFE: Final = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
_FIRST: Final = (RDF.type, RDFS.label, SKOS.altLabel, KEI.reportedIn)
_ORDER: Final = {str(term): n for n, term in enumerate(dict.fromkeys((*_FIRST, *TERMS.values())))}

_NAMES: Final = {iri: name for name, iri in PREFIXES.items()}


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
    said = statements(dataset, without)
    return "".join(trig_of(blocks_by_subject(said, trig_block, key=term_to_trig)))


def trig_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield TriG, or Turtle where nothing lies in a graph, of blocks sorted as they are written."""
    for name, iri in sorted(PREFIXES.items()):
        yield f"@prefix {name}: <{iri}> .\n"
    for graph, inside in groupby(blocks, key=itemgetter(0)):
        yield f"\n{graph} {{\n" if graph else "\n"
        for number, block in enumerate(inside):
            yield f"\n{block.text}" if number else block.text
        if graph:
            yield "}\n"


def trig_block(subject: str, said: Iterable[tuple[Node, Node]], *, in_graph: bool) -> str:
    """Return a block as Turtle; see `keiretsu.store.syntax.by_subject.WriteBlock`."""
    grouped = [
        (predicate, ", ".join(pair[2] for pair in pairs))
        for predicate, pairs in groupby(sorted(starmap(_pair, said)), key=itemgetter(1))
    ]
    indent, text = "    " if in_graph else "", []
    for number, (predicate, objects) in enumerate(grouped):
        start = f"{iri_to_trig(subject)} " if number == 0 else "    "
        end = "." if number + 1 == len(grouped) else ";"
        text.append(f"{indent}{start}{predicate} {objects} {end}\n")
    return "".join(text)


def _pair(p: Node, o: Node) -> tuple[int, str, str]:
    """Return the place of a predicate, and both as they are written: a block is sorted so."""
    predicate = "a" if p == RDF.type else term_to_trig(p)
    return _ORDER.get(str(p), len(_ORDER)), predicate, term_to_trig(o)


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
        return iri_to_trig(term)
    if isinstance(term, Literal):
        return _literal(term)
    kind = "a blank node" if isinstance(term, BNode) else repr(term)
    raise InputError(f"{kind} cannot be written", mend="give it an IRI")


def iri_to_trig(iri: str) -> str:
    """Return an IRI as it is written in Turtle and TriG.

    Examples
    --------
    >>> iri_to_trig("http://www.w3.org/2004/02/skos/core#note"), iri_to_trig("urn:a")
    ('skos:note', '<urn:a>')
    """
    # all our namespaces end in one of the two, and a local name has neither
    at = max(iri.rfind("/"), iri.rfind("#")) + 1
    name = _NAMES.get(iri[:at])
    if name is not None and _LOCAL.fullmatch(iri, at):
        return f"{name}:{iri[at:]}"
    return f"<{iri}>"


def _literal(literal: Literal) -> str:
    lexical = str(literal)
    if literal.datatype in _BARE and _BARE[literal.datatype].fullmatch(lexical):
        return lexical
    quoted = f'"{escaped(lexical)}"'
    if literal.language:
        return f"{quoted}@{literal.language}"
    return f"{quoted}^^{iri_to_trig(literal.datatype)}" if literal.datatype else quoted


def escaped(text: str) -> str:
    r"""Return a text as it stands in quotes; the commonest two characters not one by one.

    Examples
    --------
    >>> print(escaped('a "b"'))
    a \"b\"
    """
    if _is_rare(text):
        return _UNSAFE.sub(_escape, text)
    if _QUOTED is not None and len(text) > _LONG and text.isascii():
        return _QUOTED(text)[1:-1].decode()  # JSON escapes the two in the same way
    return text.replace("\\", r"\\").replace('"', r"\"")


def _is_rare(text: str) -> bool:
    """Return whether a text has a character other than the commonest two that is escaped."""
    if text.isascii():  # a search takes some times as long
        return bool(text.encode().translate(None, _COMMON))
    return not text.isprintable() and _RARE.search(text) is not None


def _fast_quoting() -> Callable[[str], bytes] | None:
    """Return what quotes a long text in a third of the time, where that is installed."""
    try:
        from msgspec.json import Encoder  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    return Encoder().encode


_QUOTED: Final = _fast_quoting()
_LONG: Final = 100
"""Characters of a text, such as a record that is kept whole, for which that is worth a call."""


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"
