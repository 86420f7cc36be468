"""Arrays as they are given, checked and made into a snapshot in columns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError
from keiretsu.model import Remainder
from keiretsu.snapshot.columnar import ColumnarSnapshot
from keiretsu.snapshot.network import Pairs
from keiretsu.snapshot.right_column import RightColumn
from keiretsu.snapshot.scaling import scaled
from keiretsu.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[Any]

MOST = 2**31 - 1
"""So many parties and holdings fit in 32-bit positions."""
SPARSE = 16
"""Numbers of parties that leave more than this many gaps for each holding are renumbered."""


def columnar(
    holder: ArrayLike,
    issuer: ArrayLike,
    *,
    capital: ArrayLike | None = None,
    votes: ArrayLike | None = None,
    capital_total: ArrayLike | None = None,
    votes_total: ArrayLike | None = None,
    parties: int | None = None,
    complete: ArrayLike | None = None,
    remainder: Remainder | str = Remainder.UNDISCLOSED,
    as_of: dt.date | None = None,
) -> ColumnarSnapshot:
    """Return arrays as a snapshot; see `Snapshot.from_arrays`."""
    if capital is None and votes is None:
        raise InputError("neither capital nor votes are given", mend="give one of the two")
    holders, issuers = _ends(holder, "holder"), _ends(issuer, "issuer")
    if holders.shape != issuers.shape:
        raise InputError(
            f"{len(holders)} holders and {len(issuers)} issuers", mend="give as many of each"
        )
    count, numbers, (holders, issuers) = _numbered(holders, issuers, parties)
    pairs = Pairs.of(holders, issuers, count)
    network = pairs.network(count)
    closed = np.zeros(count, dtype=np.bool_)
    if complete is not None:
        closed |= np.broadcast_to(np.asarray(complete, dtype=np.bool_), (count,))
    given = {"capital": (capital, capital_total), "votes": (votes, votes_total)}
    columns, own = {}, np.zeros(count, dtype=np.int64)
    for name, (values, total) in given.items():
        if values is not None:
            one = scaled(values, issuers, count, total, name)
            columns[name] = RightColumn.of(
                one, pairs, network, closed=closed, own_counts=name == "capital", what=name
            )
            if name == "capital":
                own = own.astype(one.weight.dtype)
                own[pairs.issuer[pairs.is_own]] = pairs.summed(one.weight)[pairs.is_own]
    first = next(iter(columns.values()))
    return ColumnarSnapshot(
        network,
        columns.get("capital", first),
        columns.get("votes", first),
        pairs=pairs,
        own_capital=own,
        numbers=numbers,
        kind_of_remainder=Remainder(remainder),
        closed=closed,
        as_of=as_of or dt.datetime.now(tz=dt.UTC).date(),
    )


def _ends(values: ArrayLike, name: str) -> Integers:
    column = np.asarray(values)
    if column.ndim != 1 or (column.dtype.kind not in "iu" and column.size):
        raise InputError("parties are not whole numbers", place=name, mend="give integers")
    if column.size and int(column.min()) < 0:
        position = int(np.flatnonzero(column < 0)[0])
        raise InputError(
            f"{int(column[position])} is not a party's number",
            place=f"{name}[{position}]",
            mend="numbers begin at 0",
        )
    if column.size > MOST:
        raise InputError(
            f"{column.size} holdings are more than 32-bit positions tell apart", mend="split them"
        )
    return column


def _numbered(
    holders: Integers, issuers: Integers, parties: int | None
) -> tuple[int, Integers | None, tuple[Integers, Integers]]:
    """Return how many parties there are, their numbers if not all are used, and 32-bit ends."""
    top = max((int(column.max()) for column in (holders, issuers) if column.size), default=-1) + 1
    if parties is not None:
        if top > parties:
            raise InputError(f"a party's number is {top - 1}", mend="give a larger `parties`")
        top = parties
    if top <= SPARSE * max(len(holders), 64) and top <= MOST:
        return top, None, (holders.astype(np.int32), issuers.astype(np.int32))
    if parties is not None and parties > MOST:
        raise InputError(f"{parties} parties do not fit in 32 bits", mend="leave `parties` out")
    numbers, codes = np.unique(np.concatenate([holders, issuers]), return_inverse=True)
    codes = codes.astype(np.int32)
    return len(numbers), numbers, (codes[: len(holders)], codes[len(holders) :])


# What builds on a snapshot is above it: so it is told here how arrays become one.
Snapshot.of_arrays = columnar
