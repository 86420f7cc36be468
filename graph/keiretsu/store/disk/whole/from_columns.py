"""What a store on disk holds in all, of its columns: no RDF is made of what is plain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.store.disk.columns_writing import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.model import ClaimSet, PartyKind, Period, Sourcing, Status
    from keiretsu.store.disk.claims import DiskClaims


class PlainSaid(NamedTuple):
    """So many plain holdings of which the same is said."""

    claims: int
    period: Period
    document: str
    status: Status
    sourcing: Sourcing


class Counted(NamedTuple):
    """What a store holds.

    Parameters
    ----------
    odd
        The claims and parties that columns do not hold, and the documents of all.
    plain
        Numbers of the parties that columns hold.
    said
        The plain holdings.
    """

    odd: ClaimSet
    plain: NDArray[np.int64]
    said: list[PlainSaid]


def counted(disk: DiskClaims) -> Counted:
    """Return what a store holds, held against its checksums."""
    columns = disk.checked_columns
    is_plain, plain = columns.party["plain"] != 0, columns.is_plain
    blocks = [disk.text(*place) for place in disk.index[~plain, 2:].tolist()]
    blocks += [disk.party_block(number) for number in np.flatnonzero(~is_plain).tolist()]
    read = disk.read([*blocks, *disk.of_all, *(disk.text(*place) for place in beside(disk))])
    places = {iri: disk.number_of(iri) for iri in read.parties}  # plain ones are named in blocks
    odd = {
        iri: party
        for iri, party in read.parties.items()
        if (place := places[iri]) is None or not is_plain[place]
    }
    per_term = np.bincount(columns.term[plain], minlength=len(columns.terms)).tolist()
    return Counted(
        replace(read, parties=odd),
        np.flatnonzero(is_plain),
        [PlainSaid(n, *columns.said_of(code)) for code, n in enumerate(per_term) if n],
    )


def whole_claims(disk: DiskClaims) -> ClaimSet:
    """Return all claims of a settled store as objects, those that reading its RDF gives."""
    found = counted(disk)
    parties = {disk.iri(number): disk.party(number) for number in found.plain.tolist()}
    rows = np.flatnonzero(disk.columns.is_plain).tolist()
    holdings = [*found.odd.holdings, *map(disk.holding, rows)]
    return replace(
        found.odd,
        parties=dict(sorted({**found.odd.parties, **parties}.items())),
        holdings=tuple(sorted(holdings, key=lambda claim: claim.id)),
        digest=disk.manifest.fingerprint,
        horizon=disk.horizon,
    )


def beside(disk: DiskClaims) -> list[list[int]]:
    """Return place and size of what the index does not lead to: offices, figures, events."""
    known = np.concatenate([disk.index[:, 2:], disk.parties[:, :2], disk.rest])
    known = known[known[:, 1] > 0]
    known = known[np.argsort(known[:, 0], kind="stable")]
    begins = np.append(known[:, 0], disk.claims_file.stat().st_size)
    ends = np.concatenate([[0], known.sum(axis=1)])
    apart = begins > ends
    places: list[list[int]] = np.column_stack([ends, begins - ends])[apart].tolist()
    return places


def plain_kinds(disk: DiskClaims, numbers: NDArray[np.int64]) -> list[PartyKind]:
    """Return the kinds of some plain parties."""
    return [KINDS[kind] for kind in disk.columns.party["kind"][numbers].tolist()]
