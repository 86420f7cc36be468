"""The parties of a plain table: who they are, and what rows tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from keiretsu.formats.table import cells
from keiretsu.formats.table.arrays.columns import NotPlainError, TextColumns, cell_of
from keiretsu.formats.table.parties import iri_of_label
from keiretsu.formats.table.reader import FIELD_LIMIT
from keiretsu.formats.table.total_rows import WORDS
from keiretsu.model import PartyKind
from keiretsu.model.names import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from keiretsu.formats.table.arrays.columns import Integers
    from keiretsu.formats.tally import Tally

KINDS: Final = tuple(PartyKind)
UNTOLD: Final = -1
"""What no row tells."""
_PARTY = KINDS.index(PartyKind.PARTY)
_AT_ONCE = 100_000


class PartyColumns(NamedTuple):
    """Parties sorted by IRI, and per row the positions of its two; see `PlainTable`."""

    iris: Any
    labels: Any
    folded: Any
    kinds: NDArray[np.int8]
    countries: NDArray[np.bytes_]
    listed: NDArray[np.int8]
    holder: NDArray[np.int32]
    issuer: NDArray[np.int32]


def read_parties(columns: TextColumns, tally: Tally) -> PartyColumns:
    """Return the parties that rows name, and what they tell of them.

    Raises
    ------
    NotPlainError
        If a name is missing or spelled in two ways, or rows contradict each other.
    InputError
        If a cell is none that can stand there.
    """
    ends, (iris, labels, folded) = _named(columns, tally)
    holder, issuer = ends[: columns.rows], ends[columns.rows :]
    count = len(iris)

    def told(read: Callable[[str, str], Hashable], **of: Integers) -> tuple[Integers, list[Any]]:
        return _told(columns, read, of, count)

    kinds, known = told(_kind, holder_kind=holder, issuer_kind=issuer)
    kinds = np.array([*map(KINDS.index, known), _PARTY], dtype=np.int8)[kinds]
    countries, known = told(cells.country, issuer_jurisdiction=issuer)
    countries = np.array([*(one.encode() for one in known), b""], dtype="S2")[countries]
    listed, known = told(cells.truth, issuer_listed=issuer)
    listed = np.array([*map(int, known), UNTOLD], dtype=np.int8)[listed]
    return PartyColumns(iris, labels, folded, kinds, countries, listed, holder, issuer)


def _named(columns: TextColumns, tally: Tally) -> tuple[Integers, tuple[Any, Any, Any]]:
    """Return positions of holders and then of issuers; IRIs, labels and folded labels."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415

    encoded = pa.concat_arrays([columns.names["holder"], columns.names["issuer"]])
    encoded = encoded.dictionary_encode()
    codes, names = encoded.indices.to_numpy(), encoded.dictionary
    columns.names.clear()
    del encoded
    iris, labels, folded = _identified(names, columns.rows, tally)
    order = pc.sort_indices(iris)
    iris, labels, folded = iris.take(order), labels.take(order), folded.take(order)
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = pc.not_equal(iris[1:], iris[:-1]).to_numpy(zero_copy_only=False)
    other = pc.not_equal(labels[1:], labels[:-1]).to_numpy(zero_copy_only=False)
    if (other & ~fresh[1:]).any():
        raise NotPlainError  # two spellings of one name: the first in the table is the label
    position = np.empty(len(order), dtype=np.int32)
    position[order.to_numpy()] = np.cumsum(fresh) - 1
    kept = pa.array(fresh)
    return position[codes], (iris.filter(kept), labels.filter(kept), folded.filter(kept))


def _identified(names: Any, steps: int, tally: Tally) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """Return IRIs, labels and folded labels of names; all of them are so many steps of work."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    parts: tuple[list[Any], ...] = ([], [], [])
    done = 0
    for begin in range(0, len(names), _AT_ONCE):
        some = names[begin : begin + _AT_ONCE].to_pylist()
        labels = [tidy(cell_of(text)) for text in some]
        folded = [fold(label) for label in labels]
        if not all(folded) or max(map(len, some)) > FIELD_LIMIT:
            raise NotPlainError  # a party without a name, or a quote that is not closed
        if not WORDS.isdisjoint(folded):
            raise NotPlainError  # what may be the row of a sum is told with its line
        iris = [iri_of_label(*pair) for pair in zip(labels, folded, strict=True)]
        for part, texts in zip(parts, (iris, labels, folded), strict=True):
            part.append(pa.array(texts, pa.large_string()))
        now = steps * min(begin + _AT_ONCE, len(names)) // len(names)
        tally.add(now - done)
        done = now
    return tuple(pa.concat_arrays(part) for part in parts)


def _kind(text: str, column: str) -> PartyKind | None:
    """Return a kind that a cell tells: `Party` tells nothing."""
    kind = cells.kind(text, column)
    return None if kind is PartyKind.PARTY else kind


def _told(
    columns: TextColumns,
    read: Callable[[str, str], Hashable],
    of: dict[str, Integers],
    parties: int,
) -> tuple[Integers, list[Any]]:
    """Return per party the code of what rows tell of it, `UNTOLD` if none does, and the values.

    Parameters
    ----------
    columns
        The table.
    read
        Reads a cell of a column; None tells nothing.
    of
        Columns, and per row of whom each tells.
    parties
        How many there are.
    """
    there = [column for column in of if column in columns.codes]
    values = [read(text, column) for column in there for text in columns.codes[column].texts]
    told = dict.fromkeys(value for value in values if value is not None)
    known = {value: code for code, value in enumerate(told)}
    least = np.full(parties, len(known), dtype=np.int32)
    most = np.full(parties, UNTOLD, dtype=np.int32)
    for column in there:
        texts = columns.codes[column].texts
        code = [known.get(read(text, column), UNTOLD) for text in texts]
        codes = np.array(code, dtype=np.int32)[columns.codes[column].codes]
        tells = codes != UNTOLD
        np.minimum.at(least, of[column][tells], codes[tells])
        np.maximum.at(most, of[column][tells], codes[tells])
    if ((most != UNTOLD) & (least != most)).any():
        raise NotPlainError
    return most, list(known)
