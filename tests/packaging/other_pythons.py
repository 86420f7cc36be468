"""Install the project under every newer Python that this machine has, and let it answer.

Run by ``make pythons``. Says which ones it did not find; fetches none.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environments import ROOT, made, run, smoke

NEWER = ("3.12", "3.13", "3.14")


def found(version: str) -> str | None:
    """Return an interpreter of a version that starts, or None."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    named = [shutil.which(f"python{version}"), *sorted(home.glob(f"{version}.*/bin/python"))]
    return next((str(one) for one in named if one and starts(one)), None)


def starts(interpreter: str | Path) -> bool:
    """Return whether it is an interpreter, and no pointer to one that is not there."""
    return subprocess.run([interpreter, "-c", ""], capture_output=True, check=False).returncode == 0


def main() -> None:
    """Try each, or exit with what fails."""
    for version in NEWER:
        interpreter = found(version)
        if interpreter is None:
            sys.stdout.write(f"Python {version}: not on this machine, not tried\n")
            continue
        with tempfile.TemporaryDirectory(prefix="keiretsu-python-") as name:
            folder = Path(name)
            python = made(folder / "environment", interpreter)
            run("uv", "pip", "install", "--quiet", "--python", python, str(ROOT))
            smoke(python, folder)
        sys.stdout.write(f"Python {version}: answers\n")


if __name__ == "__main__":
    main()
