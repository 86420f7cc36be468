"""RDF syntaxes as statements: nothing is sniffed, fetched, logged or half-read."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib import XSD, Dataset, Literal, URIRef
from rdflib.exceptions import ParserError

from keiretsu.errors import InputError
from keiretsu.model import ID
from keiretsu.store.literals import is_iri
from keiretsu.store.syntax.fast_parse import parse_fast
from keiretsu.store.syntax.guarded import CHECKS
from keiretsu.store.syntax.statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keiretsu.store.syntax.statements import Statement

SUFFIXES: Final[Mapping[str, str]] = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".jsonld": "jsonld",
}
"""The RDF syntaxes that are read, by the ending of a file's name."""

_PARSERS: Final = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
_BY_LINE: Final = ("nquads", "ntriples")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TOLD_LINE: Final = re.compile(r"None:(?P<line>\d+):\d+: (?P<reason>.*)", re.DOTALL)
"""How the reader of RDF/XML tells a place in a document without a name."""

_CUT_SHORT: Final = re.compile(r"(?P<reason>[^^]*?) at \^ in (?P<before>[^^]+)\^", re.DOTALL)
"""How the reader of TriG tells what stands before a mistake."""

_REASON: Final = re.compile(r"Bad syntax \((?P<reason>.*?)\) at \^ in:", re.DOTALL)


def syntax_of(name: str, syntax: str | None = None) -> str:
    """Return the RDF syntax of a file: the one asked for, or the one its name tells.

    Raises
    ------
    InputError
        If it is none that is read here.

    Examples
    --------
    >>> syntax_of("alliance.trig"), syntax_of("-", "turtle")
    ('trig', 'turtle')
    """
    found = syntax or SUFFIXES.get(PurePath(name).suffix.lower(), "")
    found = SUFFIXES.get(f".{found}", found)
    if found not in _PARSERS:
        known = ", ".join(SUFFIXES)
        raise InputError("is not RDF in a syntax read here", place=name, mend=f"use {known}")
    return found


def parse_statements(data: bytes, syntax: str, name: str) -> list[Statement]:
    """Return what an RDF document says, each statement once.

    Relative IRIs are read below ``https://w3id.org/keiretsu/id/``.

    Parameters
    ----------
    data
        The document, in UTF-8.
    syntax
        One of the values of `SUFFIXES`.
    name
        What errors call the document.

    Returns
    -------
    list of tuple
        Subject, predicate, object and graph; the graph is None for the default graph.

    Raises
    ------
    InputError
        If it is not UTF-8, has an error of syntax, holds an IRI that is none, or says nothing; the
        place is ``NAME:LINE``.
    """
    text = decode(data, name)
    if syntax in CHECKS:
        text = CHECKS[syntax](text, name)
    with _quiet():
        said = parse_fast(text, syntax, ID)
        if said is None:
            said = _parse_slowly(text, syntax, name)
    check_terms(said, name)
    return said


def _parse_slowly(text: str, syntax: str, name: str) -> list[Statement]:
    """Return what rdflib's parser reads, or raise what it finds wrong."""
    dataset = Dataset()
    try:
        dataset.parse(data=text, format=_PARSERS[syntax], publicID=ID)
    except RecursionError:
        raise InputError("is nested too deeply", place=name, mend="flatten it") from None
    except (SyntaxError, ParserError, ValueError, AssertionError) as error:
        raise _syntax_error(error, text, syntax, name) from None
    except (TypeError, LookupError, AttributeError, NameError) as error:
        if syntax in CHECKS:
            # rdflib's parsers of these two expect what they read to be well made
            problem = f"is not {syntax} ({type(error).__name__} in reading it)"
            raise InputError(problem, place=name, mend="check it with its own tools") from None
        if not isinstance(error, IndexError):
            raise
        # rdflib's parser looks for the next character without asking whether there is one
        place = f"{name}:{text.count(chr(10)) + 1}"
        problem = "syntax error: the text ends within a statement"
        raise InputError(problem, place=place, mend=f"complete the {syntax}") from None
    return list(statements(dataset))


def decode(data: bytes, name: str) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Raises
    ------
    InputError
        If it is not UTF-8; the place tells the line.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            "is not text in UTF-8", place=f"{name}:{line}", mend="save the file as UTF-8"
        ) from None


def _syntax_error(error: Exception, text: str, syntax: str, name: str) -> InputError:
    line: int | None
    if syntax in _BY_LINE:
        line, reason = _first_bad_line(text, syntax), "this line is not a statement"
    else:
        lines = getattr(error, "lines", None)  # counted from 0 by rdflib
        line = None if lines is None else lines + 1
        found = _REASON.search(str(error))
        reason = found["reason"] if found else str(error).split("\n", maxsplit=1)[0][:120]
        if line is None and (told := _TOLD_LINE.match(reason)):
            line, reason = int(told["line"]), told["reason"]
        elif line is None and (cut := _CUT_SHORT.match(str(error))):
            before = cut["before"].strip()
            start = text.find(before)
            line = None if start < 0 else text.count("\n", 0, start + len(before)) + 1
            reason = cut["reason"]
    place = name if line is None else f"{name}:{min(line, text.count(chr(10)) + 1)}"
    where = "" if line is None else " at this line or just before"
    mend = f"correct the {syntax}{where}"
    return InputError(f"syntax error: {reason}", place=place, mend=mend)


def _first_bad_line(text: str, syntax: str) -> int | None:
    """Statements of these syntaxes stand on a line each, so each can be tried alone."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            Dataset().parse(data=f"{line}\n", format=_PARSERS[syntax])
        except (SyntaxError, ParserError, ValueError, AssertionError):
            return number
    return None


def check_terms(said: Iterable[Statement], name: str) -> None:
    """Refuse statements of which a term is none, and no statements.

    Raises
    ------
    InputError
        If an IRI or a number is none, or nothing is said.
    """
    terms = dict.fromkeys(term for one in said for term in one if term is not None)
    if not terms:
        raise InputError("says nothing", place=name, mend="give a file with statements")
    for term in terms:
        if isinstance(term, Literal):
            _check_literal(term, name)
        iri = term.datatype if isinstance(term, Literal) else term
        if isinstance(iri, URIRef) and not _known_iri(iri):
            raise InputError(
                f"{str(iri)[:80]!r} is not an IRI", place=name, mend="encode its characters"
            )


def _check_literal(literal: Literal, name: str) -> None:
    lexical = str(literal)
    if literal.datatype == XSD.decimal and "e" in lexical.lower():
        # not a decimal, and a bomb: whoever writes out 1e9999999999 needs ten gigabytes
        raise InputError(
            f"{lexical[:60]!r} is not an xsd:decimal", place=name, mend="write its digits"
        )
    if not lexical.isascii() and _SURROGATE.search(lexical):
        raise InputError("a text holds half a character", place=name, mend="take it out")


@lru_cache(maxsize=65536)
def _known_iri(iri: str) -> bool:
    return is_iri(iri)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence rdflib's log of ill-typed literals and IRIs, and keep literals as they are written.

    They are refused here with their place. Rewriting them in a normal form would change printed
    digits.
    """
    logger = logging.getLogger("rdflib")
    level, normalize = logger.level, rdflib.NORMALIZE_LITERALS
    logger.setLevel(logging.CRITICAL)
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        logger.setLevel(level)
        rdflib.NORMALIZE_LITERALS = normalize
