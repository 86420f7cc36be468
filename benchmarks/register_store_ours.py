"""Processor time of a snapshot of a whole stored register, printed as JSON."""

import datetime as dt
import json
import sys
import time

from keiretsu.rights.laws import RULED_JURISDICTIONS
from keiretsu.snapshot.stored_register import register_on
from keiretsu.store.disk import DiskClaims

TIMES = 3


def snapshot_of(path: str) -> int:
    """Open a store, hold its columns against their checksums and resolve them on a day."""
    disk = DiskClaims(path)
    world = register_on(disk.index, disk.checked_columns, dt.date(2020, 1, 1), RULED_JURISDICTIONS)
    return len(world.columns.network.holder)


if __name__ == "__main__":
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        holdings = snapshot_of(sys.argv[1])
        taken.append(time.process_time() - begun)
    print(json.dumps({"snapshot": min(taken), "holdings": holdings}))
