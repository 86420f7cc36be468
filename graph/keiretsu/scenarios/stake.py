"""One holder's shares of one issuer while a scenario is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Interest, Share

if TYPE_CHECKING:
    import datetime as dt

    from keiretsu.model import ShareClass
    from keiretsu.snapshot import HeldOnDate, IssuerFacts, Line

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class ClassVotes:
    """Votes of one share of a class, unregistered and registered."""

    single: Fraction = Fraction(1)
    multiple: Fraction = Fraction(1)

    @property
    def bonus(self) -> Fraction:
        """What registration adds."""
        return self.multiple - self.single


@dataclass(slots=True)
class Stake:
    """What one holder has of an issuer, in units of the issuer's book.

    Parameters
    ----------
    holder
        Position of the holder.
    low, high, low_open, high_open
        Units; a range where the record tells one.
    votes
        Votes of a share of its class.
    registered
        Units that have the multiple votes; None if the record does not tell.
    held
        The holding of the record; None for shares that are only supposed.
    share_class
        IRI of the class.
    reported
        Share of all votes that a source reports, where votes are not derived from shares.
    notes
        What was supposed about it; empty as long as nothing was.
    """

    holder: int
    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False
    votes: ClassVotes = ClassVotes()
    registered: Fraction | None = ZERO
    held: HeldOnDate | None = None
    share_class: str | None = None
    reported: Share | None = None
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, held: HeldOnDate, line: Line | None, whole: Fraction, votes: ClassVotes) -> Stake:
        """Return the stake that a holding of the record is."""
        share = held.capital
        stake = cls(
            held.holder,
            share.low * whole,
            share.high * whole,
            share.low_open,
            share.high_open,
            votes,
            None,
            held,
            held.share_class,
        )
        if line is not None:
            stake.read_votes(line.weight_low, line.weight_high)
        return stake

    def read_votes(self, least: Fraction, most: Fraction) -> None:
        """Take over the votes that a share was found to have, on average."""
        if least != most:
            return
        if self.votes.bonus and self.votes.single <= least <= self.votes.multiple:
            self.registered = (least - self.votes.single) / self.votes.bonus * self.low
        elif self.votes.bonus or least != self.votes.single:
            self.votes, self.registered = ClassVotes(least, least), ZERO
        else:
            self.registered = ZERO

    @property
    def is_shares(self) -> bool:
        """Whether these are shares, not mere votes or a trust's benefit."""
        return self.held is None or self.held.interest is Interest.SHAREHOLDING

    @property
    def is_exact(self) -> bool:
        """Whether its size is known."""
        return self.low == self.high

    def vote_total(self) -> Fraction | None:
        """Return its votes in units, where they are known."""
        if not self.is_exact or self.registered is None:
            return None
        return self.low * self.votes.single + self.registered * self.votes.bonus

    def shrink(self, units: Fraction, whose: str, note: str) -> Fraction | None:
        """Take units away, those with single votes first; return the votes that are lost thereby.

        Multiple votes end when a share changes hands. None if it is not known how many had them.

        Raises
        ------
        InputError
            If its size is only known as a range, or it has fewer units.
        """
        if not self.is_exact:
            raise InputError(
                f"how much {whose} is only known as a range", mend="set the stake to a percentage"
            )
        if units > self.low:
            raise InputError(f"{whose} is less than that", mend="sell less")
        lost: Fraction | None = None
        if self.registered is not None:
            ends = max(ZERO, units - (self.low - self.registered))
            self.registered -= ends
            lost = ends * self.votes.bonus
        if self.reported is not None and self.low:
            self.reported = scaled(self.reported, 1 - units / self.low)
        self.low -= units
        self.high = self.low
        self.notes.append(note)
        return lost

    def grow(self, units: Fraction, note: str, reported: Share | None = None) -> None:
        """Add units with single votes."""
        self.low += units
        self.high += units
        if reported is not None:
            self.reported = reported if self.reported is None else added(self.reported, reported)
        self.notes.append(note)

    def share(self, whole: Fraction) -> Share:
        """Return it as a part of the capital."""
        low, high = self.low / whole, min(self.high / whole, Fraction(1))
        if low == high:
            return Share(low, high)
        return Share(low, high, self.low_open, self.high_open)


def class_votes(facts: IssuerFacts, share_class: str | None, day: dt.date) -> ClassVotes:
    """Return the votes of a share of a class on a day; one vote where no class is recorded.

    Of an issuer with several classes a share of no named class has the least votes of any.
    """
    found = [one for one in facts.share_classes if one.id == share_class]
    if not found and share_class is None:
        found = list(facts.share_classes)
    if not found:
        return ClassVotes()
    least = min(found, key=lambda one: one.votes_per_share)
    most = max(_registered_votes(one, day) for one in found)
    return ClassVotes(least.votes_per_share, max(most, least.votes_per_share))


def _registered_votes(one: ShareClass, day: dt.date) -> Fraction:
    begins = one.registered_votes_from
    in_force = begins is None or begins.first <= day
    registered = one.registered_votes_per_share
    return registered if registered is not None and in_force else one.votes_per_share


def scaled(share: Share, factor: Fraction) -> Share:
    """Return a share times a factor that keeps it within one."""
    low, high = share.low * factor, min(share.high * factor, Fraction(1))
    if low == high:
        return Share(low, high)
    return Share(low, high, share.low_open, share.high_open)


def added(one: Share, other: Share) -> Share:
    """Return the sum of two shares, at most one."""
    low, high = min(one.low + other.low, Fraction(1)), min(one.high + other.high, Fraction(1))
    if low == high:
        return Share(low, high)
    return Share(low, high, one.low_open or other.low_open, one.high_open or other.high_open)
