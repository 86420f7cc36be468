#!/usr/bin/env python3
"""Write `alliance.trig` from the tables beside this file; with `--check`, see that it is current.

python ontology/data/alliance/build.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from alliance_builder import build_claims

from keiretsu.store.codec.dataset import write_trig

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER / "alliance.trig"


def main(arguments: list[str] | None = None) -> int:
    """Build the dataset, or check that the file is what the tables give; return the exit status."""
    parser = argparse.ArgumentParser(description="Build the alliance dataset.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it differs")
    options = parser.parse_args(arguments)
    built = write_trig(build_claims(FOLDER)).encode()
    if options.check:
        if TARGET.exists() and TARGET.read_bytes() == built:
            return 0
        sys.stderr.write(f"error: {TARGET.name} is not what the tables give; run build.py\n")
        return 1
    TARGET.write_bytes(built)
    return 0


if __name__ == "__main__":
    sys.exit(main())
