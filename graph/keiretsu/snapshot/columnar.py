"""A snapshot in columns: a register of millions of holdings without an object for each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.snapshot.column_claims import ARRAYS, claims_of
from keiretsu.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from keiretsu.model import Party, Remainder
    from keiretsu.snapshot.network import Network, Pairs
    from keiretsu.snapshot.right_column import RightColumn

    Integers = NDArray[Any]


class ColumnarSnapshot(Snapshot):
    """The world on a date in columns; made by `Snapshot.from_arrays`.

    Measures that have a form for register scale read the columns. Any other reads `parties`,
    `holdings` and `capital`, which are made when they are first asked for: right, but at the cost
    of an object per holding. `around` cuts out what a question about few parties needs.

    Parameters
    ----------
    network
        Who holds in whom.
    capital_column, votes_column
        The rights; the same object where one share has one vote.
    pairs
        The sorted pairs with own shares.
    numbers
        Per position the party's number as it was given; None where it is the position.
    kind_of_remainder
        Who stands behind what no named holder has.
    closed
        Per party, whether the named holders are all there are.
    as_of
        The date.
    """

    def __init__(
        self,
        network: Network,
        capital_column: RightColumn,
        votes_column: RightColumn,
        *,
        pairs: Pairs,
        own_capital: Integers,
        numbers: Integers | None,
        kind_of_remainder: Remainder,
        closed: NDArray[np.bool_],
        as_of: dt.date,
    ) -> None:
        fields = {
            "network": network,
            "capital_column": capital_column,
            "votes_column": votes_column,
            "pairs": pairs,
            "own_capital": own_capital,
            "numbers": numbers,
            "closed": closed,
            "as_of": as_of,
            "known_at": None,
            "facts": {},
            "documents": {ARRAYS.id: ARRAYS},
            "cautions": (),
            "conflicts": (),
            "summaries": (),
            "horizon": None,
            "digest": "",
            "remainder": kind_of_remainder,
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    network: Network
    capital_column: RightColumn
    votes_column: RightColumn
    pairs: Pairs
    own_capital: Integers
    numbers: Integers | None
    closed: NDArray[np.bool_]

    def __repr__(self) -> str:
        """Return its size rather than its content."""
        size = f"{self.network.parties} parties, {len(self.network.holder)} holdings"
        return f"<ColumnarSnapshot of {size}>"

    @property
    def nbytes(self) -> int:
        """Bytes of the holdings: both adjacency lists and the weights."""
        columns = {id(c): c for c in (self.capital_column.weight, self.votes_column.weight)}
        return self.network.nbytes + sum(column.nbytes for column in columns.values())

    def column(self, right: str) -> RightColumn:
        """Return a right's column; other rights than these need laws, so they have none.

        Raises
        ------
        InputError
            If the right is not ``capital`` or a kind of votes.
        """
        columns = {"capital": self.capital_column, "votes": self.votes_column}
        columns |= {"gross-votes": self.votes_column, "agreed-votes": self.votes_column}
        if right not in columns:
            raise InputError(
                f"no right is named {right!r}", mend=f"use one of: {', '.join(columns)}"
            )
        return columns[right]

    # -- parties -------------------------------------------------------------------------------

    def number_of(self, position: int) -> int:
        """Return the number by which a party was given."""
        return position if self.numbers is None else int(self.numbers[position])

    def numbers_of(self, positions: Integers) -> Integers:
        """Return the numbers by which parties were given."""
        return positions if self.numbers is None else self.numbers[positions]

    def position(self, name: str | int) -> int:
        """Return the position of the party with a number, given as one or as text.

        Raises
        ------
        NameNotFoundError
            If there is no such party.
        """
        try:
            number = int(name)
        except ValueError:
            raise NameNotFoundError(str(name)) from None
        position = number
        if self.numbers is not None:
            position = int(np.searchsorted(self.numbers, number))
        if not 0 <= position < self.network.parties or self.number_of(position) != number:
            raise NameNotFoundError(str(name))
        return position

    def positions(self, names: Iterable[str | int] | str | int) -> list[int]:
        """Return the positions of several parties, or of one."""
        if isinstance(names, str) or not hasattr(names, "__iter__"):
            return [self.position(names)]
        return [self.position(name) for name in names]

    # -- the small world -----------------------------------------------------------------------

    def around(self, positions: Iterable[int]) -> Snapshot:
        """Return an ordinary snapshot of these parties and of all that lies above them.

        Every holding in each of them and in their owners is there, so that what is computed of
        them is what it would be in the whole.
        """
        claims = claims_of(self, self.above(positions))
        return Snapshot.of(claims, self.as_of, remainder=self.remainder)

    def above(self, positions: Iterable[int]) -> list[int]:
        """Return these parties with all who hold in them, directly or through others."""
        first, holder = self.network.first, self.network.holder
        seen = dict.fromkeys(int(position) for position in positions)
        pending = list(seen)
        while pending:
            issuer = pending.pop()
            for one in holder[first[issuer] : first[issuer + 1]].tolist():
                if one not in seen:
                    seen[one] = None
                    pending.append(one)
        return sorted(seen)

    @cached_property
    def in_memory(self) -> Snapshot:
        """The same world with an object for each party and holding."""
        return Snapshot.of(
            claims_of(self, range(self.network.parties)), self.as_of, remainder=self.remainder
        )

    @property
    def parties(self) -> tuple[Party, ...]:
        """All parties, as objects."""
        return self.in_memory.parties

    @property
    def holdings(self) -> Any:  # noqa: ANN401 - as in the snapshot
        """All holdings, as objects."""
        return self.in_memory.holdings

    @property
    def capital(self) -> Any:  # noqa: ANN401 - as in the snapshot
        """The ledger of capital."""
        return self.in_memory.capital
