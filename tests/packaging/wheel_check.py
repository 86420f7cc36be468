"""Build sdist and wheel, install the wheel away from the checkout, and let it answer.

Run by ``make wheel-check``; not a test of pytest, since it installs everything anew. It finds
what a checkout hides: a file that the wheel lacks, an undeclared dependency, a fixed path.
"""

import json
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from environments import ROOT, made, run

EXTRAS = {
    "formats": "import lxml.etree, openpyxl, pyarrow.parquet",
    "register": "import duckdb, numba, pandas, pyarrow; import keiretsu.measures.engines.run",
    "notebook": "import ipykernel, keiretsu; keiretsu.OwnershipGraph.open().snapshot()",
    "serve": "from keiretsu.service import Settings, application",
}
NEEDED_KINDS = ("keiretsu/ontology/*.ttl", "keiretsu/ontology/*.trig", "keiretsu/ontology/*.rq")


def main() -> None:
    """Check the wheel of this checkout, or exit with what it lacks."""
    with tempfile.TemporaryDirectory(prefix="keiretsu-wheel-") as folder:
        away = Path(folder)
        wheel = build(away)
        compare_files(wheel)
        python = install(wheel, away)
        answer(python, away)
        add_extras(python, wheel, away)


def build(away: Path) -> Path:
    """Return the wheel, built from the sdist, so that the sdist is shown to be whole too."""
    say("building")
    run("uv", "build", "--quiet", "--out-dir", away, ROOT, cwd=away)
    (sdist,), (wheel,) = away.glob("keiretsu-*.tar.gz"), away.glob("keiretsu-*.whl")
    say(run("twine", "check", "--strict", sdist, wheel, cwd=away).strip())
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
    """Return the interpreter of a fresh environment that has the wheel and what it declares."""
    say("installing into a fresh environment, without the tools for tests")
    python = made(away / "environment", sys.executable)
    run("uv", "pip", "install", "--quiet", "--python", python, wheel, cwd=away)
    return python


def add_extras(python: Path, wheel: Path, away: Path) -> None:
    """Install each extra, and import what it is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = set(project["optional-dependencies"]) - {"all", "spark"}  # hundreds of megabytes
    require(declared == set(EXTRAS), f"extras {declared} are not those checked here")
    for extra, imported in EXTRAS.items():
        wanted = f"keiretsu[{extra}] @ {wheel.as_uri()}"
        run("uv", "pip", "install", "--quiet", "--python", python, wanted, cwd=away)
        run(python, "-c", imported, cwd=away)
        say(f"the extra {extra} can be used")


def answer(python: Path, away: Path) -> None:
    """Ask the installed command what only code, ontology, queries and data together can answer."""
    say("asking")
    scripts = python.parent
    where = run(python, "-c", "import keiretsu; print(keiretsu.__file__)", cwd=away)
    require(Path(where.strip()).is_relative_to(away), f"keiretsu is imported from {where.strip()}")
    info = json.loads(run(scripts / "keiretsu", "info", "-f", "json", cwd=away))
    require(info["command"] == "info" and bool(info["counts"]), f"info says {info}")
    command = ("owners", "Nissan", "--as-of", "2019-09-03", "-f", "json")
    owners = json.loads(run(scripts / "keiretsu", *command, cwd=away))
    direct = {owner["holder"]: owner["direct_percent"] for owner in owners["owners"]}
    renault = next((share for label, share in direct.items() if label.startswith("Renault")), None)
    require(renault is not None and abs(renault - 43.4) < 0.1, f"owners of Nissan: {direct}")
    say(f"Renault holds {renault} % of Nissan: the wheel answers")


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
