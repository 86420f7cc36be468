"""A world of named parties as a register in columns, for engines to compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from keiretsu.errors import InputError
from keiretsu.rights import rights_of
from keiretsu.snapshot import Snapshot

if TYPE_CHECKING:
    from keiretsu.snapshot import ColumnarSnapshot

Names = list[tuple[str, str]]


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
    mend = "ask without --engine"
    for party in world.parties:
        if party.acts_for is not None:
            problem = f"{party.label!r} acts for another party, which engines do not know"
            raise InputError(problem, mend=mend)
    ledger = (
        rights_of(world).ledger(right, decision) if decision else rights_of(world).ledger(right)
    )
    inexact = next((p for p in range(len(world.parties)) if not ledger.is_exact(p)), None)
    if inexact is not None:
        problem = f"shares of {world.parties[inexact].label!r} are known as ranges only"
        raise InputError(f"{problem}, and engines count exactly", mend=mend)
    rows = [
        (ledger.holder_of(line), ledger.issuer_of(line), ledger.weight(line))
        for line in range(len(ledger.holding))
        if ledger.holder_of(line) not in (ledger.issuer_of(line), -1)
    ]
    holder, issuer, weight = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    )
    whole = [ledger.whole(party) for party in range(len(world.parties))]
    columns = Snapshot.from_arrays(
        np.array(holder, dtype=np.int64),
        np.array(issuer, dtype=np.int64),
        capital=np.array(weight, dtype=object) if rows else np.array([], dtype=np.int64),
        capital_total=np.array([max(one, 1) for one in whole], dtype=object),
        parties=len(world.parties),
        as_of=world.as_of,
    )
    return columns, [(party.id, party.label) for party in world.parties]
