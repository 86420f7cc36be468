"""A large network as a sparse matrix of shares: what is gathered through it, in floating point.

For networks of more parties than are solved in fractions, see `keiretsu.measures.network.value`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from keiretsu.snapshot import Ledger

    Floats = NDArray[np.float64]

MOST_DENSE = 1500
"""Loops of more parties than this are inverted column by column, with sparse factors."""

_BATCH = 64


class Gathered(NamedTuple):
    """What each party gathers: with every passage, without returns, and bow-tie centrality."""

    raw: Floats
    corrected: Floats
    centrality: Floats


class ShareMatrix:
    """The shares of a whole network, holder by issuer.

    Parameters
    ----------
    ledger
        The right whose shares are read; of ranges the least.
    parties
        Positions of all that hold or are held.

    Notes
    -----
    Loops that are wholly held by their own members would keep value going round for ever; nothing
    is passed on to their members, whose shares in others still count.
    """

    def __init__(self, ledger: Ledger, parties: Sequence[int]) -> None:
        from scipy.sparse import csr_array  # noqa: PLC0415 - scipy is heavy
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        index = {party: node for node, party in enumerate(parties)}
        entries = list(_entries(ledger, index))
        holders, issuers, shares = zip(*entries, strict=True) if entries else ((), (), ())
        size = len(parties)
        whole = csr_array((shares, (holders, issuers)), shape=(size, size), dtype=np.float64)
        labels: NDArray[Any] = connected_components(whole, connection="strong")[1]
        self.groups = [group for group in _by_label(labels) if len(group) > 1]
        self.loops = [
            sorted(parties[node] for node in group)
            for group in self.groups
            if _is_closed(ledger, {parties[node] for node in group})
        ]
        kept = np.ones(size)
        kept[[index[party] for loop in self.loops for party in loop]] = 0
        self.shares = (whole * kept).tocsr()

    def gather(self, values: Floats) -> Gathered:
        """Return what comes to each party of the others' values."""
        raw = _factor(self.shares).solve(self.shares @ values)
        again = self._returns()
        return Gathered(raw, raw / again, self.shares @ ((raw + values) / again))

    def _returns(self) -> Floats:
        """Return how often each party depends on itself, once included."""
        again = np.ones(self.shares.shape[0])
        for group in self.groups:
            block = self.shares[group][:, group]
            if len(group) <= MOST_DENSE:
                again[group] = np.diagonal(np.linalg.inv(np.eye(len(group)) - block.toarray()))
            else:
                again[group] = list(_diagonal(block))
        return again


def _entries(ledger: Ledger, index: Mapping[int, int]) -> Iterator[tuple[int, int, float]]:
    for party, node in index.items():
        lines = ledger.lines_of(party)
        if ledger.is_exact(party):
            whole = ledger.whole(party)
            for line in lines:
                weight, holder = ledger.weight(line), ledger.holder_of(line)
                if weight and holder not in (NOBODY, party):
                    yield index[holder], node, weight / whole
        else:
            for holder in sorted({ledger.holder_of(line) for line in lines} - {NOBODY, party}):
                share = ledger.bounds(party, {holder}).low
                if share:
                    yield index[holder], node, float(share)


def _is_closed(ledger: Ledger, group: set[int]) -> bool:
    return all(ledger.bounds(party, group).low == 1 for party in group)


def _by_label(labels: NDArray[Any]) -> Iterator[list[int]]:
    order = np.argsort(labels, kind="stable")
    ends = np.flatnonzero(np.diff(labels[order])) + 1
    for group in np.split(order, ends):
        yield group.tolist()


def _factor(shares: Any) -> Any:  # noqa: ANN401 - scipy has no types
    from scipy.sparse import eye_array  # noqa: PLC0415 - scipy is heavy
    from scipy.sparse.linalg import splu  # noqa: PLC0415

    return splu((eye_array(shares.shape[0], format="csr") - shares).tocsc())


def _diagonal(block: Any) -> Iterator[float]:  # noqa: ANN401 - scipy has no types
    """Yield the diagonal of (I - block)⁻¹, some columns at a time."""
    size, factors = block.shape[0], _factor(block)
    for start in range(0, size, _BATCH):
        columns = np.arange(start, min(start + _BATCH, size))
        units = np.zeros((size, len(columns)))
        units[columns, columns - start] = 1
        yield from factors.solve(units)[columns, columns - start].tolist()
