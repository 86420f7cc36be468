"""Install the lowest versions that pyproject.toml allows, and let them answer.

Run by ``make lowest-versions``. It finds a floor that is too low; ``uv`` resolves.
"""

import sys
import tempfile
from pathlib import Path

from environments import ROOT, made, run, smoke

EXTRAS = """
import ipykernel, keiretsu
from keiretsu.service import application
kg = keiretsu.OwnershipGraph.open("mine.csv")
application(kg)
assert len(keiretsu.control(kg.snapshot()).to_pandas()) == 5
"""


def main() -> None:
    """Try the lowest direct versions, or exit with what fails."""
    with tempfile.TemporaryDirectory(prefix="keiretsu-lowest-") as name:
        folder = Path(name)
        python = made(folder / "environment", sys.executable)
        lowest = ("--resolution", "lowest-direct")
        run("uv", "pip", "install", "--quiet", "--python", python, *lowest, f"{ROOT}[all]")
        sys.stdout.write(run("uv", "pip", "freeze", "--python", python))
        smoke(python, folder)
        run(python, "-c", EXTRAS, cwd=folder)
    sys.stdout.write("the lowest versions answer\n")


if __name__ == "__main__":
    main()
