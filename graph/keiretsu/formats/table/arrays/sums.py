"""What the rows of a plain table say together: too much of an issuer, or one stake twice."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.formats.table.arrays.columns import NotPlainError, distinct
from keiretsu.formats.table.arrays.said import LARGEST
from keiretsu.formats.table.repeats import MOST, TOLD, Part, in_all, repeats
from keiretsu.formats.table.totals import ROUNDING, told_over
from keiretsu.model import Caution, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.formats.table.arrays.columns import Integers
    from keiretsu.formats.table.arrays.parties import PartyColumns
    from keiretsu.formats.table.arrays.said import SaidColumn
    from keiretsu.model import Share


def cautions_together(
    parties: PartyColumns, said: SaidColumn, share: Integers, shares: Sequence[Share]
) -> tuple[Caution, ...]:
    """Return what is taken for rounding, and what may be told twice, in the order of rows.

    Raises
    ------
    NotPlainError
        As `over_allocated`.
    """
    found = [*over_allocated(parties, said, share, shares), *told_twice(parties, said, share)]
    return tuple(caution for _, caution in sorted(found))


def told_twice(
    parties: PartyColumns, said: SaidColumn, share: Integers
) -> list[tuple[int, Caution]]:
    """Return rows that may tell a pair's stake twice, see `keiretsu.formats.table.repeats`."""
    counts = np.array([term[3] is Status.ACCEPTED for term in said.terms])[said.code]
    pairs = parties.holder.astype(np.int64) * len(parties.labels) + parties.issuer
    pairs[~counts] = ~np.flatnonzero(~counts)  # each a pair of its own
    ordered = np.sort(pairs)
    several = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(several):
        return []
    groups: dict[int, list[Part]] = defaultdict(list)
    for row in np.flatnonzero(np.isin(pairs, several)).tolist():
        code = int(said.code[row])
        period, document, *_ = said.terms[code]
        groups[int(pairs[row])].append(Part(row, period, document, (code, int(share[row]))))
    found = sorted((row, rule) for parts in groups.values() for row, rule in repeats(parts))
    return [told for rule in TOLD for told in _bounded(rule, found, parties)]


def _bounded(
    rule: str, found: Sequence[tuple[int, str]], parties: PartyColumns
) -> list[tuple[int, Caution]]:
    """Return what is told of a rule; of very many pairs, how many there are."""
    rows = [row for row, broken in found if broken == rule]
    if len(rows) > MOST:
        return [(rows[0], Caution(rule, in_all(rule, len(rows))))]
    return [(row, Caution(rule, TOLD[rule][0], _pair(parties, row))) for row in rows]


def _pair(parties: PartyColumns, row: int) -> tuple[str, str]:
    ends = int(parties.holder[row]), int(parties.issuer[row])
    return parties.labels[ends[0]].as_py(), parties.labels[ends[1]].as_py()


def over_allocated(
    parties: PartyColumns, said: SaidColumn, share: Integers, shares: Sequence[Share]
) -> list[tuple[int, Caution]]:
    """Return what is taken for rounding, each with its last row.

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
        return []
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
    for group in over.tolist():
        label = parties.labels[int(parties.issuer[last[group]])].as_py()
        text = told_over("capital_percent", label, Fraction(int(sums[group]), unit))
        told.append((int(last[group]), Caution("over-allocated", text, (label,))))
    return told
