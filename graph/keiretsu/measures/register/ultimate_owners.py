"""Everybody's ultimate owners from a floor on: all companies of a register in one pass."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.kernels.adjacency import grouped
from keiretsu.kernels.end_shares import end_shares
from keiretsu.measures.register.near_the_floor import reaching
from keiretsu.measures.register.ownership import climb_of
from keiretsu.model import exact

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from keiretsu.kernels.visits import Climb
    from keiretsu.model import Number
    from keiretsu.snapshot import ColumnarSnapshot

    Floats = NDArray[np.float64]
    Integers = NDArray[Any]

_NEAR = 1e-9
"""Shares so near to the floor are decided in fractions."""
_GRAIN = 1e-9
"""What is smaller is dropped on the way: a thousandth of what the sixth place of percent shows."""


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
    rounded
        How many of these floats had to decide after all, because a loop between the two is too long
        to be solved in fractions.
    """

    owner: Integers
    company: Integers
    share: Floats
    decided: int
    rounded: int

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
    Entries below 1e-9 are dropped on the way, and a bound on what any owner may lack by it is
    carried along; where it and 1e-9 more could lift or lower a pair across the floor, the pair is
    decided in fractions. So the list is exact at the floor, not a lower bound. With a floor of 0
    nothing is dropped.

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
    owner, company, share = _may_reach(climb_of(snapshot, rights), float(least))
    near = np.flatnonzero(share < float(least) + _NEAR) if least else np.empty(0, dtype=np.int64)
    reached, rounded = reaching(snapshot, owner[near], company[near], least, rights)
    kept = np.ones(len(share), dtype=np.bool_)
    kept[near] = reached
    owner, company, share = owner[kept], company[kept], share[kept]
    order = _by_company(owner, company, snapshot.network.parties)
    numbers = snapshot.numbers_of
    return UltimateOwners(
        numbers(owner[order]), numbers(company[order]), share[order], len(near), rounded
    )


def _may_reach(climb: Climb, least: float) -> tuple[Integers, Integers, Floats]:
    """Return the pairs that may reach a floor, with the least that the owner has, in any order."""
    network, low = climb.network, max(least - _NEAR, least / 2)
    lists = end_shares(network, low, min(_GRAIN, least / 4))
    company = np.repeat(network.node, np.diff(lists.begin))
    hidden = np.flatnonzero(lists.slack >= low) if least else np.empty(0, dtype=np.int64)
    if not len(hidden):
        return lists.end, company, lists.share
    known = ~np.isin(company, network.node[hidden])
    parts = [(lists.end[known], company[known], lists.share[known])]
    for one in network.node[hidden].tolist():
        found = climb.above(one)
        ends = climb.is_end[found.nodes] & (found.arriving >= low)
        size = int(ends.sum())
        many = np.full(size, one, dtype=company.dtype)
        parts.append((found.nodes[ends], many, found.arriving[ends]))
    owner, company, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    return owner, company, share


def _by_company(owner: Integers, company: Integers, parties: int) -> Integers:
    """Return the order of pairs by company and owner; by counting, as there are many."""
    _, by_owner = grouped(owner, parties)
    _, by_company = grouped(company[by_owner], parties)
    order: Integers = by_owner[by_company]
    return order
