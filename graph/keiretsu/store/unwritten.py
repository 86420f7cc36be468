"""Claims that a store holds but has not written as RDF yet, because nobody asked for RDF.

A table of a hundred thousand rows is a million statements. Measures read claims, not statements, so
the statements are written once a query, an export or a second file asks for them. This is sound
only where RDF would be read back as the very same claims: nothing in them is to be settled.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from keiretsu.model.identifiers import IRI, Identifier
from keiretsu.store.codec.claim_read import parties_of
from keiretsu.store.codec.write import quads
from keiretsu.store.syntax.trig import nquads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.model import ClaimSet

FINGERPRINT_DIGITS = 16


def with_digest(claims: ClaimSet) -> ClaimSet:
    """Return claims, ordered as from RDF, that compute their fingerprint when it is asked for."""
    parties, documents = sorted(claims.parties.items()), sorted(claims.documents.items())
    ordered = replace(claims, parties=dict(parties), documents=dict(documents))
    return replace(ordered, digest=cache(lambda: _fingerprint(claims)))


def needs_no_settling(claims: ClaimSet) -> bool:
    """Return whether claims are read from RDF as they are: no edits, and no two parties are one.

    Every party that a claim names must be described, since what RDF only names is labelled there.

    Examples
    --------
    >>> from keiretsu.model import ClaimSet, Party
    >>> lei = (("LEI", "969500F7JLTX36OUI695"),)
    >>> one, other = (Party(id=f"urn:{n}", label=n, identifiers=lei) for n in "ab")
    >>> needs_no_settling(ClaimSet(parties={"urn:a": one}, documents={}))
    True
    >>> needs_no_settling(ClaimSet(parties={"urn:a": one, "urn:b": other}, documents={}))
    False
    """
    return all_are_described(claims) and is_settled(claims)


def is_settled(claims: ClaimSet) -> bool:
    """Return whether no edit is left to be applied to claims, and no two parties are one.

    Examples
    --------
    >>> from keiretsu.model import ClaimSet
    >>> is_settled(ClaimSet(parties={}, documents={}))
    True
    """
    return not claims.edits and _all_are_several(claims)


def all_are_described(claims: ClaimSet, documents_aside: Iterable[str] = ()) -> bool:
    """Return whether every party and document that is named is described.

    Parameters
    ----------
    claims
        What names and describes them.
    documents_aside
        Documents that source records name which are not among the claims.
    """
    every = [*claims.every_claim()]
    parties = {iri for claim in every for iri in parties_of(claim)}
    parties |= {party.acts_for for party in claims.parties.values() if party.acts_for}
    documents = {claim.document for claim in every}
    documents |= {claim.end_document for claim in every if claim.end_document is not None}
    documents |= {record.document for record in claims.source_records} | {*documents_aside}
    return parties <= claims.parties.keys() and documents <= claims.documents.keys()


def _all_are_several(claims: ClaimSet) -> bool:
    """Return whether no two parties share an identifier by which parties are joined."""
    seen = {(IRI, iri): iri for iri in claims.parties}
    for party in claims.parties.values():
        for scheme, value in party.identifiers:
            identifier = Identifier.of(scheme, value)
            joining = identifier.is_joining or scheme == IRI
            if joining and seen.setdefault(identifier.pair, party.id) != party.id:
                return False
    return True


def _fingerprint(claims: ClaimSet) -> str:
    """Return the fingerprint that the claims have as RDF: SHA-256 of the sorted N-Quads."""
    return hashlib.sha256("".join(nquads(quads(claims))).encode()).hexdigest()[:FINGERPRINT_DIGITS]
