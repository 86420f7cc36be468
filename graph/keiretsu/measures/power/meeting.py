"""Who meets in a company: blocs that vote as one, and what is dispersed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.measures.power.corners import MOST_CORNERS, choices, corners
from keiretsu.model import ID, Remainder
from keiretsu.rights import Dominance
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keiretsu.snapshot import Ledger, Snapshot


@dataclass(frozen=True, slots=True)
class Bloc:
    """Holders that vote as one.

    Parameters
    ----------
    label, id, kind
        As shown; several holders are joined by ``+``.
    share
        Of the whole right, a fraction of one.
    head
        Position of the party for which they vote.
    members
        Positions of the holders; none for the remainder.
    """

    label: str
    id: str
    kind: str
    share: Fraction
    head: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The votes in one company.

    Parameters
    ----------
    issuer
        Position of the company.
    blocs
        Who votes, by label.
    rest
        What no named holder has, a fraction of one.
    rest_bloc
        The remainder as a row; None if there is none.
    """

    issuer: int
    blocs: tuple[Bloc, ...]
    rest: Fraction
    rest_bloc: Bloc | None

    @property
    def named(self) -> Fraction:
        """What all blocs have together."""
        return sum((bloc.share for bloc in self.blocs), Fraction(0))

    @classmethod
    def of(
        cls, snapshot: Snapshot, ledger: Ledger, issuer: int, *, by_control: bool = False
    ) -> Meeting:
        """Return the meeting of a company whose votes are all exact.

        Parameters
        ----------
        snapshot
            The world on a date.
        ledger
            The right that is counted.
        issuer
            Position of the company.
        by_control
            Whether holders that the same party controls by majority vote as one with it.

        Raises
        ------
        InputError
            If some votes are known as ranges only, or nobody has any.
        """
        if not ledger.is_exact(issuer):
            raise InputError(
                f"votes in {snapshot.parties[issuer].label!r} are known as ranges only, and this "
                "measure of power needs exact ones",
                mend=f"state shares for {_ranged(snapshot, ledger, issuer)}, or ask 'control'",
            )
        return cls.in_corners(snapshot, ledger, issuer, by_control=by_control)[0]

    @classmethod
    def in_corners(
        cls, snapshot: Snapshot, ledger: Ledger, issuer: int, *, by_control: bool = False
    ) -> list[Meeting]:
        """Return the meetings of all worlds at the ends of what the ranges allow together.

        Raises
        ------
        InputError
            If there are too many of them, or nobody votes.
        """
        lines = list(ledger.lines_of(issuer))
        holders = [ledger.holder_of(line) for line in lines]
        voting = [h for h in dict.fromkeys(holders) if h not in (NOBODY, issuer)]
        groups = _groups(snapshot, ledger, voting, by_control=by_control)
        found = []
        if choices(ledger, issuer) > MOST_CORNERS:
            raise InputError(
                f"too many votes in {snapshot.parties[issuer].label!r} are known as ranges only",
                mend=f"state shares for {_ranged(snapshot, ledger, issuer)}",
            )
        for corner, rest in corners(ledger, issuer):
            whole = sum(corner) + rest
            if not whole:
                continue
            shares: dict[int, Fraction] = dict.fromkeys(voting, Fraction(0))
            for holder, weight in zip(holders, corner, strict=True):
                if holder in shares:
                    shares[holder] += Fraction(weight, whole)
            blocs = [_bloc(snapshot, head, members, shares) for head, members in groups.items()]
            ordered = tuple(sorted(blocs, key=lambda bloc: (bloc.label, bloc.id)))
            part = Fraction(rest, whole)
            found.append(cls(issuer, ordered, part, _rest(snapshot, issuer, part)))
        if not any(bloc.share for meeting in found for bloc in meeting.blocs):
            label = snapshot.parties[issuer].label
            raise InputError(f"nobody is recorded to vote in {label!r}", mend="add its holders")
        return found


def _ranged(snapshot: Snapshot, ledger: Ledger, issuer: int) -> str:
    names = {
        snapshot.parties[ledger.holder_of(line)].label
        for line in ledger.lines_of(issuer)
        if (item := ledger.item(line)).low != item.high or item.weight_low != item.weight_high
        if ledger.holder_of(line) != NOBODY
    }
    return ", ".join(sorted(names)) or "its remainder"


def _groups(
    snapshot: Snapshot, ledger: Ledger, holders: Sequence[int], *, by_control: bool
) -> dict[int, list[int]]:
    """Return holders by the party that they vote with: a State, or who controls them."""
    leader = {holder: holder for holder in holders}
    positions = {party.id: position for position, party in enumerate(snapshot.parties)}
    for holder in holders:
        leader[holder] = positions.get(snapshot.parties[holder].acts_for or "", holder)
    if by_control:
        dominance = Dominance(snapshot, ledger)
        heads = {head for holder in holders for head in _above(ledger, holder)} | {*leader.values()}
        reach = {head: set(dominance.controlled(snapshot.as_one(head))) for head in sorted(heads)}
        for holder in holders:
            above = [h for h in reach if holder in reach[h] or leader[holder] in reach[h]]
            top = [h for h in above if not any(h in reach[o] and o not in reach[h] for o in above)]
            leader[holder] = min(top, default=leader[holder])
    groups: dict[int, list[int]] = {}
    for holder in holders:
        groups.setdefault(leader[holder], []).append(holder)
    return groups


def _above(ledger: Ledger, holder: int) -> list[int]:
    seen, pending = {holder: None}, [holder]
    while pending:
        for line in ledger.lines_of(pending.pop()):
            above = ledger.holder_of(line)
            if above != NOBODY and above not in seen:
                seen[above] = None
                pending.append(above)
    return list(seen)


def _bloc(
    snapshot: Snapshot, head: int, members: Sequence[int], shares: dict[int, Fraction]
) -> Bloc:
    share = sum((shares[member] for member in members), Fraction(0))
    ordered = sorted(members, key=lambda m: (m != head, snapshot.parties[m].label))
    parties = [snapshot.parties[member] for member in ordered]
    kind = snapshot.parties[head].kind.value
    label, name = " + ".join(p.label for p in parties), " + ".join(p.id for p in parties)
    return Bloc(label, name, kind, share, head, tuple(members))


def _rest(snapshot: Snapshot, issuer: int, rest: Fraction) -> Bloc | None:
    kind = snapshot.remainder_of(issuer)
    if kind is Remainder.NONE:
        return None
    slug = snapshot.parties[issuer].id.rpartition("/")[2]
    return Bloc(kind.value, f"{ID}{kind.value}/{slug}", kind.value, rest, NOBODY)


def in_units(shares: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return fractions as whole numbers of a common unit, and how many units are one.

    Examples
    --------
    >>> in_units([Fraction(1, 2), Fraction(1, 3)])
    ([3, 2], 6)
    """
    unit = math.lcm(*(share.denominator for share in shares))
    return [int(share * unit) for share in shares], unit
