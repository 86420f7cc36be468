"""A world of named parties, or a stored register, as columns for engines to compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot
from keiretsu.snapshot.scaling import LARGEST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from keiretsu.snapshot import ColumnarSnapshot
    from keiretsu.snapshot.stored_register import RegisterOnDate

    Integers = NDArray[Any]

Names = list[tuple[str, str]]
_MEND = "ask without --engine"


class _Rows(NamedTuple):
    """Holdings in columns, and what counts in each party that is held."""

    holder: Integers
    issuer: Integers
    weight: Integers
    held: Integers
    whole: Integers


def columns_of(
    world: Snapshot, right: str = "votes", decision: str = ""
) -> tuple[ColumnarSnapshot, Names]:
    """Return one right of a world as a register, with each party's identifier and label.

    The right is that which laws and share classes leave; in the register it stands as capital.

    Raises
    ------
    InputError
        If shares are ranges, weights are wider than 64 bits, or parties act for others.

    Examples
    --------
    >>> from keiretsu.mirror import snapshot_of_shares
    >>> world, names = columns_of(snapshot_of_shares({("a", "b"): "60%"}))
    >>> world.capital_column.weight.tolist(), [label for _, label in names]
    ([3], ['a', 'b'])
    """
    rows = _rows_of(world, right, decision, range(len(world.parties)))
    whole = np.ones(len(world.parties), dtype=np.int64)
    whole[rows.held] = rows.whole
    columns = Snapshot.from_arrays(
        rows.holder,
        rows.issuer,
        capital=rows.weight,
        capital_total=whole,
        parties=len(world.parties),
        as_of=world.as_of,
    )
    return columns, [(party.id, party.label) for party in world.parties]


def columns_of_stored(
    register: RegisterOnDate, beside: Snapshot, numbers: Sequence[int], right: str
) -> tuple[ColumnarSnapshot, Integers]:
    """Return one right of a stored register, of which columns do not decide all issuers.

    Parameters
    ----------
    register
        The register on a day.
    beside
        The world of what columns do not decide, and of all above it.
    numbers
        The numbers in the store of that world's parties.
    right
        The right that is counted.

    Returns
    -------
    tuple
        The register, and the number in the store of each of its parties.

    Raises
    ------
    InputError
        If shares are ranges, weights are wider than 64 bits, or parties act for others.
    """
    network, column = register.columns.network, register.columns.column(right)
    issuer = np.repeat(np.arange(network.parties), np.diff(network.first))
    undecided, of_world = set(register.objects.tolist()), np.array(numbers, dtype=np.int64)
    wanted = [place for place, number in enumerate(numbers) if number in undecided]
    rows = _rows_of(beside, right, "", wanted)
    stored = register.numbers.astype(np.int64)
    holders = np.concatenate([stored[network.holder], of_world[rows.holder]])
    issuers = np.concatenate([stored[issuer], of_world[rows.issuer]])
    held = np.concatenate([stored, of_world[rows.held]])
    # In the columns a party that columns do not decide is held by nobody; its whole comes last.
    known = np.unique(np.concatenate([holders, issuers]))
    whole = np.ones(len(known), dtype=np.int64)
    place = np.searchsorted(known, held)
    is_there = known[np.minimum(place, len(known) - 1)] == held if len(known) else held < 0
    told = np.maximum(np.concatenate([column.whole, rows.whole]), 1)
    whole[place[is_there]] = told[is_there]
    columns = Snapshot.from_arrays(
        np.searchsorted(known, holders),
        np.searchsorted(known, issuers),
        capital=np.concatenate([column.weight, rows.weight]),
        capital_total=whole,
        parties=len(known),
        as_of=beside.as_of,
    )
    return columns, known


def _rows_of(world: Snapshot, right: str, decision: str, issuers: Collection[int]) -> _Rows:
    """Return the holdings in some parties of a world, given by their positions."""
    for party in world.parties:
        if party.acts_for is not None:
            problem = f"{party.label!r} acts for another party, which engines do not know"
            raise InputError(problem, mend=_MEND)
    rights = rights_of(world)
    ledger = rights.ledger(right, decision) if decision else rights.ledger(right)
    inexact = next((p for p in issuers if not ledger.is_exact(p)), None)
    if inexact is not None:
        problem = f"shares of {world.parties[inexact].label!r} are known as ranges only"
        raise InputError(f"{problem}, and engines count exactly", mend=_MEND)
    rows = [
        (ledger.holder_of(line), issuer, ledger.weight(line))
        for issuer in issuers
        for line in ledger.lines_of(issuer)
        if ledger.holder_of(line) not in (issuer, -1)
    ]
    wholes = [(issuer, max(ledger.whole(issuer), 1)) for issuer in issuers]
    if max((number for *_, number in [*rows, *wholes]), default=0) >= LARGEST:
        mend = f"engines count in 64 bits; {_MEND}"
        raise InputError("weights are wider than 64 bits", mend=mend)
    columns = (np.array(c, dtype=np.int64) for c in zip(*rows, strict=True))
    holder, issuer, weight = columns if rows else (np.empty(0, dtype=np.int64) for _ in range(3))
    held, whole = np.array(wholes, dtype=np.int64).reshape(-1, 2).T
    return _Rows(holder, issuer, weight, held, whole)
