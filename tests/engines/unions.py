"""Many small registers side by side as one, and ladders of joint control: one run asks them all."""

import importlib.util
from pathlib import Path

import numpy as np

from keiretsu.snapshot import Snapshot

_PATH = Path(__file__).parents[1] / "register" / "random_registers.py"
_SPEC = importlib.util.spec_from_file_location("random_registers_of_engines", _PATH)
random_registers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(random_registers)
WHOLE = random_registers.WHOLE
world_of = random_registers.world_of


def side_by_side(registers):
    """Return registers, each as its parties and rows of holder, issuer and weight, as one."""
    found, base = [], 0
    for parties, rows in registers:
        found += [(holder + base, issuer + base, weight) for holder, issuer, weight in rows]
        base += parties
    return world_of(base, found)


def random_ones(seeds, most, *, deep):
    """Return random registers side by side."""
    return side_by_side(random_registers.rows(seed, most=most, deep=deep) for seed in seeds)


def ladder(steps):
    """Return parties of which each is controlled by the two before it together, and only so."""
    rows = [(0, 1, 12)] + [(n - d, n, 6) for n in range(2, steps) for d in (1, 2)]
    return steps, rows


def late(depth):
    """Return a register in which joint control must be put lower when more is known.

    0 controls 1, and 1 a chain; 2 is held by the chain's end and by 3, which is held by two links.
    """
    end = depth + 1
    chain = [(n, n + 1, 12) for n in range(end)]
    two, three, four = end + 1, end + 2, end + 3
    joint = [(depth, three, 7), (depth - 1, three, 7), (end, two, 6), (three, two, 5)]
    return end + 4, [*chain, *joint, (two, four, 8), (three, four, 4)]


def mutual():
    """Return registers whose heads are held by those whom they control: rings of every kind."""
    owned = (4, [(0, 1, 12), (0, 2, 12), (1, 0, 6), (2, 0, 6)])  # no ring: neither has enough
    closed = (4, [(0, 1, 12), (1, 2, 12), (1, 3, 12), (2, 0, 6), (3, 0, 6)])  # 0 and 1
    joint = (6, [(0, 1, 12), (2, 3, 12), (0, 2, 6), (1, 2, 6), (2, 0, 6), (3, 0, 6), (3, 5, 11)])
    twin = (3, [(0, 1, 11), (1, 0, 11), (1, 2, 10), (0, 2, 10)])
    half = (3, [(0, 1, WHOLE // 2), (1, 2, 11)])  # exactly half is no majority
    return [owned, closed, joint, twin, half]


def chain(links):
    """Return one chain of majority holdings, its parties in no order."""
    order = np.random.default_rng(1).permutation(links + 1)
    weight = np.full(links, 60)
    return Snapshot.from_arrays(order[:-1], order[1:], capital=weight, capital_total=100)


def something():
    """Return a small register with rings, joint control and what must be lowered, in few rounds."""
    some = (
        random_registers.rows(seed, most=12, deep=deep) for seed in range(10) for deep in (0, 1)
    )
    return side_by_side([*some, *mutual()])


def everything():
    """Return the register that every engine is asked about."""
    return side_by_side(
        [
            *(
                random_registers.rows(seed, most=12, deep=deep)
                for seed in range(60)
                for deep in (0, 1)
            ),
            *(
                random_registers.rows(seed, most=60, deep=deep)
                for seed in range(8)
                for deep in (0, 1)
            ),
            *map(ladder, (3, 6, 11)),
            *map(late, (2, 5, 9)),
            *mutual(),
        ]
    )
