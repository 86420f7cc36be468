"""Statements as text that can stand at the end of a file in any of the syntaxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import Dataset

from keiretsu.store.syntax.trig import dataset_to_nquads, dataset_to_trig
from keiretsu.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import URIRef

    from keiretsu.store.arrange import Quad

_DECLARED: Final = re.compile(r"@?prefix\s+(?P<name>[^\s:]*):\s*<(?P<iri>[^>\s]*)>", re.IGNORECASE)
_MADE: Final = b"# corrections, made by keiretsu claim\n"
_BEGINNING: Final = re.compile(re.escape(_MADE) + rb"(@prefix [\w-]+: <[^>\s]*> \.\n)*")
_SILENT: Final = re.compile(rb"(#.*|@?prefix\s+[^\s:]*:\s*<[^>\s]*>\s*\.?)?", re.IGNORECASE)
_WITH_PREFIXES: Final = ("trig", "turtle")
_WITH_GRAPHS: Final = ("trig", "nquads")


def beginning(syntax: str) -> bytes:
    """Return what a new file begins with: the prefixes, where the syntax has any; no statement."""
    names = sorted(PREFIXES) if syntax in _WITH_PREFIXES else []
    return _MADE + "".join(map(_declaration, names)).encode()


def is_beginning(data: bytes) -> bool:
    """Return whether a file is still what a new one began with, in whichever version.

    Examples
    --------
    >>> is_beginning(beginning("turtle")), is_beginning(b""), is_beginning(b"# mine")
    (True, False, False)
    """
    return _BEGINNING.fullmatch(data) is not None


def is_silent(data: bytes) -> bool:
    r"""Return whether a file has nothing but blank lines, comments and prefixes.

    Examples
    --------
    >>> is_silent(b"# later\n\n@prefix a: <urn:a> .\n"), is_silent(b"<urn:a> <urn:b> <urn:c> .")
    (True, False)
    """
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return all(_SILENT.fullmatch(line.strip()) for line in lines)


def text_with_prefixes(quads: Iterable[Quad], syntax: str, text: str) -> str | None:
    """Return statements as text that a person can read.

    Parameters
    ----------
    quads
        What is to be said, without blank nodes.
    syntax
        In which syntax; those without graphs lose them.
    text
        The file at whose end it will stand, for the prefixes that it declares.

    Returns
    -------
    str or None
        None if the file means something else by a prefix that is needed.
    """
    if syntax not in _WITH_PREFIXES:
        return plain_text(quads, syntax)
    _, _, body = dataset_to_trig(_dataset(quads, graphs=syntax in _WITH_GRAPHS)).partition("\n\n")
    declared = {found["name"]: found["iri"] for found in _DECLARED.finditer(text)}
    needed = [name for name in sorted(PREFIXES) if re.search(rf"(?<![\w:]){name}:", body)]
    if any(declared.get(name, PREFIXES[name]) != PREFIXES[name] for name in needed):
        return None
    prefixes = "".join(_declaration(name) for name in needed if name not in declared)
    return f"{prefixes}\n{body}" if prefixes else body


def plain_text(quads: Iterable[Quad], syntax: str) -> str:
    """Return statements as text without any prefix."""
    quads = list(quads)
    if syntax == "trig":
        graphs = sorted({quad[3] for quad in quads})
        return "".join(_graph(graph, quads) for graph in graphs)
    return dataset_to_nquads(_dataset(quads, graphs=syntax in _WITH_GRAPHS))


def _graph(graph: URIRef, quads: Iterable[Quad]) -> str:
    inside = (quad for quad in quads if quad[3] == graph)
    return f"<{graph}> {{\n{dataset_to_nquads(_dataset(inside, graphs=False))}}}\n"


def _declaration(name: str) -> str:
    return f"@prefix {name}: <{PREFIXES[name]}> .\n"


def _dataset(quads: Iterable[Quad], *, graphs: bool) -> Dataset:
    dataset = Dataset()
    for s, p, o, graph in quads:
        (dataset.graph(graph) if graphs else dataset.default_graph).add((s, p, o))
    return dataset
