"""The page on legal tests is what the table of regimes says."""

from pathlib import Path

from keiretsu.cli.legal_reference import page
from keiretsu.measures import REGIMES
from keiretsu.rights.laws import CONTROLLED, RECIPROCAL

PAGE = Path(__file__).parents[2] / "docs" / "legal-tests.md"


def test_the_page_is_up_to_date():
    """docs/legal-tests.md is made of the tables."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_everything_is_told():
    """Every ground with its article, every doubt, and every law on voting."""
    text = page()
    grounds = [ground for regime in REGIMES.values() for ground in regime.grounds]
    assert len(grounds) > 30
    for ground in grounds:
        assert f"| `{ground.name}` | {ground.article} |" in text
        assert ground.doubt in text
    for law in (*CONTROLLED.values(), *RECIPROCAL.values()):
        assert f"| {law.article.name} | {law.article.jurisdiction} |" in text
