"""The frame of the project: records, licence, and entry points that need nothing but themselves."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Rejected", "Consequences"]


def test_decisions_are_numbered_without_gaps():
    """Each record has the next number, in its name and in its title."""
    assert len(RECORDS) >= 4
    for number, record in enumerate(RECORDS, start=1):
        assert record.name.startswith(f"{number:04d}-")
        assert record.read_text(encoding="utf-8").startswith(f"# {number}. ")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_says_why_and_what_follows(record):
    """A record has a date, a status and the four sections, and fits one screen."""
    text = record.read_text(encoding="utf-8")

    assert HEADINGS == re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert re.search(r"\n\nDate: \d{4}-\d\d-\d\d\n\nStatus: [^\n]+\n\n## Context\n", text)
    assert len(text.splitlines()) <= 60


def test_the_licence_is_the_declared_one():
    """The text shipped is the licence that the metadata names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(
        encoding="utf-8"
    )


def test_the_package_declares_its_types():
    """The marker file lets type checkers read the annotations."""
    assert (ROOT / "graph" / "keiretsu" / "py.typed").is_file()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    "target",
    [
        "demo",
        "test",
        "lint",
        "types",
        "contracts",
        "docs",
        "wheel-check",
        "check",
        "ci-full",
        "data",
    ],
)
def test_make_knows_its_targets(target):
    """Every target that the project names can be made, from a bare checkout."""
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if not key.startswith("MAKE")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert ".venv" in done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_entry_of_continuous_integration_parses():
    """`.ci/run` is an executable script of bash."""
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o100
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
