"""Build the wheel, install it away from the checkout, and let it answer.

Run by ``make wheel-check``; not a test of pytest, since it installs everything anew. It finds
what a checkout hides: a file that the wheel lacks, an undeclared dependency, a fixed path.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED_KINDS = ("keiretsu/ontology/*.ttl", "keiretsu/ontology/*.trig", "keiretsu/ontology/*.rq")


def main() -> None:
    """Check the wheel of this checkout, or exit with what it lacks."""
    with tempfile.TemporaryDirectory(prefix="keiretsu-wheel-") as folder:
        away = Path(folder)
        wheel = build(away)
        compare_files(wheel)
        answer(install(wheel, away), away)


def build(away: Path) -> Path:
    """Return the wheel, built from the checkout into a folder of its own."""
    say("building")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", away, ROOT, cwd=away)
    (wheel,) = away.glob("keiretsu-*.whl")
    return wheel


def compare_files(wheel: Path) -> None:
    """Hold the wheel's files against the checkout's: all that ships, and nothing else."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = code_files() | shipped("ontology", "ontology") | shipped("docs/schemas", "schemas")
    for pattern in NEEDED_KINDS:
        require(any(matches(name, pattern) for name in held), f"the wheel has no {pattern}")
    require("keiretsu/py.typed" in held, "the wheel has no py.typed")
    require(
        any("/views/" in name and not name.endswith(".py") for name in held),
        "the wheel has no templates of the views",
    )
    missing, strange = sorted(expected - held), sorted(held - expected)
    require(not missing, f"the wheel lacks {missing}")
    require(not strange, f"the wheel has what it should not: {strange}")
    say(f"{len(held)} files, as in the checkout")


def matches(name: str, pattern: str) -> bool:
    """Return whether a name lies at any depth under the pattern's folder, with its suffix."""
    folder, _, suffix = pattern.partition("*")
    return name.startswith(folder) and name.endswith(suffix)


def code_files() -> set[str]:
    """Return the files under ``graph/`` by their names in the wheel."""
    source = ROOT / "graph"
    return {
        path.relative_to(source).as_posix()
        for path in (source / "keiretsu").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def shipped(folder: str, name: str) -> set[str]:
    """Return the files under a folder of the checkout by their names in the wheel."""
    source = ROOT / folder
    return {
        f"keiretsu/{name}/{path.relative_to(source).as_posix()}"
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def install(wheel: Path, away: Path) -> Path:
    """Return the scripts' folder of a fresh environment that has the wheel and what it declares."""
    say("installing into a fresh environment, without the tools for tests")
    environment = away / "environment"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=away)
    return scripts


def answer(scripts: Path, away: Path) -> None:
    """Ask the installed command what only code, ontology, queries and data together can answer."""
    say("asking")
    where = run(scripts / "python", "-c", "import keiretsu; print(keiretsu.__file__)", cwd=away)
    require(Path(where.strip()).is_relative_to(away), f"keiretsu is imported from {where.strip()}")
    info = json.loads(run(scripts / "keiretsu", "info", "-f", "json", cwd=away))
    require(info["command"] == "info" and bool(info["counts"]), f"info says {info}")
    command = ("owners", "Nissan", "--as-of", "2019-09-03", "-f", "json")
    owners = json.loads(run(scripts / "keiretsu", *command, cwd=away))
    direct = {owner["holder"]: owner["direct_percent"] for owner in owners["owners"]}
    renault = next((share for label, share in direct.items() if label.startswith("Renault")), None)
    require(renault is not None and abs(renault - 43.4) < 0.1, f"owners of Nissan: {direct}")
    say(f"Renault holds {renault} % of Nissan: the wheel answers")


def run(*command: str | Path, cwd: Path) -> str:
    """Return what a command prints; exit with its errors if it fails."""
    cleared = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {key: value for key, value in os.environ.items() if key not in cleared}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    require(done.returncode == 0, f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return done.stdout


def require(condition: object, otherwise: str) -> None:
    """Exit with a message unless the condition holds."""
    if not condition:
        sys.exit(f"wheel check: {otherwise}")


def say(what: str) -> None:
    """Tell on standard output what is being done."""
    sys.stdout.write(f"wheel check: {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
