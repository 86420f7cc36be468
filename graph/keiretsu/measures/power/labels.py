"""Whom companies follow: each takes the label of the holder that is pivotal in it.

The network power index: holders with the same label vote as one, so that labels run down chains.
Exact by the joint distribution of labels where nothing goes round and few companies stand side by
side; else by sampling with batch means, labels being set anew now and then to leave loops.
"""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from keiretsu.kernels.components import components
from keiretsu.kernels.sampling import SEED
from keiretsu.measures.power.indices import EXACT, SAMPLED, shapley

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keiretsu.measures.power.ballot import Ballot
    from keiretsu.measures.power.indices import Found

Shares = dict[int, Fraction]
Estimate = tuple[Fraction, float | None]

MOST_STATES = 20_000
SWEEPS = 20_000
"""Rounds over all companies, fewer where there are many."""
FEWEST_SWEEPS, WORK = 1_000, 1_500_000
RESET = 0.01
"""How often a company in a loop is set to follow itself."""
BURN_IN = 200
BATCHES = 20
MOST_CHOICES = 200_000
"""So many choices are remembered before all are forgotten."""


class Following(NamedTuple):
    """How often each company follows whom, and how that was computed.

    A company in which the float is pivotal follows itself.
    """

    of: dict[int, dict[int, Estimate]]
    computed: str
    sweeps: int | None


class Labels:
    """Follows labels through a network.

    Parameters
    ----------
    holders
        By company, who holds what part of its votes; nobody else is a company.
    rests
        By company, what no named holder has.
    ballot
        How votes are counted.
    """

    def __init__(
        self, holders: Mapping[int, Shares], rests: Mapping[int, Fraction], ballot: Ballot
    ) -> None:
        self.holders, self.rests, self.ballot = holders, rests, ballot
        self._pivots: dict[tuple[object, ...], list[Fraction]] = {}
        self._choices: dict[tuple[int, ...], list[tuple[int, float]]] = {}
        groups = list(components(holders, lambda node: list(holders.get(node, ()))))
        self.order = [node for group in groups for node in group if node in holders]
        self.looped = {node for group in groups if len(group) > 1 for node in group}
        self._following = {c: [h for h in held if h in holders] for c, held in holders.items()}

    def following(self, companies: Sequence[int]) -> Following:
        """Return whom each of the companies follows."""
        if not self.looped:
            exact = {company: self._exactly(company) for company in companies}
            if all(found is not None for found in exact.values()):
                return Following({c: found or {} for c, found in exact.items()}, EXACT, None)
        return self._sampled(companies)

    def _exactly(self, target: int) -> dict[int, Estimate] | None:
        """Return the distribution of one company's label, by that of all labels still needed."""
        order = self._above(target)
        last_use = {h: c for c in order for h in self.holders[c] if h in self.holders}
        last_use[target] = -1
        states: dict[tuple[tuple[int, int], ...], Fraction] = {(): Fraction(1)}
        for company in order:
            following: dict[tuple[tuple[int, int], ...], Fraction] = defaultdict(Fraction)
            for state, chance in states.items():
                labels = dict(state)
                for label, part in self._choice(company, labels):
                    kept = {c: one for c, one in labels.items() if last_use.get(c) != company}
                    kept[company] = label
                    following[tuple(sorted(kept.items()))] += chance * part
            states = following
            if len(states) > MOST_STATES:
                return None
        found: dict[int, Estimate] = {}
        for state, chance in states.items():
            label = dict(state)[target]
            found[label] = (found.get(label, (Fraction(0), None))[0] + chance, None)
        return found

    def _above(self, target: int) -> list[int]:
        seen, pending = {target}, [target]
        while pending:
            for holder in self.holders.get(pending.pop(), ()):
                if holder in self.holders and holder not in seen:
                    seen.add(holder)
                    pending.append(holder)
        return [company for company in self.order if company in seen]

    def _choice(self, company: int, labels: Mapping[int, int]) -> list[tuple[int, Fraction]]:
        """Return whose label a company may take, and how often it does."""
        unions: Shares = defaultdict(Fraction)
        for holder, share in self.holders[company].items():
            unions[labels.get(holder, holder)] += share
        rest = self.rests[company]
        shares = sorted(unions.items(), key=lambda item: (-item[1], item[0]))
        key = (rest, *(share for _, share in shares))
        if key not in self._pivots:
            self._pivots[key] = self._power([share for _, share in shares], rest)
        powers = self._pivots[key]
        found = [(label, power) for (label, _), power in zip(shares, powers, strict=True) if power]
        left = 1 - sum(powers, Fraction(0))
        return [*found, (company, left)] if left > 0 else found

    def _power(self, shares: list[Fraction], rest: Fraction) -> list[Fraction]:
        small = self.ballot.small_beside(sum(shares, Fraction(0)), rest)
        need = self.ballot.quota * (sum(shares, Fraction(0)) + small)
        found: Found = shapley(shares, small, need, self.ballot)
        return list(found.power)

    def _sampled(self, companies: Sequence[int]) -> Following:
        chance = random.Random(SEED)  # noqa: S311 - a stated seed, for the same answer each time
        labels = {company: company for company in self.order}
        size = max(len(self.order), 1)
        sweeps = max(min(SWEEPS, WORK // size), FEWEST_SWEEPS)
        counts: dict[int, list[dict[int, int]]] = {
            company: [defaultdict(int) for _ in range(BATCHES)] for company in companies
        }
        for sweep in range(-BURN_IN, sweeps):
            for company in self.order:
                labels[company] = self._drawn(company, labels, chance)
            if sweep >= 0:
                for company in companies:
                    counts[company][sweep * BATCHES // sweeps][labels[company]] += 1
        found = {company: _estimates(batches, sweeps) for company, batches in counts.items()}
        return Following(found, SAMPLED, sweeps)

    def _drawn(self, company: int, labels: Mapping[int, int], chance: random.Random) -> int:
        if company in self.looped and chance.random() < RESET:
            return company
        point = chance.random()
        for label, part in self._remembered(company, labels):
            point -= part
            if point < 0:
                return label
        return company  # by rounding, or because nobody can pass the quota

    def _remembered(self, company: int, labels: Mapping[int, int]) -> list[tuple[int, float]]:
        """Return a choice; it depends on the labels of holders that follow somebody only."""
        key = (company, *[labels[holder] for holder in self._following[company]])
        if key not in self._choices:
            if len(self._choices) >= MOST_CHOICES:
                self._choices.clear()
            self._choices[key] = [(one, float(part)) for one, part in self._choice(company, labels)]
        return self._choices[key]


def _estimates(batches: Sequence[Mapping[int, int]], sweeps: int) -> dict[int, Estimate]:
    found = {}
    for label in sorted({label for batch in batches for label in batch}):
        parts = [batch.get(label, 0) * len(batches) / sweeps for batch in batches]
        error = statistics.stdev(parts) / len(parts) ** 0.5
        whole = Fraction(sum(batch.get(label, 0) for batch in batches), sweeps)
        found[label] = (whole, error)
    return found
