"""The Japanese quarter: who is held by a quarter or more cannot vote in the holder's meeting."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance, exceeds
from keiretsu.rights.laws import stands
from keiretsu.rights.rules import JP_308, JP_QUARTER, Trace
from keiretsu.rights.silencing import (
    Suspended,
    Suspension,
    each_share_once,
    effect_of,
    percent_text,
)
from keiretsu.snapshot import NOBODY, Account, Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keiretsu.snapshot import Snapshot


def suspended_by_quarter(
    snapshot: Snapshot, accounts: Mapping[int, Account], *, count_multiple_votes: bool = False
) -> Suspended:
    """Return holdings of those of whom the company and its subsidiaries have a quarter.

    Parameters
    ----------
    snapshot
        What is held on the date.
    accounts
        Exercisable votes of each issuer before any suspension.
    count_multiple_votes
        Whether double votes count, an open point of law; each share counts once by default.

    Notes
    -----
    A holder beside whom nobody could vote, such as the owner of a wholly-owned vehicle, keeps its
    votes (Enforcement Regulation 67(1)). Votes that cannot be used themselves count towards the
    quarter, so that nothing here depends on any suspension.
    """
    parties = len(snapshot.parties)
    issuers = [i for i in accounts if snapshot.parties[i].jurisdiction == "JP"]
    if not issuers or not stands(snapshot, JP_308):
        return {}
    gross = Dominance(snapshot, Ledger.from_accounts("gross-votes", accounts.values(), parties))
    lines = accounts.values() if count_multiple_votes else map(each_share_once, accounts.values())
    counted = Ledger.from_accounts("votes", lines, parties)
    how = counting(count_multiple_votes=count_multiple_votes)
    found: Suspended = {}
    for issuer in issuers:
        groups = [
            {issuer, *gross.controlled([issuer], certain=certain)} for certain in (True, False)
        ]
        concerned: Suspended = {}
        for line in accounts[issuer].lines:
            if line.holder not in accounts or line.holder in (issuer, NOBODY):
                continue
            surely, perhaps = (counted.bounds(line.holder, group) for group in groups)
            certain, _ = exceeds(surely, JP_QUARTER, at_least=True)
            _, possible = exceeds(perhaps, JP_QUARTER, at_least=True)
            if certain or possible:
                company, of = (snapshot.parties[one].label for one in (issuer, line.holder))
                text = (
                    f"{company} and its subsidiaries have {_said(surely.low, perhaps.high)} of the "
                    f"votes of {of}, {how}; a quarter is enough"
                )
                trace = Trace(JP_308, effect_of(certain), text)
                concerned[line.holding] = Suspension(certain, trace)
        if _somebody_else(accounts[issuer], concerned):
            found |= concerned
    return found


def _somebody_else(account: Account, concerned: Suspended) -> bool:
    """Return whether anybody else can vote; if nobody can, those concerned may (Regulation 67).

    The Enforcement Regulation leaves out holders beside whom nobody could vote in the meeting.
    """
    named = sum((line.low for line in account.lines), Fraction(0))
    if named < account.total and not account.closed:
        return True
    return any(
        line.high > 0 and line.weight_high > 0 and line.holding not in concerned
        for line in account.lines
        if line.holder != NOBODY
    )


def counting(*, count_multiple_votes: bool) -> str:
    """Return how votes are counted towards the quarter, in words."""
    return "double votes counted twice" if count_multiple_votes else "each share counted once"


def _said(low: Fraction, high: Fraction) -> str:
    if low == high:
        return percent_text(low)
    return f"{percent_text(low)} to {percent_text(high)}"
