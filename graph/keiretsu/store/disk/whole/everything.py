"""Everything that a store on disk holds, as N-Quads or in memory."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.store.disk.filled.plain_text import PlainText
from keiretsu.store.disk.writing import CLAIMS
from keiretsu.store.memory import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from keiretsu.store.disk.claims import DiskClaims

_PART = 1 << 20
_HOLDING_AS_NQUADS = 2_700
"""Bytes that a plain holding and the parties in it take, about."""


def whole(disk: DiskClaims) -> Store:
    """Return everything as a store in memory."""
    disk.check_claims()
    store = Store()
    store.load_bytes(disk.claims_file.read_bytes(), "nquads", disk.path)
    if disk.is_columns_alone and (plain := b"".join(_left_out(disk))):
        store.load_bytes(plain, "nquads", disk.path)
    return store


def write_nquads(disk: DiskClaims, path: Path) -> None:
    """Write everything as N-Quads, a block at a time."""
    disk.check_claims()
    with path.open("wb") as file:
        with disk.claims_file.open("rb") as claims:
            shutil.copyfileobj(claims, file)
        if disk.is_columns_alone:
            file.writelines(_left_out(disk))


def settled_nquads(disk: DiskClaims) -> Iterator[bytes]:
    """Yield everything as N-Quads, settled as it is in memory, in parts of any size.

    They are read from disk, unless nobody knows that nothing is to be settled: whether edits
    overrule a claim and which parties are one is found in memory.
    """
    if not disk.manifest.is_settled:
        yield whole(disk).to_nquads().encode()
        return
    disk.check_claims()
    with disk.claims_file.open("rb") as claims:
        while part := claims.read(_PART):
            yield part
    if disk.is_columns_alone:
        yield from _left_out(disk)


def size_as_nquads(disk: DiskClaims) -> int:
    """Return about how many bytes of N-Quads there are."""
    size = disk.manifest.files[CLAIMS]
    return size + (len(disk.index) * _HOLDING_AS_NQUADS if disk.is_columns_alone else 0)


def _left_out(disk: DiskClaims) -> Iterator[bytes]:
    """Yield the N-Quads of what columns alone hold."""
    columns, text = disk.columns, PlainText()
    for number in np.flatnonzero(columns.party["plain"]).tolist():
        yield text.party(columns.party_of(number))
    for row in np.flatnonzero(columns.is_plain).tolist():
        yield text.holding(disk.holding(row))
