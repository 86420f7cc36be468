"""The page on formats says what the code does."""

import subprocess
import sys
from pathlib import Path

from keiretsu.formats import FORMATS
from keiretsu.ownership_graph.converting import TARGETS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_tables_are_those_of_the_code():
    command = [sys.executable, str(DOCS / "generate_formats_tables.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)


def test_every_format_is_on_the_page():
    page = (DOCS / "formats.md").read_text("utf-8")

    assert all(f"`{name}`" in page for name in {*FORMATS, *TARGETS})
