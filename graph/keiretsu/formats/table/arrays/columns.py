"""The columns of a plain table: names as text, other cells as codes of what stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np

from keiretsu.formats.defusing import undefused
from keiretsu.formats.table.columns import Columns
from keiretsu.formats.table.reader import FIELD_LIMIT, Row, delimiter_of
from keiretsu.model import Caution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[Any]

Value = TypeVar("Value")

NAMES: Final[tuple[str, ...]] = ("holder", "issuer")
CODED: Final[tuple[str, ...]] = (
    "capital_percent",
    "valid_from",
    "valid_until",
    "holder_kind",
    "issuer_kind",
    "issuer_jurisdiction",
    "issuer_listed",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
    "status",
    "sourcing",
)
_QUOTE_WITHIN = re.compile(rb'[^,;\t\r\n]"[^,;\t\r\n]')
"""A quote that neither opens nor closes a cell: readers of CSV differ about it."""
_BLOCK = FIELD_LIMIT // 2
"""Bytes read at once: no cell of a row that lies in two such blocks is too large."""


class NotPlainError(Exception):
    """A table has something that is read row by row."""


class Coded(NamedTuple):
    """A column: per row a code, and what the codes stand for."""

    codes: Integers
    texts: list[str]


class TextColumns(NamedTuple):
    """What was read: names as Arrow text, the other columns that the table has as codes."""

    rows: int
    names: dict[str, Any]
    codes: dict[str, Coded]
    cautions: tuple[Caution, ...]


def read_columns(data: bytes, name: str) -> TextColumns:
    """Read the columns that are known.

    Raises
    ------
    NotPlainError
        If the table is to be read row by row.
    InputError
        If its header is wrong.
    """
    from pyarrow import ArrowException, BufferReader, csv  # noqa: PLC0415 - heavy

    quoted = b'"' in data
    if b"\0" in data or (quoted and _QUOTE_WITHIN.search(data.replace(b'""', b""))):
        raise NotPlainError
    head = data[:FIELD_LIMIT].decode("utf-8-sig", "replace")
    parsing = csv.ParseOptions(delimiter=delimiter_of(head), newlines_in_values=quoted)
    reading = csv.ReadOptions(block_size=_BLOCK)
    try:
        with csv.open_csv(BufferReader(data), reading, parsing) as reader:
            titles = reader.schema.names
        known, cautions = _known(titles, name)
        options = csv.ConvertOptions(column_types=_types(titles, known), strings_can_be_null=False)
        table = csv.read_csv(BufferReader(data), reading, parsing, options)
    except ArrowException:
        raise NotPlainError from None
    if not table.num_rows:
        raise NotPlainError
    names = {column: table.column(known[column]).combine_chunks() for column in NAMES}
    codes = {c: _coded(table.column(known[c])) for c in CODED if c in known}
    return TextColumns(table.num_rows, names, codes, cautions)


def _known(titles: list[str], name: str) -> tuple[dict[str, int], tuple[Caution, ...]]:
    """Return where the known columns stand, and that others are not read."""
    columns = Columns(Row(1, tuple(title.strip() for title in titles)), name)
    known = {
        column: index for column in (*NAMES, *CODED) if (index := columns.index(column)) is not None
    }
    if len(known) + len(columns.unknown) != len(titles) or "capital_percent" not in known:
        raise NotPlainError
    if not all(columns.unknown.values()):
        raise NotPlainError  # only its cells tell whether a column without a title is one
    told = sorted(columns.problems(()))
    return known, tuple(Caution(one.rule, one.problem, one.parties) for one in told)


def _types(titles: Sequence[str], known: dict[str, int]) -> dict[str, Any]:
    """Return how Arrow keeps each column: what is not names repeats itself, so each text once."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    names = {titles[known[name]] for name in NAMES}
    once = pa.dictionary(pa.int32(), pa.string())
    return {title: pa.large_string() if title in names else once for title in titles}


def _coded(column: Any) -> Coded:  # noqa: ANN401 - an Arrow array
    whole = column.unify_dictionaries()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in whole.chunks])
    return Coded(codes, [cell_of(text) for text in whole.chunk(0).dictionary.to_pylist()])


def cell_of(text: str) -> str:
    """Return what stands in a cell, as it is read row by row."""
    return undefused(text.strip())


def distinct(values: Iterable[Value]) -> tuple[NDArray[np.int32], list[Value]]:
    """Return per value its place among the different ones, and these.

    Examples
    --------
    >>> codes, values = distinct("abca")
    >>> codes.tolist(), values
    ([0, 1, 2, 0], ['a', 'b', 'c'])
    """
    known: dict[Value, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return np.array(codes, dtype=np.int32), list(known)


def combined(
    columns: Sequence[tuple[Integers, int]], rows: int
) -> tuple[NDArray[np.int32], list[tuple[int, ...]]]:
    """Return per row which combination of codes it has, and these.

    Parameters
    ----------
    columns
        Per column the codes of the rows, and how many different ones there are.
    rows
        How many rows there are.

    Examples
    --------
    >>> codes, found = combined([(np.array([0, 1, 0]), 2), (np.array([0, 0, 0]), 1)], 3)
    >>> codes.tolist(), found
    ([0, 1, 0], [(0, 0), (1, 0)])
    """
    code = np.zeros(rows, dtype=np.int32)
    found: list[tuple[int, ...]] = [()]
    for codes, count in columns:
        if count == 1:
            found = [(*one, 0) for one in found]
            continue
        pairs, inverse = np.unique(code.astype(np.int64) * count + codes, return_inverse=True)
        code = inverse.astype(np.int32)
        found = [(*found[pair // count], pair % count) for pair in pairs.tolist()]
    return code, found
