"""Claims made of columns: an object for each party and holding, where one is asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.model import ClaimSet, Document, Holding, Party, PartyKind, Remainder, Share, claim_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keiretsu.snapshot.columnar import ColumnarSnapshot

ARRAYS = Document(id="urn:keiretsu:arrays", title="Arrays")
"""What is told as the source of all that columns hold."""


def claims_of(world: ColumnarSnapshot, positions: Iterable[int]) -> ClaimSet:
    """Return parties, and every holding in them, as claims."""
    rows = list(positions)
    parties = {str(world.number_of(position)): _party(world, position) for position in rows}
    holdings = tuple(claim for position in rows for claim in _holdings(world, position))
    return ClaimSet(parties=parties, documents={ARRAYS.id: ARRAYS}, holdings=holdings)


def _party(world: ColumnarSnapshot, position: int) -> Party:
    number = str(world.number_of(position))
    remainder = Remainder.NONE if world.closed[position] else None
    return Party(id=number, label=number, kind=PartyKind.PARTY, remainder=remainder)


def _holdings(world: ColumnarSnapshot, issuer: int) -> list[Holding]:
    begin, end = (int(place) for place in world.network.first[issuer : issuer + 2])
    rows = [
        _holding(world, int(world.network.holder[line]), issuer, line) for line in range(begin, end)
    ]
    if world.own_capital[issuer]:
        share = Fraction(int(world.own_capital[issuer]), int(world.capital_column.total[issuer]))
        rows.append(_claim(world, issuer, issuer, share, None))
    return rows


def _holding(world: ColumnarSnapshot, holder: int, issuer: int, line: int) -> Holding:
    share, votes = world.capital_column, world.votes_column
    capital = Fraction(int(share.weight[line]), int(share.total[issuer]))
    if votes is share:
        return _claim(world, holder, issuer, capital, None)
    part = Fraction(int(votes.weight[line]), int(votes.total[issuer]))
    return _claim(world, holder, issuer, capital, part)


def _claim(
    world: ColumnarSnapshot, holder: int, issuer: int, capital: Fraction, votes: Fraction | None
) -> Holding:
    ends = str(world.number_of(holder)), str(world.number_of(issuer))
    return Holding(
        id=claim_id(ARRAYS.id, *ends),
        document=ARRAYS.id,
        holder=ends[0],
        issuer=ends[1],
        capital=Share.point(capital),
        votes=None if votes is None else Share.point(votes),
    )
