"""Hygiene: queries for what a vocabulary should not have, each shown to find what it forbids."""

import re
from pathlib import Path

import pytest
from rdflib import RDFS, Graph

from keiretsu.model import EditKind, PartyKind
from keiretsu.resources import ontology_path
from keiretsu.vocabulary import CLAIM_SUPERCLASS, FINDINGS, ONTOLOGY, PERCENT, SHORTCUTS, TERMS

QUERIES = sorted((Path(__file__).parent / "hygiene").glob("*.rq"))
SOURCE = Path(__file__).parents[2] / "graph" / "keiretsu"
WRONG_ON_PURPOSE = {"unknown-class.ttl": "Compny", "unknown-property.ttl": "capitalPercentMinimum"}
TERM = re.compile(r"\bkei:([A-Za-z]\w*)")


def graph(*paths):
    found = Graph()
    for path in paths:
        found.parse(source=str(path), format="turtle")
    return found


def texts(*patterns):
    return {path: path.read_text("utf-8") for p in patterns for path in ontology_path().rglob(p)}


VOCABULARY = graph(
    ontology_path("keiretsu.ttl"),
    ontology_path("codes.ttl"),
    *ontology_path("alignments").glob("*.ttl"),
)
BROKEN = graph(Path(__file__).parent / "hygiene" / "broken.ttl")


def test_every_query_is_there():
    """A suite driven by files must not shrink without a word; each opens with what it demands."""
    assert 25 == len(QUERIES)
    assert all(re.match(r"# [A-Z].*\.\n", path.read_text("utf-8")) for path in QUERIES)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_vocabulary_has_none_of_it(path):
    """The ontology, its code lists and its alignments."""
    assert [] == [str(row[0]) for row in VOCABULARY.query(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_query_finds_what_it_forbids(path):
    """A query that finds nothing anywhere would prove nothing."""
    assert list(BROKEN.query(path.read_text("utf-8")))


def test_every_term_used_anywhere_is_declared():
    """Shapes, examples, queries, audits and data; two examples are wrong on purpose."""
    files = texts("*.ttl", "*.trig", "*.rq")
    unknown = {
        path.name: sorted(set(TERM.findall(text)) - TERMS.keys())
        for path, text in files.items()
        if set(TERM.findall(text)) - TERMS.keys()
    }

    assert 90 < len(files)
    assert WRONG_ON_PURPOSE.keys() == unknown.keys()


def test_every_declared_term_serves_something():
    """A question, an audit, a shape, the codec or a derived graph uses it, or leads to it."""
    used = set()
    for path, text in texts("*.rq", "*.ttl").items():
        if path.parent.name in ("queries", "audits", "derive", "shapes"):
            used |= set(TERM.findall(text))
    for path in (*SOURCE.glob("store/**/*.py"), *SOURCE.glob("ownership_graph/*.py")):
        used |= set(re.findall(r"\bKEI\.(\w+)", path.read_text("utf-8")))
    percents = {
        str(term) for name, ends in vars(PERCENT).items() if name[0] != "_" for term in ends
    }
    used |= {iri.removeprefix(ONTOLOGY) for iri in (*percents, *map(str, SHORTCUTS))}
    used |= {*map(str, PartyKind), *map(str, EditKind), *CLAIM_SUPERCLASS, *FINDINGS}
    led_to = {
        str(other).removeprefix(ONTOLOGY)
        for name in used & TERMS.keys()
        for step in (RDFS.subClassOf, RDFS.range)
        for other in VOCABULARY.transitive_objects(TERMS[name], step)
    }

    assert set() == TERMS.keys() - used - led_to
