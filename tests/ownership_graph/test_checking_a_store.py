"""A store on disk is checked in parts: what is found is what checking it in memory finds."""

import pytest
from hypothesis import given, settings
from tests.store.test_codec import claim_sets

from keiretsu.errors import InputError
from keiretsu.ownership_graph import Material, OwnershipGraph
from keiretsu.ownership_graph.checking import check_store, has_error
from keiretsu.ownership_graph.stored import load_into_store, stored_material
from keiretsu.resources import ontology_path
from keiretsu.snapshot.audit import audit
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.checking import alone, checked_alone
from keiretsu.store.query.audits import run_audits
from keiretsu.store.syntax.parse import parse_statements
from keiretsu.store.validation import validate_statements

EXAMPLES = sorted(
    path for kind in ("valid", "invalid") for path in (ontology_path("examples") / kind).iterdir()
)
IN_ORDER = (
    "offices-and-figures.ttl",
    "renault-2020.trig",
    "source-record.ttl",
)
SUFFIXES = {".ttl": "turtle", ".trig": "trig"}


def each_in_memory(material):
    """Return what the checks of files find in each thing that a store holds."""
    said = parse_statements(material.data, "nquads", "x") if material.data else []
    return validate_statements(said, material.name)


def in_memory(path):
    """Return what they find in all that it holds."""
    material = stored_material(path)
    found = each_in_memory(material)
    if has_error(found):
        return found
    graph = OwnershipGraph.of([material])
    return [*found, *audit(graph.claims), *run_audits(graph.store, material.name)]


def loaded(tmp_path, *materials, **options):
    load_into_store(materials, tmp_path / "store", **options)
    return tmp_path / "store"


def rules(path):
    return {finding.rule for finding in check_store(path).findings}


def table(text, name="t.csv"):
    return Material(f"holder,issuer,capital_percent{text}".encode(), name, "csv")


def test_every_example_that_can_be_loaded_is_judged_as_in_memory(tmp_path):
    """Each thing by itself; what cannot be loaded is in no store."""
    seen = set()
    for number, path in enumerate(EXAMPLES):
        material = Material(path.read_bytes(), path.name, SUFFIXES[path.suffix])
        store = tmp_path / str(number)
        try:
            load_into_store([material], store)
        except InputError:
            continue
        found = checked_alone(DiskClaims(store))
        assert found == each_in_memory(stored_material(store)), path.name
        seen |= {one.rule for one in found}
    assert len(seen) > 5


def test_what_is_in_order_is_judged_as_in_memory(tmp_path):
    """Offices, events, agreements, corrections and source records among it."""
    valid = [path for path in EXAMPLES if path.name in IN_ORDER]
    assert len(valid) == len(IN_ORDER)
    store = loaded(tmp_path, *(Material(p.read_bytes(), p.name, SUFFIXES[p.suffix]) for p in valid))
    found = check_store(store)
    assert list(found.findings) == in_memory(store)
    assert found.conforms
    assert found.graph.fingerprint == DiskClaims(store).manifest.fingerprint


