"""What a store on disk holds in all, of its columns: no RDF is made of what is plain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.store.disk.columns_writing import KINDS, ODD
from keiretsu.store.disk.filled.record_text import records_end
from keiretsu.store.disk.told import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from keiretsu.model import ClaimSet, PartialDate, PartyKind, Period, Sourcing, Status
    from keiretsu.store.disk.claims import DiskClaims
    from keiretsu.store.disk.columns import ClaimColumns


class ToldAlike(NamedTuple):
    """So many holdings of which the same is said."""

    claims: int
    stated_for: PartialDate | None
    period: Period
    document: str
    status: Status
    sourcing: Sourcing


class Counted(NamedTuple):
    """What a store holds.

    Parameters
    ----------
    odd
        The claims and parties that columns do not tell, and the documents of all.
    told
        Numbers of the parties that columns tell.
    said
        The holdings that they tell.
    """

    odd: ClaimSet
    told: NDArray[np.int64]
    said: list[ToldAlike]


def counted(disk: DiskClaims) -> Counted:
    """Return what a store holds but for its source records, held against its checksums."""
    columns = disk.checked_columns
    rows, parties = np.arange(len(disk.index)), np.arange(disk.party_count)
    is_told, is_known = disk.tells(rows), disk.tells_of(parties)
    said = []
    for (term, more), claims in _pairs(columns, rows[is_told]):
        stated_for = columns.told.rest(more)["stated_for"] if more != NOTHING else None
        said.append(ToldAlike(claims, stated_for, *columns.said_of(term)))
    odd = _untold(disk, rows[~is_told], parties[~is_known], _beside_records(disk))
    return Counted(odd, parties[is_known], said)


def _pairs(columns: ClaimColumns, rows: NDArray[np.int64]) -> Iterator[tuple[list[int], int]]:
    """Yield each pair of a term and a rest that holdings at some places have, and how many."""
    term, more = columns.term[rows].astype(np.int64), np.full(len(rows), NOTHING)
    odd = columns.share[rows] == ODD
    told = columns.told.rows[:, np.searchsorted(columns.told.rows[0], rows[odd])]
    term[odd], more[odd] = told[3], told[4]
    pairs, count = np.unique(np.column_stack([term, more]), axis=0, return_counts=True)
    yield from zip(pairs.tolist(), count.tolist(), strict=True)


def _untold(
    disk: DiskClaims,
    rows: NDArray[np.int64],
    numbers: NDArray[np.int64],
    others: list[list[int]],
) -> ClaimSet:
    """Return what blocks say: some claims, parties, what is about all, and what lies elsewhere."""
    blocks = [disk.text(*place) for place in disk.index[rows, 2:].tolist()]
    blocks += [disk.party_block(number) for number in numbers.tolist()]
    read = disk.read([*blocks, *disk.of_all, *(disk.text(*place) for place in others)])
    own = set(numbers.tolist())  # others are named in blocks
    places = ((iri, disk.number_of(iri)) for iri in read.parties)
    kept = {iri: read.parties[iri] for iri, place in places if place is None or place in own}
    return replace(read, parties=kept)


def whole_claims(disk: DiskClaims) -> ClaimSet:
    """Return all claims of a settled store as objects, those that reading its RDF gives."""
    disk.checked_columns  # noqa: B018 - held against their checksums
    rows, parties = np.arange(len(disk.index)), np.arange(disk.party_count)
    is_told, is_known = disk.tells(rows), disk.tells_of(parties)
    odd = _untold(disk, rows[~is_told], parties[~is_known], beside(disk))
    known = {disk.iri(number): disk.party(number) for number in parties[is_known].tolist()}
    holdings = [*odd.holdings, *map(disk.holding, rows[is_told].tolist())]
    return replace(
        odd,
        parties=dict(sorted({**odd.parties, **known}.items())),
        holdings=tuple(sorted(holdings, key=lambda claim: claim.id)),
        digest=disk.manifest.fingerprint,
        horizon=disk.horizon,
    )


def _beside_records(disk: DiskClaims) -> list[list[int]]:
    """Return what the index does not lead to, but for the source records that lie apart."""
    end = records_end(disk)
    pieces = []
    for begin, size in beside(disk):
        start = max(begin, end) if begin >= int(disk.rest[0].sum()) else begin
        if begin + size > start:
            pieces.append([start, begin + size - start])
    return pieces


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


def kinds_of_told(disk: DiskClaims, numbers: NDArray[np.int64]) -> list[PartyKind]:
    """Return the kinds of some parties that columns tell."""
    return [KINDS[kind] for kind in disk.columns.party["kind"][numbers].tolist()]
