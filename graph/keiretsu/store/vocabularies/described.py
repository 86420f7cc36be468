"""What RDF in another vocabulary says, and which of it has been read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import RDF, BNode, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rdflib.term import Node

    from keiretsu.store.syntax.statements import Statement

_DATE: Final = re.compile(r"(-?\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T[^ ]*|Z|[+-]\d{2}:\d{2})?")
_TAIL: Final = re.compile(r"[^#/]+$")


class Described:
    """The statements of a file by subject; what is asked for counts as read.

    Parameters
    ----------
    said
        The statements, of all graphs.

    Examples
    --------
    >>> from rdflib import Literal, URIRef
    >>> s, p = URIRef("urn:s"), URIRef("urn:p")
    >>> about = Described([(s, p, Literal("x"), None), (s, RDF.type, URIRef("urn:T"), None)])
    >>> about.text(s, p), [str(p) for _, p, _, _ in about.unread()]
    ('x', ['http://www.w3.org/1999/02/22-rdf-syntax-ns#type'])
    """

    def __init__(self, said: Iterable[Statement]) -> None:
        self._said = list(said)
        self._about: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._read: set[tuple[Node, Node, Node]] = set()
        for s, p, o, _ in self._said:
            self._about.setdefault(s, {}).setdefault(p, {})[o] = None

    def of_class(self, name: URIRef) -> list[Node]:
        """Return the subjects of a class, sorted; that they are of it counts as read."""
        found = [s for s, about in self._about.items() if name in about.get(RDF.type, ())]
        self._read |= {(s, RDF.type, name) for s in found}
        return sorted(found, key=str)

    def classes(self, subject: Node) -> list[URIRef]:
        """Return the classes of a subject, sorted; they do not count as read."""
        found = self._about.get(subject, {}).get(RDF.type, ())
        return sorted(one for one in found if isinstance(one, URIRef))

    def read(self, subject: Node, predicate: URIRef, value: Node) -> None:
        """Note that a statement is read."""
        self._read.add((subject, predicate, value))

    def nodes(self, subject: Node, *predicates: URIRef) -> list[Node]:
        """Return all values of some properties, in a fixed order."""
        found = []
        for predicate in predicates:
            values = self._about.get(subject, {}).get(predicate, ())
            self._read |= {(subject, predicate, value) for value in values}
            found += sorted(values, key=lambda one: (isinstance(one, BNode), str(one)))
        return found

    def node(self, subject: Node, *predicates: URIRef) -> Node | None:
        """Return the first value of some properties; further ones stay unread."""
        for predicate in predicates:
            values = self._about.get(subject, {}).get(predicate)
            if values:
                first = min(values, key=lambda one: (isinstance(one, BNode), str(one)))
                self._read.add((subject, predicate, first))
                return first
        return None

    def text(self, subject: Node, *predicates: URIRef) -> str:
        """Return a value as text; empty if there is none."""
        found = self.node(subject, *predicates)
        return "" if found is None else str(found)

    def code(self, subject: Node, *predicates: URIRef) -> str:
        """Return the last part of the IRI that is a value; empty if there is none."""
        return tail(self.text(subject, *predicates))

    def date(self, subject: Node, *predicates: URIRef) -> PartialDate | None:
        """Return a value as a date; a time of day is not read.

        Raises
        ------
        InputError
            If it is none.
        """
        text = self.text(subject, *predicates)
        if not text:
            return None
        found = _DATE.fullmatch(text)
        if found is None:
            problem = f"{text[:40]!r} is not a date"
            raise InputError(problem, place=str(subject), mend="write 2019-09-03")
        return PartialDate.parse(found[1])

    def truth(self, subject: Node, *predicates: URIRef) -> bool | None:
        """Return whether a value is true; None if there is none."""
        found = self.node(subject, *predicates)
        if found is None:
            return None
        return isinstance(found, Literal) and found.value is True

    def unread(self) -> Sequence[Statement]:
        """Return the statements that were not read; none about an ontology itself."""
        return list(self._unread())

    def _unread(self) -> Iterator[Statement]:
        for s, p, o, graph in self._said:
            if (s, p, o) not in self._read:
                yield s, p, o, graph


def tail(iri: str) -> str:
    """Return the last part of an IRI.

    Examples
    --------
    >>> tail("https://vocab.openownership.org/codelists#Direct")
    'Direct'
    """
    found = _TAIL.search(iri)
    return found[0] if found else ""
