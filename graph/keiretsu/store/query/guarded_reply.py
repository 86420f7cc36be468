"""What the process of a query told, read: rows or changes, a verdict, or how it ended."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rdflib import XSD, BNode, Graph, Literal, URIRef

from keiretsu.errors import QueryRefusedError
from keiretsu.store.query.answer import Answer
from keiretsu.store.query.guarded_limits import UNLIMITED, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement


@dataclass(frozen=True, slots=True)
class Change:
    """What an update changes.

    Parameters
    ----------
    lines
        A sign and a statement in each, as JSON, so that it can be told to other processes.
    """

    lines: tuple[str, ...]

    @property
    def added(self) -> list[Statement]:
        """Statements; those that name no graph still have to find theirs."""
        return list(self._signed("+"))

    @property
    def removed(self) -> list[Statement]:
        """Statements, each in the graph where it stood; numbers as the engine writes them."""
        return list(self._signed("-"))

    def _signed(self, wanted: str) -> Iterator[Statement]:
        for line in self.lines:
            sign, s, p, o, graph = map(_term, json.loads(line))
            if str(sign) == wanted and s is not None and p is not None and o is not None:
                yield s, p, o, graph


def verdict_in(line: bytes) -> dict[str, Any] | None:
    """Return the last line of an answer as a verdict; None if it broke off, or out of memory."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "memory" not in found else None


def ended(status: int, limits: Limits) -> QueryRefusedError:
    """Return the error of a process that ended without a verdict."""
    if status == -signal.SIGSEGV:
        return QueryRefusedError(
            "the query goes too deep for the engine",
            mend="ask for reach with 'paths' or 'control' instead of + paths",
        )
    if status in (0, -signal.SIGABRT, -signal.SIGKILL):
        size = f"{limits.memory / (1 << 30):g} GiB" if limits != UNLIMITED else "there is"
        return QueryRefusedError(f"the query needs more memory than {size}", mend="ask for less")
    return QueryRefusedError(f"the query ended its process ({status})", mend="ask for less")


def answer_of(verdict: Mapping[str, Any], lines: Sequence[bytes]) -> Answer:
    """Return the answer that a verdict and the lines before it make up."""
    if verdict["kind"] == "ask":
        return Answer(boolean=verdict["boolean"])
    rows = tuple(tuple(map(_term, json.loads(line))) for line in lines)
    if verdict["kind"] == "select":
        return Answer(variables=tuple(verdict["variables"]), rows=rows)
    graph = Graph()
    for s, p, o in rows:
        if s is not None and p is not None and o is not None:
            graph.add((s, p, o))
    return Answer(graph=graph)


def _term(told: Sequence[str] | None) -> Node | None:
    if told is None:
        return None
    kind, value, *rest = told
    if kind == "iri":
        return URIRef(value)
    if kind == "blank":
        return BNode(value)
    datatype, language = rest
    if language:
        return Literal(value, lang=language)
    plain = datatype == str(XSD.string)
    return Literal(value, datatype=None if plain else URIRef(datatype), normalize=False)
