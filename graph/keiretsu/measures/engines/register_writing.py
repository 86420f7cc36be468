"""Columns in memory written as a register in Parquet, whole or not at all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.errors import InputError
from keiretsu.measures.engines.register_files import (
    HOLDINGS,
    ISSUERS,
    MANIFEST,
    PARTIES,
    VERSION,
    RegisterFiles,
    arrow,
    is_register,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from keiretsu.snapshot import ColumnarSnapshot


def write_register(
    world: ColumnarSnapshot,
    folder: str | Path,
    *,
    names: Sequence[tuple[str, str]] | None = None,
) -> RegisterFiles:
    """Write a register in columns as Parquet.

    Parameters
    ----------
    world
        The register.
    folder
        Where to; it is made if it is not there.
    names
        Per position, an identifier and a label.

    Raises
    ------
    InputError
        If weights are wider than 64 bits, the folder holds a register already or cannot be made,
        or pyarrow is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from keiretsu.measures.engines.register_reading import read_register
    >>> from keiretsu.snapshot import Snapshot
    >>> world = Snapshot.from_arrays([0, 0, 1], [1, 2, 2], capital=[0.6, 0.2, 0.35])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_register(world, folder)
    ...     again = read_register(RegisterFiles.at(folder))
    >>> again.capital_column.weight.tolist(), again.capital_column.whole.tolist()
    ([6, 20, 35], [0, 10, 100])
    """
    if not (world.capital_column.is_narrow and world.votes_column.is_narrow):
        mend = "engines count in 64 bits; ask without --engine"
        raise InputError("weights are wider than 64 bits", mend=mend)
    place = Path(folder)
    if is_register(place):
        raise InputError("there is a register already", place=str(place), mend="name a new folder")
    tables = {HOLDINGS: _holdings(world), ISSUERS: _issuers(world)}
    if names is not None:
        tables[PARTIES] = _parties(world, names)
    told = {
        "parties": world.network.parties,
        "holdings": tables[HOLDINGS].num_rows,
        "version": VERSION,
        "as_of": world.as_of.isoformat(),
    }
    try:
        _put(place, tables, json.dumps(told, indent=1) + "\n")
    except OSError as error:
        problem = f"the register cannot be written ({error.strerror or type(error).__name__})"
        raise InputError(problem, place=str(place), mend="choose another folder") from None
    return RegisterFiles.at(place)


def _put(place: Path, tables: Mapping[str, pa.Table], manifest: str) -> None:
    """Write files beside their place and move them there; what makes it a register comes last."""
    _, pq = arrow()
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=place) as beside:
        for name, table in tables.items():
            pq.write_table(table, f"{beside}/{name}", compression="zstd")
        Path(beside, MANIFEST).write_text(manifest, encoding="utf-8")
        for name in sorted((MANIFEST, *tables), key=(HOLDINGS, ISSUERS).__contains__):
            Path(beside, name).replace(place / name)


def _holdings(world: ColumnarSnapshot) -> pa.Table:
    """Return all holdings, own shares as a party's holding in itself."""
    pa, _ = arrow()
    network = world.network
    own = np.flatnonzero(world.own_capital)
    issuer = np.repeat(np.arange(network.parties), np.diff(network.first))
    holder = np.concatenate([network.holder, own])
    columns = {"capital": np.concatenate([world.capital_column.weight, world.own_capital[own]])}
    if world.votes_column is not world.capital_column:
        zeros = np.zeros(len(own), dtype=np.int64)
        columns["votes"] = np.concatenate([world.votes_column.weight, zeros])
    ends = {"holder": holder, "issuer": np.concatenate([issuer, own])}
    both = {name: world.numbers_of(column) for name, column in ends.items()} | columns
    return pa.table({name: pa.array(c.astype(np.int64)) for name, c in both.items()})


def _issuers(world: ColumnarSnapshot) -> pa.Table:
    pa, _ = arrow()
    held = np.flatnonzero(world.network.is_recorded)
    columns = {
        "issuer": world.numbers_of(held).astype(np.int64),
        "capital_total": world.capital_column.total[held].astype(np.int64),
    }
    if world.votes_column is not world.capital_column:
        columns["votes_total"] = world.votes_column.total[held].astype(np.int64)
    return pa.table(columns | {"complete": world.closed[held]})


def _parties(world: ColumnarSnapshot, names: Sequence[tuple[str, str]]) -> pa.Table:
    pa, _ = arrow()
    positions = np.arange(world.network.parties)
    ids, labels = zip(*names, strict=True) if names else ((), ())
    numbers = world.numbers_of(positions).astype(np.int64)
    return pa.table(
        {
            "party": numbers,
            "id": pa.array(ids, type=pa.string()),
            "label": pa.array(labels, type=pa.string()),
        }
    )
