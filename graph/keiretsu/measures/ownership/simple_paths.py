"""The sum of products along simple paths: the convention that leaves loops out."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.kernels.box import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_STEPS = 200_000
"""So many steps are taken along paths at most; the answer says if there are more."""


def path_sums(
    start: int,
    onward: Callable[[int], Iterable[tuple[int, Bounds]]],
    most_steps: int | None = None,
) -> tuple[dict[int, Bounds], bool]:
    """Return for each node the sum, over simple paths from the start, of the shares' products.

    Parameters
    ----------
    start
        Where paths begin.
    onward
        The steps from a node, each with its share.
    most_steps
        How many steps are taken at most; `MOST_STEPS` if not given.

    Returns
    -------
    dict of int to Bounds
        By node, the sum of products of the least and of the most shares.
    bool
        Whether paths were left out because there are too many: then the sums are too small.

    Notes
    -----
    The number of simple paths can grow as the factorial of the nodes. Paths are taken breadth
    first, so that a bounded search has the shortest ones.

    Examples
    --------
    >>> half = Bounds(Fraction(1, 2), Fraction(1, 2))
    >>> steps = {0: [(1, half), (2, half)], 1: [(2, half), (0, half)], 2: []}
    >>> sums, truncated = path_sums(0, steps.__getitem__)
    >>> str(sums[2].low), truncated
    ('3/4', False)
    """
    low: dict[int, Fraction] = defaultdict(Fraction)
    high: dict[int, Fraction] = defaultdict(Fraction)
    paths: list[tuple[tuple[int, ...], Fraction, Fraction]] = [((start,), Fraction(1), Fraction(1))]
    limit = MOST_STEPS if most_steps is None else most_steps
    taken = 0
    for path, least, most in paths:
        for node, share in onward(path[-1]):
            if node in path or not share.high:
                continue
            taken += 1
            if taken > limit:
                return _sums(low, high), True
            low[node] += least * share.low
            high[node] += most * share.high
            paths.append(((*path, node), least * share.low, most * share.high))
    return _sums(low, high), False


def _sums(low: dict[int, Fraction], high: dict[int, Fraction]) -> dict[int, Bounds]:
    return {node: Bounds(low[node], high[node]) for node in high}
