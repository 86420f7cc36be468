"""What the documentation names is there: files, records, classes, versions."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = [DOCS / "architecture.md", *sorted((DOCS / "extending").glob("*.md"))]
PATH = re.compile(r"`((?:graph|tests|ontology|docs|benchmarks)/[\w./-]*)`")


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_file_that_a_guide_names_exists(page):
    """A guide that leads to a file that has moved is worse than none."""
    named = PATH.findall(page.read_text(encoding="utf-8"))
    assert 4 <= len(named)
    assert [] == [name for name in named if not (ROOT / name).exists()]


def test_there_is_a_guide_for_everything_that_can_be_added():
    """Six kinds of things, each with its files and its tests."""
    assert ["command", "format", "measure", "regime", "view", "voting-rule"] == sorted(
        page.stem for page in GUIDES[1:]
    )
    for page in GUIDES[1:]:
        text = page.read_text(encoding="utf-8")
        assert "| touch | for |" in text
        assert re.search(r"[Tt]ests? to copy", text)


def test_the_architecture_names_every_room():
    """Rooms of the package, each with what it is for."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "graph" / "keiretsu"
    rooms = [path.name for path in package.iterdir() if (path / "__init__.py").exists()]
    assert 12 <= len(rooms)
    assert [] == [room for room in rooms if f"`graph/keiretsu/{room}`" not in text]


def test_the_lists_of_decisions_and_schemas_are_current():
    """Each record and each schema, with its title."""
    script = DOCS / "generate_lists.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stderr)
    assert 11 <= (DOCS / "decisions" / "README.md").read_text("utf-8").count("](00")
    assert 18 <= (DOCS / "schemas" / "README.md").read_text("utf-8").count(".json`](")


def test_the_diagram_of_classes_is_current():
    """It has the classes of the ontology, and what each is a kind of."""
    script = DOCS / "generate_class_diagram.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stderr)


def test_the_python_page_has_every_public_name():
    """All that stands at the top of the package."""
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    source = (ROOT / "graph" / "keiretsu" / "__init__.py").read_text(encoding="utf-8")
    names = re.findall(r'^    "(\w+)": "[\w.]+",$', source, re.MULTILINE)
    assert 20 <= len(names)
    assert [] == [name for name in names if not re.search(rf"^::: .*\.{name}$", text, re.MULTILINE)]


def test_the_citation_is_of_this_version():
    """CITATION.cff has what the format demands, and says what pyproject.toml says."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert ("1.2.0", "software") == (cited["cff-version"], cited["type"])
    assert (project["version"], project["license"]) == (cited["version"], cited["license"])
