"""The checks of `keiretsu.snapshot.audit` over a store: claims only where sums are in doubt.

Nothing can be found at an issuer of which plain holdings alone are told, one for each holder, that
are no more than the whole even if all of them were in force on one day.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from keiretsu.model import Directness
from keiretsu.snapshot.audit import audit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.model import Finding
    from keiretsu.store.disk import DiskClaims

_BATCH: Final = 2_000
"""Issuers whose claims are read at once."""
_LARGEST: Final = 2**40
"""Up to this common unit sums over an issuer's holdings stay far within 64 bits."""


def audit_stored(disk: DiskClaims) -> list[Finding]:
    """Return what is wrong with the claims of a store taken together, as `audit` of all of them.

    Parameters
    ----------
    disk
        A settled store; its columns are held against their checksums.
    """
    doubtful = _doubtful(disk)
    found: list[Finding] = []
    for begin in range(0, len(doubtful), _BATCH):
        batch = doubtful[begin : begin + _BATCH].tolist()
        claims = disk.claims_about(batch)
        indirect = {
            one.issuer for one in claims.holdings if one.directness is not Directness.DIRECT
        }
        issuers = {disk.iri(number) for number in batch}
        found += audit(claims, issuers - indirect)
        for issuer in sorted(indirect):  # what may lie between lies above it
            number = disk.number_of(issuer)
            assert number is not None  # noqa: S101 - for the type checker: it is in the index
            found += audit(disk.claims_above([number]), {issuer})
    return sorted(found)


def _doubtful(disk: DiskClaims) -> NDArray[np.int64]:
    """Return the numbers of the issuers at which something may be found."""
    columns = disk.checked_columns
    issuer, holder = disk.index[:, 0], disk.index[:, 1]
    if not len(issuer):
        return np.zeros(0, dtype=np.int64)
    begins = np.flatnonzero(np.diff(issuer, prepend=-1))
    several = np.zeros(len(issuer), dtype=np.bool_)
    order = np.lexsort((holder, issuer))
    same = (np.diff(issuer[order]) == 0) & (np.diff(holder[order]) == 0)
    several[order[1:]] = same
    odd = ~columns.is_plain | several
    found = np.logical_or.reduceat(odd, begins) | _above_the_whole(columns, begins)
    return np.asarray(issuer[begins][found], dtype=np.int64)


def _above_the_whole(
    columns: Any,  # noqa: ANN401 - columns of a store, of which this room may not know
    begins: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Tell of each issuer, by where its claims begin, whether they may add up to more than all.

    Without a common unit that is small enough, sums in floating point decide with room to spare.
    """
    shares = columns.shares
    unit = math.lcm(*np.unique(shares["high_unit"]).tolist()) if len(shares) else 1
    if unit <= _LARGEST:
        parts = shares["high"] * (unit // shares["high_unit"])
        whole: float = unit
    else:
        parts = shares["high"] / shares["high_unit"]
        whole = 1 - 1e-6
    held = np.append(parts, 0)[np.where(columns.is_plain, columns.share, len(parts))]
    found: NDArray[np.bool_] = np.add.reduceat(held, begins) > whole
    return found
