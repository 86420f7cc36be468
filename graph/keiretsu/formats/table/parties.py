"""Parties, share classes and documents that a table names, each under a stable IRI."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from keiretsu.formats.table.cells import CellError, shown
from keiretsu.formats.table.reader import Problem
from keiretsu.model import ID, Document, Party, PartyKind, Severity
from keiretsu.model.names import fold, slug, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import PartialDate

_IRI = re.compile(
    r"(?:https?://[^\s<>\"{}|\\^`\x00-\x20]+|urn:[A-Za-z0-9][^\s<>\"{}|\\^`\x00-\x20]+)"
)
_ONCE = ("jurisdiction", "listed", "acts_for")


@lru_cache(maxsize=65_536)  # the same names return row after row
def party_iri(name: str) -> str:
    """Return the IRI of the party with a name; a name that is an IRI is its own.

    All spellings that fold alike give the same IRI, in every file.

    Examples
    --------
    >>> party_iri("Renault") == party_iri("  RENAULT ")
    True
    >>> party_iri("https://example.org/renault")
    'https://example.org/renault'
    """
    label = tidy(name)
    return iri_of_label(label, fold(label))


def iri_of_label(label: str, folded: str) -> str:
    """Return the IRI of the party with a label that is tidied already, and folded."""
    if ":" in label and _IRI.fullmatch(label):  # looking for a colon is cheaper
        return label
    return _named("party", (folded,), folded)


def is_iri(text: str) -> bool:
    """Return whether a text is an IRI that can name a party, a class or a record."""
    return _IRI.fullmatch(text) is not None


def class_iri(issuer: Party, name: str) -> str:
    """Return the IRI of an issuer's share class; a name that is an IRI is its own."""
    name = tidy(name)
    if _IRI.fullmatch(name):
        return name
    return _named("class", (issuer.label, name), issuer.id, fold(name))


def file_document(data: bytes, name: str) -> Document:
    """Return the document that a table itself is: its file name and content, not its folder."""
    title = PurePath(name).name or name
    return Document(id=_named("document", (title,), title, _digest(data)), title=title)


@lru_cache(maxsize=16_384)  # a few sources, cited row after row
def cited_document(
    *, title: str, publisher: str, date: PartialDate | None, url: str, file: Document
) -> Document:
    """Return the document that a row cites, or `file` if it cites none."""
    if not (title or publisher or date or url):
        return file
    shown_title = title or url or publisher or file.title
    return Document(
        id=_named("document", (shown_title,), title, publisher, date or "", url),
        title=shown_title,
        publisher=publisher or None,
        date=date,
        url=url or None,
    )


class PartyBook:
    """The parties of a table: each row's say is taken whole or not at all."""

    def __init__(self) -> None:
        self._parties: dict[str, Party] = {}
        self._merged: dict[str, Problem] = {}

    def __getitem__(self, iri: str) -> Party:
        return self._parties[iri]

    def add(self, said: Iterable[Party], line: int) -> None:
        """Take what one row says of parties; `line` is where it stands.

        Raises
        ------
        CellError
            With the rule ``conflicting-party`` if it contradicts an earlier row; then nothing is
            taken.
        """
        staged: dict[str, Party] = {}
        for party in said:
            known = staged.get(party.id) or self._parties.get(party.id)
            staged[party.id] = party if known is None else _joined(known, party)
            if known is not None and party.label != known.label:
                self._compare(known, party, line)
        self._parties.update(staged)

    @property
    def merged(self) -> list[Problem]:
        """A warning for each party that has names of different letters: accents are not told."""
        return list(self._merged.values())

    def _compare(self, known: Party, said: Party, line: int) -> None:
        if known.id in self._merged or _letters(known.label) == _letters(said.label):
            return
        self._merged[known.id] = Problem(
            line,
            "spellings-merged",
            f"{shown(said.label)} and {shown(known.label)} are taken for one party",
            "if they are two, tell them apart by more than accents",
            Severity.WARNING,
            (known.label,),
        )

    def all(self) -> dict[str, Party]:
        """Return the parties by IRI; one that others act for is a State unless said otherwise."""
        represented = {party.acts_for for party in self._parties.values()}
        return {
            iri: replace(party, kind=PartyKind.STATE)
            if iri in represented and party.kind is PartyKind.PARTY
            else party
            for iri, party in sorted(self._parties.items())
        }


def _letters(label: str) -> str:
    """Return the letters and digits of a name, whatever their case and width, with accents."""
    folded = unicodedata.normalize("NFKC", label).casefold()
    return "".join(char for char in folded if char.isalnum())


def _joined(known: Party, said: Party) -> Party:
    changes: dict[str, object] = {}
    if said.kind is not PartyKind.PARTY and said.kind is not known.kind:
        if known.kind is not PartyKind.PARTY:
            raise _contradiction(known, "kind", known.kind.value, said.kind.value)
        changes["kind"] = said.kind
    for attribute in _ONCE:
        before, now = getattr(known, attribute), getattr(said, attribute)
        if now is None or now == before:
            continue
        if before is not None:
            raise _contradiction(known, attribute, before, now)
        changes[attribute] = now
    return replace(known, **changes) if changes else known  # type: ignore[arg-type]


def _contradiction(party: Party, attribute: str, before: object, now: object) -> CellError:
    return CellError(
        "conflicting-party",
        f"the {attribute.replace('_', ' ')} of {shown(party.label)} is {now} here"
        f" and {before} in an earlier row",
        "say it once, or the same everywhere",
    )


def _named(kind: str, readable: Iterable[str], *identity: object) -> str:
    digest = _digest("\x1f".join(str(part) for part in (identity)).encode())
    words = [word for word in (slug(part) for part in readable) if word]
    return f"{ID}{kind}/{'-'.join((*words, digest))}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
