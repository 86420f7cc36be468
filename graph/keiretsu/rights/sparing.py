"""Why a rule on cross-holdings leaves votes alone: the answer changes when these numbers do."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance
from keiretsu.rights.laws import CONTROLLED, DOUBLE_VOTES_COUNT, stands
from keiretsu.rights.quarter import counting
from keiretsu.rights.rules import FR_L233_3, JP_308, MAJORITY, Trace
from keiretsu.rights.silencing import Suspended, each_share_once, in_loop, percent_text, reached
from keiretsu.snapshot import NOBODY, Account, Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.rights.rules import ControlRule
    from keiretsu.snapshot import Snapshot


class Sparing:
    """Says why cross-holdings keep their votes.

    Parameters
    ----------
    snapshot
        What is held on the date.
    accounts
        Exercisable votes of each issuer before any suspension.
    votes
        The ledger of exercisable votes, after suspensions.
    """

    def __init__(self, snapshot: Snapshot, accounts: Mapping[int, Account], votes: Ledger) -> None:
        self.snapshot, self.accounts = snapshot, accounts
        self.left = Dominance(snapshot, votes)
        self.doubled = DOUBLE_VOTES_COUNT in snapshot.readings
        self.how = counting(count_multiple_votes=self.doubled)

    @cached_property
    def counted(self) -> Ledger:
        """The votes before any suspension, as the Japanese quarter counts them."""
        every = self.accounts.values()
        lines = every if self.doubled else map(each_share_once, every)
        return Ledger.from_accounts("votes", lines, len(self.snapshot.parties))

    def traces(self, suspended: Suspended) -> dict[int, Trace]:
        """Return, by holding, why a cross-holding keeps its votes."""
        found: dict[int, Trace] = {}
        for issuer in sorted(in_loop(self.snapshot)):
            for line in self.accounts[issuer].lines:
                if line.holder in (issuer, NOBODY) or line.holding in suspended:
                    continue
                trace = self._spared_by(issuer, line.holder)
                if trace is not None:
                    found[line.holding] = trace
        return found

    def _spared_by(self, issuer: int, holder: int) -> Trace | None:
        left = self.left
        if self.snapshot.parties[issuer].jurisdiction == "JP":
            if not stands(self.snapshot, JP_308):
                return None
            part = self.counted.bounds(holder, {issuer, *left.controlled([issuer])})
            if not part.high:
                return None
            text = (
                f"{self._label(issuer)} and its subsidiaries have {percent_text(part.high)} of the "
                f"votes of {self._label(holder)}, {self.how}: less than a quarter"
            )
            return Trace(JP_308, "not suspended", text)
        law = CONTROLLED.get(self.snapshot.parties[issuer].jurisdiction or "")
        if law is None or not stands(self.snapshot, law.article):
            return None
        held = [left.ledger.issuer_of(line) for line in left.ledger.held[issuer]]
        reaching = [company for company in dict.fromkeys(held) if self._reaches(company, holder)]
        if not reaching:
            return None
        said = [self._not_controlled(issuer, company, holder, law.rule) for company in reaching]
        return Trace(law.article, "not suspended", "; ".join(said))

    def _not_controlled(self, issuer: int, company: int, holder: int, rule: ControlRule) -> str:
        share = self.left.ledger.bounds(company, {issuer})
        unused = self.left.ledger.bounds(company, {NOBODY})
        beside = (
            f" ({percent_text(unused.high)} more lie in trust, used by nobody)"
            if unused.high
            else ""
        )
        through = "" if company == holder else f", which holds {self._label(holder)}"
        what = (
            "no majority"
            if rule is MAJORITY
            else f"neither a majority nor more than the 40 % above which {FR_L233_3.name} presumes "
            "control"
        )
        return (
            f"{self._label(issuer)} has {percent_text(share.high)} of the votes of "
            f"{self._label(company)}{through}{beside}: {what}"
        )

    def _reaches(self, company: int, holder: int) -> bool:
        """Return whether a company is the holder, or holds it by majorities."""
        return holder == company or holder in reached(company, self._by_majority)

    @cached_property
    def _by_majority(self) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(list)
        for one in self.snapshot.holdings:
            if one.capital.low > Fraction(1, 2):
                held[one.holder].append(one.issuer)
        return held

    def _label(self, party: int) -> str:
        return self.snapshot.parties[party].label
