"""Votes that a rule takes away, and the accounts without them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from keiretsu.rights.laws import RULED_JURISDICTIONS
from keiretsu.snapshot import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from keiretsu.rights.rules import Trace
    from keiretsu.snapshot import Account, Line, Snapshot

NO_HOLDING = -1
"""Holding of a line that was split off from another: the votes that nobody may use."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Votes of one holding that a rule silences, surely or perhaps.

    Parameters
    ----------
    certain
        Whether it is so in every world.
    trace
        By which rule, and why.
    kept
        The part of its units that keeps its votes; 0 if none does.
    counts
        Whether the silent units stay in the whole.
    """

    certain: bool
    trace: Trace
    kept: Fraction = Fraction(0)
    counts: bool = False


Suspended = dict[int, Suspension]
"""Suspensions by position of the holding."""


def silence(account: Account, suspended: Suspended) -> Account:
    """Return the account without the votes that are suspended; itself, if none are."""
    if not any(line.holding in suspended for line in account.lines):
        return account
    lines = [
        part
        for line in account.lines
        for part in (
            (line,) if line.holding not in suspended else _silent(line, suspended[line.holding])
        )
    ]
    return account._replace(lines=tuple(lines))


def _silent(line: Line, suspension: Suspension) -> Iterator[Line]:
    """Yield what is left of a line, and what stays in the whole without a voter."""
    kept = suspension.kept
    if not suspension.counts:
        high = line.weight_high * kept if suspension.certain else line.weight_high
        yield line._replace(weight_low=line.weight_low * kept, weight_high=high)
        return
    high = line.high * kept if suspension.certain else line.high
    yield line._replace(low=line.low * kept, high=high)
    least = line.low * (1 - kept) if suspension.certain else Fraction(0)
    excess = line._replace(low=least, high=line.high * (1 - kept), low_open=False, high_open=False)
    yield excess._replace(holding=NO_HOLDING, holder=NOBODY)


def silencing(suspended: Suspended) -> Callable[[Account], Account]:
    """Return the function that takes suspended votes out of an account."""
    return lambda account: silence(account, suspended)


def in_any(states: Sequence[Suspended]) -> Suspended:
    """Return what is silenced in some state: surely only where it is so in every one of them."""
    found: Suspended = {}
    for state in states:
        for holding, suspension in state.items():
            certain = all(holding in one and one[holding].certain for one in states)
            trace = replace(suspension.trace, effect=effect_of(certain))
            found[holding] = replace(suspension, certain=certain, trace=trace)
    return found


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


def effect_of(certain: bool, what: str = "suspended") -> str:
    """Return what a rule did, in the words of a trace.

    Examples
    --------
    >>> effect_of(False), effect_of(True, "limited")
    ('may be suspended', 'limited')
    """
    return what if certain else f"may be {what}"


def percent_text(share: Fraction) -> str:
    """Return a share as a reason quotes it, with two decimals at most."""
    return f"{float(share * 100):.2f}".rstrip("0").rstrip(".") + " %"
