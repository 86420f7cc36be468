"""Shares multiplied along chains and added over them, exactly: what legal tests may rest on.

`keiretsu.measures.ownership` follows a flow through large systems in floating point. A threshold
of law is decided here instead: over the part between a holder and what it reaches, in rational
numbers, loops solved and not cut, with ranges whose ends are attained or approached.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.kernels.components import components
from keiretsu.measures.ownership.elimination import arrivals
from keiretsu.measures.ownership.nearly import ALL, NONE, Nearly

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from keiretsu.kernels.box import Item
    from keiretsu.measures.ownership.elimination import Arrivals
    from keiretsu.snapshot import Ledger

MOST_IN_LOOPS = 600
"""So many companies that all hold each other, directly or through others, are solved exactly."""

_ROUNDS = 10_000


class Holder(NamedTuple):
    """One line of an issuer: who holds, and how much of what weight."""

    party: int
    item: Item


class Split(NamedTuple):
    """How an issuer's whole is shared: by line, and what that makes of the goal's part."""

    parts: tuple[Nearly, ...]
    worth: Nearly


class Multiplication:
    """Multiplies shares of one right along chains.

    Parameters
    ----------
    ledger
        The right that is followed.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def parts(
        self, start: Collection[int], within: Collection[int] | None = None
    ) -> dict[int, Bounds]:
        """Return what `start`, taken as one, has of every issuer below it.

        Parameters
        ----------
        start
            Positions of holders.
        within
            Positions of the issuers to look at, with all that lie above them; all if not given.

        Returns
        -------
        dict
            Bounds by position of the issuer; what comes back to `start` is not followed further.

        Raises
        ------
        InputError
            If more than `MOST_IN_LOOPS` companies hold each other in loops.

        Notes
        -----
        Every issuer's whole is split so as to make the part largest, or smallest, and all choices
        are made at once: policies are improved until none can be, each solved exactly. For the
        smallest, issuers that need not lead to `start` at all are settled first, because a loop of
        theirs would bear itself out.
        """
        goal = set(start)
        nodes = [n for n in self._below(goal) if within is None or n in within]
        held = {node: self._holders(node) for node in nodes}
        self._refuse_tangles(held)
        if all(self.ledger.is_exact(node) for node in nodes):
            values = self._solved(
                {node: self._exact(node, held[node]) for node in nodes}, held, goal
            )
            return {node: Bounds(value.value, value.value) for node, value in values.items()}
        high = self._extreme(held, goal, set(), most=True)
        low = self._extreme(held, goal, self._avoiding(held, goal), most=False)
        return {
            node: Bounds(
                low[node].value, high[node].value, low[node].slope > 0, high[node].slope < 0
            )
            for node in nodes
        }

    def _refuse_tangles(self, held: Mapping[int, Sequence[Holder]]) -> None:
        """Refuse loops between so many companies that exact fractions would fill the memory."""
        groups = components(held, lambda node: (h.party for h in held[node] if h.party in held))
        largest = max(map(len, groups), default=0)
        if largest > MOST_IN_LOOPS:
            raise InputError(
                f"{largest} companies hold each other in loops, too many to multiply exactly",
                mend="ask for a reading that does not multiply, or cut the part of interest out",
            )

    def _below(self, goal: set[int]) -> list[int]:
        seen, pending = set(goal), list(goal)
        while pending:
            for line in self.ledger.held[pending.pop()]:
                issuer = self.ledger.issuer_of(line)
                if issuer not in seen:
                    seen.add(issuer)
                    pending.append(issuer)
        return sorted(seen - goal)

    def _holders(self, issuer: int) -> list[Holder]:
        ledger = self.ledger
        return [Holder(ledger.holder_of(n), ledger.item(n)) for n in ledger.lines_of(issuer)]

    def _exact(self, issuer: int, held: Sequence[Holder]) -> tuple[Nearly, ...]:
        whole = self.ledger.whole(issuer)
        lines = self.ledger.lines_of(issuer)
        if not whole:
            return (NONE,) * len(held)
        return tuple(Nearly(Fraction(self.ledger.weight(line), whole)) for line in lines)

    def _solved(
        self,
        splits: Mapping[int, tuple[Nearly, ...]],
        held: Mapping[int, Sequence[Holder]],
        goal: set[int],
    ) -> Arrivals:
        """Return what arrives at the goal when every issuer is split as given."""
        ways: dict[int, dict[int, Nearly]] = {}
        sure: dict[int, Nearly] = {}
        for node, parts in splits.items():
            out = ways[node] = {}
            for holder, part in zip(held[node], parts, strict=True):
                if holder.party in goal:
                    sure[node] = sure.get(node, NONE) + part
                elif holder.party in splits:
                    out[holder.party] = out.get(holder.party, NONE) + part
        return arrivals(ways, sure)

    def _extreme(
        self,
        held: Mapping[int, Sequence[Holder]],
        goal: set[int],
        settled: set[int],
        *,
        most: bool,
    ) -> Arrivals:
        """Return the largest or smallest parts; the `settled` have none."""
        nodes = [node for node in held if node not in settled]
        exact = [node for node in nodes if self.ledger.is_exact(node)]
        splits = {node: self._exact(node, held[node]) for node in exact}  # there is no choice
        free = [node for node in nodes if node not in splits]
        values: Arrivals = dict.fromkeys(held, NONE)
        seen: dict[int, tuple[Nearly, ...]] = {}
        improved = bool(splits) or bool(free)
        for _ in range(_ROUNDS):
            for node in free:
                worth = tuple([_value(holder.party, goal, values) for holder in held[node]])
                if seen.get(node) == worth:
                    continue  # what was best is best still
                seen[node] = worth
                best = self._split(node, held[node], worth, most=most)
                if node in splits:
                    now = _worth(splits[node], worth)
                    if not (best.worth > now if most else best.worth < now):
                        continue
                splits[node] = best.parts
                improved = True
            if not improved:
                break
            values = {**values, **self._solved(splits, held, goal)}
            improved = False
        return values

    def _split(
        self,
        issuer: int,
        held: Sequence[Holder],
        worth: Sequence[Nearly],
        *,
        most: bool,
    ) -> Split:
        """Return the split of an issuer that makes the goal's part extreme.

        The part is a ratio of two sums; a guess of it turns it into one sum, whose extreme gives a
        better guess, until the guess is the answer (Dinkelbach 1967).

        Parameters
        ----------
        worth
            What each holder's line brings the goal.
        """
        rest = self.ledger.rest(issuer)
        guess, parts = (NONE if most else ALL), (NONE,) * len(held)
        for _ in range(_ROUNDS):
            weights, gains = [], []
            for holder, value in zip(held, worth, strict=True):
                better = (value >= guess) == most
                weight = holder.item.weight_high if better else holder.item.weight_low
                weights.append(Nearly(Fraction(weight)))
                gains.append(Nearly(Fraction(weight)) * (value - guess))
            rest_weight = NONE if rest is None else Nearly(Fraction(rest[0] if most else rest[1]))
            quantities, left = self._filled(issuer, held, gains, rest_weight * (NONE - guess), most)
            whole = rest_weight * left if rest is not None else NONE
            weighed = [w * q for w, q in zip(weights, quantities, strict=True)]
            for part in weighed:
                whole += part
            if whole == NONE:
                return Split(parts, NONE)
            parts = tuple(part / whole for part in weighed)
            found = NONE
            for part, value in zip(parts, worth, strict=True):
                found += part * value
            if found == guess:
                break
            guess = found
        return Split(parts, guess)

    def _filled(
        self,
        issuer: int,
        held: Sequence[Holder],
        gains: Sequence[Nearly],
        rest_gain: Nearly,
        most: bool,
    ) -> tuple[list[Nearly], Nearly]:
        """Return the quantities that give most, or least, and what they leave to the rest."""
        quantities = [_near(h.item.low, int(h.item.low_open)) for h in held]
        slack = Nearly(Fraction(self.ledger.units(issuer)))
        for quantity in quantities:
            slack -= quantity
        slack = max(slack, NONE)
        has_rest = self.ledger.rest(issuer) is not None
        order = sorted(range(len(held)), key=lambda n: gains[n], reverse=most)
        for place in order:
            item = held[place].item
            if has_rest and (gains[place] <= rest_gain if most else gains[place] >= rest_gain):
                break  # the rest takes as much as it is given, and does so no worse
            room = _near(item.high, -int(item.high_open)) - quantities[place]
            taken = min(slack, max(room, NONE))
            quantities[place] += taken
            slack -= taken
        return quantities, slack

    def _avoiding(self, held: Mapping[int, Sequence[Holder]], goal: set[int]) -> set[int]:
        """Return the issuers that in some world lead nowhere near the goal."""
        avoiding = set(held)
        while True:
            caught = {node for node in avoiding if not self._avoids(node, held, goal, avoiding)}
            if not caught:
                return avoiding
            avoiding -= caught

    def _avoids(
        self,
        issuer: int,
        held: Mapping[int, Sequence[Holder]],
        goal: set[int],
        avoiding: set[int],
    ) -> bool:
        """Return whether all of an issuer can lie with the avoiding and the rest."""
        room = 0
        for party, item in held[issuer]:
            leads = party in goal or (party in held and party not in avoiding)
            if leads and item.weight_low and (item.low or item.low_open):
                return False
            room += 0 if leads and item.weight_low else item.high
        return self.ledger.rest(issuer) is not None or room >= self.ledger.units(issuer)


def _value(party: int, goal: set[int], values: Arrivals) -> Nearly:
    return ALL if party in goal else values.get(party, NONE)


def _worth(parts: Sequence[Nearly], worth: Sequence[Nearly]) -> Nearly:
    total = NONE
    for part, value in zip(parts, worth, strict=True):
        total += part * value
    return total


def _near(value: int, slope: int) -> Nearly:
    return Nearly(Fraction(value), Fraction(slope)) if slope else Nearly(Fraction(value))
