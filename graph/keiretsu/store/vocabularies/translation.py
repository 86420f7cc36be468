"""Statements in the vocabularies of others as statements in ours, with the rest kept as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF

from keiretsu.errors import InputError
from keiretsu.formats.collecting import collected
from keiretsu.formats.frame import Reading
from keiretsu.store.codec.write import quads
from keiretsu.store.vocabularies import bods, gleif
from keiretsu.store.vocabularies.bods_statement import BODS
from keiretsu.store.vocabularies.described import Described

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib import URIRef

    from keiretsu.formats.frame import Piece
    from keiretsu.store.syntax.statements import Statement

_KINDS = frozenset({*bods.KINDS, *gleif.KINDS})
_MARKS = tuple(str(namespace).encode() for namespace in (BODS, gleif.L2))


def may_be_foreign(data: bytes) -> bool:
    """Return whether a file can be in a vocabulary that is read; far quicker than to look at it."""
    return any(mark in data for mark in _MARKS)


def translated(said: Sequence[Statement], document: URIRef, name: str) -> Sequence[Statement]:
    """Return what a file says in our terms, if it is in a vocabulary that is read, else as it is.

    What could not be read of it is kept as it stood: it stays in RDF, and is reported as lost
    wherever claims are written in another format.

    Parameters
    ----------
    said
        The statements of the file.
    document
        IRI of the file.
    name
        What errors call it.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    if not any(p == RDF.type and o in _KINDS for _, p, o, _ in said):
        return said
    about = Described(said)
    try:
        claims = collected(_pieces(about, str(document)), Reading(name))
        ours = [(s, p, o, None) for s, p, o, _ in quads(claims)]
    except InputError as error:
        place = f"{name}: {error.place}" if error.place else name
        raise type(error)(error.problem, place=place, mend=error.mend) from None
    return [*ours, *about.unread()]


def _pieces(about: Described, document: str) -> Iterator[Piece]:
    yield from bods.pieces(about, document)
    yield from gleif.pieces(about, document)
