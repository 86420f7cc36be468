"""Where the time of control of everybody goes: its stages, and the least that its looks can take.

No stage calculates much; all wait for memory. So two figures stand beside them: one look from every
holding at its holder, with the places known beforehand, and a chain followed one link after the
other, where a look must wait for the one before.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from register_figures import LOOKS, STAGE, WALK, Figures, median

from keiretsu.kernels.compiled import compiled
from keiretsu.kernels.forest import put_together
from keiretsu.kernels.majorities import majorities
from keiretsu.kernels.preorder import preorder
from keiretsu.kernels.slots import give_slots
from keiretsu.measures.register.need import needed
from keiretsu.rights import MAJORITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from keiretsu.kernels.forest import Forest
    from keiretsu.snapshot import ColumnarSnapshot

    Integers = NDArray[Any]

REPEAT = 5


def measure_stages(world: ColumnarSnapshot, chain: Forest, figures: Figures) -> None:
    """Measure the stages of the forest of a register, and what the least looks take."""
    size, holder = world.network.parties, world.network.holder
    runs = [stages(world) for _ in range(REPEAT + 1)][1:]
    for name in runs[0]:
        figures.put(size, STAGE + name, statistics.median(run[name] for run in runs))
    column, seen = np.zeros(size, dtype=np.int32), np.empty_like(holder)
    figures.put(size, LOOKS, median(lambda: _look_up(column, holder, seen)))
    last = int(chain.number.argmax())
    figures.put(size, WALK, median(lambda: _walk(chain.parent, last), 3))


def stages(world: ColumnarSnapshot) -> dict[str, float]:
    """Return the seconds of each stage, run once one after the other."""
    network, column = world.network, world.votes_column
    begun, spent = time.perf_counter(), {}

    def lap(name: str) -> None:
        nonlocal begun
        now = time.perf_counter()
        spent[name], begun = now - begun, now

    need = needed(column, MAJORITY)
    lap("what is needed in each company")
    alone = majorities(network.first, network.holder, column.weight, need)
    lap("one pass over all holdings")
    slots = give_slots(alone.parent, alone.decides)
    lap("slots for those who decide, from the roots down")
    put_together(alone, need, slots)
    lap("joint control")
    preorder(slots)
    lap("preorder numbers and sizes")
    return spent


@compiled
def _look_up(column: Integers, places: Integers, seen: Integers) -> None:
    for entry in range(places.size):
        seen[entry] = column[places[entry]]


@compiled
def _walk(above: Integers, node: int) -> int:
    steps = 0
    while node >= 0:
        node = above[node]
        steps += 1
    return steps
