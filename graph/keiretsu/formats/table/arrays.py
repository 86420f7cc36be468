"""A plain holdings table read as arrays: millions of rows without an object for each.

A cell that stands in many rows is read once, by the same functions that read it row by row; what is
left is arithmetic on codes. A table with anything out of the ordinary is none of this module's:
then it gives nothing, and the table is read row by row, with its errors and their places.
"""

from __future__ import annotations

import hashlib
import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.formats.table import cells
from keiretsu.formats.table.columns import Columns
from keiretsu.formats.table.parties import file_document, party_iri
from keiretsu.formats.table.reader import FIELD_LIMIT, Row, delimiter_of
from keiretsu.formats.table.totals import ROUNDING, told_over
from keiretsu.model import Caution, Document, PartyKind, Period, Share
from keiretsu.model.names import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[Any]

_READ = frozenset(
    {
        "holder",
        "issuer",
        "capital_percent",
        "holder_kind",
        "issuer_kind",
        "valid_from",
        "valid_until",
    }
)
_QUOTE_WITHIN = re.compile(rb'[^,;\t\r\n]"[^,;\t\r\n]')
"""A quote that neither opens nor closes a cell: readers of CSV differ about it."""
_LARGEST = 2**62
_AT_ONCE = 200_000
KINDS = tuple(PartyKind)
_PARTY = KINDS.index(PartyKind.PARTY)


class PlainTable(NamedTuple):
    """A table of plain holdings in arrays.

    Parameters
    ----------
    document
        The table itself.
    iris, labels, folded
        Arrow arrays of text: each party's IRI, label and folded label, sorted by IRI.
    kinds
        Per party, the place of its kind among `KINDS`.
    holder, issuer
        Per row, positions of parties.
    share, period
        Per row, positions in `shares` and `periods`.
    ids
        Per row, the ten bytes of the claim's hash.
    shares, periods
        What stands in cells, each once.
    cautions
        What was assumed.
    """

    document: Document
    iris: Any
    labels: Any
    folded: Any
    kinds: NDArray[np.int8]
    holder: NDArray[np.int32]
    issuer: NDArray[np.int32]
    share: NDArray[np.int32]
    period: NDArray[np.int32]
    ids: NDArray[np.uint8]
    shares: list[Share]
    periods: list[Period]
    cautions: tuple[Caution, ...]


class NotPlainError(Exception):
    """A table has something that is read row by row."""


def read_arrays(data: bytes, name: str) -> PlainTable | None:
    r"""Read a table as arrays.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name.

    Returns
    -------
    PlainTable or None
        The holdings; None if the table is to be read row by row, or pyarrow is not installed.

    Examples
    --------
    >>> table = read_arrays(b"holder,issuer,capital_percent\nA,B,50.1\nB,C,25-50\n", "t.csv")
    >>> table.labels.to_pylist(), [str(share) for share in table.shares]
    (['A', 'B', 'C'], ['50.1 %', '[25, 50] %'])
    >>> read_arrays(b"holder,issuer,capital_percent\nA,B,much\n", "t.csv") is None
    True
    """
    try:
        return _read(data, name)
    except (NotPlainError, InputError, ImportError):
        return None


def _read(data: bytes, name: str) -> PlainTable:
    texts = _columns(data, name)
    document = file_document(data, name)
    ends, parties = _parties(texts["holder"], texts["issuer"])
    rows = len(ends) // 2
    holder, issuer = ends[:rows], ends[rows:]
    kinds = _kinds(texts, holder, issuer, len(parties.iris))
    share, shares = _shares(texts["capital_percent"])
    period, periods = _periods(texts, rows)
    cautions = _over_allocated(issuer, period, share, shares, parties.labels)
    starts = [str(one.start or "") for one in periods]
    ids = _ids(document.id, parties.iris, (holder, issuer), period, starts)
    return PlainTable(
        document,
        parties.iris,
        parties.labels,
        parties.folded,
        kinds,
        holder,
        issuer,
        share,
        period,
        ids,
        shares,
        periods,
        cautions,
    )


