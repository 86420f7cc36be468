"""Shares as statements keep them, fractions in text, as whole numbers in arrays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import UNSET

from keiretsu.formats.table.arrays.columns import NotPlainError
from keiretsu.formats.table.arrays.said import LARGEST
from keiretsu.formats.table.arrays.shares import Shares
from keiretsu.model import Share, exact

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from keiretsu.formats.bods.arrays.statements import ShareSays

_ORDINARY: Final = r"\A(?P<number>[0-9]{1,18})/(?P<unit>[0-9]{1,18})\z"
"""Fractions that fit into 64 bits, as nearly all are written."""
_PLACES: Final = 62
"""Decimals that a fraction in 64 bits can need."""


def shares_of(told: Collection[ShareSays]) -> tuple[NDArray[np.int32], Shares]:
    """Return per share that is told its place among the different ones, and these.

    One third is told in several ways.

    Raises
    ------
    NotPlainError
        If one does not fit into columns, or has no percentage that RDF can write.
    InputError
        If one is no share.
    """
    rows = np.zeros((len(told), 6), dtype=np.int64)
    rows[:, :2] = rows[:, 2:4] = _ratios([one.low for one in told])
    if (rows[:, 0] < 0).any() or (rows[:, 0] > rows[:, 1]).any():
        raise NotPlainError
    for at, one in enumerate(told):
        if one.low != one.high or one.low_open is not UNSET or one.high_open is not UNSET:
            rows[at, 2:] = _other_end(one, rows[at, :2].tolist())
    for unit in np.unique(rows[:, (1, 3)]).tolist():
        if pow(10, _PLACES, unit):
            raise NotPlainError
    codes, kept = _distinct(rows)
    return codes, Shares(rows[kept, :4], rows[kept, 4:].astype(np.bool_))


def _other_end(told: ShareSays, low: tuple[int, int]) -> tuple[int, ...]:
    """Return the higher end of a range, and which of its ends are open."""
    high = _ratio(told.high)
    is_open = (told.low_open is True, told.high_open is True)
    Share(Fraction(*low), Fraction(*high), *is_open)  # which refuses what is no range
    return (*high, *is_open)


def _ratios(texts: list[str]) -> NDArray[np.int64]:
    """Return numerators and denominators of texts, in lowest terms."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found = pc.extract_regex(pa.array(texts, pa.string()), _ORDINARY)
    ratios = np.empty((len(texts), 2), dtype=np.int64)
    for at, name in enumerate(("number", "unit")):
        numbers = pc.struct_field(found, name).cast(pa.int64())
        ratios[:, at] = pc.fill_null(numbers, 0).to_numpy()
    for at in np.flatnonzero(ratios[:, 1] == 0).tolist():
        ratios[at] = _ratio(texts[at])
    ratios //= np.gcd(ratios[:, 0], ratios[:, 1])[:, None]
    return ratios


def _ratio(text: str) -> tuple[int, int]:
    ratio = exact(text).as_integer_ratio()
    if max(map(abs, ratio)) >= LARGEST:
        raise NotPlainError
    return ratio


def _distinct(rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return per row its place among the different ones, and where each of these stands."""
    order = np.lexsort(rows.T)
    is_new = np.ones(len(rows), dtype=np.bool_)
    is_new[1:] = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    codes = np.empty(len(rows), dtype=np.int32)
    codes[order] = np.cumsum(is_new) - 1
    return codes, order[is_new]
