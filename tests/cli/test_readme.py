"""The README keeps its word: what it tells a newcomer to run, runs."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^keiretsu .*?(?=\s*(?:#.*)?$)", README, re.MULTILINE)
TABLE = re.search(r"```csv\n(.*?)```", README, re.DOTALL)
SCRIPT = re.search(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_readme_has_commands():
    """The commands of the case, and three on one's own data."""
    assert 7 <= len(COMMANDS)


@pytest.mark.parametrize("line", COMMANDS)
def test_its_commands_run(call, line, tmp_path, monkeypatch):
    """Each ends with status 0, on the table that stands above it."""
    monkeypatch.chdir(tmp_path)
    Path("mine.csv").write_text(TABLE[1], encoding="utf-8")
    outcome = call(*shlex.split(line, comments=True)[1:])

    assert (0, "") == (outcome.exit_code, outcome.stderr)


def test_its_script_runs(tmp_path, monkeypatch):
    """With the file names that it uses for a user's own data."""
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(SCRIPT[1], "README.md", "exec"), names)  # noqa: S102 - our own text

    assert names["graph"].number_of_edges() == len(names["world"].holdings)
    assert Path("exports/renault.html").stat().st_size > 0


def test_every_link_into_the_repository_leads_somewhere():
    """Pages and folders that the README points to are there."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert 5 <= len(targets)
    assert [] == [target for target in targets if not (ROOT / target).exists()]
