"""Edits as RDF and back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef

from keiretsu.model import ID, Edit, EditKind, Identification, PartialDate, Removal
from keiretsu.store import literals
from keiretsu.store.codec.pairs import dates, integers, iris, texts
from keiretsu.vocabulary import KEI, ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keiretsu.store.codec.description import Description
    from keiretsu.store.codec.pairs import Triple

EDITS: Final = tuple(EditKind)
"""Local names of the classes of edits."""


def edit_iri(kind: EditKind, number: int, *told: object) -> str:
    """Return the IRI of an edit, made of what is said of it: the same edit twice is one.

    Examples
    --------
    >>> edit_iri(EditKind.REJECTION, 1, "claim") == edit_iri(EditKind.REJECTION, 2, "claim")
    False
    """
    text = "\x1f".join("" if one is None else str(one) for one in (kind, number, *told))
    return f"{ID}edit/{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def make_edit(
    kind: EditKind, number: int, claim: str, *, on: PartialDate | None, reason: str | None
) -> Edit:
    """Return an edit of a claim, with its IRI."""
    iri = edit_iri(kind, number, claim, on, reason)
    return Edit(id=iri, number=number, kind=kind, claim=claim, on=on, reason=reason)


def make_identification(
    number: int, *parties: str, on: PartialDate | None, reason: str | None
) -> Identification:
    """Return the word that parties are one, with its IRI."""
    kind, named = EditKind.IDENTIFICATION, tuple(sorted(parties))
    iri = edit_iri(kind, number, *named, on, reason)
    return Identification(id=iri, number=number, kind=kind, on=on, reason=reason, parties=named)


def make_removal(
    number: int,
    *,
    salt: str,
    digest: str,
    claims: int,
    on: PartialDate | None,
    reason: str | None,
) -> Removal:
    """Return the record of a removal, with its IRI."""
    iri = edit_iri(EditKind.REMOVAL, number, salt, digest, on, reason)
    return Removal(
        id=iri,
        number=number,
        kind=EditKind.REMOVAL,
        on=on,
        reason=reason,
        salt=salt,
        digest=digest,
        claims=claims,
    )


def edit(about: Description, kind: EditKind) -> Edit:
    """Read an edit.

    Raises
    ------
    InputError
        If it lacks its number, its claim, or what a removal is known again by.
    """
    number = about.integer(KEI.editNumber)
    if number is None:
        raise about.fail("kei:editNumber is missing", mend="number the edits of a file from 1")
    on, reason = about.date(KEI.editedOn), about.text(KEI.editReason)
    if kind is EditKind.IDENTIFICATION:
        parties = tuple(sorted(about.iris(KEI.identifies)))
        if len(parties) < 2:  # noqa: PLR2004 - one party is the same as itself
            raise about.fail("an identification names fewer than two parties", mend="name both")
        iri = str(about.subject)
        return Identification(
            id=iri, number=number, kind=kind, on=on, reason=reason, parties=parties
        )
    if kind is not EditKind.REMOVAL:
        claim = about.required_iri(KEI.edits)
        iri = str(about.subject)
        return Edit(id=iri, number=number, kind=kind, claim=claim, on=on, reason=reason)
    salt, digest = about.text(KEI.salt), about.text(KEI.partyHash)
    if not salt or not digest:
        raise about.fail("a removal lacks its salt or its hash", mend="restore them")
    return Removal(
        id=str(about.subject),
        number=number,
        kind=kind,
        on=on,
        reason=reason,
        salt=salt,
        digest=digest,
        claims=about.integer(KEI.claimsRemoved) or 0,
    )


def edit_triples(one: Edit) -> Iterator[Triple]:
    """Yield what is said of an edit."""
    subject = literals.iri(one.id)
    yield subject, RDF.type, URIRef(ONTOLOGY + one.kind)
    pairs = [
        *integers((KEI.editNumber, one.number)),
        *iris(KEI.edits, one.claim),
        *dates((KEI.editedOn, one.on)),
        *texts((KEI.editReason, one.reason)),
    ]
    if isinstance(one, Identification):
        pairs += iris(KEI.identifies, *one.parties)
    if isinstance(one, Removal):
        pairs += texts((KEI.salt, one.salt), (KEI.partyHash, one.digest))
        pairs += integers((KEI.claimsRemoved, one.claims))
    yield from ((subject, p, o) for p, o in pairs)
