"""Writing a generation of columns alone from a table in arrays: without an object for each row."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu import __version__
from keiretsu.model import ClaimSet, Sourcing, Status
from keiretsu.store.disk.columns_writing import (
    FOLDER,
    LABELS,
    ODD,
    PARTY,
    PARTY_TYPE,
    write_columns,
    write_stamp,
)
from keiretsu.store.disk.folder import Manifest
from keiretsu.store.disk.plain_text import lines_of
from keiretsu.store.disk.writing import (
    ABOUT,
    CLAIMS,
    IRIS,
    NAMED,
    NAMES,
    PARTIES,
    REST,
    fingerprint_of_columns,
    sizes_of,
)
from keiretsu.store.unwritten import FINGERPRINT_DIGITS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays import PlainTable

    Integers = NDArray[Any]


def write_table(folder: Path, table: PlainTable, inputs: dict[str, str]) -> Manifest:
    """Write a plain table into a new folder, and return the manifest to publish.

    Parameters
    ----------
    folder
        An empty folder.
    table
        The table.
    inputs
        SHA-256 of each loaded file, by name.

    Notes
    -----
    What is written is, byte by byte, what `write_generation` writes of the same table read as
    objects, with columns alone.
    """
    order = _order(table)
    rows, parties = len(order), len(table.kinds)
    rest = lines_of(ClaimSet(parties={}, documents={table.document.id: table.document}))
    (folder / CLAIMS).write_bytes(rest)
    np.save(folder / REST, np.array([[0, len(rest)]], dtype=np.int64))
    nowhere = np.zeros((parties, 3), dtype=np.int64)
    nowhere[:, 2] = -1
    np.save(folder / PARTIES, nowhere)
    about = np.zeros((rows, 4), dtype=np.int64)
    about[:, 0], about[:, 1] = table.issuer[order], table.holder[order]
    np.save(folder / ABOUT, about)
    _write_arrow(folder, IRIS, table.iris)
    _write_names(folder, table)
    document, said = table.document.id, (Status.ACCEPTED, Sourcing.SOURCED)
    (folder / FOLDER).mkdir()
    write_columns(
        folder / FOLDER,
        (table.share[order], table.shares),
        (table.period[order], [(one, document, document, *said) for one in table.periods]),
        table.ids[order],
        about[:, 1],
    )
    _write_parties(folder / FOLDER, table)
    lines = b"".join(sorted(set(rest.splitlines(keepends=True))))
    fingerprint = hashlib.sha256(lines).hexdigest()[:FINGERPRINT_DIGITS]
    write_stamp(folder / FOLDER, fingerprint)
    fingerprint = fingerprint_of_columns(folder, fingerprint)
    counts = {"parties": parties, "holdings": rows, "blocks": parties + rows + 1}
    sizes = sizes_of(folder, columns_alone=True)
    return Manifest(fingerprint, None, inputs, counts, sizes, __version__, columns_alone=1)


def _order(table: PlainTable) -> Integers:
    """Return rows by issuer, and those of an issuer by the IRIs of their claims."""
    ids = np.ascontiguousarray(table.ids)
    first = ids[:, :8].copy().view(">u8").ravel()
    last = ids[:, 8:].copy().view(">u2").ravel()
    return np.lexsort((last, first, table.issuer))


def _write_arrow(folder: Path, name: str, texts: Any) -> None:  # noqa: ANN401 - an Arrow array
    """Write texts as `keiretsu.store.disk.texts.write_texts` does."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    whole = pa.concat_arrays([texts])  # so that it begins at the beginning of its buffers
    ends = np.frombuffer(whole.buffers()[1], dtype=np.int64)[: len(whole) + 1]
    np.save(folder / f"{name}.npy", ends - ends[0])
    content = whole.buffers()[2]
    data = b"" if content is None else memoryview(content)[int(ends[0]) : int(ends[-1])]
    with (folder / f"{name}.txt").open("wb") as file:
        file.write(data)


def _write_names(folder: Path, table: PlainTable) -> None:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415

    numbers = pa.array(np.arange(len(table.kinds), dtype=np.int32))
    names = pa.table({"name": table.folded, "number": numbers})
    order = pc.sort_indices(names, [("name", "ascending"), ("number", "ascending")])
    _write_arrow(folder, NAMES, table.folded.take(order))
    np.save(folder / NAMED, numbers.take(order).to_numpy())


def _write_parties(folder: Path, table: PlainTable) -> None:
    rows = np.zeros(len(table.kinds), dtype=PARTY_TYPE)
    rows["kind"], rows["plain"] = table.kinds, 1
    for name in ("listed", "remainder", "state"):
        rows[name] = ODD
    np.save(folder / PARTY, rows)
    _write_arrow(folder, LABELS, table.labels)
