"""Votes that the law silences: cross-holdings between a company and those it controls.

Suspension depends on control, and control on suspension. The order is: control on gross votes; the
Japanese quarter, which counts suspended votes; then the French rule on what is left, repeated until
it repeats.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance, exceeds
from keiretsu.rights.rules import (
    FR_L233_3,
    FR_L233_31,
    FR_PRESUMPTION_40,
    JP_308,
    JP_QUARTER,
    Trace,
)
from keiretsu.snapshot import NOBODY, Account, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from keiretsu.snapshot import Snapshot

RULED_JURISDICTIONS = frozenset({"FR", "JP"})
"""Countries whose suspension rules are known here."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Votes of one holding that a rule silences, surely or perhaps."""

    certain: bool
    trace: Trace


Suspended = dict[int, Suspension]
"""Suspensions by position of the holding."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where the repetition ended.

    Parameters
    ----------
    suspended
        What is silenced; if no state repeats itself at once, everything silenced in some state of
        the cycle, as perhaps suspended unless it is silenced in every one of them.
    equilibria
        The states found: one if stable, the states of the cycle otherwise.
    stable
        Whether the last state follows from itself.
    """

    suspended: Suspended
    equilibria: tuple[frozenset[int], ...]
    stable: bool


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

    def settle(self) -> Settled:
        """Return the votes that are silenced once the rules have been applied to each other."""
        japanese = self._japanese()
        seen: list[Suspended] = []
        state: Suspended = {}
        while state not in seen:
            seen.append(state)
            state = self._french({**japanese, **state})
        cycle = seen[seen.index(state) :]
        equilibria = tuple(frozenset((*japanese, *one)) for one in cycle)
        if len(cycle) == 1:
            return Settled({**japanese, **state}, equilibria, stable=True)
        return Settled({**japanese, **_in_any(cycle)}, equilibria, stable=False)

    # -- Japan -----------------------------------------------------------------------------

    def _japanese(self) -> Suspended:
        """Suspend holders of which the company and its subsidiaries have a quarter of the votes."""
        issuers = [i for i in self.accounts if self._jurisdiction(i) == "JP"]
        if not issuers:
            return {}
        gross = Dominance(self.snapshot, self._ledger("gross-votes"))
        counted = self._ledger("votes", None if self.count_multiple_votes else each_share_once)
        found: Suspended = {}
        for issuer in issuers:
            groups = [
                {issuer, *gross.controlled([issuer], certain=certain)} for certain in (True, False)
            ]
            for line in self.accounts[issuer].lines:
                if line.holder in self.accounts and line.holder not in (issuer, NOBODY):
                    suspension = self._quarter(issuer, line.holder, groups, counted)
                    if suspension is not None:
                        found[line.holding] = suspension
        return found

    def _quarter(
        self, issuer: int, holder: int, groups: Sequence[set[int]], counted: Ledger
    ) -> Suspension | None:
        surely, perhaps = (counted.bounds(holder, group) for group in groups)
        certain, _ = exceeds(surely, JP_QUARTER, at_least=True)
        _, possible = exceeds(perhaps, JP_QUARTER, at_least=True)
        if not (certain or possible):
            return None
        company, of = self._label(issuer), self._label(holder)
        text = (
            f"{company} and its subsidiaries have {percent_text(surely.low)} of the votes of {of}, "
            "each share counted once; a quarter is enough"
        )
        return Suspension(certain, Trace(JP_308, _effect(certain), text))

    # -- France ----------------------------------------------------------------------------

    def _french(self, suspended: Suspended) -> Suspended:
        """Suspend shares of a French company held by companies that it controls."""
        issuers = [i for i in self.accounts if self._jurisdiction(i) == "FR"]
        if not issuers:
            return {}
        left = Dominance(self.snapshot, self._ledger("votes", _silencing(suspended)))
        found: Suspended = {}
        for issuer in issuers:
            lines = [ln for ln in self.accounts[issuer].lines if ln.holder not in (issuer, NOBODY)]
            if not lines or not left.ledger.held[issuer]:
                continue
            surely = left.controlled([issuer], FR_PRESUMPTION_40)
            perhaps = left.controlled([issuer], FR_PRESUMPTION_40, certain=False)
            for line in lines:
                if line.holder in perhaps:
                    certain = line.holder in surely
                    text = self._reason(issuer, line.holder, perhaps, left)
                    trace = Trace(FR_L233_31, _effect(certain), text)
                    found[line.holding] = Suspension(certain, trace)
        return found

    def _reason(self, issuer: int, holder: int, controlled: list[int], left: Dominance) -> str:
        """Say through whom the issuer controls the holder, and by which limb of the law."""
        steps = []
        inside = {issuer}
        for company in controlled:
            bounds = left.ledger.bounds(company, inside)
            inside.add(company)
            limb = "" if bounds.low > Fraction(1, 2) else f", presumed by {FR_L233_3.name}"
            steps.append(
                (company, f"{self._label(company)} ({percent_text(bounds.low)} of votes{limb})")
            )
            if company == holder:
                break
        needed = _chain([company for company, _ in steps], holder, issuer, left)
        shown = " and through it ".join(text for company, text in steps if company in needed)
        return f"{self._label(issuer)} controls {shown}"

    # -- shared ----------------------------------------------------------------------------

    def _ledger(self, right: str, change: Callable[[Account], Account] | None = None) -> Ledger:
        accounts = self.accounts.values()
        return Ledger.from_accounts(
            right,
            accounts if change is None else map(change, accounts),
            len(self.snapshot.parties),
        )

    def _jurisdiction(self, issuer: int) -> str | None:
        return self.snapshot.parties[issuer].jurisdiction

    def _label(self, party: int) -> str:
        return self.snapshot.parties[party].label


