"""Edits of an RDF file: appended, taken back, and a person taken out of it.

All of it is bytes in, bytes out; whoever calls writes them. What is returned has been parsed again
and says what it should, statement for statement.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rdflib import RDF, Dataset, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, EditKind
from keiretsu.store.arrange import arrange, document_of
from keiretsu.store.codec import write as codec_write
from keiretsu.store.codec.description import Description
from keiretsu.store.codec.edits import edit
from keiretsu.store.editing.removal import about_party, mentions
from keiretsu.store.editing.text import (
    beginning,
    is_beginning,
    is_silent,
    plain_text,
    text_with_prefixes,
)
from keiretsu.store.syntax.edit_blocks import blocks, with_block, without_block, without_blocks
from keiretsu.store.syntax.parse import decode, parse_statements
from keiretsu.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from keiretsu.model import Edit, Removal
    from keiretsu.store.arrange import Quad

_KINDS = {URIRef(ONTOLOGY + kind): kind for kind in EditKind}


@dataclass(frozen=True, slots=True)
class RdfFile:
    """The text of an RDF file.

    Parameters
    ----------
    data
        Its bytes; None for a file that is still to be made.
    syntax
        One of the values of `keiretsu.store.SUFFIXES`.
    name
        What errors call it.
    """

    data: bytes | None
    syntax: str
    name: str

    @property
    def text(self) -> bytes:
        """Its bytes; for a file that is still to be made, what it will begin with."""
        return beginning(self.syntax) if self.data is None else self.data

    def statements(self) -> set[Quad]:
        """Return what it says, each statement in the graph where it belongs.

        Raises
        ------
        InputError
            If it cannot be parsed. That a file has no text yet is no error.
        """
        if is_silent(self.text):
            return set()
        said = parse_statements(self.text, self.syntax, self.name)
        return set(arrange(said, document_of(self.text, self.name), self.name))

    def edits(self) -> list[Edit]:
        """Return its edits in their order.

        Raises
        ------
        InputError
            If it cannot be parsed, or an edit lacks what it needs.
        """
        return _edits_of(self.statements())

    def mentions(self, names: Iterable[str]) -> list[str]:
        """Return the IRIs of what has one of the names in a text."""
        return mentions(_dataset(self.statements()), names)

    def of(self, data: bytes | None) -> RdfFile:
        """Return the file with another text."""
        return replace(self, data=data)


def append(file: RdfFile, claims: ClaimSet) -> RdfFile:
    """Return a file with one more edit: nothing that stood in it is touched.

    Parameters
    ----------
    file
        The file.
    claims
        The edit, and what it brings: claims, documents, new parties.

    Raises
    ------
    InputError
        If the file cannot be parsed, or has an edit of that number.
    """
    known = file.statements()
    (number,) = (one.number for one in claims.edits)
    if any(one.number == number for one in _edits_of(known)):
        mend = "read the file again"
        raise InputError(f"has an edit {number} already", place=file.name, mend=mend)
    return _appended(file, known, set(codec_write.quads(claims)), number)


def _appended(file: RdfFile, known: set[Quad], said: set[Quad], number: int) -> RdfFile:
    text, news = decode(file.text, file.name), said - known
    for body in (text_with_prefixes(news, file.syntax, text), plain_text(news, file.syntax)):
        if body is None:
            continue
        longer = file.of(with_block(file.text, number, body))
        try:
            found = longer.statements()
        except InputError:
            continue  # a name for which the file has a use of its own
        if found == known | said:
            return longer
    mend = "give another file with --into"
    raise InputError("has no place for an edit", place=file.name, mend=mend)


def take_back(file: RdfFile) -> tuple[RdfFile, Edit]:
    """Return a file as it was before its last edit, and that edit.

    Returns
    -------
    RdfFile
        With `data` None if the file began with that edit.
    Edit
        What was taken back.

    Raises
    ------
    InputError
        If the file cannot be parsed, has no edit, or has been changed so that the edit is no block
        of its own any more; also if the last edit is a removal.
    """
    known = file.statements()
    edits = _edits_of(known)
    if not edits:
        raise InputError("has no edit to take back", place=file.name, mend="see 'claim log'")
    last = edits[-1]
    if last.kind is EditKind.REMOVAL:
        raise InputError(
            f"edit {last.number} is a removal, which cannot be taken back",
            place=file.name,
            mend="take the person's claims from their sources again, if that is lawful",
        )
    shorter = file.of(without_block(file.text, last.number))
    left = None if shorter.data is None else _said(shorter)
    if left is None or not left <= known or _edits_of(left) != edits[:-1]:
        problem = f"edit {last.number} has been changed by hand"
        raise InputError(problem, place=file.name, mend="take it back by hand, too")
    return (file.of(None) if is_beginning(shorter.text) else shorter), last


def without_party(file: RdfFile, party: str, removal: Removal) -> RdfFile:
    """Return a file without a party, with the record of the removal as its last edit.

    A file that says something of the party is written anew, for its comments may name it. The
    edits that do not concern the party stay edits.

    Raises
    ------
    InputError
        If the file cannot be parsed.
    """
    gone = about_party(_dataset(file.statements()), URIRef(party)).quads
    left = _rewritten(file, gone) if gone else file
    return append(left, ClaimSet(parties={}, documents={}, edits=(removal,)))


def _rewritten(file: RdfFile, gone: frozenset[Quad]) -> RdfFile:
    """Return a file without some of its statements, in the order of the house."""
    base = _said(file.of(without_blocks(file.text)))
    kept = (file.statements() if base is None else base) - gone
    steps: list[tuple[int, set[Quad]]] = []
    for number, start, end in () if base is None else blocks(file.text):
        before, after = (_said(file.of(file.text[:until])) or set() for until in (start, end))
        brought = after - before - gone
        if _edits_of(brought):
            steps.append((number, brought))
        else:
            kept |= brought  # what an edit brought that went, such as the other party
    text = text_with_prefixes(kept, file.syntax, "") if kept else None
    result = file.of(None if text is None else text.lstrip("\n").encode())
    for number, brought in steps:
        result = _appended(result, set(kept), brought, number)
        kept |= brought
    return result


def _said(file: RdfFile) -> set[Quad] | None:
    try:
        return file.statements()
    except InputError:
        return None


def _edits_of(quads: Iterable[Quad]) -> list[Edit]:
    about: dict[URIRef, list[tuple[URIRef, Node]]] = defaultdict(list)
    for s, p, o, _ in quads:
        about[s].append((p, o))
    found = [
        edit(Description(subject, pairs), kind)
        for subject, pairs in about.items()
        for p, o in pairs
        if p == RDF.type and isinstance(o, URIRef) and (kind := _KINDS.get(o)) is not None
    ]
    return sorted(found, key=lambda one: (one.number, one.id))


def _dataset(quads: Iterable[Quad]) -> Dataset:
    dataset = Dataset(default_union=True)
    for s, p, o, graph in quads:
        dataset.graph(graph).add((s, p, o))
    return dataset
