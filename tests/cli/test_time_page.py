"""docs/time.md: its query over derived graphs is answered by an engine that knows nothing of us."""

import re
from pathlib import Path

import pyoxigraph

PAGE = Path(__file__).resolve().parents[2] / "docs" / "time.md"
QUERY = re.search(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_its_query_is_answered_by_another_engine(call, small):
    """From the file of derived graphs alone."""
    asked = ("materialize", "--as-of", "2020-01-01", "--regime", "none", "-d", small, "-o", "-")
    store = pyoxigraph.Store()
    store.load(call(*asked).stdout.encode(), format=pyoxigraph.RdfFormat.TRIG)
    assert 0 < len(list(store.query(QUERY[1])))
