"""The order from the roots down: of long ways and short ones, with loops and without."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.kernels import ways

UNDER = st.integers(1, 40).flatmap(
    lambda size: st.lists(st.integers(-1, size - 1), min_size=size, max_size=size)
)
LONGEST = (1, 3, ways.LONG)


def loops_of(above):
    """Return the loops of a list that says for each slot what it is under."""
    loops, seen = [], set()
    for start in range(len(above)):
        way, slot = [], start
        while slot >= 0 and slot not in seen:
            seen.add(slot)
            way.append(slot)
            slot = above[slot]
        if slot in way:
            loops.append(sorted(way[way.index(slot) :]))
    return sorted(loops)


def check(given_above, monkeypatch, longest):
    """Sort slots, and hold the order, what they are under and the marks to what was given."""
    monkeypatch.setattr(ways, "LONG", longest)
    above = np.array(given_above, dtype=np.int32)
    ring = np.full(len(above), -1, dtype=np.int32)
    copies = above.copy(), ring.copy()
    order = ways.downward(above, ring).tolist()
    place = {slot: number for number, slot in enumerate(order)}
    found = [column.tolist() for column in ways.sorted_downward(*copies)]
    assert all((one == other).all() for one, other in zip(copies, (above, ring), strict=True))
    places = [place[slot] for slot in range(len(above))]
    over = [place.get(above[slot], -1) for slot in order]
    assert found == [order, [*places, -1], over]
    assert sorted(order) == list(range(len(above)))
    assert all(up < 0 or place[up] < place[slot] for slot, up in enumerate(above.tolist()))
    marked = {}
    for slot, root in enumerate(ring.tolist()):
        if root >= 0:
            marked.setdefault(root, []).append(slot)
            assert above[slot] == (-1 if slot == root else root)
        else:
            assert above[slot] == given_above[slot]
    loops = loops_of(given_above)
    assert sorted(marked.values()) == loops
    return len(loops)


@given(UNDER)
def test_each_comes_after_what_it_is_under_and_loops_are_marked(given_above):
    with pytest.MonkeyPatch.context() as patch:
        for longest in LONGEST:
            check(given_above, patch, longest)


@pytest.mark.parametrize("longest", [8, ways.LONG])
def test_long_ways_that_meet_and_close(longest, monkeypatch):
    # Three long loops that others lead into, and a long chain with side ways.
    chance = np.random.default_rng(7)
    names = chance.permutation(30_000)
    above = np.full(30_000, -1)
    above[names[1:]] = names[:-1]
    for begin in (5_000, 12_000, 21_000):
        above[names[begin]] = names[begin + 4_000]
    assert check(above.tolist(), monkeypatch, longest) == 3
    sides = chance.integers(0, 30_000, 5_000)
    above[names[1:]] = names[:-1]
    above[names[-5_000:]] = names[sides % 25_000]
    assert check(above.tolist(), monkeypatch, longest) == 0


def test_a_chain_is_sorted_by_several_ways_at_once(monkeypatch):
    climbed = []
    together = ways._climb_together
    monkeypatch.setattr(
        ways, "_climb_together", lambda *columns: climbed.append(together(*columns)) or climbed[-1]
    )
    names = np.random.default_rng(3).permutation(20_000).astype(np.int32)
    above = np.full(20_000, -1, dtype=np.int32)
    above[names[1:]] = names[:-1]
    order = ways.downward(above, np.full(20_000, -1, dtype=np.int32))
    assert order.tolist() == names.tolist()
    assert climbed[0] >= ways.TOGETHER
    assert ways.downward(np.arange(-1, 19_999), above).tolist() == list(range(20_000))
    assert len(climbed) == 1  # one pass tells what goes down in rising order
