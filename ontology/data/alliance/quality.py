#!/usr/bin/env python3
"""Write `docs/data-quality.md` from the tables; with `--check`, see that it is current.

python ontology/data/alliance/quality.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from alliance_builder.quality import quality_page

FOLDER = Path(__file__).resolve().parent
TARGET = FOLDER.parents[2] / "docs" / "data-quality.md"


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or check that it is what the tables give; return the exit status."""
    parser = argparse.ArgumentParser(description="Report how good the alliance dataset is.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it differs")
    options = parser.parse_args(arguments)
    built = quality_page(FOLDER).encode()
    if options.check:
        if TARGET.exists() and TARGET.read_bytes() == built:
            return 0
        sys.stderr.write(f"error: {TARGET.name} is not what the tables give; run quality.py\n")
        return 1
    TARGET.write_bytes(built)
    return 0


if __name__ == "__main__":
    sys.exit(main())