PREFIXES = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix status: <https://w3id.org/keiretsu/code/status/> .
"""
PLANTED = {
    "over-allocated": "<a> a kei:Holding ; kei:holder <p/a> ; kei:issuer <p/x> ; "
    "kei:capitalPercentMin 60 ; kei:capitalPercentMax 60 . "
    "<b> a kei:Holding ; kei:holder <p/b> ; kei:issuer <p/x> ; "
    "kei:capitalPercentMin 50 ; kei:capitalPercentMax 50 .",
    "contradictory-claims": "<a> a kei:Holding ; kei:reportedIn <d/1> ; kei:holder <p/a> ; "
    "kei:issuer <p/x> ; kei:capitalPercentMin 60 ; kei:capitalPercentMax 60 . "
    "<b> a kei:Holding ; kei:reportedIn <d/2> ; kei:holder <p/a> ; kei:issuer <p/x> ; "
    "kei:capitalPercentMin 50 ; kei:capitalPercentMax 50 .",
    "untold-end": "<d/1> a kei:Document ; kei:title 'D' ; kei:publishedOn '2001'^^xsd:gYear . "
    "<a> a kei:Holding ; kei:reportedIn <d/1> ; kei:holder <p/a> ; kei:issuer <p/x> ; "
    "kei:capitalPercentMin 60 ; kei:capitalPercentMax 60 ; kei:validUntil '2003'^^xsd:gYear .",
    "name-of-two-parties": "<p/a> a kei:Company ; rdfs:label 'ACME' . <p/b> a kei:Party ; "
    "rdfs:label 'Acme' .",
    "superseded-accepted": "<a> a kei:Holding ; kei:holder <p/a> ; kei:issuer <p/x> ; "
    "kei:capitalPercentMin 60 ; kei:capitalPercentMax 60 . "
    "<b> a kei:Holding ; kei:holder <p/b> ; kei:issuer <p/x> ; kei:supersedes <a> ; "
    "kei:capitalPercentMin 10 ; kei:capitalPercentMax 10 .",
    "undescribed-claim": "<b> a kei:Holding ; kei:holder <p/b> ; kei:issuer <p/x> ; "
    "kei:supersedes <claim/0123456789abcdef0123> ; "
    "kei:capitalPercentMin 10 ; kei:capitalPercentMax 10 .",
}
CLAIMS = {"<a>": "<claim/aaaaaaaaaaaaaaaaaaa%d>", "<b>": "<claim/bbbbbbbbbbbbbbbbbbb%d>"}


def planted(rules=PLANTED):
    text = PREFIXES
    for number, rule in enumerate(rules):
        one = PLANTED[rule].replace("<p/", f"<party/{number}").replace("<d/", f"<doc/{number}")
        for short, iri in CLAIMS.items():
            one = one.replace(short, iri % number)
        text += one + "\n"
    return Material(text.encode(), "planted.ttl", "turtle")


@pytest.mark.parametrize("columns_alone", [False, True])
def test_planted_errors_are_found_in_the_words_of_files(tmp_path, columns_alone):
    """In plain claims, be they written as N-Quads too or in columns alone."""
    store = loaded(tmp_path, planted(), columns_alone=columns_alone)
    disk = DiskClaims(store)
    assert disk.columns.is_plain.sum() == 6
    found = list(check_store(store).findings)
    assert set(PLANTED) <= {finding.rule for finding in found}
    assert found == in_memory(store)


def test_more_than_all_of_two_tables_is_found(tmp_path):
    store = loaded(tmp_path, table("\nA,X,60\nB,Y,100\nC,Y,0.2\n"))
    load_into_store([table("\nD,X,50\n", "more.csv")], store)
    found = check_store(store)
    assert list(found.findings) == in_memory(store)
    assert {one.rule for one in found.findings} == {"over-allocated", "rounding"}
    assert not found.conforms


def test_parts_do_not_tell_on_what_is_found(tmp_path, monkeypatch):
    """A thing in one part is known to whoever names it in another."""
    valid = [path for path in EXAMPLES if path.name in ("renault-2020.trig", "parties.ttl")]
    materials = [Material(p.read_bytes(), p.name, SUFFIXES[p.suffix]) for p in valid]
    store = loaded(tmp_path, *materials, planted(["undescribed-claim"]))
    whole = checked_alone(DiskClaims(store))
    assert len(whole) == 1
    monkeypatch.setattr(alone, "_PART", 1)
    assert checked_alone(DiskClaims(store)) == whole


def test_of_each_form_all_are_told_of_if_one_is_wrong(tmp_path):
    """Plain claims of a document without a title, and odd ones of a class that nothing tells."""
    text = PREFIXES + "<d/1> a kei:Document .\n"
    for number in range(6):
        wrong = "kei:shareClass <c/1> ;" if number % 2 else ""
        text += (
            f"<claim/{number:020x}> a kei:Holding ; kei:reportedIn <d/1> ; {wrong}"
            f"kei:holder <party/h{number}> ; kei:issuer <party/i{number}> ; "
            f"kei:capitalPercentMin 1{number} ; kei:capitalPercentMax 20 .\n"
        )
    store = loaded(tmp_path, Material(text.encode(), "many.ttl", "turtle"))
    found = checked_alone(DiskClaims(store))
    assert found == each_in_memory(stored_material(store))
    assert [one.rule for one in found].count("undescribed-share-class") == 3


def test_of_each_form_one_is_checked(tmp_path, monkeypatch):
    rows = "".join(f"\nP{n},X{n},25-50\nP{n},Y{n},{n}" for n in range(1, 60))
    store = loaded(tmp_path, table(rows))
    checked = []
    monkeypatch.setattr(alone, "validate_statements", lambda said, _: checked.extend(said) or [])
    assert checked_alone(DiskClaims(store)) == []
    claims = {one[0] for one in checked if "/claim/" in one[0]}
    assert len(claims) == 2


@settings(max_examples=5, deadline=None)
@given(claims=claim_sets())
def test_whatever_is_claimed_is_judged_as_in_memory(claims, tmp_path_factory):
    graph = OwnershipGraph.of([])
    try:
        graph.store.add(claims)
        data = graph.store.to_nquads().encode()
        store = loaded(tmp_path_factory.mktemp("law"), Material(data, "law.nq", "nquads"))
        expected = in_memory(store)
    except InputError:
        return
    assert list(check_store(store).findings) == expected
