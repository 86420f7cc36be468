"""Power of those at the top of chains over a company: the game composed of all games between.

A company votes in another as more than the quota of its own votes decide; put into each other, the
meetings make one simple game of the parties whose own holders are not recorded [1]_.

References
----------
.. [1] G. Gambarelli, G. Owen, Indirect control of corporations, International Journal of Game
   Theory 23 (1994); Y. Crama, L. Leruth, Control and voting power in corporate networks,
   European Journal of Operational Research 178 (2007).
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from keiretsu.kernels import voting
from keiretsu.kernels.sampling import SEED
from keiretsu.measures.power.indices import EXACT, SAMPLED, Found
from keiretsu.measures.power.meeting import in_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from keiretsu.measures.power.ballot import Ballot

MOST_SOURCES = 16
ORDERS = 4_000


class ComposedGame:
    """The game of the sources above a company.

    Parameters
    ----------
    holders
        By company, the shares of its named holders; everybody else is a source.
    target
        The company.
    ballot
        The quota; votes of a float are not cast.

    Notes
    -----
    Where companies hold each other the least fixpoint is taken: a company says yes only if that
    follows from the sources that do.
    """

    def __init__(
        self, holders: Mapping[int, Mapping[int, Fraction]], target: int, ballot: Ballot
    ) -> None:
        self.target = target
        self.needs: dict[int, int] = {}
        self.weights: dict[int, dict[int, int]] = {}
        for company, shares in holders.items():
            need = ballot.quota * sum(shares.values(), Fraction(0))
            units, unit = in_units([*shares.values(), need])
            limit = int(need * unit)
            self.needs[company] = max(limit, 1) if ballot.at_least else limit + 1
            self.weights[company] = dict(zip(shares, units[:-1], strict=True))
        self.sources = sorted({h for shares in holders.values() for h in shares} - set(holders))

    def power(self, index: str) -> Found:
        """Return the power of the sources, in their order."""
        if len(self.sources) <= MOST_SOURCES:
            swings = self._swings()
            measure = voting.banzhaf if index == "banzhaf" else voting.shapley_shubik
            return Found(measure(swings), [None] * len(swings), None, None, EXACT)
        return self._sampled()

    def _swings(self) -> list[voting.Swings]:
        count = len(self.sources)
        numbers = np.arange(1 << count)
        says: dict[int, NDArray[np.bool_]] = {
            source: (numbers >> place) & 1 == 1 for place, source in enumerate(self.sources)
        }
        for company in self.weights:
            says[company] = np.zeros(len(numbers), dtype=np.bool_)
        changed = True
        while changed:
            changed = False
            for company in self.weights:
                now = self._decides(company, says)
                changed |= bool((now != says[company]).any())
                says[company] = now
        wins, sizes = says[self.target], np.bitwise_count(numbers)
        found = []
        for place in range(count):
            bit = 1 << place
            without = numbers[(numbers & bit) == 0]
            swung = without[wins[without | bit] & ~wins[without]]
            counted = np.bincount(sizes[swung], minlength=count)
            found.append(voting.Swings(tuple(counted.tolist()[:count])))
        return found

    def _decides(self, company: int, says: Mapping[int, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        total: NDArray[np.object_] | int = 0
        big = sum(self.weights[company].values()) >= 2**62
        for holder, weight in self.weights[company].items():
            total = total + says[holder].astype(object if big else np.int64) * weight
        return np.asarray(total >= self.needs[company]).astype(np.bool_)

    def _sampled(self) -> Found:
        chance = random.Random(SEED)  # noqa: S311 - a stated seed, for the same answer each time
        held = self._held()
        pivots = dict.fromkeys(self.sources, 0)
        for _ in range(ORDERS):
            order = self.sources.copy()
            chance.shuffle(order)
            pivot = self._pivot(order, held)
            if pivot is not None:
                pivots[pivot] += 1
        power = [Fraction(pivots[source], ORDERS) for source in self.sources]
        errors = [float(p * (1 - p) / ORDERS) ** 0.5 for p in power]
        return Found(power, errors, None, None, SAMPLED)

    def _held(self) -> dict[int, list[tuple[int, int]]]:
        held: dict[int, list[tuple[int, int]]] = {}
        for company, weights in self.weights.items():
            for holder, weight in weights.items():
                held.setdefault(holder, []).append((company, weight))
        return held

    def _pivot(
        self, order: Sequence[int], held: Mapping[int, Sequence[tuple[int, int]]]
    ) -> int | None:
        gathered: dict[int, int] = dict.fromkeys(self.weights, 0)
        said: set[int] = set()
        for source in order:
            pending = [source]
            while pending:
                for company, weight in held.get(pending.pop(), ()):
                    gathered[company] += weight
                    if company not in said and gathered[company] >= self.needs[company]:
                        said.add(company)
                        pending.append(company)
            if self.target in said:
                return source
        return None