def _columns(data: bytes, name: str) -> dict[str, Any]:
    """Return the columns that are known, as text."""
    from pyarrow import ArrowException, BufferReader, csv, large_string  # noqa: PLC0415 - heavy

    quoted = b'"' in data
    if b"\0" in data or (quoted and _QUOTE_WITHIN.search(data.replace(b'""', b""))):
        raise NotPlainError
    head = data[:FIELD_LIMIT].decode("utf-8-sig", "replace")
    parsing = csv.ParseOptions(delimiter=delimiter_of(head), newlines_in_values=quoted)
    try:
        reader = csv.open_csv(BufferReader(data), parse_options=parsing)
        titles = reader.schema.names
        columns = Columns(Row(1, tuple(title.strip() for title in titles)), name)
        known = {column: index for column in _READ if (index := columns.index(column)) is not None}
        if len(known) != len(titles) or "capital_percent" not in known:
            raise NotPlainError
        kind = dict.fromkeys(titles, large_string())
        options = csv.ConvertOptions(column_types=kind, strings_can_be_null=False)
        table = csv.read_csv(BufferReader(data), parse_options=parsing, convert_options=options)
    except ArrowException:
        raise NotPlainError from None
    if not table.num_rows:
        raise NotPlainError
    return {column: table.column(index).combine_chunks() for column, index in known.items()}


def _coded(text: Any) -> tuple[Integers, Any]:  # noqa: ANN401 - an Arrow array
    """Return a column as codes, and the different texts."""
    encoded = text.dictionary_encode()
    return encoded.indices.to_numpy(), encoded.dictionary


class _Parties(NamedTuple):
    iris: Any
    labels: Any
    folded: Any


