"""Numbers of a column as whole numbers over a whole total per issuer, exactly.

A float is read as its shortest decimal, so a column of floats becomes integers over a power of ten;
fractions become integers over their common denominator. Where 64 bits do not hold them, Python's
integers do.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.errors import InputError
from keiretsu.model import exact

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[Any]

LARGEST = 2**62
"""Whole numbers below this are kept in 64 bits: a sum of two still fits."""
_SURE_PLACES = 15
"""Decimals of so many places are told apart by a float."""
_MOST_PLACES = 18
"""Powers of ten up to here are below `LARGEST`."""


class Scaled(NamedTuple):
    """A column in whole numbers.

    Parameters
    ----------
    weight
        Per holding.
    total
        Per issuer, what the weights are parts of; 1 where nothing is held.
    """

    weight: Integers
    total: Integers


def scaled(
    values: ArrayLike, issuer: Integers, parties: int, total: ArrayLike | None, name: str
) -> Scaled:
    """Return a column of shares as whole numbers, exactly.

    Parameters
    ----------
    values
        Per holding: fractions of one (floats, `Fraction`, `Decimal`, text), or whole numbers.
    issuer
        Per holding the issuer.
    parties
        How many parties there are.
    total
        For whole numbers: what they are parts of, one number or one per party.
    name
        Of the column, for errors.

    Raises
    ------
    InputError
        If a value is not a number in [0, 1], or not a whole number in [0, total].

    Examples
    --------
    >>> weight, total = scaled([0.15, 0.5], np.array([1, 1]), 2, None, "capital")
    >>> weight.tolist(), total.tolist()
    ([15, 50], [1, 100])
    """
    column = np.asarray(values)
    if column.shape != issuer.shape:
        problem = f"{name} has the shape {column.shape}, the holders {issuer.shape}"
        raise InputError(problem, place=name, mend="give one number for each holding")
    if total is not None:
        return _whole(column, issuer, parties, np.asarray(total), name)
    if column.dtype.kind in "iub":
        mend = f"give {name}_total too, or fractions of one as floats"
        raise InputError("whole numbers without a total", place=name, mend=mend)
    if column.dtype.kind == "f":
        return _floats(column.astype(np.float64), issuer, parties, name)
    return _fractions([_exact(v, i, name) for i, v in enumerate(column)], issuer, parties)


def _whole(column: Integers, issuer: Integers, parties: int, total: Integers, name: str) -> Scaled:
    if column.dtype.kind not in "iuO" or total.dtype.kind not in "iuO":
        mend = "leave the total out for fractions of one"
        raise InputError("a total goes with whole numbers", place=name, mend=mend)
    if total.shape not in ((), (parties,)):
        mend = "give one number, or one for each party"
        raise InputError(f"{name}_total has the shape {total.shape}", place=name, mend=mend)
    spread = np.broadcast_to(total, (parties,))
    _refuse(column, (column < 0) | (column > spread[issuer]), name, "0 to its issuer's total")
    narrow = _narrow(spread)
    return Scaled(_narrow(column), narrow if narrow.flags.writeable else narrow.copy())


def _floats(column: NDArray[np.float64], issuer: Integers, parties: int, name: str) -> Scaled:
    _refuse(column, ~((column >= 0) & (column <= 1)), name, "0 to 1, a fraction of one")
    digits, places = decimals(column)
    if digits.dtype == object:
        shares = [_exact(float(v), i, name) for i, v in enumerate(column)]
        return _fractions(shares, issuer, parties)
    widest = np.zeros(parties, dtype=np.int64)
    np.maximum.at(widest, issuer, places)
    powers = 10 ** np.arange(_MOST_PLACES + 1, dtype=np.int64)
    return Scaled(digits * powers[widest[issuer] - places], powers[widest])


def decimals(column: NDArray[np.float64]) -> tuple[Integers, Integers]:
    """Return floats in [0, 1] as digits over a power of ten: the shortest decimal of each.

    Returns
    -------
    digits, places
        ``digits / 10 ** places``; digits are Python integers where 64 bits do not hold them.

    Notes
    -----
    Up to 15 places a decimal is found if dividing gives the float back, since both numbers of the
    division are then exact and the division rounds correctly. What is left is read as it prints.

    Examples
    --------
    >>> [column.tolist() for column in decimals(np.array([0.15, 1.0, 0.1 + 0.2]))]
    [[15, 1, 30000000000000004], [2, 0, 17]]
    """
    digits = np.zeros(len(column), dtype=np.int64)
    places = np.zeros(len(column), dtype=np.int64)
    left = np.arange(len(column))
    for place in range(_SURE_PLACES + 1):
        power = 10.0**place
        values = column[left]
        whole = np.rint(values * power)
        found = whole / power == values
        digits[left[found]] = whole[found].astype(np.int64)
        places[left[found]] = place
        left = left[~found]
        if not len(left):
            return digits, places
    printed = [_printed(float(value)) for value in column[left]]
    if any(place > _MOST_PLACES for _, place in printed):
        digits = digits.astype(object)
    digits[left] = [whole for whole, _ in printed]
    places[left] = [place for _, place in printed]
    return digits, places


def _printed(value: float) -> tuple[int, int]:
    text = repr(value)
    if "e" not in text:
        return int(text.replace(".", "", 1)), len(text) - text.index(".") - 1
    mantissa, _, exponent = text.partition("e")
    whole, _, part = mantissa.partition(".")
    return int(whole + part), len(part) - int(exponent)


def _fractions(shares: list[Fraction], issuer: Integers, parties: int) -> Scaled:
    units = [1] * parties
    for share, one in zip(shares, issuer.tolist(), strict=True):
        units[one] = math.lcm(units[one], share.denominator)
    weights = [int(s * units[one]) for s, one in zip(shares, issuer.tolist(), strict=True)]
    return Scaled(integers(weights), integers(units))


def integers(values: list[int]) -> Integers:
    """Return a 64-bit column, or one of Python integers where 64 bits might not do."""
    if not values or max(values) < LARGEST:
        return np.array(values, dtype=np.int64)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _narrow(column: Integers) -> Integers:
    if column.dtype == object or column.dtype.kind == "u":
        return integers([int(value) for value in column.tolist()])
    if column.size and int(column.max()) >= LARGEST:
        return integers(column.tolist())
    return column.astype(np.int64, copy=False)


def _exact(value: object, position: int, name: str) -> Fraction:
    try:
        share = exact(value)  # type: ignore[arg-type]
    except InputError as error:
        raise InputError(error.problem, place=f"{name}[{position}]", mend=error.mend) from None
    if not 0 <= share <= 1:
        problem = f"{value!r} does not lie in 0 to 1, a fraction of one"
        raise InputError(problem, place=f"{name}[{position}]", mend="correct it")
    return share


def _refuse(column: Integers, wrong: NDArray[np.bool_], name: str, allowed: str) -> None:
    if wrong.any():
        position = int(np.flatnonzero(wrong)[0])
        problem = f"{column.tolist()[position]!r} does not lie in {allowed}"
        raise InputError(problem, place=f"{name}[{position}]", mend="correct it")
