"""Parties and documents out of RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import SKOS

from keiretsu.model import DatedName, Document, Party, PartyKind, Remainder, UnspecifiedReason
from keiretsu.store.codec.description import tail
from keiretsu.store.codec.part_read import Identifier
from keiretsu.vocabulary import KEI

if TYPE_CHECKING:
    from keiretsu.store.codec.description import Description


def party(about: Description, kind: PartyKind) -> Party:
    """Read a party."""
    label, *others = about.labels()
    told = about.one(KEI.remainder) is not None
    unnamed = about.one(KEI.unspecifiedReason) is not None
    reason = UnspecifiedReason.UNKNOWN
    return Party(
        id=str(about.subject),
        label=label,
        kind=kind,
        aliases=tuple(sorted({*others, *about.texts(SKOS.altLabel)} - {label})),
        former_names=tuple(sorted(set(about.parts(KEI.formerName, "FormerName", DatedName)))),
        identifiers=tuple(
            sorted(
                (one.scheme, one.value)
                for one in about.parts(KEI.identifiedBy, "Identifier", Identifier)
            )
        ),
        jurisdiction=about.text(KEI.jurisdiction),
        listed=about.boolean(KEI.listed),
        remainder=about.code(KEI.remainder, "remainder", Remainder.FLOAT) if told else None,
        acts_for=about.iri(KEI.actsFor),
        exists=about.period(KEI.existsFrom, KEI.existsUntil),
        unspecified=about.code(KEI.unspecifiedReason, "unspecified-reason", reason)
        if unnamed
        else None,
        unspecified_details=about.text(KEI.unspecifiedDetails),
        nationalities=tuple(sorted(about.texts(KEI.nationality))),
    )


def document(about: Description, *, correction: bool) -> Document:
    """Read a document."""
    return Document(
        id=str(about.subject),
        title=about.text(KEI.title) or tail(str(about.subject)),
        publisher=about.text(KEI.publisher),
        date=about.date(KEI.publishedOn),
        url=about.text(KEI.url),
        weak=about.boolean(KEI.weak) or False,
        correction=correction,
    )
