"""Holdings as two adjacency lists, from issuers to holders and back, at a few bytes each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Network:
    """Who holds in whom, twice: grouped by issuer and grouped by holder. Own shares are left out.

    Parameters
    ----------
    first, holder
        The holders of issuer `i` are ``holder[first[i]:first[i + 1]]``, in rising order.
    first_held, held, issuer_held
        What holder `h` has: ``held[first_held[h]:first_held[h + 1]]`` are positions in the column
        `holder`, and `issuer_held` the issuers.
    is_recorded
        Per party, whether a holding in it is recorded, be it of own shares.
    """

    first: Integers
    holder: Integers
    first_held: Integers
    held: Integers
    issuer_held: Integers
    is_recorded: NDArray[np.bool_]

    @classmethod
    def of(cls, holder: Integers, issuer: Integers, recorded: NDArray[np.bool_]) -> Network:
        """Return the network of pairs that are sorted by issuer and holder, without doubles."""
        from keiretsu.kernels.adjacency import grouped  # noqa: PLC0415 - may load a compiler

        parties = len(recorded)
        first = np.zeros(parties + 1, dtype=np.int32)
        np.cumsum(np.bincount(issuer, minlength=parties), out=first[1:])
        first_held, held = grouped(holder, parties)
        return cls(first, holder, first_held, held, issuer[held], recorded)

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return len(self.first) - 1

    @cached_property
    def is_held(self) -> NDArray[np.bool_]:
        """Per party, whether somebody is recorded as holding in it."""
        return np.diff(self.first) > 0

    @property
    def nbytes(self) -> int:
        """Bytes of both adjacency lists, without weights."""
        columns = (self.first, self.holder, self.first_held, self.held, self.issuer_held)
        return sum(column.nbytes for column in columns)


@dataclass(frozen=True, eq=False)
class Pairs:
    """How given holdings become sorted pairs: doubles added, own shares apart.

    Parameters
    ----------
    order
        The holdings by issuer and holder.
    starts
        Where each pair begins among them.
    holder, issuer
        Per pair.
    """

    order: Integers
    starts: Integers
    holder: Integers
    issuer: Integers

    @classmethod
    def of(cls, holder: Integers, issuer: Integers, parties: int) -> Pairs:
        """Sort holdings by counting, first by holder and then by issuer."""
        from keiretsu.kernels.adjacency import grouped  # noqa: PLC0415 - may load a compiler

        _, by_holder = grouped(holder, parties)
        _, by_issuer = grouped(issuer[by_holder], parties)
        order = by_holder[by_issuer]
        holder, issuer = holder[order], issuer[order]
        fresh = np.ones(len(order), dtype=np.bool_)
        fresh[1:] = (holder[1:] != holder[:-1]) | (issuer[1:] != issuer[:-1])
        starts = np.flatnonzero(fresh)
        return cls(order, starts, holder[starts], issuer[starts])

    @cached_property
    def is_own(self) -> NDArray[np.bool_]:
        """Per pair, whether it is a company's holding of its own shares."""
        own: NDArray[np.bool_] = self.holder == self.issuer
        return own

    def network(self, parties: int) -> Network:
        """Return the pairs, own shares left out, as adjacency lists."""
        recorded = np.zeros(parties, dtype=np.bool_)
        recorded[self.issuer] = True
        return Network.of(self.holder[~self.is_own], self.issuer[~self.is_own], recorded)

    def summed(self, weight: Integers) -> Integers:
        """Return per pair the sum of a column of the given holdings."""
        if len(self.order) == 0:
            return weight
        if len(self.starts) == len(self.order):
            return weight[self.order]
        total: Integers = np.add.reduceat(weight[self.order], self.starts)
        return total