def _in_any(states: Sequence[Suspended]) -> Suspended:
    """Return what is silenced in some state: surely only where it is so in every one of them."""
    found: Suspended = {}
    for state in states:
        for holding, suspension in state.items():
            certain = all(holding in one and one[holding].certain for one in states)
            trace = replace(suspension.trace, effect=_effect(certain))
            found[holding] = Suspension(certain, trace)
    return found


def silence(account: Account, suspended: Suspended) -> Account:
    """Return the account without the votes that are suspended."""
    lines = tuple(
        line
        if line.holding not in suspended
        else line._replace(
            weight_low=Fraction(0),
            weight_high=Fraction(0) if suspended[line.holding].certain else line.weight_high,
        )
        for line in account.lines
    )
    return account._replace(lines=lines)


def _silencing(suspended: Suspended) -> Callable[[Account], Account]:
    return lambda account: silence(account, suspended)


def each_share_once(account: Account) -> Account:
    """Return the account with at most one vote a share, so that double votes do not count."""
    one = Fraction(1)
    lines = tuple(
        line._replace(weight_low=min(line.weight_low, one), weight_high=min(line.weight_high, one))
        for line in account.lines
    )
    return account._replace(
        lines=lines, rest_low=min(account.rest_low, one), rest_high=min(account.rest_high, one)
    )


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


def in_loop(snapshot: Snapshot) -> set[int]:
    """Return issuers under a suspension rule that reach, through holdings, one of their holders."""
    held: dict[int, list[int]] = defaultdict(list)
    for one in snapshot.holdings:
        if one.holder != one.issuer:
            held[one.holder].append(one.issuer)
    ruled = (i for i in held if snapshot.parties[i].jurisdiction in RULED_JURISDICTIONS)
    return {issuer for issuer in ruled if issuer in reached(issuer, held)}


def reached(start: int, held: Mapping[int, Sequence[int]]) -> set[int]:
    """Return whom `start` reaches through holdings; itself only if a loop leads back to it."""
    seen: set[int] = set()
    pending = [start]
    while pending:
        for target in held.get(pending.pop(), ()):
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return seen


def _effect(certain: bool) -> str:
    return "suspended" if certain else "may be suspended"


def percent_text(share: Fraction) -> str:
    """Return a share as a reason quotes it, with two decimals at most."""
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + " %"
