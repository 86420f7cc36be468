"""Percentages as a table shows them: two decimals, a range with its ends, never misleading."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keiretsu.kernels.box import Bounds

UNKNOWN = "?"
_PLACES, _MORE_PLACES = 2, 6
_THRESHOLDS = frozenset({0, 20, 25, 30, 40, 50, 75, 90, 95, 100})
"""Limits that laws of control set; what only comes near one is shown more exactly."""
_NOISE = Fraction(1, 10**9)
"""Integrated shares come from floating-point kernels; percent below this are not theirs."""


def shown(share: Bounds | None) -> str:
    r"""Return a share in percent for people, without the sign.

    Parameters
    ----------
    share
        A fraction of one, or a range; None for *does not apply*.

    Returns
    -------
    str
        ``43.40``, a range ``18.02-30.54`` with a dash, ``?`` where nothing is known, or nothing.

    Examples
    --------
    >>> from keiretsu.kernels.box import Bounds
    >>> known, unknown = Bounds(Fraction(1, 4), Fraction(1, 4)), Bounds(Fraction(0), Fraction(1))
    >>> shown(known), shown(unknown)
    ('25.00', '?')
    >>> shown(Bounds(Fraction(1, 4), Fraction(1, 2), True, False)) == ">25.00\u201350.00"
    True
    """
    if share is None:
        return ""
    if share.low == share.high:
        return spelled(share.low)
    is_open = share.low_open or share.high_open
    if share.low == 0 and share.high == 1 and not is_open:
        return UNKNOWN
    low = f"{'>' if share.low_open else ''}{spelled(share.low)}"
    return f"{low}\N{EN DASH}{'<' if share.high_open else ''}{spelled(share.high)}"


def spelled(share: Fraction) -> str:
    """Return a fraction of one in percent; what only comes near a limit never looks like it.

    Examples
    --------
    >>> spelled(Fraction(1501, 10000)), spelled(Fraction(22000420, 10**8))
    ('15.01', '22.00')
    >>> half = Fraction(1, 2)
    >>> spelled(half), spelled(half + Fraction(1, 10**8)), spelled(half + Fraction(1, 10**9))
    ('50.00', '50.000001', 'just over 50')
    """
    percent = share * 100
    rounded, near = round(percent, _PLACES), round(percent)
    if rounded != near or near not in _THRESHOLDS or abs(percent - near) <= _NOISE:
        return f"{float(rounded):.{_PLACES}f}"
    finer = round(percent, _MORE_PLACES)
    if finer == near:
        return f"just {'under' if percent < near else 'over'} {near}"
    return f"{float(finer):.{_MORE_PLACES}f}".rstrip("0")


def decimal(percent: float) -> str:
    """Return a percentage that is already rounded, as `spelled` shows it.

    Examples
    --------
    >>> decimal(91.855018), decimal(100.0)
    ('91.86', '100.00')
    """
    return spelled(Fraction(str(percent)) / 100)
