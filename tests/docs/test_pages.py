"""Every page of the documentation keeps its word: what it tells to run, runs."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {"cli.md", "data-quality.md", "legal-tests.md", "questions.md"}
PAGES = [
    page
    for page in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    )
    if page.exists() and page.name not in GENERATED
]
FENCED = [page for page in PAGES if "```" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", FENCED, ids=lambda page: page.stem)
def test_a_page_keeps_its_word(reader, page):
    """Each block, in order: files are written, commands run, outputs are as shown."""
    assert reader.read(page)


def test_the_suite_is_not_empty():
    """A suite driven by pages must not shrink without a word."""
    text = "".join(page.read_text(encoding="utf-8") for page in FENCED)
    found = Counter(re.findall(r"^```(\w+)", text, re.MULTILINE))
    assert len(FENCED) >= 12
    assert found["console"] >= 25
    assert found["pycon"] + found["python"] >= 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_into_the_repository_leads_somewhere(page):
    """Pages and folders that a page points to are there."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    assert [] == [target for target in targets if not (page.parent / target).exists()]
