"""The suites of this room share their random registers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
