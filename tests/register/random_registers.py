"""Random small registers in columns, with loops, own shares, doubles and exact ties."""

import random

import numpy as np

from keiretsu.snapshot import Snapshot

WHOLE = 20


def rows(seed, most=12, deep=False):
    """Return holdings as holder, issuer and weight of `WHOLE`."""
    chance = random.Random(seed)  # noqa: S311 - a stated seed
    parties = chance.randint(2, most)
    left, found = [WHOLE] * parties, []
    for _ in range(chance.randint(1, 3 * parties)):
        issuer = chance.randrange(parties)
        near = min(max(issuer - chance.randint(-1, 2), 0), parties - 1)
        holder = near if deep else chance.randrange(parties)
        if left[issuer]:
            weight = chance.choice([WHOLE // 2, 6, chance.randint(1, WHOLE)])
            weight = min(weight, left[issuer])
            left[issuer] -= weight
            found.append((holder, issuer, weight))
    return parties, found


def world_of(parties, found, **options):
    """Return rows as a snapshot in columns."""
    columns = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Snapshot.from_arrays(
        columns[:, 0],
        columns[:, 1],
        capital=columns[:, 2],
        capital_total=WHOLE,
        parties=parties,
        **options,
    )
