"""Whether the rows of a plain table add up to more than the whole of an issuer."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.formats.table.arrays.columns import NotPlainError, distinct
from keiretsu.formats.table.arrays.said import LARGEST
from keiretsu.formats.table.totals import ROUNDING, told_over
from keiretsu.model import Caution, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.formats.table.arrays.columns import Integers
    from keiretsu.formats.table.arrays.parties import PartyColumns
    from keiretsu.formats.table.arrays.said import SaidColumn
    from keiretsu.model import Share


def over_allocated(
    parties: PartyColumns, said: SaidColumn, share: Integers, shares: Sequence[Share]
) -> tuple[Caution, ...]:
    """Return what is taken for rounding, in the order of rows.

    Raises
    ------
    NotPlainError
        If rows come to more than that, which is told row by row, or do not fit into 64 bits.
    """
    unit = math.lcm(*{one.low.denominator for one in shares})
    if unit >= LARGEST:
        raise NotPlainError
    counts = np.array([term[3] is Status.ACCEPTED for term in said.terms])[said.code]
    order = np.flatnonzero(counts)
    if not len(order):
        return ()
    periods, _ = distinct(term[0] for term in said.terms)
    groups = parties.issuer.astype(np.int64) * len(said.terms) + periods[said.code]
    order = order[np.argsort(groups[order], kind="stable")]
    begins = np.flatnonzero(np.r_[True, np.diff(groups[order]) != 0])
    if int(np.diff(np.r_[begins, len(order)]).max()) * unit >= LARGEST:
        raise NotPlainError  # 64 bits might not hold a sum
    least = np.array([int(one.low * unit) for one in shares], dtype=np.int64)
    sums = np.add.reduceat(least[share[order]], begins)
    if (sums > int(ROUNDING * unit)).any():
        raise NotPlainError
    is_more = np.array([one.low_open for one in shares], dtype=np.bool_)
    if (np.logical_or.reduceat(is_more[share[order]], begins) & (sums == unit)).any():
        raise NotPlainError
    over, last = np.flatnonzero(sums > unit), np.maximum.reduceat(order, begins)
    told = []
    for group in over[np.argsort(last[over])].tolist():
        label = parties.labels[int(parties.issuer[last[group]])].as_py()
        text = told_over("capital_percent", label, Fraction(int(sums[group]), unit))
        told.append(Caution("over-allocated", text, (label,)))
    return tuple(told)
