"""A store on disk is converted where it lies, into the bytes that reading all of it gives."""

import io

import pytest

from keiretsu.ownership_graph import Material, OwnershipGraph, bundled
from keiretsu.ownership_graph.converting import convert
from keiretsu.ownership_graph.converting_store import convert_store
from keiretsu.ownership_graph.stored import load_into_store, stored_material
from keiretsu.resources import ontology_path
from keiretsu.store.disk import DiskClaims
from keiretsu.store.disk.whole import as_syntax, in_order, streaming
from keiretsu.store.disk.whole.from_columns import whole_claims
from keiretsu.store.disk.whole.streaming import streamed_claims
from keiretsu.store.export import SYNTAXES

TABLE = """holder,issuer,capital_percent,holder_kind,issuer_jurisdiction,source_title,valid_from
Anna,Top,25-50,Person,,Register,2001
"Bert ""B"" é",Top,40,Person,,Register,2001-05-01
Top,Middle,60,,FR,Paper,
Cäsar,Middle,20.5,Person,,Paper,
Anna,Middle,unknown,Person,,,
"""
ODD = ("offices-and-figures.ttl", "renault-2020.trig", "source-record.ttl")
STREAMED = (*SYNTAXES, "bods", "bods-lines", "ftm", "csv", "tsv")
IN_MEMORY = ("org",)
HOSTILE = """
@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:a> a kei:Company ; rdfs:label "{0} & <b> {{" .
<urn:a-b> a kei:Company ; rdfs:label "two\\nlines \\"quoted\\" \\\\ \\t" .
<urn:a?x=1&y='2'> a kei:Person ; rdfs:label "]]> é 日産 \\u0085" ; kei:identifiedBy <urn:i> .
<urn:aa> a kei:Person ; rdfs:label "keiretsu-mark"@fr ; kei:identifiedBy <urn:i> .
<urn:i> a kei:Identifier ; kei:scheme "XI-LEI" ; kei:value "529900T8BM49AURSDO55" .
<claim/1> a kei:Holding ; kei:holder <urn:a> ; kei:issuer <urn:a-b> ;
    kei:capitalPercentMin 43.4 ; kei:capitalPercentMax 43.4 .
<claim/00000000000000000001> a kei:Holding ; kei:holder <urn:aa> ; kei:issuer <urn:a> ;
    kei:capitalPercentMin 12.5 ; kei:capitalPercentMax 20.0 .
<claim/00000000000000000002> a kei:Holding ; kei:holder <urn:a?x=1&y='2'> ; kei:issuer <urn:a> ;
    kei:capitalPercentMin 1.0 ; kei:capitalPercentMax 1.0 .
"""


@pytest.fixture(
    scope="module", params=["as RDF", "in columns alone", "odd", "hostile", "hostile in columns"]
)
def store(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("converted") / "store"
    materials = [Material(TABLE.encode(), "table.csv", "csv")]
    if request.param == "odd":
        materials = [Material.of_file(ontology_path("examples", "valid", name)) for name in ODD]
    if "hostile" in request.param:
        materials = [Material(HOSTILE.encode(), "hostile.ttl", "turtle")]
    load_into_store(materials, path, columns_alone="alone" in request.param)
    return path


@pytest.mark.parametrize("target", [*STREAMED, *IN_MEMORY])
def test_the_bytes_are_those_of_all_in_memory(store, target):
    expected = convert(stored_material(store), target)
    done = convert_store(store, target)
    assert done.data == expected.data
    assert len(done.data) > 200
    assert done.write_losses == expected.write_losses
    for field in ("records", "parties", "claims", "written", "skipped", "target"):
        assert getattr(done, field) == getattr(expected, field), field


def test_the_case_itself_comes_out_of_a_store(tmp_path):
    """With its proposals, which are events that say more."""
    load_into_store([bundled()], tmp_path / "store")
    expected = OwnershipGraph.open().store
    for target in ("nquads", "turtle"):
        done = convert_store(tmp_path / "store", target)
        assert done.data.decode() == expected.to_rdf(target)
    assert convert_store(tmp_path / "store", "bods").claims == expected.claims().size


def test_events_come_with_what_is_told_of_them_in_parts_of_any_size(tmp_path, monkeypatch):
    load_into_store([bundled()], tmp_path / "store")
    disk = DiskClaims(tmp_path / "store")
    monkeypatch.setattr(streaming, "_PART", 50_000)
    assert list(streamed_claims(disk).events) == list(whole_claims(disk).events)


def test_nothing_is_read_as_rdf_but_what_columns_do_not_hold(store, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("all was read into memory")

    monkeypatch.setattr("keiretsu.ownership_graph.converting_store.convert", refused)
    for target in STREAMED:
        assert convert_store(store, target, output=io.BytesIO()).claims > 0


@pytest.mark.parametrize("target", SYNTAXES)
def test_the_bytes_are_the_same_in_parts_of_any_size(store, target, monkeypatch):
    expected = convert_store(store, target).data
    for room in (as_syntax, in_order):
        monkeypatch.setattr(room, "_PART", 300)
        monkeypatch.setattr(room, "_AT_ONCE", 1_000)
    assert convert_store(store, target).data == expected


def test_claims_are_the_same_in_parts_of_any_size(store, monkeypatch):
    disk = DiskClaims(store)
    expected = whole_claims(disk)
    monkeypatch.setattr(streaming, "_PART", 2_000)
    found = streamed_claims(disk)
    assert dict(found.parties.items()) == expected.parties
    assert list(found.parties) == list(expected.parties)
    assert dict(found.documents.items()) == expected.documents
    assert list(found.every_claim()) == list(expected.every_claim())
    assert list(found.source_records) == list(expected.source_records)
    assert (found.size, found.horizon) == (expected.size, expected.horizon)
    assert found.fingerprint == expected.fingerprint
    assert found.holdings[-1] == expected.holdings[-1]
    assert list(found.holdings[1:3]) == list(expected.holdings[1:3])
    with pytest.raises(IndexError):
        found.holdings[len(expected.holdings)]
    for iri, party in list(expected.parties.items())[:20]:
        assert found.parties[iri] == party
