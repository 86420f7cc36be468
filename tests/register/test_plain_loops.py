"""Loops as machine code and as plain Python: the same bytes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from random_registers import rows, world_of

from keiretsu.kernels import ways
from keiretsu.kernels.compiled import COMPILED
from keiretsu.kernels.end_shares import end_shares
from keiretsu.kernels.forest import dominance_forest
from keiretsu.measures.register.need import needed
from keiretsu.measures.register.ownership import climb_of
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.rights import MAJORITY


def long_chain():
    """Return one chain of majorities in no order, with branches, and a company held jointly."""
    links = ways.SAMPLES**2 + 1_000
    chance = np.random.default_rng(5)
    source = chance.permutation(links + 1)
    target, source = source[1:], source[:-1].copy()
    source[-500:] = source[chance.integers(0, 3_000, 500)]
    held = np.zeros(links + 2, dtype=np.int32)
    held[target] = source
    first = np.cumsum(np.bincount(target + 1, minlength=links + 2)).astype(np.int32)
    return (
        np.append(first, first[-1] + 2).astype(np.int32),
        np.append(held[np.sort(target)], np.sort(source[[7, 90]])).astype(np.int32),
        np.append(np.full(links, 60), [40, 40]).astype(np.int32),
        np.full(links + 2, 51, dtype=np.int32),
    )


def digest():
    """Return a hash of who controls and who owns what in some registers, to the last bit."""
    found = hashlib.sha256()
    for seed in range(12):
        world = world_of(*rows(seed, most=60, deep=seed % 2 == 0))
        column = world.votes_column
        lists = (world.network.first, world.network.holder, column.weight)
        for one in dominance_forest(*lists, needed(column, MAJORITY)):
            found.update(one.tobytes())
        climb = climb_of(world, "capital")
        for column in (*end_shares(climb.network), *end_shares(climb.network, 0.25, 0.05)):
            found.update(column.tobytes())
        for column in ultimate_owners(world)[:3]:
            found.update(column.tobytes())
        for party in range(world.network.parties):
            above = climb.above(party)
            for column in (above.nodes, above.flows, *climb.below(party)):
                found.update(column.tobytes())
    for one in dominance_forest(*long_chain()):
        found.update(one.tobytes())
    return found.hexdigest()


@pytest.mark.skipif(not COMPILED, reason="numba is not here: everything runs as plain Python")
def test_plain_loops_give_the_same_bytes():
    here = Path(__file__)
    command = f"from {here.stem} import COMPILED, digest; print(COMPILED, digest())"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    plain = subprocess.run(
        [sys.executable, "-c", command],
        cwd=here.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert plain.stdout.split() == ["False", digest()]
