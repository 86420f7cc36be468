"""The book of an issuer's shares: who has how many, with how many votes, while it is edited.

A unit is a share where the number of issued shares is known, else the whole capital is one unit.
Nothing is created or lost: whatever somebody buys comes from a named holder, from the remainder, or
from an issue that makes the whole larger.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.errors import InputError
from keiretsu.model import Remainder, Share
from keiretsu.model.names import fold
from keiretsu.rights.gross import GrossVoteCounter
from keiretsu.rights.silencing import in_loop
from keiretsu.scenarios.amount import Amount, Unit
from keiretsu.scenarios.stake import ZERO, Stake, class_votes, scaled
from keiretsu.snapshot import IssuerFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keiretsu.snapshot import Snapshot

_ORDINARY_WORDS = ("ordinary", "common")


class Book:
    """The shares of one issuer.

    Parameters
    ----------
    world
        The world before.
    issuer
        Position of the issuer; a party that the world does not know yet has an empty book.
    label
        What the issuer is called.
    """

    def __init__(self, world: Snapshot, issuer: int, label: str) -> None:
        self.world, self.issuer, self.label = world, issuer, label
        known = issuer < len(world.parties)
        self.facts = world.facts.get(issuer, IssuerFacts()) if known else IssuerFacts()
        self.kind = world.remainder_of(issuer) if known else Remainder.FLOAT
        self.issued = self.facts.issued
        self.whole = Fraction(self.issued or 1)
        self.gross: Fraction | None = (
            Fraction(self.facts.gross_votes) if self.facts.gross_votes is not None else None
        )
        self.classes = self.facts.share_classes
        self.rest_votes = class_votes(self.facts, None, world.as_of)
        self.rest_registered: Fraction | None = ZERO
        self.reported = False
        self.changed = False
        self.stakes: list[Stake] = self._opened() if known else []

    def _opened(self) -> list[Stake]:
        counted = GrossVoteCounter(self.world, in_loop(self.world)).count(self.issuer)
        account, day = counted.account, self.world.as_of
        self.reported = counted.reported
        lines = {line.holding: line for line in account.lines}
        stakes = []
        for position in self.world.held_in(self.issuer):
            held, line = self.world.holdings[position], lines.get(position)
            votes = class_votes(self.facts, held.share_class, day)
            stake = Stake.of(held, None if self.reported else line, self.whole, votes)
            if self.reported and line is not None:
                stake.reported = Share(line.low, min(line.high, Fraction(1)))
            stakes.append(stake)
        bonus = self.rest_votes.bonus
        if bonus:
            exact = account.rest_low == account.rest_high
            rest = self.whole - sum((stake.low for stake in stakes), ZERO)
            part = (account.rest_low - self.rest_votes.single) / bonus
            self.rest_registered = part * rest if exact and rest > 0 else None
        return stakes

    # -- reading -------------------------------------------------------------------------------

    @property
    def rest(self) -> Fraction:
        """Units that no named holder has, at most."""
        if self.kind is Remainder.NONE:
            return ZERO
        return max(self.whole - sum((stake.low for stake in self.stakes), ZERO), ZERO)

    def of(self, holders: Collection[int]) -> list[Stake]:
        """Return the shares of some holders, the largest first."""
        found = [s for s in self.stakes if s.holder in holders and s.is_shares]
        return sorted(found, key=lambda stake: (-stake.low, stake.holder))

    def units(self, amount: Amount) -> Fraction:
        """Return an amount in units.

        Raises
        ------
        InputError
            If shares are counted and the number of issued shares is not known, or is smaller.
        """
        if amount.unit is Unit.CAPITAL:
            return amount.value * self.whole
        if amount.unit is Unit.VOTES:
            raise InputError(
                "only a stake can be set in percent of the votes", mend="give percent of capital"
            )
        if self.issued is None:
            raise InputError(
                f"how many shares {self.label} has issued is not known on {self.world.as_of}",
                mend="give the amount in percent",
            )
        return amount.value

    def say(self, units: Fraction) -> str:
        """Return units in words: percent of the capital, with the number of shares if known."""
        percent = f"{float(units / self.whole * 100):.6f}".rstrip("0").rstrip(".")
        if self.issued is None:
            return f"{percent} % of {self.label}"
        return f"{percent} % of {self.label} ({round(units):,} shares)"

    # -- moving shares -------------------------------------------------------------------------

    def buy(self, holder: int, units: Fraction, note: str) -> None:
        """Give a holder units from the remainder.

        Raises
        ------
        InputError
            If the remainder is too small; the error names the holders.
        """
        if units > self.rest:
            raise self._too_few(units)
        reported = self.reported_part(units) if self.reported else None
        if self.rest_registered is not None:
            single = self.rest - self.rest_registered
            ends = max(ZERO, units - single)
            self.rest_registered -= ends
            self._count(-ends * self.rest_votes.bonus)
        if holder == self.issuer and reported is not None:
            self._scale(1 / (1 - min(reported.low, Fraction(1, 2))))  # own shares do not vote
        self.place(holder, units, note, reported)

    def sell(self, stakes: Iterable[Stake], units: Fraction, note: str) -> None:
        """Give units of some stakes to the remainder, from the first stakes first."""
        for stake in stakes:
            part = units if not stake.is_exact else min(units, stake.low)
            if part:
                self._count(self._negative(stake.shrink(part, self._whose(stake), note)))
            units -= part
        self.changed = True
        self.stakes = [s for s in self.stakes if s.high or not s.notes]

    def transfer(self, stakes: Iterable[Stake], buyer: int, units: Fraction, note: str) -> None:
        """Give units of some stakes to a named buyer; multiple votes end with the change."""
        for stake in stakes:
            part = min(units, stake.low)
            if not part:
                continue
            before = stake.reported
            lost = stake.shrink(part, self._whose(stake), note)
            self._count(self._negative(lost))
            moved = None
            if before is not None and stake.reported is not None:
                moved = Share.point(before.low - stake.reported.low)
            self.place(buyer, part, note, moved, stake.share_class)
            units -= part
        self.stakes = [s for s in self.stakes if s.high or not s.notes]

    def place(
        self,
        holder: int,
        units: Fraction,
        note: str,
        reported: Share | None = None,
        share_class: str | None = None,
    ) -> None:
        """Add units with single votes to what a holder has bought."""
        self.changed = True
        chosen = share_class or self._class_for(holder)
        for stake in self.stakes:
            if stake.held is None and (stake.holder, stake.share_class) == (holder, chosen):
                stake.grow(units, note, reported)
                return
        votes = class_votes(self.facts, chosen, self.world.as_of)
        stake = Stake(holder, ZERO, ZERO, votes=votes, share_class=chosen)
        stake.grow(units, note, reported)
        self.stakes.append(stake)

    def resize(self, units: Fraction) -> None:
        """Make the whole larger by newly issued units, or smaller by cancelled ones."""
        if self.reported and units > 0:
            self._scale(1 / (1 + units / self.whole * self._rest_ratio()))
        self.whole += units
        if self.issued is not None:
            self.issued = int(self.whole)
        self._count(units * self.rest_votes.single)
        self.changed = True

    def drop(self, stake: Stake) -> None:
        """Take a stake out; its units go to the remainder."""
        votes = stake.vote_total()
        self._count(None if votes is None else stake.low * self.rest_votes.single - votes)
        self.stakes.remove(stake)
        self.changed = True

    def forget_votes(self) -> None:
        """Give up what was known of the total of votes."""
        self.gross, self.rest_registered = None, None if self.rest_votes.bonus else ZERO
        self.changed = True

    # -- inside --------------------------------------------------------------------------------

    def _count(self, votes: Fraction | None) -> None:
        if votes is None:
            self.gross = None
        elif self.gross is not None:
            self.gross += votes

    def _scale(self, factor: Fraction) -> None:
        """Scale all reported parts of the votes, because the total of votes has changed."""
        for stake in self.stakes:
            if stake.reported is not None:
                stake.reported = scaled(stake.reported, factor)

    def _negative(self, votes: Fraction | None) -> Fraction | None:
        return None if votes is None else -votes

    def _rest_ratio(self) -> Fraction:
        """Return votes per capital of the remainder, where votes are reported in percent."""
        known = sum((s.reported.low for s in self.stakes if s.reported is not None), ZERO)
        rest = self.rest / self.whole
        return (1 - known) / rest if rest > 0 and known < 1 else Fraction(1)

    def reported_part(self, units: Fraction) -> Share:
        """Return units as a part of the votes, where only percentages of these are recorded."""
        return Share.point(min(units / self.whole * self._rest_ratio(), Fraction(1)))

    def _class_for(self, holder: int) -> str | None:
        """Return the class in which a holder buys: its own, else the ordinary one."""
        if len(self.classes) < 2:  # noqa: PLR2004 - with one class there is no choice
            return None
        own = [stake.share_class for stake in self.of({holder}) if stake.share_class]
        if own:
            return own[0]
        words = [
            one.id
            for one in self.classes
            if any(word in fold(one.label) for word in _ORDINARY_WORDS)
        ]
        if len(words) == 1:
            return words[0]
        raise InputError(
            f"{self.label} has several classes of shares and none is the ordinary one",
            mend="name the class's holder in a transfer",
        )

    def _whose(self, stake: Stake) -> str:
        parties = self.world.parties
        known = stake.holder < len(parties)
        holder = parties[stake.holder].label if known else "the new party"
        return f"what {holder} has of {self.label}"

    def _too_few(self, units: Fraction) -> InputError:
        sizes: dict[int, Fraction] = {}
        for stake in self.stakes:
            sizes[stake.holder] = sizes.get(stake.holder, ZERO) + stake.low
        named = [
            f"{self.world.parties[holder].label} {float(sizes[holder] / self.whole * 100):.4g} %"
            for holder in sorted(sizes, key=lambda one: (-sizes[one], one))
            if sizes[holder] and holder < len(self.world.parties)
        ]
        free = f"{float(self.rest / self.whole * 100):.6g} %"
        want = f"{float(units / self.whole * 100):.6g} %"
        return InputError(
            f"{want} of {self.label} is to be bought, and only {free} is with nobody named; "
            f"holders: {', '.join(named)}",
            mend="let one of them sell first, or buy less",
        )
