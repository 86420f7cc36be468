"""The benchmarks are scripts that find each other in their folder; no test here times anything."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
