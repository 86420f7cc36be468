"""Whether claims can be added to a generation without everything in memory.

What can only be settled over everything is left to the store in memory: edits, two parties that are
one by a number, somebody who is only named on one side and described on the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from keiretsu.model import ClaimSet, Document, Party
from keiretsu.model.identifiers import IRI, Identifier
from keiretsu.store.codec.claim_read import parties_of
from keiretsu.store.codec.description import tail
from keiretsu.store.disk.manifest import DESCRIBED
from keiretsu.store.unwritten import is_settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keiretsu.store.disk.claims import DiskClaims

_AT_ONCE: Final = 5_000


def fits(disk: DiskClaims, claims: ClaimSet, documents_aside: Iterable[str] = ()) -> bool:
    """Return whether a generation and further claims need nothing settled between them.

    Parameters
    ----------
    disk
        The generation.
    claims
        What is added.
    documents_aside
        Documents that source records name which are added and are not among the claims.
    """
    if not (disk.manifest.is_settled and DESCRIBED in disk.manifest.notes and is_settled(claims)):
        return False
    about_all = disk.of_all
    old = disk.read(about_all) if any(about_all) else ClaimSet(parties={}, documents={})
    return not old.edits and _fit(disk, old, claims, documents_aside)


def _fit(disk: DiskClaims, old: ClaimSet, claims: ClaimSet, aside: Iterable[str]) -> bool:
    """Return whether both describe all that they name, and nobody is one of theirs by a number."""
    every = [*claims.every_claim()]
    named = {iri for claim in every for iri in parties_of(claim)}
    named |= {one.acts_for for one in claims.parties.values() if one.acts_for}
    documents = {claim.document for claim in every}
    documents |= {claim.end_document for claim in every if claim.end_document is not None}
    documents |= {record.document for record in claims.source_records} | {*aside}
    return (
        all(disk.number_of(iri) is not None for iri in named - claims.parties.keys())
        and documents <= claims.documents.keys() | old.documents.keys()
        and not any(map(_is_only_named, claims.parties.values()))
        and not any(map(_is_untold, claims.documents.values()))
        and not _share_identifiers(disk, claims)
    )


def _is_only_named(party: Party) -> bool:
    return party == Party(id=party.id, label=tail(party.id))


def _is_untold(document: Document) -> bool:
    return document == Document(id=document.id, title=tail(document.id))


def _share_identifiers(disk: DiskClaims, claims: ClaimSet) -> bool:
    """Return whether a party that is added has an identifier of another that is there."""
    added = {(IRI, iri): iri for iri in claims.parties}
    for party in claims.parties.values():
        added |= dict.fromkeys(_joining(party), party.id)
    for number in range(disk.party_count):
        iri = disk.iri(number)
        if added.get((IRI, iri), iri) != iri:
            return True
    return any(
        added.get(pair, party.id) != party.id
        for party in odd_parties(disk)
        for pair in _joining(party)
    )


def _joining(party: Party) -> Iterator[tuple[str, str]]:
    for scheme, value in party.identifiers:
        identifier = Identifier.of(scheme, value)
        if identifier.is_joining or scheme == IRI:
            yield identifier.pair


def odd_parties(disk: DiskClaims) -> Iterator[Party]:
    """Yield the parties that are not plain; those that columns do not tell are read in parts."""
    odd = np.flatnonzero(disk.columns.party["plain"] == 0)
    is_told = disk.tells_of(odd)
    yield from map(disk.party, odd[is_told].tolist())
    numbers = odd[~is_told].tolist()
    for begin in range(0, len(numbers), _AT_ONCE):
        some = numbers[begin : begin + _AT_ONCE]
        found = disk.read(map(disk.party_block, some)).parties
        yield from (found[disk.iri(number)] for number in some)