def _parties(holder: Any, issuer: Any) -> tuple[Integers, _Parties]:  # noqa: ANN401 - Arrow arrays
    """Return positions of holders and then of issuers, and the parties sorted by IRI."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415

    codes, names = _coded(pa.concat_arrays([holder, issuer]))
    parts: tuple[list[Any], ...] = ([], [], [])
    for some in _parts(names):
        labels = [tidy(text) for text in some]
        folded = [fold(label) for label in labels]
        if not all(folded) or max(map(len, some)) > FIELD_LIMIT:
            raise NotPlainError  # a party without a name, or a quote that is not closed
        iris = [party_iri(label) for label in labels]
        for part, texts in zip(parts, (iris, labels, folded), strict=True):
            part.append(pa.array(texts, pa.large_string()))
    iris, labels, folded = (pa.concat_arrays(part) for part in parts)
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
    return position[codes], _Parties(iris.filter(kept), labels.filter(kept), folded.filter(kept))


def _parts(texts: Any) -> Iterator[list[str]]:  # noqa: ANN401 - an Arrow array
    for begin in range(0, len(texts), _AT_ONCE):
        yield texts[begin : begin + _AT_ONCE].to_pylist()


def _kinds(
    texts: dict[str, Any], holder: Integers, issuer: Integers, parties: int
) -> NDArray[np.int8]:
    """Return what each party is; rows that contradict each other are not plain."""
    least = np.full(parties, len(KINDS), dtype=np.int8)
    most = np.full(parties, -1, dtype=np.int8)
    for column, ends in (("holder_kind", holder), ("issuer_kind", issuer)):
        if column in texts:
            codes, values = _coded(texts[column])
            found = [cells.kind(text.strip(), column) for text in values.to_pylist()]
            code = [_PARTY if kind is None else KINDS.index(kind) for kind in found]
            kinds = np.array(code, dtype=np.int8)[codes]
            told = kinds != _PARTY
            np.minimum.at(least, ends[told], kinds[told])
            np.maximum.at(most, ends[told], kinds[told])
    if ((most >= 0) & (least != most)).any():
        raise NotPlainError
    return np.where(most < 0, _PARTY, most).astype(np.int8)


def _shares(text: Any) -> tuple[Integers, list[Share]]:  # noqa: ANN401 - an Arrow array
    codes, values = _coded(text)
    known: dict[Share, int] = {}
    anew = [known.setdefault(_share(value), len(known)) for value in values.to_pylist()]
    shares = list(known)
    ends = [share.high for share in shares if share.is_point or share.high < 1]
    if ends and 0 < max(ends) * 100 <= 1:
        raise NotPlainError  # fractions of one are suspected
    return np.array(anew, dtype=np.int32)[codes], shares


def _share(text: str) -> Share:
    plain = text.strip()
    share = cells.percent(plain, "capital_percent") if plain else Share.unknown()
    if max(share.low.denominator, share.high.denominator) >= _LARGEST:
        raise NotPlainError
    return share


def _periods(texts: dict[str, Any], rows: int) -> tuple[Integers, list[Period]]:
    coded = [
        _coded(texts[column]) if column in texts else (np.zeros(rows, dtype=np.int32), None)
        for column in ("valid_from", "valid_until")
    ]
    starts, ends = ([""] if t is None else [s.strip() for s in t.to_pylist()] for _, t in coded)
    pairs = coded[0][0].astype(np.int64) * len(ends) + coded[1][0]
    found, codes = np.unique(pairs, return_inverse=True)
    periods = [cells.period(starts[p // len(ends)], ends[p % len(ends)]) for p in found.tolist()]
    return codes.astype(np.int32), periods


def _over_allocated(
    issuer: Integers,
    period: Integers,
    share: Integers,
    shares: Sequence[Share],
    labels: Any,  # noqa: ANN401 - an Arrow array
) -> tuple[Caution, ...]:
    """Return what is taken for rounding; more than that is told row by row."""
    unit = math.lcm(*{one.low.denominator for one in shares})
    if unit >= _LARGEST:
        raise NotPlainError
    least = np.array([int(one.low * unit) for one in shares], dtype=np.int64)[share]
    order = np.lexsort((period, issuer))
    same = (issuer[order][1:] == issuer[order][:-1]) & (period[order][1:] == period[order][:-1])
    begins = np.flatnonzero(np.r_[True, ~same])
    if int(np.diff(np.r_[begins, len(order)]).max()) * unit >= _LARGEST:
        raise NotPlainError  # 64 bits might not hold a sum
    sums = np.add.reduceat(least[order], begins)
    if (sums > int(ROUNDING * unit)).any():
        raise NotPlainError
    over = np.flatnonzero(sums > unit)
    told = []
    for place in over.tolist():
        label = labels[int(issuer[order[begins[place]]])].as_py()
        text = told_over("capital_percent", label, Fraction(int(sums[place]), unit))
        told.append(Caution("over-allocated", text, (label,)))
    return tuple(told)


def _ids(
    document: str,
    iris: Any,  # noqa: ANN401 - an Arrow array
    ends: tuple[Integers, Integers],
    period: Integers,
    starts: Sequence[str],
) -> NDArray[np.uint8]:
    """Return the hashes of claims as `keiretsu.model.claim_id` makes them of table rows."""
    holder, issuer = ends
    ordinal = _ordinals(holder, issuer, np.unique(starts, return_inverse=True)[1][period])
    tails = [f"\x1f\x1f{start}\x1f" for start in starts]
    prefix, digest = f"{document}\x1fholding\x1f", hashlib.sha256
    found = bytearray()
    for begin in range(0, len(holder), _AT_ONCE):
        rows = slice(begin, begin + _AT_ONCE)
        columns = (
            iris.take(holder[rows]).to_pylist(),
            iris.take(issuer[rows]).to_pylist(),
            period[rows].tolist(),
            ordinal[rows].tolist(),
        )
        for one, other, code, number in zip(*columns, strict=True):
            text = f"{prefix}{one}\x1f{other}{tails[code]}{number}"
            found += digest(text.encode()).digest()[:10]
    return np.frombuffer(bytes(found), dtype=np.uint8).reshape(-1, 10)


def _ordinals(holder: Integers, issuer: Integers, start: Integers) -> Integers:
    """Return how many earlier rows have the same parties and beginning."""
    order = np.lexsort((start, issuer, holder))
    ends = [column[order] for column in (holder, issuer, start)]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in ends])
    begins = np.flatnonzero(fresh)
    ordinal = np.empty(len(order), dtype=np.int64)
    ordinal[order] = np.arange(len(order)) - begins[np.cumsum(fresh) - 1]
    return ordinal
