"""Laws on two companies that hold each other: German dependence, and limits for the later one.

All of it rests on what is held, not on who may vote, so that it stands before any suspension.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance, exceeds
from keiretsu.rights.laws import RECIPROCAL, stands
from keiretsu.rights.rules import DE_71D, Trace
from keiretsu.rights.silencing import Suspended, Suspension, effect_of, percent_text
from keiretsu.snapshot import NOBODY, Account, Ledger

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from keiretsu.model import Claim
    from keiretsu.rights.laws import Reciprocal
    from keiretsu.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Groups:
    """A company with those that surely, and that perhaps, depend on it."""

    surely: frozenset[int]
    perhaps: frozenset[int]


class CrossHoldings:
    """What laws on mutual holdings silence.

    Parameters
    ----------
    snapshot
        What is held on the date.
    accounts
        Exercisable votes of each issuer before any suspension (own shares without weight).
    """

    def __init__(self, snapshot: Snapshot, accounts: Mapping[int, Account]) -> None:
        self.snapshot, self.accounts = snapshot, accounts
        ledger = Ledger.from_accounts("votes", accounts.values(), len(snapshot.parties))
        self._by_right = (Dominance(snapshot, ledger), Dominance(snapshot, snapshot.capital))
        self._groups: dict[int, Groups] = {}

    def suspended(self, issuers: Iterable[int]) -> Suspended:
        """Return what is silenced in the meetings of issuers."""
        found: Suspended = {}
        for issuer in issuers:
            country = self.snapshot.parties[issuer].jurisdiction or ""
            if country == "DE" and stands(self.snapshot, DE_71D):
                found |= self._dependent(issuer)
            law = RECIPROCAL.get(country)
            if law is not None and stands(self.snapshot, law.article):
                for holding, limited in self._limited(issuer, law).items():
                    found.setdefault(holding, limited)
        return found

    # -- dependence ----------------------------------------------------------------------------

    def group(self, company: int) -> Groups:
        """Return a company with its dependants: by a majority of the shares or of the votes."""
        if company not in self._groups:
            surely, perhaps = (
                frozenset(
                    {company}.union(
                        *(d.controlled([company], certain=certain) for d in self._by_right)
                    )
                )
                for certain in (True, False)
            )
            self._groups[company] = Groups(surely, perhaps)
        return self._groups[company]

    def _dependent(self, issuer: int) -> Suspended:
        found: Suspended = {}
        group, label = self.group(issuer), self.snapshot.parties[issuer].label
        for line in self.accounts[issuer].lines:
            if line.holder in group.perhaps - {issuer}:
                certain = line.holder in group.surely
                holder = self.snapshot.parties[line.holder].label
                text = f"{holder} depends on {label}, by a majority of its shares or votes"
                trace = Trace(DE_71D, effect_of(certain), text)
                found[line.holding] = Suspension(certain, trace)
        return found

    # -- the later of two ----------------------------------------------------------------------

    def _limited(self, issuer: int, law: Reciprocal) -> Suspended:
        limit = law.limit_on(self.snapshot.as_of)
        found: Suspended = {}
        if limit is None or not self._concerned(issuer, law):
            return found
        others = {line.holder for line in self.accounts[issuer].lines} - {issuer, NOBODY}
        for other in sorted(others):
            if self._concerned(other, law) and not self._depend(issuer, other):
                found |= self._between(issuer, other, law, limit)
        return found

    def _concerned(self, company: int, law: Reciprocal) -> bool:
        party = self.snapshot.parties[company]
        same = party.jurisdiction == law.article.jurisdiction
        return same and company in self.accounts and (party.listed is True or not law.listed)

    def _depend(self, one: int, other: int) -> bool:
        """Return whether one surely depends on the other: then other rules apply (AktG 19(4))."""
        return other in self.group(one).surely or one in self.group(other).surely

    def _between(self, issuer: int, other: int, law: Reciprocal, limit: Fraction) -> Suspended:
        """Limit what `other` and its dependants vote in `issuer`, if it came later."""
        ledger = self.snapshot.capital
        theirs = ledger.bounds(issuer, self.group(other).surely - {issuer})
        ours = ledger.bounds(other, self.group(issuer).surely - {other})
        passed = [exceeds(share, limit, at_least=False) for share in (theirs, ours)]
        if not all(possible for _, possible in passed):
            return {}
        later = self._is_later(issuer, other, law)
        if later is False:
            return {}
        certain = all(sure for sure, _ in passed) and later is True
        kept = self._kept(issuer, other, law, limit / theirs.high)
        what = "limited" if kept else "suspended"
        order = self._order(issuer, other)
        told = "(who that is, is not recorded)" if order is None else "by the dates of the claims"
        text = (
            f"{self._label(other)} has {percent_text(theirs.low)} of {self._label(issuer)}, which "
            f"has {percent_text(ours.low)} of it: above {percent_text(limit)} each way, the later "
            f"one {told}"
        )
        trace = Trace(law.article, effect_of(certain, what), text)
        group = self.group(other).surely - {issuer}
        return {
            line.holding: Suspension(certain, trace, kept, counts=law.excess_counts)
            for line in self.accounts[issuer].lines
            if line.holder in group
        }

    def _kept(self, issuer: int, other: int, law: Reciprocal, part: Fraction) -> Fraction:
        """Return the part of its shares that the later one may vote."""
        crossed = self._began(other, issuer)
        sell_by = None if crossed is None else law.to_sell_by(crossed[1])
        too_late = sell_by is not None and self.snapshot.as_of >= sell_by
        return Fraction(0) if too_late else min(part, Fraction(1))

    def _is_later(self, issuer: int, other: int, law: Reciprocal) -> bool | None:
        """Return whether `other` counts as the later one; None if it may."""
        order = self._order(issuer, other)
        return True if order is None and law.both_if_unknown else order

    def _order(self, issuer: int, other: int) -> bool | None:
        """Return whether `other` passed the limit after `issuer` did; None if it is not known."""
        theirs, ours = self._began(other, issuer), self._began(issuer, other)
        if theirs is None or ours is None:
            return None
        if theirs[0] > ours[1]:
            return True
        return False if theirs[1] < ours[0] else None

    def _began(self, holder: int, issuer: int) -> tuple[dt.date, dt.date] | None:
        """Return the first and last day on which a stake can have begun, as the claims tell."""
        group = self.group(holder).surely
        held = [self.snapshot.holdings[n] for n in self.snapshot.held_in(issuer)]
        starts = [_begins(one.claims[0]) for one in held if one.holder in group - {issuer}]
        known = [start for start in starts if start is not None]
        if not known or len(known) < len(starts):
            return None
        return max(first for first, _ in known), max(last for _, last in known)

    def _label(self, party: int) -> str:
        return self.snapshot.parties[party].label


def _begins(claim: Claim) -> tuple[dt.date, dt.date] | None:
    begins = claim.begins
    return None if begins is None else (begins.first, begins.last)
