"""The page on what-if keeps its word: its script says what it should, its files are read."""

import re
from pathlib import Path

from keiretsu.rights.laws import READINGS
from keiretsu.scenarios.reading import KINDS, read_edits
from keiretsu.scenarios.thresholds import LIMITS

PAGE = (Path(__file__).parents[2] / "docs" / "what-if.md").read_text(encoding="utf-8")
EDITS = re.search(r"```toml title=\"deal.toml\"\n(.*?)```", PAGE, re.DOTALL)[1]
SCRIPT = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]


def test_its_script_runs(capsys):
    """It prints the votes in Nissan and a reason for each change."""
    exec(compile(SCRIPT, "what-if.md", "exec"), {})  # noqa: S102 - our own text

    printed = capsys.readouterr().out
    assert "('Renault', 0.15)" in printed
    assert "votes return: C. com. L.233-31" in printed


def test_its_edits_are_read():
    """The file of the page has three edits."""
    assert ["issue", "buy-back", "adopt"] == re.findall(r'^kind = "(.*?)"', EDITS, re.MULTILINE)
    assert 3 == len(read_edits(EDITS, "toml"))


def test_every_kind_of_edit_is_told():
    """The table names every kind and every field, and no other."""
    rows = re.findall(r"^\| (`[^|]*) \| (.*?) \|$", PAGE, re.MULTILINE)
    told = {
        kind: set(re.findall(r"`(\w+)`", re.sub(r"`set`, `buy`, `sell`", "", fields)))
        for kinds, fields in rows
        for kind in re.findall(r"`([a-z-]+)`", kinds)
        if kind in KINDS
    }
    shared = {"agreement", "name"}
    known = {name: {*kind.needs, *kind.may} for name, kind in KINDS.items()}

    assert {**known, "adopt": shared, "end": shared} == told


def test_readings_and_limits_are_told():
    """Every reading of the law by the name that adopts it, and every limit."""
    for reading in READINGS:
        assert reading in PAGE
    said = re.search(r"limits crossed \((.*?) %\)", PAGE)[1].split(", ")
    assert len(LIMITS) == len(said)
