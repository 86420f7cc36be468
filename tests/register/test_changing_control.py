"""Control kept up to date: after every change what a full run finds."""

import random
from fractions import Fraction

import numpy as np
import pytest
from random_registers import WHOLE, rows, world_of

import keiretsu
from keiretsu.errors import InputError
from keiretsu.measures.register.changing import ChangingControl
from keiretsu.rights import control_rule
from keiretsu.snapshot import Snapshot


def edges_of(parties, found):
    """Return holdings by pair, added up, without own shares; and wholes left beside these."""
    edges, whole = {}, dict.fromkeys(range(parties), 0)
    for holder, issuer, weight in found:
        whole[issuer] = WHOLE
        if holder != issuer:
            edges[holder, issuer] = edges.get((holder, issuer), 0) + weight
    for holder, issuer, weight in found:
        whole[issuer] -= weight if holder == issuer else 0
    return edges, whole


def full(parties, edges, whole):
    """Return the pairs of control that a full run finds."""
    wholes = np.array([whole[party] for party in range(parties)])
    kept = sorted((pair, weight) for pair, weight in edges.items() if weight)
    world = Snapshot.from_arrays(
        np.array([pair[0] for pair, _ in kept], dtype=np.int64),
        np.array([pair[1] for pair, _ in kept], dtype=np.int64),
        capital=np.array([weight for _, weight in kept], dtype=np.int64),
        capital_total=np.maximum(wholes, 1),
        parties=parties,
    )
    return {(row.controller, row.company) for row in keiretsu.control(world)}


@pytest.mark.parametrize("deep", [False, True])
def test_every_change_gives_what_a_full_run_gives(deep):
    changes = rings = 0
    for seed in range(40):
        parties, found = rows(seed, most=14, deep=deep)
        edges, whole = edges_of(parties, found)
        chance = random.Random(seed)  # noqa: S311 - a stated seed
        control = ChangingControl(world_of(parties, found))
        issuers = [issuer for issuer in whole if whole[issuer]]
        for _ in range(12):
            issuer, holder = chance.choice(issuers), chance.randrange(parties)
            if holder == issuer:
                continue
            others = sum(w for (h, i), w in edges.items() if i == issuer and h != holder)
            weight = chance.choice([0, whole[issuer] - others, chance.randint(0, WHOLE)])
            edges[holder, issuer] = min(weight, whole[issuer] - others)
            control.change({(holder, issuer): edges[holder, issuer]})
            expected = full(parties, edges, whole)
            pairs = [(x, y) for x in range(parties) for y in range(parties)]
            assert {pair for pair in pairs if control.controls(*pair)} == expected
            forest = control.forest()
            assert {pair for pair in pairs if forest.controls(*pair)} == expected
            changes += 1
            rings += any(len(forest.ring(party)) for party in range(parties))
    assert changes > 300
    assert rings > 20


def test_only_what_lies_below_the_change_is_touched():
    size = 5000
    holder, issuer = np.arange(size - 1), np.arange(1, size)
    world = Snapshot.from_arrays(holder, issuer, capital=np.full(size - 1, 0.6), parties=size + 1)
    control = ChangingControl(world)
    control.change({(size, size - 1): int(world.votes_column.whole[size - 1]) * 4 // 10})
    assert control.controls(0, size - 1)
    side = Snapshot.from_arrays([0, 2, 4], [1, 3, 5], capital=[0.6, 0.6, 0.6])
    other = ChangingControl(side)
    other.change({(2, 3): 3})
    assert (other.touched, other.controls(2, 3), other.controls(0, 1)) == (1, False, True)
    line = Snapshot.from_arrays([0, 1, 3], [1, 2, 4], capital=[60, 60, 60], capital_total=100)
    upper = ChangingControl(line)
    upper.change({(0, 1): 55})  # nobody's nearest controller changes
    assert (upper.touched, upper.controls(0, 2)) == (1, True)
    upper.change({(0, 1): 50})
    assert (upper.touched, upper.controls(0, 2), upper.controls(1, 2)) == (3, False, True)


def test_what_cannot_be_kept_up_to_date_is_refused():
    world = world_of(3, [(0, 1, 12)])
    with pytest.raises(InputError, match="cannot be kept"):
        ChangingControl(world, control_rule(threshold=Fraction(1, 4)))
    with pytest.raises(InputError, match="cannot be kept"):
        ChangingControl(world, control_rule("fr-presumption-40"))
    control = ChangingControl(world)
    for change, message in (
        ({(0, 1): 21}, "more than the whole"),
        ({(2, 1): 9}, "more than the whole"),
        ({(0, 9): 1}, "not a party"),
        ({(0, 1): -1}, "not negative"),
        ({(1, 0): 1}, "no whole"),
    ):
        with pytest.raises(InputError, match=message):
            control.change(change)
        assert control.controls(0, 1)
