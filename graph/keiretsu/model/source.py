"""Where a claim comes from and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keiretsu.model.direct import filled_directly

if TYPE_CHECKING:
    from keiretsu.model.period import PartialDate


class Status(StrEnum):
    """Editorial status of a claim; each value is the notation of a code of the ontology."""

    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Sourcing(StrEnum):
    """Whether a document was seen to say what the claim says."""

    SOURCED = "sourced"
    PARTLY_SOURCED = "partly-sourced"
    UNSOURCED = "unsourced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source that makes claims; its claims share one named graph.

    Parameters
    ----------
    id
        IRI of the document.
    title
        Title, or a file's name; "Unsourced" for the document that stands for no source.
    publisher, date, url
        As far as known; `url` is shown as a link only if it is ``http(s)``.
    weak
        Whether it is a blog, mirror or copy, which views show without a link.
    correction
        Whether it is an editor's correction, which cites the source that the other fields tell.
    """

    id: str
    title: str
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None
    weak: bool = False
    correction: bool = False


@filled_directly
@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """A record of a register as its source wrote it, kept so that nothing of it is lost.

    The parties and claims made of it are what is read, asked and measured; the record keeps what
    they have no place for (addresses, nationalities, who published it when), for whoever converts
    it back.

    Parameters
    ----------
    id
        IRI.
    document
        IRI of the file in which it stood.
    format
        Name and version of its format, such as ``bods-0.4``.
    number
        Its place among the records of the file, from 1.
    content
        The record, as canonical JSON.
    parties, claims
        IRIs of the parties and claims that were made of it.
    """

    id: str
    document: str
    format: str
    number: int
    content: str
    parties: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
