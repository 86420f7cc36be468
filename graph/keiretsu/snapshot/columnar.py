"""A snapshot in columns: a register of millions of holdings without an object for each."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.model import ClaimSet, Document, Holding, Party, PartyKind, Remainder, Share, claim_id
from keiretsu.snapshot.network import Network, Pairs
from keiretsu.snapshot.right_column import RightColumn
from keiretsu.snapshot.scaling import scaled
from keiretsu.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[Any]

MOST = 2**31 - 1
"""So many parties and holdings fit in 32-bit positions."""
_ARRAYS = Document(id="urn:keiretsu:arrays", title="Arrays")
SPARSE = 16
"""Numbers of parties that leave more than this many gaps for each holding are renumbered."""


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
            "documents": {_ARRAYS.id: _ARRAYS},
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
        claims = self._claims(self.above(positions))
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
            self._claims(range(self.network.parties)), self.as_of, remainder=self.remainder
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

    def _claims(self, positions: Sequence[int]) -> ClaimSet:
        parties = {str(self.number_of(p)): self._party(p) for p in positions}
        holdings = [claim for p in positions for claim in self._holdings(p)]
        return ClaimSet(parties=parties, documents={_ARRAYS.id: _ARRAYS}, holdings=tuple(holdings))

    def _party(self, position: int) -> Party:
        number = str(self.number_of(position))
        remainder = Remainder.NONE if self.closed[position] else None
        return Party(id=number, label=number, kind=PartyKind.PARTY, remainder=remainder)

    def _holdings(self, issuer: int) -> list[Holding]:
        begin, end = (int(place) for place in self.network.first[issuer : issuer + 2])
        rows = [
            self._holding(int(self.network.holder[line]), issuer, line)
            for line in range(begin, end)
        ]
        if self.own_capital[issuer]:
            share = Fraction(int(self.own_capital[issuer]), int(self.capital_column.total[issuer]))
            rows.append(self._claim(issuer, issuer, share, None))
        return rows

    def _holding(self, holder: int, issuer: int, line: int) -> Holding:
        share, votes = self.capital_column, self.votes_column
        capital = Fraction(int(share.weight[line]), int(share.total[issuer]))
        if votes is share:
            return self._claim(holder, issuer, capital, None)
        part = Fraction(int(votes.weight[line]), int(votes.total[issuer]))
        return self._claim(holder, issuer, capital, part)

    def _claim(
        self, holder: int, issuer: int, capital: Fraction, votes: Fraction | None
    ) -> Holding:
        ends = str(self.number_of(holder)), str(self.number_of(issuer))
        return Holding(
            id=claim_id(_ARRAYS.id, *ends),
            document=_ARRAYS.id,
            holder=ends[0],
            issuer=ends[1],
            capital=Share.point(capital),
            votes=None if votes is None else Share.point(votes),
        )


def columnar(
    holder: ArrayLike,
    issuer: ArrayLike,
    *,
    capital: ArrayLike | None = None,
    votes: ArrayLike | None = None,
    capital_total: ArrayLike | None = None,
    votes_total: ArrayLike | None = None,
    parties: int | None = None,
    complete: ArrayLike | None = None,
    remainder: Remainder | str = Remainder.UNDISCLOSED,
    as_of: dt.date | None = None,
) -> ColumnarSnapshot:
    """Return arrays as a snapshot; see `Snapshot.from_arrays`."""
    if capital is None and votes is None:
        raise InputError("neither capital nor votes are given", mend="give one of the two")
    holders, issuers = _ends(holder, "holder"), _ends(issuer, "issuer")
    if holders.shape != issuers.shape:
        raise InputError(
            f"{len(holders)} holders and {len(issuers)} issuers", mend="give as many of each"
        )
    count, numbers, (holders, issuers) = _numbered(holders, issuers, parties)
    pairs = Pairs.of(holders, issuers, count)
    network = pairs.network(count)
    closed = np.zeros(count, dtype=np.bool_)
    if complete is not None:
        closed |= np.broadcast_to(np.asarray(complete, dtype=np.bool_), (count,))
    given = {"capital": (capital, capital_total), "votes": (votes, votes_total)}
    columns, own = {}, np.zeros(count, dtype=np.int64)
    for name, (values, total) in given.items():
        if values is not None:
            one = scaled(values, issuers, count, total, name)
            columns[name] = RightColumn.of(
                one, pairs, network, closed=closed, own_counts=name == "capital", what=name
            )
            if name == "capital":
                own = own.astype(one.weight.dtype)
                own[pairs.issuer[pairs.is_own]] = pairs.summed(one.weight)[pairs.is_own]
    first = next(iter(columns.values()))
    return ColumnarSnapshot(
        network,
        columns.get("capital", first),
        columns.get("votes", first),
        pairs=pairs,
        own_capital=own,
        numbers=numbers,
        kind_of_remainder=Remainder(remainder),
        closed=closed,
        as_of=as_of or dt.datetime.now(tz=dt.UTC).date(),
    )


def _ends(values: ArrayLike, name: str) -> Integers:
    column = np.asarray(values)
    if column.ndim != 1 or (column.dtype.kind not in "iu" and column.size):
        raise InputError("parties are not whole numbers", place=name, mend="give integers")
    if column.size and int(column.min()) < 0:
        position = int(np.flatnonzero(column < 0)[0])
        raise InputError(
            f"{int(column[position])} is not a party's number",
            place=f"{name}[{position}]",
            mend="numbers begin at 0",
        )
    if column.size > MOST:
        raise InputError(
            f"{column.size} holdings are more than 32-bit positions tell apart", mend="split them"
        )
    return column


def _numbered(
    holders: Integers, issuers: Integers, parties: int | None
) -> tuple[int, Integers | None, tuple[Integers, Integers]]:
    """Return how many parties there are, their numbers if not all are used, and 32-bit ends."""
    top = max((int(column.max()) for column in (holders, issuers) if column.size), default=-1) + 1
    if parties is not None:
        if top > parties:
            raise InputError(f"a party's number is {top - 1}", mend="give a larger `parties`")
        top = parties
    if top <= SPARSE * max(len(holders), 64) and top <= MOST:
        return top, None, (holders.astype(np.int32), issuers.astype(np.int32))
    if parties is not None and parties > MOST:
        raise InputError(f"{parties} parties do not fit in 32 bits", mend="leave `parties` out")
    numbers, codes = np.unique(np.concatenate([holders, issuers]), return_inverse=True)
    codes = codes.astype(np.int32)
    return len(numbers), numbers, (codes[: len(holders)], codes[len(holders) :])
