"""A register as Parquet files: what engines read, and what columns are written to.

A folder has ``holdings.parquet`` and ``issuers.parquet``, each a file or a folder of parts as Spark
writes them, and, where parties have names, ``parties.parquet``. The page *A register on a cluster*
of the guides describes the columns.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError
from keiretsu.snapshot import ColumnarSnapshot, Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

HOLDINGS, ISSUERS, PARTIES = "holdings.parquet", "issuers.parquet", "parties.parquet"
MANIFEST = "register.json"
VERSION = 1
_REMOTE = "://"


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """Where a register lies, and what is told of it.

    Parameters
    ----------
    folder
        A folder, or an address that Spark can read.
    as_of
        The day of the register; None if it is not told.
    parties, holdings
        How many there are, if that is told.
    named
        Whether its parties have identifiers and labels.
    """

    folder: str
    as_of: dt.date | None = None
    parties: int | None = None
    holdings: int | None = None
    named: bool = False

    @classmethod
    def at(cls, folder: str | Path) -> RegisterFiles:
        """Return the register in a folder.

        Raises
        ------
        InputError
            If there is none, or it is of a version that this one does not read.
        """
        place = str(folder)
        if _REMOTE in place:
            return cls(place)
        if not is_register(place):
            mend = f"a register has {HOLDINGS} and {ISSUERS}"
            raise InputError("there is no register in Parquet", place=place, mend=mend)
        told = _manifest(Path(place) / MANIFEST)
        return cls(place, **told, named=(Path(place) / PARTIES).exists())

    def path(self, table: str) -> str:
        """Return where a table of the register lies."""
        return f"{self.folder.rstrip('/')}/{table}"


def is_register(folder: str | Path) -> bool:
    """Return whether a folder holds a register in Parquet."""
    return all((Path(folder) / table).exists() for table in (HOLDINGS, ISSUERS))


def _manifest(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        version, day = told["version"], told["as_of"]
        found = {
            "as_of": dt.date.fromisoformat(day),
            "parties": int(told["parties"]),
            "holdings": int(told["holdings"]),
        }
    except (ValueError, TypeError, KeyError) as error:
        problem = f"the register's description cannot be read ({type(error).__name__})"
        raise InputError(problem, place=str(path), mend="write it again, or remove it") from None
    if version != VERSION:
        problem = f"the register has version {version}, and this is read: {VERSION}"
        raise InputError(problem, place=str(path), mend="use the Keiretsu that wrote it")
    return found


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
    _, pq = _arrow()
    try:
        place.mkdir(parents=True, exist_ok=True)
        tables = {HOLDINGS: _holdings(world), ISSUERS: _issuers(world)}
        if names is not None:
            tables[PARTIES] = _parties(world, names)
        for name, table in tables.items():
            pq.write_table(table, place / name, compression="zstd")
        files = RegisterFiles(
            str(place),
            world.as_of,
            world.network.parties,
            tables[HOLDINGS].num_rows,
            names is not None,
        )
        told = {k: v for k, v in asdict(files).items() if k in ("parties", "holdings")}
        told |= {"version": VERSION, "as_of": world.as_of.isoformat()}
        (place / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        problem = f"the register cannot be written ({error.strerror})"
        raise InputError(problem, place=str(place), mend="choose another folder") from None
    return files


def read_register(files: RegisterFiles) -> ColumnarSnapshot:
    """Return a register in Parquet as columns in memory; own shares and doubles are understood.

    Raises
    ------
    InputError
        If the files cannot be read, lack a column, or the numbers in them do not fit together.
    """
    holdings, issuers = _read(files, HOLDINGS), _read(files, ISSUERS)
    holder, issuer = (_integers(holdings, name, files) for name in ("holder", "issuer"))
    known = _integers(issuers, "issuer", files)
    listed = [holder, issuer, known]
    if files.named:
        listed.append(_integers(_read(files, PARTIES), "party", files))
    parties = max([files.parties or 0, *(int(c.max()) + 1 for c in listed if len(c))])
    rights = ["capital"] + (["votes"] if "votes" in holdings.column_names else [])
    given: dict[str, Any] = {}
    for right in rights:
        total = np.ones(parties, dtype=np.int64)
        total[known] = _integers(issuers, f"{right}_total", files)
        given |= {right: _integers(holdings, right, files), f"{right}_total": total}
    complete = np.zeros(parties, dtype=np.bool_)
    if "complete" in issuers.column_names:
        complete[known] = issuers.column("complete").to_numpy(zero_copy_only=False)
    return Snapshot.from_arrays(
        holder, issuer, **given, complete=complete, parties=parties, as_of=files.as_of
    )


def names_of(files: RegisterFiles, parties: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return identifiers and labels of some parties; a party without a name is its number."""
    found = {party: (f"urn:keiretsu:party:{party}", str(party)) for party in parties}
    if not files.named:
        return found
    pa, pq = _arrow()
    wanted = pa.array(sorted(set(parties)), type=pa.int64())
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy, and only Parquet needs it

    with pq.ParquetFile(files.path(PARTIES)) as file:
        for batch in file.iter_batches(columns=["party", "id", "label"]):
            mine = batch.filter(pc.is_in(batch.column("party"), wanted))
            rows = (mine.column(name).to_pylist() for name in ("party", "id", "label"))
            found.update({party: (one, label) for party, one, label in zip(*rows, strict=True)})
    return found


def _holdings(world: ColumnarSnapshot) -> pa.Table:
    """Return all holdings, own shares as a party's holding in itself."""
    pa, _ = _arrow()
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
    pa, _ = _arrow()
    held = np.flatnonzero(world.network.is_recorded)
    columns = {
        "issuer": world.numbers_of(held).astype(np.int64),
        "capital_total": world.capital_column.total[held].astype(np.int64),
    }
    if world.votes_column is not world.capital_column:
        columns["votes_total"] = world.votes_column.total[held].astype(np.int64)
    return pa.table(columns | {"complete": world.closed[held]})


def _parties(world: ColumnarSnapshot, names: Sequence[tuple[str, str]]) -> pa.Table:
    pa, _ = _arrow()
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


def _read(files: RegisterFiles, name: str) -> pa.Table:
    pa, pq = _arrow()
    try:
        return pq.read_table(files.path(name))
    except (pa.ArrowException, OSError, ValueError) as error:
        problem = f"the Parquet file is damaged or cut short ({type(error).__name__})"
        raise InputError(problem, place=files.path(name), mend="write it again") from None


def _integers(table: pa.Table, name: str, files: RegisterFiles) -> Any:  # noqa: ANN401 - an array
    import pyarrow.types as kinds  # noqa: PLC0415 - heavy, and only Parquet needs it

    if name not in table.column_names:
        raise InputError(f"there is no column {name!r}", place=files.folder, mend="add it")
    column = table.column(name)
    if not kinds.is_integer(column.type) or column.null_count:
        problem = f"the column {name!r} is not all whole numbers"
        raise InputError(problem, place=files.folder, mend="give weights and totals as integers")
    return column.to_numpy()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and only Parquet needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        mend = "pip install 'keiretsu[register]'"
        raise InputError("a register in Parquet needs the package pyarrow", mend=mend) from None
    return pa, pq
