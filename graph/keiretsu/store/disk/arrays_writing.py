"""Writing a generation from a table in arrays: without an object for each row."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.formats.table.arrays import KINDS, UNTOLD
from keiretsu.formats.tally import Tally
from keiretsu.model import ClaimSet, Party
from keiretsu.store.disk.columns_writing import (
    FOLDER,
    LABELS,
    ODD,
    PARTY,
    PARTY_TYPE,
    write_columns,
    write_stamp,
)
from keiretsu.store.disk.filled.plain_text import PlainText, is_fillable, lines_of, percents
from keiretsu.store.disk.fingerprint import Runs, fingerprint_of
from keiretsu.store.disk.plain import CLAIM
from keiretsu.store.disk.told import write_codes_beyond
from keiretsu.store.disk.writing import (
    ABOUT,
    CLAIMS,
    IRIS,
    NAMED,
    NAMES,
    PARTIES,
    REST,
    manifest_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays import PlainTable
    from keiretsu.store.disk.manifest import Manifest
    from keiretsu.store.syntax.forms import Fill

    Integers = NDArray[Any]

_AT_ONCE = 10_000
_MOST_KINDS = 10_000


def write_table(
    folder: Path,
    table: PlainTable,
    inputs: dict[str, str],
    tally: Tally | None = None,
    *,
    columns_alone: bool = False,
) -> Manifest:
    """Write a plain table into a new folder, and return the manifest to publish.

    Parameters
    ----------
    folder
        An empty folder.
    table
        The table.
    inputs
        SHA-256 of each loaded file, by name.
    tally
        Told how far it has come.
    columns_alone
        Whether what columns hold is written as columns only, and not as N-Quads too.

    Notes
    -----
    What is written is, byte by byte, what `write_generation` writes of the same table read as
    objects.
    """
    order = _order(table)
    rows, parties = len(order), len(table.kinds)
    places = _write_claims(folder, table, tally or Tally(), columns_alone=columns_alone)
    about = np.empty((rows, 4), dtype=np.int64)
    about[:, 0], about[:, 1], about[:, 2:] = table.issuer[order], table.holder[order], 0
    if places.holdings is not None:
        about[:, 2:] = places.holdings[order]
    np.save(folder / ABOUT, about)
    _write_arrow(folder, IRIS, table.iris)
    _write_names(folder, table)
    (folder / FOLDER).mkdir()
    write_columns(
        folder / FOLDER,
        (table.share[order], table.shares),
        (table.term[order], table.terms),
        table.ids[order],
        about[:, 1],
    )
    _write_parties(folder / FOLDER, table)
    fingerprint = fingerprint_of(folder / CLAIMS, places.runs)
    write_stamp(folder / FOLDER, fingerprint)
    counts = {"parties": parties, "holdings": rows, "blocks": parties + rows + 1}
    return manifest_of(folder, fingerprint, None, inputs, counts, columns_alone=columns_alone)


class _Places(NamedTuple):
    """Sorted runs of the file, and per row of the table where its block lies, if it has one."""

    runs: Runs
    holdings: Integers | None


def _write_claims(folder: Path, table: PlainTable, tally: Tally, *, columns_alone: bool) -> _Places:
    """Write N-Quads, and where the blocks of parties and of what is about all lie."""
    parties = np.zeros((len(table.kinds), 3), dtype=np.int64)
    parties[:, 2] = -1
    holdings = None
    with (folder / CLAIMS).open("wb") as file:
        blocks = _Blocks(file, tally)
        if not columns_alone:
            tally.begin(len(table.kinds) + len(table.holder))
            parties[:, :2] = blocks.write(_parties(table))
        rest = lines_of(ClaimSet(parties={}, documents={one.id: one for one in table.documents}))
        np.save(folder / REST, blocks.write([[rest]]))
        if not columns_alone:
            order = np.lexsort(_hash_keys(table.ids))
            holdings = np.empty((len(order), 2), dtype=np.int64)
            holdings[order] = blocks.write(_holdings(table, order))
    np.save(folder / PARTIES, parties)
    return _Places(blocks.runs, holdings)


class _Blocks:
    """Writes blocks one after the other, and notes where they lie."""

    def __init__(self, file: IO[bytes], tally: Tally) -> None:
        self.runs = Runs()
        self._file, self._tally, self._place = file, tally, 0

    def write(self, chunks: Iterable[list[bytes]]) -> Integers:
        """Write chunks of blocks; return where each block begins and how large it is."""
        sizes = [np.zeros(0, dtype=np.int64)]
        for blocks in chunks:
            for block in blocks:
                self.runs.add(block)
            self._file.writelines(blocks)
            self._tally.add(len(blocks))
            sizes.append(np.array([len(block) for block in blocks], dtype=np.int64))
        size = np.concatenate(sizes)
        ends = self._place + np.cumsum(size)
        self._place = int(ends[-1]) if len(ends) else self._place
        return np.column_stack([ends - size, size])


def _parties(table: PlainTable) -> Iterator[list[bytes]]:
    text = PlainText()
    forms: dict[tuple[Any, ...], Fill] = {}
    for begin in range(0, len(table.kinds), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        told = (
            table.kinds[some].tolist(),
            table.countries[some].tolist(),
            table.listed[some].tolist(),
        )
        blocks = []
        for iri, label, *kind in zip(
            table.iris[some].to_pylist(), table.labels[some].to_pylist(), *told, strict=True
        ):
            form = forms.get(key := tuple(kind))
            if form is None:
                form = forms[key] = text.form_of_party(_party(iri, label, *kind))
            fits = is_fillable(iri, label)
            blocks.append(
                form(iri, label).encode() if fits else text.party(_party(iri, label, *kind))
            )
        yield blocks


def _party(iri: str, label: str, kind: int, country: bytes, listed: int) -> Party:
    return Party(
        id=iri,
        label=label,
        kind=KINDS[kind],
        jurisdiction=country.decode() or None,
        listed=None if listed == UNTOLD else bool(listed),
    )


def _holdings(table: PlainTable, order: Integers) -> Iterator[list[bytes]]:
    """Yield the holdings in an order of rows."""
    text, ends = PlainText(), [percents(share) for share in table.shares]
    open_ends = [(share.low_open, share.high_open) for share in table.shares]
    forms: dict[tuple[int, tuple[bool, bool]], Fill] = {}
    for begin in range(0, len(order), _AT_ONCE):
        rows = order[begin : begin + _AT_ONCE]
        names = table.ids[rows].tobytes().hex()
        digits = 2 * table.ids.shape[1]
        columns = (
            [names[at : at + digits] for at in range(0, len(names), digits)],
            table.iris.take(table.holder[rows]).to_pylist(),
            table.iris.take(table.issuer[rows]).to_pylist(),
            table.term[rows].tolist(),
            table.share[rows].tolist(),
        )
        blocks = []
        for name, holder, issuer, term, share in zip(*columns, strict=True):
            form = forms.get(key := (term, open_ends[share]))
            if form is None:
                if len(forms) >= _MOST_KINDS:
                    forms.clear()
                form = text.form_of_holding(table.terms[term], table.shares[share])
                forms[key] = form
            blocks.append(form(f"{CLAIM}{name}", holder, issuer, *ends[share]).encode())
        yield blocks


def _order(table: PlainTable) -> Integers:
    """Return rows by issuer, and those of an issuer by the IRIs of their claims."""
    return np.lexsort((*_hash_keys(table.ids), table.issuer))


def _hash_keys(ids: Integers) -> tuple[Integers, Integers]:
    """Return the hashes of claims as keys for `numpy.lexsort`, the last one decides first."""
    ids = np.ascontiguousarray(ids)
    return ids[:, 8:].copy().view(">u2").ravel(), ids[:, :8].copy().view(">u8").ravel()


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
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    numbers = pa.array(np.arange(len(table.kinds), dtype=np.int32))
    names = pa.table({"name": table.folded, "number": numbers})
    order = pc.sort_indices(names, [("name", "ascending"), ("number", "ascending")])
    _write_arrow(folder, NAMES, table.folded.take(order))
    np.save(folder / NAMED, numbers.take(order).to_numpy())


def _write_parties(folder: Path, table: PlainTable) -> None:
    rows = np.zeros(len(table.kinds), dtype=PARTY_TYPE)
    rows["kind"], rows["plain"], rows["country"] = table.kinds, 1, table.countries
    rows["listed"] = np.where(table.listed == UNTOLD, ODD, table.listed)
    for name in ("remainder", "state"):
        rows[name] = ODD
    np.save(folder / PARTY, rows)
    _write_arrow(folder, LABELS, table.labels)
    write_codes_beyond(folder, np.full(len(rows), ODD, dtype=np.int32), ())
