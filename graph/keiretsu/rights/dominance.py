"""Who controls whom in a ledger, by a rule: the fixpoint that votes and measures share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from keiretsu.kernels.box import ZERO, Item, largest_excess
from keiretsu.kernels.fixpoint import closure, majority_closure
from keiretsu.rights.rules import MAJORITY, ControlRule
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from fractions import Fraction

    from keiretsu.kernels.box import Bounds
    from keiretsu.snapshot import Ledger, Snapshot

_NEVER = 1 << 200
"""A weight that nobody reaches: for issuers in which there is nothing to hold."""


def exceeds(bounds: Bounds, threshold: Fraction, *, at_least: bool) -> tuple[bool, bool]:
    """Return whether a share surely, and whether it possibly, passes a threshold.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from keiretsu.kernels.box import Bounds
    >>> half = Fraction(1, 2)
    >>> exceeds(Bounds(half, half), half, at_least=False)
    (False, False)
    >>> exceeds(Bounds(half, Fraction(3, 4), low_open=True), half, at_least=False)
    (True, True)
    """
    if at_least:
        possible = bounds.high > threshold or (bounds.high == threshold and not bounds.high_open)
        return bounds.low >= threshold, possible
    certain = bounds.low > threshold or (bounds.low == threshold and bounds.low_open)
    return certain, bounds.high > threshold


class Rivalry(NamedTuple):
    """Whether somebody else has more: in some world, and even in the best one."""

    perhaps: bool
    surely: bool


class Dominance:
    """Answers, for one ledger, whether a set of holders controls an issuer by a rule.

    Parameters
    ----------
    snapshot
        For the parties, and the bodies that act for States.
    ledger
        The right that is counted.
    groups
        By head, whom it surely controls by majority, where that is known already.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        ledger: Ledger,
        groups: Mapping[int, Collection[int]] | None = None,
    ) -> None:
        self.snapshot, self.ledger = snapshot, ledger
        self._needed: tuple[ControlRule, list[int]] | None = None
        self._groups = groups or {}
        self._own_groups: dict[int, set[int]] = {}
        self._heads: dict[int, list[int]] = {}

    def controlled(
        self, start: Iterable[int], rule: ControlRule = MAJORITY, *, certain: bool = True
    ) -> list[int]:
        """Return whom `start`, taken as one, controls, in an order in which it can be shown.

        Parameters
        ----------
        start
            Positions of the controller's members.
        rule
            The rule of control.
        certain
            Whether it must hold in every world that the claims allow, or in some.

        Notes
        -----
        The least fixpoint: members and what they already control count together, nothing counts
        for itself, and own shares count for nobody.
        """
        members = tuple(start)
        if self.ledger.all_exact and rule.presumed_above is None:
            return majority_closure(members, self.ledger.held_weights, self._need(rule))
        verdict = 0 if certain else 1
        return closure(
            members,
            self.issuers,
            lambda issuer, inside: self.decides(issuer, inside, rule)[verdict],
        )

    def issuers(self, party: int) -> set[int]:
        """Return in whom a party has something."""
        return {self.ledger.issuer_of(line) for line in self.ledger.held[party]}

    def bounds(self, issuer: int, members: Collection[int]) -> Bounds:
        """Return the tight bounds of what `members` together have in an issuer."""
        return self.ledger.bounds(issuer, members)

    def decides(
        self, issuer: int, members: Collection[int], rule: ControlRule
    ) -> tuple[bool, bool]:
        """Return whether `members` together surely, and possibly, control the issuer."""
        bounds = self.bounds(issuer, members)
        certain, possible = exceeds(bounds, rule.threshold, at_least=rule.at_least)
        if certain or rule.presumed_above is None:
            return certain, possible
        presumed, perhaps = exceeds(bounds, rule.presumed_above, at_least=False)
        if not perhaps:
            return certain, possible
        larger = self.rivalry(issuer, members)
        return presumed and not larger.perhaps, possible or not larger.surely

    def rivalry(self, issuer: int, members: Collection[int]) -> Rivalry:
        """Return whether somebody else may have more of the issuer than `members`.

        Beside members with more than a third at most one rival can have more than they, so that
        each rival's own best and worst world decide.
        """
        lines = self.ledger.lines_of(issuer)
        mine = self._items(issuer, members)
        perhaps = surely = False
        for rival in self._rivals(issuer, members):
            theirs = self._items(issuer, rival)
            others = [
                self.ledger.item(line)
                for line in lines
                if self.ledger.holder_of(line) not in members
                and self.ledger.holder_of(line) not in rival
            ]
            total, rest = self.ledger.units(issuer), self.ledger.rest(issuer)
            perhaps |= largest_excess(theirs, mine, others, total, rest) > ZERO
            surely |= largest_excess(mine, theirs, others, total, rest) < ZERO
        return Rivalry(perhaps, surely)

    def _items(self, issuer: int, members: Collection[int]) -> list[Item]:
        return [
            self.ledger.item(line)
            for line in self.ledger.lines_of(issuer)
            if self.ledger.holder_of(line) in members and self.ledger.holder_of(line) != issuer
        ]

    def _rivals(self, issuer: int, members: Collection[int]) -> list[set[int]]:
        """Return the other blocs that vote in an issuer: holders with whoever controls them."""
        members = set(members)
        blocs: dict[int, set[int]] = {}
        for line in self.ledger.lines_of(issuer):
            holder = self.ledger.holder_of(line)
            if holder in members or holder in (issuer, NOBODY):
                continue
            for head in (holder, *self._controllers(holder)):
                if head not in members:
                    blocs[head] = self._group(head) - members
        return list(blocs.values())

    def _group(self, head: int) -> set[int]:
        if head not in self._own_groups:
            own = self.snapshot.as_one(head)
            known = self._groups.get(head)
            controlled = self.controlled(own, MAJORITY) if known is None else known
            self._own_groups[head] = {*own, *controlled}
        return self._own_groups[head]

    def _controllers(self, party: int) -> list[int]:
        """Return those that surely control a party by majority: they hold in it, through others."""
        if party not in self._heads:
            above, pending = {party}, [party]
            while pending:
                lines = self.ledger.lines_of(pending.pop())
                further = {self.ledger.holder_of(line) for line in lines} - above - {NOBODY}
                above |= further
                pending += further
            states = {head for head, bodies in self.snapshot.bodies.items() if above & {*bodies}}
            heads = (above | states) - {party}
            self._heads[party] = [head for head in sorted(heads) if party in self._group(head)]
        return self._heads[party]

    def _need(self, rule: ControlRule) -> list[int]:
        """Return the weight that must be reached in each issuer; kept for the rule asked last."""
        if self._needed is None or self._needed[0] is not rule:
            up, down = rule.threshold.numerator, rule.threshold.denominator
            wholes = [self.ledger.whole(issuer) for issuer in range(len(self.snapshot.parties))]
            needs = [
                (-(-whole * up // down) if rule.at_least else whole * up // down + 1)
                if whole
                else _NEVER
                for whole in wholes
            ]
            self._needed = rule, needs
        return self._needed[1]
