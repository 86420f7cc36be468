"""A register in Parquet read as columns in memory, and the names of some of its parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError
from keiretsu.measures.engines.register_files import HOLDINGS, ISSUERS, PARTIES, arrow
from keiretsu.snapshot import Snapshot
from keiretsu.snapshot.arrays import SPARSE

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from keiretsu.measures.engines.register_files import RegisterFiles
    from keiretsu.snapshot import ColumnarSnapshot

    Integers = NDArray[Any]


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
    places, parties = _places(files, holder, issuer, known)
    given: dict[str, Any] = {"holder": holder, "issuer": issuer}
    for right in ["capital"] + (["votes"] if "votes" in holdings.column_names else []):
        total = np.ones(parties, dtype=np.int64)
        total[places[places >= 0]] = _integers(issuers, f"{right}_total", files)[places >= 0]
        given |= {right: _integers(holdings, right, files), f"{right}_total": total}
    complete = np.zeros(parties, dtype=np.bool_)
    if "complete" in issuers.column_names:
        told = issuers.column("complete").to_numpy(zero_copy_only=False).astype(np.bool_)
        complete[places[places >= 0]] = told[places >= 0]
    return Snapshot.from_arrays(
        **given,
        complete=complete,
        parties=parties if parties > _top(holder, issuer) else None,
        as_of=files.as_of,
    )


def _places(
    files: RegisterFiles, holder: Integers, issuer: Integers, known: Integers
) -> tuple[Integers, int]:
    """Return at which position each issuer stands in memory, and how many positions there are.

    Numbers with wide gaps are counted anew there, those in holdings alone; -1 is no position.
    """
    if min((int(c.min()) for c in (holder, issuer, known) if len(c)), default=0) < 0:
        mend = "numbers begin at 0"
        raise InputError("a party's number is negative", place=files.folder, mend=mend)
    top = max(files.parties or 0, _top(holder, issuer), _top(known))
    if top <= SPARSE * max(len(holder), 64):
        return known, top
    numbers = np.unique(np.concatenate([holder, issuer]))
    places = np.searchsorted(numbers, known)
    is_there = numbers[np.minimum(places, len(numbers) - 1)] == known if len(numbers) else known < 0
    return np.where(is_there, places, -1), len(numbers)


def _top(*columns: Integers) -> int:
    return 1 + max((int(column.max()) for column in columns if len(column)), default=-1)


class Names:
    """Identifiers and labels of some parties of a register, compact however many they are.

    Parameters
    ----------
    party
        Their numbers.
    iri, label
        Texts in columns of Arrow, in the same order.
    """

    def __init__(self, party: Integers, iri: Any = None, label: Any = None) -> None:  # noqa: ANN401
        self._order = np.argsort(party, kind="stable")
        self._party = party[self._order]
        self._iri, self._label = iri, label

    def of(self, parties: Integers) -> list[tuple[str, str]]:
        """Return the names of parties; a party without any is its number."""
        place = np.searchsorted(self._party, parties)
        place = np.minimum(place, len(self._party) - 1)
        found = [(f"urn:keiretsu:party:{party}", str(party)) for party in parties.tolist()]
        if not len(self._party):
            return found
        known = np.flatnonzero(self._party[place] == parties)
        rows = self._order[place[known]]
        texts = (column.take(rows).to_pylist() for column in (self._iri, self._label))
        for at, one in zip(known.tolist(), zip(*texts, strict=True), strict=True):
            found[at] = one
        return found


def names_of(files: RegisterFiles, parties: Integers) -> Names:
    """Return the names of some parties of a register.

    Raises
    ------
    InputError
        If the file of names cannot be read.
    """
    if not files.named:
        return Names(np.empty(0, dtype=np.int64))
    pa, pq = arrow()
    wanted = ("party", "in", np.unique(parties).tolist())
    place = files.path(PARTIES)
    try:
        found = pq.read_table(place, columns=["party", "id", "label"], filters=[wanted])
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise _damaged(place, error) from None
    if not found.num_rows:
        return Names(np.empty(0, dtype=np.int64))
    columns = (found.column(name).combine_chunks() for name in ("party", "id", "label"))
    party, iri, label = columns
    return Names(party.to_numpy(), iri, label)


def _read(files: RegisterFiles, name: str) -> pa.Table:
    pa, pq = arrow()
    try:
        return pq.read_table(files.path(name))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(files.path(name), error) from None


def _damaged(place: str, error: Exception) -> InputError:
    problem = f"the Parquet file is damaged or cut short ({type(error).__name__})"
    return InputError(problem, place=place, mend="write it again")


def _integers(table: pa.Table, name: str, files: RegisterFiles) -> Any:  # noqa: ANN401 - an array
    import pyarrow.types as kinds  # noqa: PLC0415 - heavy, and only Parquet needs it

    if name not in table.column_names:
        raise InputError(f"there is no column {name!r}", place=files.folder, mend="add it")
    column = table.column(name)
    if not kinds.is_integer(column.type) or column.null_count:
        problem = f"the column {name!r} is not all whole numbers"
        raise InputError(problem, place=files.folder, mend="give weights and totals as integers")
    return column.to_numpy()
