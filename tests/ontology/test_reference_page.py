"""The HTML reference: current, complete, self-contained and the same on every run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from keiretsu.resources import ontology_path
from keiretsu.store.query.audits import audits
from keiretsu.vocabulary import CODES, TERMS

DOCS = Path(__file__).parents[2] / "docs"
GENERATOR = DOCS / "generate_ontology_reference.py"
PAGE = (DOCS / "ontology.html").read_text(encoding="utf-8")


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, str(GENERATOR), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", **environment},
    )


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_page_is_what_the_ontology_gives(seed):
    """Stale pages mislead; and the bytes do not depend on the order of sets."""
    found = run("--check", PYTHONHASHSEED=seed)

    assert ("", 0) == (found.stderr, found.returncode)


def test_every_term_code_audit_and_rule_is_on_the_page():
    """Each with an anchor of its own, and no anchor twice."""
    anchors = re.findall(r'\bid="([^"]+)"', PAGE)
    rules = {
        name
        for path in ontology_path("shapes").glob("*.ttl")
        for name in re.findall(r'sh:name "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    wanted = {*TERMS, *(f"audit-{audit.name}" for audit in audits())}
    wanted |= {f"{name}-{code}" for name, codes in CODES.items() for code in codes}
    wanted |= {f"rule-{name}" for name in rules}

    assert wanted <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_every_link_inside_leads_somewhere():
    """No anchor is missing."""
    anchors = set(re.findall(r'\bid="([^"]+)"', PAGE))
    links = set(re.findall(r'href="#([^"]+)"', PAGE))

    assert 100 < len(links)
    assert set() == links - anchors


def test_the_page_loads_nothing():
    """No script, no image, no sheet, no frame; a policy that forbids them, and no referrer."""
    assert "default-src 'none'" in PAGE
    for element in ("<script", "<img", "<link", "<iframe", "<object", "@import", "url(http"):
        assert element not in PAGE
    assert "src=" not in PAGE


def test_texts_are_escaped():
    """What the ontology says cannot become markup."""
    assert "&lt;https://w3id.org/keiretsu/ontology#&gt;" in PAGE  # the example
    assert "autoescape=True" in GENERATOR.read_text(encoding="utf-8")
    assert "|safe" not in (DOCS / "ontology.html.j2").read_text(encoding="utf-8").replace(" ", "")
