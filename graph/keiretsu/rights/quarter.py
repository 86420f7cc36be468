"""The Japanese quarter: who is held by a quarter or more cannot vote in the holder's meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keiretsu.rights.dominance import Dominance, exceeds
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
    from collections.abc import Mapping, Sequence

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
    Votes that cannot be used themselves count towards the quarter, so that nothing here depends on
    any suspension.
    """
    parties = len(snapshot.parties)
    issuers = [i for i in accounts if snapshot.parties[i].jurisdiction == "JP"]
    if not issuers:
        return {}
    gross = Dominance(snapshot, Ledger.from_accounts("gross-votes", accounts.values(), parties))
    lines = accounts.values() if count_multiple_votes else map(each_share_once, accounts.values())
    counted = Ledger.from_accounts("votes", lines, parties)
    found: Suspended = {}
    for issuer in issuers:
        groups = [
            {issuer, *gross.controlled([issuer], certain=certain)} for certain in (True, False)
        ]
        for line in accounts[issuer].lines:
            if line.holder in accounts and line.holder not in (issuer, NOBODY):
                suspension = _quarter(snapshot, issuer, line.holder, groups, counted)
                if suspension is not None:
                    found[line.holding] = suspension
    return found


def _quarter(
    snapshot: Snapshot, issuer: int, holder: int, groups: Sequence[set[int]], counted: Ledger
) -> Suspension | None:
    surely, perhaps = (counted.bounds(holder, group) for group in groups)
    certain, _ = exceeds(surely, JP_QUARTER, at_least=True)
    _, possible = exceeds(perhaps, JP_QUARTER, at_least=True)
    if not (certain or possible):
        return None
    company, of = snapshot.parties[issuer].label, snapshot.parties[holder].label
    text = (
        f"{company} and its subsidiaries have {percent_text(surely.low)} of the votes of {of}, "
        "each share counted once; a quarter is enough"
    )
    return Suspension(certain, Trace(JP_308, effect_of(certain), text))
