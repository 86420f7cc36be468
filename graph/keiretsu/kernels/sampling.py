"""Power by sampling, with its standard error, where exact counting takes too long.

Samples come from a generator with a stated seed, so that the same question has the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SEED = 1999
SAMPLES = 40_000
_BATCH = 2_000_000
_INT64 = 2**62


class Sampled(NamedTuple):
    """Estimates, and the standard error of each; the last is that of the ocean."""

    power: list[float]
    error: list[float]


def sampled_orders(
    weights: Sequence[int], ocean: float, need: float, *, at_least: bool, samples: int = SAMPLES
) -> Sampled:
    """Return Shapley-Shubik power by sampling the times at which voters come.

    Parameters
    ----------
    weights
        Of the blocks, whole numbers, so that rounding decides nothing.
    ocean
        Weight of small voters who come in a steady stream; may be nothing.
    need, at_least
        The limit, and whether reaching it is enough.
    samples
        How many orders are drawn.

    Examples
    --------
    >>> found = sampled_orders([50, 49, 1], 0, 50, at_least=False)
    >>> abs(found.power[0] - 2 / 3) < 4 * found.error[0]
    True
    """
    sizes = _column(weights)
    pivots = np.zeros(len(sizes) + 1)
    for count, generator in _batches(samples, len(sizes)):
        times = generator.random((count, len(sizes)))
        order = np.argsort(times, axis=1)
        come = np.take_along_axis(times, order, axis=1) * ocean if ocean else 0
        after = np.cumsum(sizes[order], axis=1)
        before = come + after - sizes[order]
        swings = _loses(before, need, at_least=at_least) & ~_loses(
            come + after, need, at_least=at_least
        )
        pivots[:-1] += np.bincount(order[swings], minlength=len(sizes))
    pivots[-1] = samples - pivots.sum()
    parts = pivots / samples
    return Sampled(parts.tolist(), np.sqrt(parts * (1 - parts) / samples).tolist())


def sampled_coalitions(
    weights: Sequence[int], need: float, *, at_least: bool, samples: int = SAMPLES
) -> Sampled:
    """Return normalised Banzhaf power by sampling coalitions; errors by the delta method.

    Examples
    --------
    >>> found = sampled_coalitions([50, 49, 1], 50, at_least=False)
    >>> abs(found.power[0] - 0.6) < 4 * found.error[0]
    True
    """
    sizes = _column(weights)
    total = np.zeros(len(sizes))
    squares = np.zeros((len(sizes), 2))
    for count, generator in _batches(samples, len(sizes)):
        inside = generator.random((count, len(sizes))) < 0.5  # noqa: PLR2004 - each with one half
        others = (inside @ sizes)[:, None] - inside * sizes
        swung = _loses(others, need, at_least=at_least) & ~_loses(
            others + sizes, need, at_least=at_least
        )
        total += swung.sum(axis=0)
        row = swung.sum(axis=1)
        squares[:, 0] += (swung * row[:, None]).sum(axis=0)
        squares[:, 1] += (row.astype(np.float64) ** 2).sum()
    whole = total.sum() or 1.0
    parts = total / whole
    # variance of the ratio of two means over the same samples
    spread = total - 2 * parts * squares[:, 0] + parts**2 * squares[:, 1]
    error = np.sqrt(np.maximum(spread, 0)) / whole
    return Sampled([*parts.tolist(), 0.0], [*error.tolist(), 0.0])


def _column(weights: Sequence[int]) -> NDArray[Any]:
    """Return weights as 64-bit integers, or as Python's where sums might not fit."""
    return np.array(weights, dtype=np.int64 if sum(weights) < _INT64 else object)


def _loses(weight: NDArray[Any], need: float, *, at_least: bool) -> NDArray[np.bool_]:
    loses = weight < need if at_least else weight <= need
    return loses.astype(np.bool_)


def _batches(samples: int, voters: int) -> list[tuple[int, np.random.Generator]]:
    generator = np.random.default_rng(SEED)
    size = max(_BATCH // max(voters, 1), 1)
    counts = [size] * (samples // size) + ([samples % size] if samples % size else [])
    return [(count, generator) for count in counts]
