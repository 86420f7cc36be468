"""Where a claim comes from and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

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
