"""Fresh environments for checks that install the project; not tests of pytest."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SMOKE = (
    ("info", "-f", "json"),
    ("validate", "mine.csv"),
    ("control", "-d", "mine.csv"),
    ("owners", "Shop", "-d", "mine.csv", "-f", "json"),
    ("votes", "Renault", "--as-of", "2019-09-03"),
    ("power", "Renault", "--as-of", "2019-09-03"),
    ("screen", "--regime", "ofac", "--listed", "Ada", "-d", "mine.csv"),
    ("query", "-n", "q01", "--as-of", "2019-09-03"),
    ("explain", "Ada", "Shop", "-d", "mine.csv"),
    ("view", "Shop", "-d", "mine.csv", "-o", "shop.html"),
    ("view", "Shop", "-d", "mine.csv", "-o", "shop.svg"),
    ("materialize", "-d", "mine.csv", "--as-of", "2024-12-31", "-o", "derived.trig"),
)
TABLE = """holder,issuer,capital_percent
Ada,Holding,60
Bruno,Holding,25-50
Holding,Works,50.1
Holding,Shop,30
Works,Shop,25
"""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Return what a command prints; exit with its errors if it fails."""
    words = [str(part) for part in command]
    cleared = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {key: value for key, value in os.environ.items() if key not in cleared}
    # The tools of this environment (uv, twine) go before those of the machine.
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words,
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def made(folder: Path, python: str) -> Path:
    """Return the interpreter of a new environment."""
    run("uv", "venv", "--quiet", "--python", python, folder)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def smoke(python: Path, folder: Path) -> None:
    """Ask the installed command what all its rooms are needed for."""
    (folder / "mine.csv").write_text(TABLE, encoding="utf-8")
    for words in SMOKE:
        run(python, "-W", "error::SyntaxWarning", "-m", "keiretsu", *words, cwd=folder)
    answer = run(python, "-m", "keiretsu", "control", "-d", "mine.csv", cwd=folder)
    if "Ada          Shop      certain     55.00" not in answer:
        sys.exit(f"control answers\n{answer}")
