"""The page of the questions: current, and safe for what data says."""

import runpy
from pathlib import Path

import pytest

from keiretsu.store.query.questions import named_questions

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "questions.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generator():
    """Return what the script defines."""
    return runpy.run_path(str(DOCS / "generate_questions.py"))


def test_the_page_is_what_the_questions_give(ask, generator):
    """Stale answers mislead."""
    assert PAGE == generator["document"](lambda name, values: ask("alliance", name, values))


def test_every_question_has_its_command_its_query_and_an_answer():
    """In the order of their numbers."""
    sections = PAGE.split("\n<a id=")[1:]

    assert [one.name for one in named_questions()] == [part.split('"')[1] for part in sections]
    for section in sections:
        assert "```console\nkeiretsu query -n " in section
        assert "```sparql\nSELECT " in section
        assert "\n| --- |" in section


def test_what_data_says_is_no_markup(generator):
    """Neither HTML nor Markdown."""
    assert r"\[a\](x) \| &lt;b&gt; \`c\` \*" == generator["_text"]("[a](x) | <b> `c` *")
