"""Votes that the law silences: cross-holdings between a company and those it controls.

Suspension depends on control, and control on suspension. The order is: what rests on holdings or on
gross votes (the Japanese quarter, which counts suspended votes; German dependence; limits for the
later of two); then the rules by which the controlled cannot vote, on what is left, until they come
to rest. Every state in which they do is found, where they are few.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance
from keiretsu.rights.equilibria import Settled, settle
from keiretsu.rights.laws import CONTROLLED, RECIPROCAL, stands
from keiretsu.rights.quarter import suspended_by_quarter
from keiretsu.rights.reciprocal import CrossHoldings
from keiretsu.rights.rules import FR_L233_3, Trace
from keiretsu.rights.silencing import (
    Suspended,
    Suspension,
    effect_of,
    in_loop,
    percent_text,
    silencing,
)
from keiretsu.snapshot import NOBODY, Account, Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.rights.rules import ControlRule
    from keiretsu.snapshot import Snapshot


class Suspender:
    """Finds the votes that cross-holding rules silence in a snapshot.

    Parameters
    ----------
    snapshot
        What is held on the date.
    accounts
        Exercisable votes of each issuer before any suspension (own shares without weight).
    count_multiple_votes
        Whether the Japanese quarter counts double votes, an open point of law; each share counts
        once by default.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        accounts: Mapping[int, Account],
        *,
        count_multiple_votes: bool = False,
    ) -> None:
        self.snapshot, self.accounts = snapshot, accounts
        self.count_multiple_votes = count_multiple_votes
        self._followed: dict[frozenset[tuple[object, ...]], Suspended] = {}

    def settle(self) -> Settled:
        """Return the votes that are silenced once the rules have been applied to each other."""
        fixed = self.fixed
        if not self._ruled:
            return Settled(fixed, (frozenset(fixed),), stable=True)
        exact = self._left({}).ledger.all_exact
        found = settle(lambda state: self._following({**fixed, **state}), exact=exact)
        return Settled(
            {**found.suspended, **fixed},
            tuple(frozenset((*fixed, *state)) for state in found.equilibria),
            found.stable,
            found.searched,
        )

    @cached_property
    def fixed(self) -> Suspended:
        """What is silenced whatever else is."""
        loops = in_loop(self.snapshot)
        mutual = [
            issuer
            for issuer in self.accounts
            if issuer in loops and self._law(issuer) in RECIPROCAL
        ]
        by_holdings = (
            CrossHoldings(self.snapshot, self.accounts).suspended(mutual) if mutual else {}
        )
        quarter = suspended_by_quarter(
            self.snapshot, self.accounts, count_multiple_votes=self.count_multiple_votes
        )
        return {**by_holdings, **quarter}

    @cached_property
    def _ruled(self) -> list[int]:
        """Issuers in whose meeting those whom they control cannot vote, and may have votes.

        Whom an issuer controls it reaches through holdings: without a loop nobody is silenced.
        """
        day, loops = self.snapshot.as_of, in_loop(self.snapshot)
        issuers = (issuer for issuer in self.accounts if issuer in loops)
        laws = ((issuer, CONTROLLED.get(self._law(issuer))) for issuer in issuers)
        return [
            issuer
            for issuer, law in laws
            if law is not None and law.in_force(day) and stands(self.snapshot, law.article)
        ]

    def _following(self, suspended: Suspended) -> Suspended:
        """Return what `_controlled` does, found once for each state: settling asks it again."""
        state = frozenset((h, s.certain, s.kept, s.counts) for h, s in suspended.items())
        if state not in self._followed:
            self._followed[state] = self._controlled(suspended)
        return dict(self._followed[state])

    def _controlled(self, suspended: Suspended) -> Suspended:
        """Suspend shares of a company that are held by companies that it controls."""
        left = self._left(suspended)
        found: Suspended = {}
        for issuer in self._ruled:
            lines = [ln for ln in self.accounts[issuer].lines if ln.holder not in (issuer, NOBODY)]
            if not lines or not left.ledger.held[issuer]:
                continue
            law = CONTROLLED[self._law(issuer)]
            surely = left.controlled([issuer], law.rule)
            perhaps = left.controlled([issuer], law.rule, certain=False)
            for line in lines:
                if line.holder in perhaps:
                    certain = line.holder in surely
                    text = self._reason(issuer, line.holder, perhaps, left, law.rule)
                    trace = Trace(law.article, effect_of(certain), text)
                    found[line.holding] = Suspension(certain, trace)
        return found

    def _reason(
        self, issuer: int, holder: int, controlled: list[int], left: Dominance, rule: ControlRule
    ) -> str:
        """Say through whom the issuer controls the holder, and by which limb of the law."""
        steps = []
        inside = {issuer}
        for company in controlled:
            bounds = left.ledger.bounds(company, inside)
            inside.add(company)
            presumed = rule.presumed_above is not None and bounds.low <= rule.threshold
            limb = f", presumed by {FR_L233_3.name}" if presumed else ""
            steps.append(
                (company, f"{self._label(company)} ({percent_text(bounds.low)} of votes{limb})")
            )
            if company == holder:
                break
        needed = _chain([company for company, _ in steps], holder, issuer, left)
        shown = " and through it ".join(text for company, text in steps if company in needed)
        return f"{self._label(issuer)} controls {shown}"

    def _left(self, suspended: Suspended) -> Dominance:
        accounts = map(silencing(suspended), self.accounts.values())
        ledger = Ledger.from_accounts("votes", accounts, len(self.snapshot.parties))
        return Dominance(self.snapshot, ledger)

    def _law(self, issuer: int) -> str:
        return self.snapshot.parties[issuer].jurisdiction or ""

    def _label(self, party: int) -> str:
        return self.snapshot.parties[party].label


def _chain(controlled: Sequence[int], holder: int, issuer: int, left: Dominance) -> set[int]:
    """Return those of the controlled through whom the holder is controlled, with the holder."""
    needed, pending = {holder}, [holder]
    allowed = {*controlled, issuer}
    while pending:
        company = pending.pop()
        for line in left.ledger.lines_of(company):
            owner = left.ledger.holder_of(line)
            if owner in allowed and owner not in needed and owner != issuer:
                needed.add(owner)
                pending.append(owner)
    return needed
