"""States of suspension that follow from themselves: all of them, where they are few."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keiretsu.rights.silencing import Suspended, in_any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_STATES = 729
"""So many states are tried: three to the sixth, or two to the ninth."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where suspension rules that depend on each other come to rest.

    Parameters
    ----------
    suspended
        What is silenced. If there is not exactly one state that follows from itself, everything
        silenced in some of the states found, as perhaps suspended unless it is silenced in all.
    equilibria
        The states that follow from themselves: one as a rule, several, or none.
    stable
        Whether there is exactly one.
    searched
        Whether all states were tried; else only those to which repetition leads were.
    """

    suspended: Suspended
    equilibria: tuple[frozenset[int], ...]
    stable: bool
    searched: bool = True


def settle(follow: Callable[[Suspended], Suspended], *, exact: bool) -> Settled:
    """Return the states of `follow` that follow from themselves.

    Parameters
    ----------
    follow
        Returns what is silenced where a state holds.
    exact
        Whether everything else is known, so that in each state a holding is silenced or not.

    Notes
    -----
    With every holding perhaps silenced that the repetition ever silences, one step tells which are
    silenced in no state, and which in all; only the others are free, and their states are tried
    one by one.
    """
    seen = _repeat(follow)
    perhaps, certain = _bounds(follow, seen)
    free = sorted(holding for holding in perhaps if holding not in certain)
    if not free:
        only = follow(certain)
        return Settled(only, (frozenset(only),), stable=True)
    values = (False, True) if exact else (False, None, True)
    if len(values) ** len(free) > MOST_STATES:
        return _unsearched(follow, seen)
    stable = []
    for chosen in itertools.product(values, repeat=len(free)):
        state = {holding: perhaps[holding] for holding in certain}
        for holding, value in zip(free, chosen, strict=True):
            if value is not False:
                state[holding] = replace(perhaps[holding], certain=value is True)
        following = follow(state)
        if _same(state, following):
            stable.append(following)
    stable = [one for one in stable if not any(_refines(other, one) for other in stable)]
    if len(stable) == 1:
        return Settled(stable[0], (frozenset(stable[0]),), stable=True)
    hull = in_any(stable or _cycle(follow, seen))
    return Settled(hull, tuple(frozenset(state) for state in stable), stable=False)


def _repeat(follow: Callable[[Suspended], Suspended]) -> list[Suspended]:
    """Return the states that follow one another from none silenced, each once."""
    seen: list[Suspended] = []
    state: Suspended = {}
    while not any(_same(state, one) for one in seen):
        seen.append(state)
        state = follow(state)
    return seen


def _bounds(
    follow: Callable[[Suspended], Suspended], seen: Sequence[Suspended]
) -> tuple[Suspended, Suspended]:
    """Return what may be silenced in some state, and what is silenced in every one."""
    perhaps: Suspended = {}
    for state in seen:
        for holding, suspension in state.items():
            perhaps.setdefault(holding, replace(suspension, certain=False))
    certain: Suspended = {}
    while True:
        found = follow({**perhaps, **certain})
        more = {h: s for h, s in found.items() if h not in perhaps}
        sure = {h: s for h, s in found.items() if s.certain}
        if not more and sure.keys() <= certain.keys():
            return {**perhaps, **certain}, certain
        perhaps |= {h: replace(s, certain=False) for h, s in more.items()}
        certain = {} if more else {**certain, **sure}


def _cycle(follow: Callable[[Suspended], Suspended], seen: Sequence[Suspended]) -> list[Suspended]:
    """Return the states between which the repetition alternates."""
    last = follow(seen[-1])
    start = next((n for n, one in enumerate(seen) if _same(one, last)), len(seen) - 1)
    return list(seen[start:])


def _unsearched(follow: Callable[[Suspended], Suspended], seen: Sequence[Suspended]) -> Settled:
    cycle = _cycle(follow, seen)
    rests = len(cycle) == 1
    states = tuple(frozenset(state) for state in cycle) if rests else ()
    return Settled(in_any(cycle), states, stable=rests, searched=False)


def _same(one: Suspended, other: Suspended) -> bool:
    return _read(one) == _read(other)


def _refines(one: Suspended, other: Suspended) -> bool:
    """Return whether a state decides all that another one decides, in the same way, and more."""
    fine, coarse = _read(one), _read(other)
    if fine == coarse:
        return False
    decided = {h: value for h, value in coarse.items() if value}
    kept = all(fine.get(holding) is True for holding in decided)
    return kept and fine.keys() <= coarse.keys()


def _read(state: Suspended) -> dict[int, bool]:
    return {holding: suspension.certain for holding, suspension in state.items()}
