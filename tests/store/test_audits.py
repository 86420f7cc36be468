"""Audits: each finds what its fixture shows, and nothing in one that comes close."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import Dataset

from keiretsu.errors import InputError
from keiretsu.model import ID, ClaimSet, Document, Holding, Party, Severity, Share
from keiretsu.resources import ontology_path
from keiretsu.store.codec.dataset import write_dataset
from keiretsu.store.memory import Store
from keiretsu.store.query.audits import audits, parse_audit, run_audits
from keiretsu.store.query.engine import Engine
from keiretsu.store.syntax.statements import statements
from keiretsu.vocabulary import TERMS

FIXTURES = Path(__file__).parent / "audits"
NAMES = [audit.name for audit in audits()]
RAW = {"claim-in-two-graphs"}  # a store refuses what this audit looks for, a dataset may have it


def expected():
    rows = defaultdict(list)
    with (FIXTURES / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["audit"]].append(
                (f"store: <{ID}{row['subject']}>", row["words"], row["parties"])
            )
    return rows


def findings(name, kind):
    path = FIXTURES / f"{name}-{kind}.trig"
    if name in RAW:
        dataset = Dataset(default_union=True)
        dataset.parse(source=str(path), format="trig")
        found = run_audits(Engine(statements(dataset)))
        assert run_audits(dataset) == found  # rdflib finds the same
        return found
    store = Store()
    store.load(path)
    found = run_audits(store.engine())
    assert run_audits(store) == found  # rdflib finds the same
    return found


def test_every_audit_has_two_fixtures_and_expected_rows():
    """A suite driven by files must not shrink without a word."""
    assert 10 == len(NAMES)
    assert sorted(f"{name}-{kind}.trig" for name in NAMES for kind in ("clean", "found")) == sorted(
        path.name for path in FIXTURES.glob("*.trig")
    )
    assert NAMES == sorted(expected())


@pytest.mark.parametrize("name", NAMES)
def test_an_audit_finds_exactly_what_its_fixture_shows(name):
    """Its rule, its severity, the words, the place and the parties; and no other audit speaks."""
    (audit,) = (audit for audit in audits() if audit.name == name)
    found = findings(name, "found")

    assert {(name, audit.severity)} == {(one.rule, one.severity) for one in found}
    rows = sorted(expected()[name])
    assert [row[0] for row in rows] == [one.place for one in sorted(found, key=lambda f: f.place)]
    for (_, words, parties), one in zip(rows, sorted(found, key=lambda f: f.place), strict=True):
        assert words in one.message
        assert "{" not in one.message
        assert parties in ("", " ".join(one.parties))


@pytest.mark.parametrize("name", NAMES)
def test_an_audit_is_silent_where_nothing_is_wrong(name):
    """The second fixture comes close to the first in every way that the audit must tell apart."""
    assert [] == findings(name, "clean")


def test_audits_use_only_terms_that_exist():
    """A misspelt term matches nothing, silently."""
    for audit in audits():
        assert set(re.findall(r"\bkei:(\w+)", audit.sparql)) <= TERMS.keys()


def test_a_dataset_of_the_model_has_no_findings():
    """What the codec writes is in the order of the house."""
    claims = ClaimSet(
        parties={f"{ID}party/{n}": Party(id=f"{ID}party/{n}", label=n) for n in ("a", "b")},
        documents={f"{ID}document/d": Document(id=f"{ID}document/d", title="d")},
        holdings=(
            Holding(
                id=f"{ID}claim/1",
                document=f"{ID}document/d",
                holder=f"{ID}party/a",
                issuer=f"{ID}party/b",
                capital=Share.from_percent(15),
            ),
        ),
    )

    assert [] == run_audits(write_dataset(claims))
    assert [] == run_audits(Dataset(default_union=True))


def test_deleting_a_source_makes_an_audit_speak():
    """The bundled data without the description of one document gives one finding more."""
    store = Store()
    store.load(ontology_path("data", "alliance", "alliance.trig"))
    document = store.claims().holdings[0].document
    dataset = write_dataset(store.claims())
    before = run_audits(Engine(statements(dataset)))
    for quad in list(dataset.quads((None, None, None, None))):
        if str(quad[0]) == document:
            dataset.remove(quad)

    (found,) = (one for one in run_audits(Engine(statements(dataset))) if one not in before)
    assert ("dangling-document", f"store: <{document}>") == (found.rule, found.place)
    assert "of the claims, such as" in found.message


def test_a_hostile_label_stays_on_one_line():
    """What strangers write is cut and kept on its line, and braces in it name nothing."""
    store = Store()
    label = "x\\n{subject}" + "y" * 500
    store.load_bytes(
        f"""@prefix kei: <https://w3id.org/keiretsu/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <claim/1> a kei:Event ; rdfs:label "{label}" .""".encode(),
        "turtle",
        "x.ttl",
    )
    (found,) = run_audits(store, "x.ttl")

    assert "event-without-participants" == found.rule
    assert found.message.startswith("x {subject}yyy")
    assert 250 > len(found.message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("SELECT * {}", "does not begin with what it finds"),
        ("# Something.\n# severity: error\n# message: m", "has no rule"),
        ("# Something.\n# rule: x\n# severity: bad\n# message: m", "'bad' is no severity"),
        ("# Something.\n# rule: y\n# severity: error\n# message: m", "is called 'y' inside"),
    ],
)
def test_an_audit_without_its_header_is_refused(source, message):
    """The header is what a reader and a finding see."""
    with pytest.raises(InputError, match=message):
        parse_audit("x", source)


def test_severities_are_as_grave_as_what_they_find():
    """What would be counted twice fails a check; what is doubtful does not."""
    assert ["claim-in-two-graphs", "identifier-of-two-parties", "superseded-accepted"] == [
        audit.name for audit in audits() if audit.severity is Severity.ERROR
    ]
