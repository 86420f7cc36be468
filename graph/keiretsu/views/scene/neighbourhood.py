"""Which parties a picture shows: those around its subject, as many as can be drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keiretsu.snapshot import Snapshot

MOST_PARTIES = 1500
"""How many parties a picture has at most."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The parties that are shown, and those that are not.

    Parameters
    ----------
    shown
        Positions in the snapshot.
    more_above, more_below
        For a shown party, how many of its holders and issuers are not shown.
    left_out
        What is missing and how to see it, in a sentence or two; None if nothing is.
    """

    shown: frozenset[int]
    more_above: Counter[int]
    more_below: Counter[int]
    left_out: str | None


def neighbourhood(
    snapshot: Snapshot, heads: Sequence[int], depth: int, also: Collection[str] = ()
) -> Neighbourhood:
    """Return the parties around some, or all that hold or are held if none is named.

    Parameters
    ----------
    snapshot
        The world on a date.
    heads
        Positions of the parties that the picture is about.
    depth
        How many steps up to holders, and down to issuers.
    also
        Ids of parties that are shown if they hold or are held, wherever they are.

    Raises
    ------
    InputError
        If there is nothing to show.
    """
    ties = _Ties(snapshot)
    reached = ties.around(heads, depth) if heads else ties.everybody()
    if not reached or not ties.parties:
        raise InputError("there is nothing to show", mend="choose another date or other data")
    beyond = [at for at, party in enumerate(snapshot.parties) if party.id in also]
    shown = frozenset([*reached, *(at for at in beyond if at in ties.parties)][:MOST_PARTIES])
    above: Counter[int] = Counter()
    below: Counter[int] = Counter()
    for holder, issuer in ties.pairs:
        if issuer in shown and holder not in shown:
            above[issuer] += 1
        if holder in shown and issuer not in shown:
            below[holder] += 1
    beside = len(ties.beside(shown))
    return Neighbourhood(shown, above, below, _left_out(reached, beside, heads, depth, snapshot))


def parties_within(snapshot: Snapshot, heads: Sequence[int], depth: int) -> int:
    """Return how many parties lie in so many steps up to holders, and down to issuers, of some."""
    return len(_Ties(snapshot).around(heads, depth))


class _Ties:
    """Who holds whom, and which body acts for which State."""

    def __init__(self, snapshot: Snapshot) -> None:
        held = {(one.holder, one.issuer) for one in snapshot.holdings if one.holder != one.issuer}
        own = {one.holder for one in snapshot.holdings if one.holder == one.issuer}
        self.parties = own | {end for pair in held for end in pair}
        acting = {
            (state, body)
            for state, bodies in snapshot.bodies.items()
            for body in bodies
            if body in self.parties
        }
        self.parties |= {state for state, _ in acting}
        self.pairs = held | acting
        weight: dict[tuple[int, int], float] = defaultdict(float)
        for one in snapshot.holdings:
            weight[one.holder, one.issuer] += float(one.capital.high)
        self._sides: dict[str, dict[int, list[int]]] = {}
        for side, (near, far) in {"up": (1, 0), "down": (0, 1)}.items():
            found: dict[int, list[int]] = defaultdict(list)
            for pair in sorted(self.pairs, key=lambda pair: (-weight[pair], pair)):
                found[pair[near]].append(pair[far])
            self._sides[side] = found

    def around(self, heads: Sequence[int], depth: int) -> list[int]:
        """Return parties by their distance from the heads, those with the larger shares first."""
        order = dict.fromkeys(heads)
        fronts = {side: list(heads) for side in self._sides}
        seen = {side: set(heads) for side in self._sides}
        for _ in range(depth):
            for side, beside in self._sides.items():
                next_ones = (far for near in fronts[side] for far in beside.get(near, ()))
                fronts[side] = [one for one in dict.fromkeys(next_ones) if one not in seen[side]]
                seen[side].update(fronts[side])
                order |= dict.fromkeys(fronts[side])
            if not any(fronts.values()):
                break
        return list(order)

    def everybody(self) -> list[int]:
        """Return all parties; if they are too many, those around the ones with the most ties first.

        After all that hangs together with the first comes what hangs together with the next.
        """
        if len(self.parties) <= MOST_PARTIES:
            return sorted(self.parties)
        ties = Counter(end for pair in self.pairs for end in pair)
        order: dict[int, None] = {}
        for hub in sorted(self.parties, key=lambda party: (-ties[party], party)):
            if hub not in order:
                self._spread(hub, order)
        return list(order)

    def _spread(self, hub: int, order: dict[int, None]) -> None:
        """Add a party and all that hang together with it, by the number of ties in between."""
        order[hub] = None
        front = [hub]
        sides = self._sides.values()
        while front:
            beside = (far for near in front for side in sides for far in side.get(near, ()))
            front = [one for one in dict.fromkeys(beside) if one not in order]
            order |= dict.fromkeys(front)

    def beside(self, shown: frozenset[int]) -> set[int]:
        """Return the parties that are not shown and tied to one that is."""
        return {end for pair in self.pairs if len(shown & set(pair)) == 1 for end in pair} - shown


def _left_out(
    reached: Sequence[int], beside: int, heads: Sequence[int], depth: int, snapshot: Snapshot
) -> str | None:
    if len(reached) > MOST_PARTIES:
        about = "nearest to those asked for"
        others = "Name other parties to see others, or a smaller depth to see fewer."
        if not heads:
            first = snapshot.parties[reached[0]].label
            about = f"around those with the most ties, {first} first,"
            others = "Name the parties that you want to see."
        return (
            f"{len(reached):,} parties are too many for a picture: the {MOST_PARTIES:,} {about} "
            f"are shown, and {len(reached) - MOST_PARTIES:,} are left out. {others}"
        )
    if not heads or not beside:
        return None
    steps = "1 step" if depth == 1 else f"{depth} steps"
    if beside == 1:
        away = f" lies more than {steps} away and" if depth else ""
        return (
            f"1 further party that holds in these, or is held by them,{away} is left out; "
            "a larger depth shows it."
        )
    away = f" lie more than {steps} away and" if depth else ""
    return (
        f"{beside} further parties that hold in these, or are held by them,{away} are left out; "
        "a larger depth shows them."
    )
