"""What goes round in a loop: every digit right, whatever the loop lets out."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from keiretsu.kernels.arranged import FIRST, GROUP, arranged
from keiretsu.kernels.linear import System
from keiretsu.kernels.loops import visits_inside

NOBODY = -1


def ring(size, whole, missing, seed):
    """Return a loop in which each holds nearly all of the next, and random chords beside it."""
    chance, lines = Random(seed), []  # noqa: S311 - a stated seed
    for issuer in range(size):
        chord, part = chance.randrange(size), chance.randrange(1, whole // 3)
        before = (issuer - 1) % size
        held = {before: whole - missing - part}
        if chord != issuer:
            held[chord] = held.get(chord, 0) + part
        lines += [(issuer, holder, weight) for holder, weight in sorted(held.items())]
    issuer, holder, weight = (
        np.array(column, dtype=np.int64) for column in zip(*lines, strict=True)
    )
    first = np.searchsorted(issuer, np.arange(size + 1)).astype(np.int32)
    return first, holder.astype(np.int32), weight, np.full(size, whole, dtype=np.int64)


@pytest.mark.parametrize("missing", [1, 1_000, 10**9, 10**17])
def test_visits_have_all_digits_however_little_a_loop_lets_out(missing):
    """The largest loop goes round about 10¹⁸ times: a general inverse has no digit left."""
    whole, compared = 10**18, 0
    for seed in range(6):
        size = 2 + seed
        first, holder, weight, wholes = ring(size, whole, missing, seed)
        network = arranged(first, holder, weight, wholes, np.ones(size, dtype=np.bool_))
        assert not network.ends
        assert not network.table[:-1, GROUP].any()
        found = visits_inside(0, size, *network[3:], NOBODY)
        rows = [{} for _ in range(size)]
        for issuer in range(size):
            for line in range(first[issuer], first[issuer + 1]):
                part = Fraction(int(weight[line]), whole)
                rows[network.place[issuer]][int(network.place[holder[line]])] = part
        for column in range(size):
            for row, share in enumerate(System(rows).solve({column: 1})):
                assert found[row, column] == pytest.approx(float(share), rel=1e-13)
                compared += 1
    assert compared == sum(size * size for size in range(2, 8))


def test_a_place_may_be_where_units_stay():
    first, holder, weight, wholes = ring(3, 900, 90, 1)
    network = arranged(first, holder, weight, wholes, np.ones(3, dtype=np.bool_))
    found = visits_inside(0, 3, *network[3:], 1)
    assert found[1].tolist() == [0, 1, 0]
    assert (found[[0, 2], 1] < 1).all()


def test_sources_stand_before_their_targets_and_loops_side_by_side():
    chance = np.random.default_rng(3)
    for _ in range(30):
        nodes = int(chance.integers(2, 40))
        first = np.concatenate([[0], np.cumsum(chance.integers(0, 3, nodes))]).astype(np.int32)
        source = chance.integers(0, nodes, first[-1]).astype(np.int32)
        weight, whole = np.ones(len(source), dtype=np.int32), np.full(nodes, 3, dtype=np.int32)
        network = arranged(first, source, weight, whole, np.diff(first) > 0)
        assert network.ends == (np.diff(first) == 0).sum()
        assert network.node[network.place].tolist() == list(range(nodes))
        group = network.table[:-1, GROUP]
        for place in range(nodes):
            lines = slice(network.table[place, FIRST], network.table[place + 1, FIRST])
            outside = network.source[lines][group[network.source[lines]] != group[place]]
            assert (outside < group[place]).all()
            held = network.part[lines].sum()
            assert held + network.left[place] == pytest.approx(1)
