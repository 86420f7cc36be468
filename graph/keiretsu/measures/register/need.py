"""The weight that decides in each issuer, in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.rights import ControlRule
    from keiretsu.snapshot.right_column import RightColumn

    Integers = NDArray[Any]

_SURE = 2**63
_NARROW = 2**31
_HALF = Fraction(1, 2)


def needed(column: RightColumn, rule: ControlRule) -> Integers:
    """Return per issuer the weight that must be *reached*, in 32 bits if these hold it, else in 64.

    *More than* half of 100 is 51; at least half is 50. In an issuer in which there is nothing to
    hold it is more than the nothing that anybody has. Where the product of whole and threshold does
    not fit in 64 bits it is formed in Python's integers.

    Examples
    --------
    >>> from keiretsu.rights import MAJORITY
    >>> from keiretsu.snapshot.right_column import RightColumn
    >>> whole = np.array([0, 99, 100], dtype=np.int32)
    >>> needed(RightColumn(np.array([]), whole, whole), MAJORITY).tolist()
    [1, 50, 51]
    """
    up, down = rule.threshold.numerator, rule.threshold.denominator
    most = column.largest * up + down
    if most >= _SURE:
        whole = column.whole.astype(object)
        reached = -(-whole * up // down) if rule.at_least else whole * up // down + 1
        return np.where(whole == 0, 1, reached).astype(np.int64)
    # Changed in place, and narrow where it can be: a register is large.
    need: Integers = column.whole.astype(np.int32 if most < _NARROW else np.int64)
    if up > 1:
        need *= up
    if rule.at_least:
        need += down - 1
    need //= down
    if rule.at_least:
        np.putmask(need, column.whole == 0, 1)
    else:
        need += 1
    return need


def is_forest(column: RightColumn, rule: ControlRule) -> bool:
    """Return whether dominance is a forest: what is needed is more than half of everything.

    Examples
    --------
    >>> from keiretsu.rights import MAJORITY, control_rule
    >>> from keiretsu.snapshot.right_column import RightColumn
    >>> whole = np.array([0, 99, 100], dtype=np.int32)
    >>> column = RightColumn(np.array([]), whole, whole)
    >>> is_forest(column, MAJORITY), is_forest(column, control_rule(None, at_least=True))
    (True, False)
    """
    if rule.threshold > _HALF or (rule.threshold == _HALF and not rule.at_least):
        return True
    return bool((needed(column, rule) > column.whole // 2).all())
