"""Everybody's ultimate owners from a floor on: all companies of a register in one pass."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.kernels.end_shares import EndShares, end_shares
from keiretsu.kernels.linear import System
from keiretsu.measures.register.ownership import climb_of
from keiretsu.model import exact

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from keiretsu.model import Number
    from keiretsu.snapshot import ColumnarSnapshot

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

_NEAR = 1e-9
"""Shares so near to the floor are decided in fractions."""
_FINER = 256
"""By how much finer than the floor lists are kept on the way."""


class UltimateOwners(NamedTuple):
    """Who has at least the floor of whom in the end, sorted by company and owner.

    Parameters
    ----------
    owner, company
        The parties' numbers.
    share
        Fractions of one in floating point; which rows there are is decided exactly.
    decided
        How many pairs were so near to the floor that they were decided in fractions.
    """

    owner: Integers
    company: Integers
    share: Floats
    decided: int

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame; needs pandas."""
        import pandas as pd  # noqa: PLC0415 - optional and heavy

        percents = np.round(self.share * 100, 6)
        return pd.DataFrame({"owner": self.owner, "company": self.company, "percent": percents})


def ultimate_owners(
    snapshot: ColumnarSnapshot, *, floor: Number = Fraction(1, 4), rights: str = "capital"
) -> UltimateOwners:
    """Return the ultimate owners of every company that have at least a floor of it.

    An ultimate owner is one in whom no holding is recorded, or a company in a loop without an
    outside owner, in the absorbing form of `keiretsu.owners`.

    Parameters
    ----------
    snapshot
        The world in columns.
    floor
        Least share, a fraction of one or ``"25%"``; 0 gives everybody with anything.
    rights
        The right that is followed.

    Raises
    ------
    InputError
        If the floor is not a share, or weights are wider than 64 bits.

    Notes
    -----
    Entries far below the floor are dropped on the way, and what is dropped is carried as a
    residual. A company in which the residual could lift an owner to the floor is solved anew
    without dropping; a pair within 1e-9 of the floor is solved in fractions. So the list is exact
    at the floor, not a lower bound.

    Examples
    --------
    >>> from keiretsu.snapshot import Snapshot
    >>> world = Snapshot.from_arrays([0, 1, 0, 3], [1, 2, 2, 2], capital=[0.5, 0.5, 0.2, 0.24])
    >>> found = ultimate_owners(world)
    >>> found.owner.tolist(), found.company.tolist(), found.share.round(6).tolist()
    ([0, 0], [1, 2], [0.5, 0.45])
    """
    least = exact(floor)
    if not 0 <= least <= 1:
        raise InputError(f"a floor of {floor} is not a share", mend="give a fraction of one")
    if not snapshot.column(rights).is_narrow:
        raise InputError("weights are wider than 64 bits", mend="ask for single companies")
    climb = climb_of(snapshot, rights)
    lists = end_shares(climb, float(least) / _FINER)
    company = np.repeat(np.arange(len(lists.length), dtype=np.int32), lists.length)
    order = np.argsort(lists.begin[lists.length > 0], kind="stable")
    held = np.flatnonzero(lists.length > 0)[order]
    company = np.repeat(held, lists.length[held]).astype(np.int32)
    columns = _resolved(snapshot, rights, least, lists, company)
    owner, company, share = columns
    decided = np.abs(share - float(least)) <= _NEAR if least else np.zeros(len(share), np.bool_)
    kept = (share > float(least)) | decided
    for row in np.flatnonzero(decided).tolist():
        kept[row] = exact_share(snapshot, int(owner[row]), int(company[row]), rights) >= least
    owner, company, share = owner[kept], company[kept], share[kept]
    rank = np.lexsort((owner, company))
    numbers = snapshot.numbers_of
    return UltimateOwners(
        numbers(owner[rank]), numbers(company[rank]), share[rank], int(decided.sum())
    )


def _resolved(
    snapshot: ColumnarSnapshot,
    rights: str,
    least: Fraction,
    lists: EndShares,
    company: Integers,
) -> tuple[Integers, Integers, Floats]:
    """Return rows that may reach the floor; companies whose residual matters are solved anew."""
    low = float(least) - _NEAR
    doubtful = (lists.share < low) & (lists.share + lists.residual[company] >= low)
    hidden = np.flatnonzero(lists.residual >= low) if least else np.empty(0, dtype=np.int64)
    anew = np.union1d(company[doubtful], hidden)
    keep = (lists.share >= low) & ~np.isin(company, anew)
    parts = [(lists.end[keep], company[keep], lists.share[keep])]
    climb = climb_of(snapshot, rights)
    for one in anew.tolist():
        found = climb.above(one)
        ends = climb.is_end[found.nodes] & (found.arriving >= low)
        size = int(ends.sum())
        parts.append((found.nodes[ends], np.full(size, one), found.arriving[ends]))
    owner, companies, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    return owner, companies, share


def exact_share(snapshot: ColumnarSnapshot, owner: int, company: int, rights: str) -> Fraction:
    """Return what arrives at an end from a company, in fractions (parties by position)."""
    column, network = snapshot.column(rights), snapshot.network
    climb = climb_of(snapshot, rights)
    above = [int(node) for node in climb.above(company).nodes]
    place = {node: row for row, node in enumerate(above)}
    rows: list[dict[int, Fraction]] = [{} for _ in above]
    for node in above:
        if climb.is_end[node]:
            continue
        for line in range(int(network.first[node]), int(network.first[node + 1])):
            part = Fraction(int(column.weight[line]), int(column.whole[node]))
            rows[place[int(network.holder[line])]][place[node]] = part
    share: Fraction = System(rows).solve({place[company]: 1})[place[owner]]
    return share
