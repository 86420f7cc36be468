"""The weight that decides in each issuer, in whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.rights import ControlRule
    from keiretsu.snapshot.right_column import RightColumn

    Integers = NDArray[Any]

NEVER = 2**62
"""A weight that nobody reaches: for issuers in which there is nothing to hold."""
_SURE = 2**63


def needed(column: RightColumn, rule: ControlRule) -> Integers:
    """Return per issuer the weight that must be *reached*: 64-bit integers.

    *More than* half of 100 is 51; at least half is 50. Where the product of whole and threshold
    does not fit in 64 bits it is formed in Python's integers.

    Examples
    --------
    >>> from keiretsu.rights import MAJORITY
    >>> from keiretsu.snapshot.right_column import RightColumn
    >>> whole = np.array([0, 99, 100], dtype=np.int32)
    >>> needed(RightColumn(np.array([]), whole, whole), MAJORITY).tolist()
    [4611686018427387904, 50, 51]
    """
    up, down = rule.threshold.numerator, rule.threshold.denominator
    whole = column.whole.astype(np.int64)
    if max(down, column.largest * up) >= _SURE:
        whole = whole.astype(object)
    reached = -(-whole * up // down) if rule.at_least else whole * up // down + 1
    return np.where(whole == 0, NEVER, reached).astype(np.int64)


def is_forest(column: RightColumn, need: Integers) -> bool:
    """Return whether dominance is a forest: what is needed is more than half of everything."""
    return bool((need > column.whole // 2).all())
