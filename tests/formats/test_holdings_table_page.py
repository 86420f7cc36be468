"""The page that describes the holdings table names what the reader knows."""

import re
from pathlib import Path

from keiretsu.formats.table import cells as table_cells
from keiretsu.formats.table import columns as table_columns
from keiretsu.formats.table import format as holdings_table
from keiretsu.formats.table import reader as table_reader
from keiretsu.formats.table import totals as table_totals

PAGE = Path(__file__).parents[2] / "docs" / "holdings-table.md"


def named(section):
    """Return the words set as code in one section of the page."""
    text = PAGE.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return set(re.findall(r"`([a-z_-]+)`", text))


def test_every_column_is_described():
    """A column that the reader knows stands on the page."""
    assert len(table_columns.COLUMNS) == 31
    assert set(table_columns.COLUMNS) - named("Columns") == set()


def test_every_rule_is_described():
    """A rule that a reader names in its source stands on the page."""
    modules = (holdings_table, table_cells, table_columns, table_reader, table_totals)
    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules)
    rules = set(re.findall(r'(?:CellError|Problem)\(\s*(?:[\w.\[\]]+,\s*)?"([a-z-]+)"', source))

    assert {"percent-range", "over-allocated", "unknown-column", "bad-date"} <= rules
    assert rules - named("Errors") == set()
