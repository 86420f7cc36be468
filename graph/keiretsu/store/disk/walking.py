"""Walks over the index of a store: who lies above and below some parties, on any day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from keiretsu.store.disk.index import StoredIndex


class Surroundings:
    """Who holds in whom, whatever the day, followed from party to party.

    Parameters
    ----------
    index
        The opened generation.
    held
        Positions in the index, sorted by holder; called when it is first needed.
    """

    def __init__(self, index: StoredIndex, held: Callable[[], NDArray[np.int32]]) -> None:
        self._index, self._give_held = index, held

    def above(self, numbers: Iterable[int]) -> list[int]:
        """Return parties with all that hold in them, directly or through others, on any day."""
        return _closure(numbers, self._holders)

    def below(self, numbers: Iterable[int]) -> list[int]:
        """Return parties with all in which they hold, directly or through others, on any day.

        A State is there with the bodies that act for it, and a body with its State.
        """
        return _closure(numbers, self._just_below)

    def near(self, numbers: Iterable[int], steps: int) -> list[int]:
        """Return parties with those so many steps above or below them, and all beside these."""
        heads = list(numbers)
        seen = dict.fromkeys(heads)
        for side in (self._just_above, self._just_below):
            newest, found = heads, dict.fromkeys(heads)
            for _ in range(steps):
                further = dict.fromkeys(one for near in newest for one in side(near))
                newest = [one for one in further if one not in found]
                found |= dict.fromkeys(newest)
            seen |= found
        beside = (
            one for near in seen for one in (*self._just_above(near), *self._just_below(near))
        )
        return sorted({*seen, *beside})

    def _holders(self, company: int) -> list[int]:
        rows = self._index.rows_of(company)
        held: list[int] = self._index.index[rows.start : rows.stop, 1].tolist()
        return [one for one in held if one >= 0]

    def _just_above(self, party: int) -> list[int]:
        return [*self._holders(party), *self._together.get(party, ())]

    def _just_below(self, party: int) -> list[int]:
        rows = self._held[bisect_left(self._held, party, key=self._holder) :]
        rows = rows[: bisect_right(rows, party, key=self._holder)]
        return [*self._index.index[rows, 0].tolist(), *self._together.get(party, ())]

    def _holder(self, row: int) -> int:
        return int(self._index.index[row, 1])

    @cached_property
    def _held(self) -> NDArray[np.int32]:
        return self._give_held()

    @cached_property
    def _together(self) -> dict[int, list[int]]:
        """The bodies of each State, and the State of each body."""
        found: dict[int, list[int]] = {}
        for body in np.flatnonzero(self._index.parties[:, 2] >= 0).tolist():
            state = self._index.state_of(body)
            found.setdefault(state, []).append(body)
            found.setdefault(body, []).append(state)
        return found


def _closure(numbers: Iterable[int], further: Callable[[int], Iterable[int]]) -> list[int]:
    seen = dict.fromkeys(numbers)
    pending = list(seen)
    while pending:
        for one in further(pending.pop()):
            if one not in seen:
                seen[one] = None
                pending.append(one)
    return sorted(seen)
