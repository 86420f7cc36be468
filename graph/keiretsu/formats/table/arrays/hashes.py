"""The hashes in the IRIs of claims, as `keiretsu.model.claim_id` makes them of table rows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.formats.table.arrays.columns import NotPlainError, distinct
from keiretsu.formats.table.arrays.said import LARGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays.columns import Integers
    from keiretsu.formats.table.arrays.parties import PartyColumns
    from keiretsu.formats.table.arrays.said import SaidColumn
    from keiretsu.formats.tally import Tally

_AT_ONCE = 100_000
_BYTES = 10


def claim_hashes(parties: PartyColumns, said: SaidColumn, tally: Tally) -> NDArray[np.uint8]:
    """Return the ten bytes of each row's hash."""
    starts = [(document, str(period.start or "")) for period, document, *_ in said.terms]
    heads = [f"{document}\x1fholding\x1f" for document, _ in starts]
    tails = [f"\x1f\x1f{start}\x1f" for _, start in starts]
    kinds, different = distinct(starts)
    ordinal = _ordinals(parties, kinds[said.code], len(different))
    digest, found = hashlib.sha256, bytearray()
    for begin in range(0, len(ordinal), _AT_ONCE):
        rows = slice(begin, begin + _AT_ONCE)
        columns = (
            parties.iris.take(parties.holder[rows]).to_pylist(),
            parties.iris.take(parties.issuer[rows]).to_pylist(),
            said.code[rows].tolist(),
            ordinal[rows].tolist(),
        )
        for holder, issuer, code, number in zip(*columns, strict=True):
            text = f"{heads[code]}{holder}\x1f{issuer}{tails[code]}{number}"
            found += digest(text.encode()).digest()[:_BYTES]
        tally.add(len(columns[0]))
    return np.frombuffer(bytes(found), dtype=np.uint8).reshape(-1, _BYTES)


def _ordinals(parties: PartyColumns, kind: Integers, kinds: int) -> Integers:
    """Return how many earlier rows have the same parties, document and beginning."""
    count = len(parties.iris)
    if count * count * kinds >= LARGEST:
        raise NotPlainError
    key = parties.holder.astype(np.int64)
    key *= count
    key += parties.issuer
    key *= kinds
    key += kind
    order = np.argsort(key, kind="stable")
    key = key[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = key[1:] != key[:-1]
    begins = np.flatnonzero(fresh)
    ordinal = np.empty(len(order), dtype=np.int32)
    ordinal[order] = np.arange(len(order)) - begins[np.cumsum(fresh) - 1]
    return ordinal
