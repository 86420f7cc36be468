"""Statements of BODS in RDF: the record about a thing, its date and where it is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import RDF, Namespace, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ID, Document, PartialDate, claim_id
from keiretsu.store.vocabularies.described import tail

if TYPE_CHECKING:
    from rdflib.term import Node

    from keiretsu.store.vocabularies.described import Described

BODS: Final = Namespace("https://vocab.openownership.org/terms#")
_CAPITAL: Final = re.compile(r"^[A-Z]")


class Statement(NamedTuple):
    """What is said of the record that tells of a thing."""

    node: Node
    record: str
    date: PartialDate | None
    closed: bool
    source: Document | None


def statements(about: Described) -> dict[Node, Statement]:
    """Return the statements of a file by the things that they tell of.

    Raises
    ------
    InputError
        If one is of another version.
    """
    found = {}
    for node in about.of_class(BODS.Statement):
        thing = about.node(node, BODS.recordDetails)
        if thing is not None:
            found[thing] = _statement(about, node)
    return found


def _statement(about: Described, node: Node) -> Statement:
    about.nodes(node, BODS.statementIdString)
    if about.text(node, BODS.bodsVersion) not in ("", "0.4"):
        raise InputError("is not of BODS 0.4", place=str(node), mend="convert it first")
    closed = False
    for status in ("Closed", "New", "Updated"):
        for owner in about.classes(node):
            if tail(owner) in (status, f"{status}RecordStatement"):
                about.read(node, RDF.type, owner)
                closed = closed or status == "Closed"
    return Statement(
        node,
        about.text(node, BODS.recordIdString),
        about.date(node, BODS.statementDate),
        closed,
        _source(about, about.node(node, BODS.source)),
    )


def _source(about: Described, node: Node | None) -> Document | None:
    if node is None:
        return None
    title = about.text(node, BODS.description)
    url = about.text(node, BODS.url)
    if not (title or url):
        return None
    about.read(node, RDF.type, BODS.Source)
    iri = str(node) if isinstance(node, URIRef) else f"{ID}document/{tail(claim_id(title, url))}"
    return Document(id=iri, title=title or url, url=url or None)


def camel(code: str) -> str:
    """Return a code of the vocabulary as the standard writes it: ``votingRights``."""
    return _CAPITAL.sub(lambda found: found[0].lower(), code)
