"""RDF out and in again in every syntax, the vocabularies of others, and what is refused."""

import json
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, URIRef

from keiretsu.errors import InputError
from keiretsu.model import ClaimSet, Document, Holding, LossReport, Party, Share
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.resources import ontology_path
from keiretsu.store import Store
from keiretsu.store.export import SYNTAXES, VOCABULARIES, constructed, rdf_text
from keiretsu.store.syntax.guarded import CONTEXT
from keiretsu.store.syntax.jsonld import build_context
from keiretsu.vocabulary import PREFIXES

HOSTILE = '<b>&"quoted" ]]> é 日産\n\ttwo lines\r'
BODS = "https://vocab.openownership.org/terms#"


@pytest.fixture(scope="module")
def case():
    return OwnershipGraph.open().store


@pytest.fixture
def small():
    ends = {name: Party(id=f"urn:{name}", label=f"{name} {HOSTILE}") for name in ("a", "b")}
    holding = Holding(
        id="urn:h",
        document="urn:d",
        holder="urn:a",
        issuer="urn:b",
        capital=Share.from_percent("(25,50]"),
        votes=Share.from_percent("43.4"),
        note=HOSTILE,
    )
    store = Store()
    store.add(
        ClaimSet(
            parties={one.id: one for one in ends.values()},
            documents={"urn:d": Document(id="urn:d", title="D")},
            holdings=(holding,),
        )
    )
    return store


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_syntax_comes_back(small, syntax):
    """The same claims, from the same bytes on every run, with hostile text in them."""
    text = small.to_rdf(syntax)
    other = Store()
    other.load_bytes(text.encode(), syntax, "x")

    assert small.claims() == other.claims()
    assert text == small.to_rdf(syntax)
    assert text == other.to_rdf(syntax)


def test_the_case_comes_back_from_json_ld(case):
    other = Store()
    other.load_bytes(case.to_rdf("jsonld").encode(), "jsonld", "x.jsonld")

    assert case.claims() == other.claims()


def test_an_independent_parser_reads_the_same(small):
    """Rdflib's own reading of each syntax, against the N-Triples."""
    expected = Graph().parse(data=small.to_rdf("ntriples"), format="nt")
    for syntax, name in (("turtle", "turtle"), ("rdfxml", "xml")):
        assert set(expected) == set(Graph().parse(data=small.to_rdf(syntax), format=name))
    quads = Dataset().parse(data=small.to_rdf("jsonld"), format="json-ld")
    assert set(expected) == {(s, p, o) for s, p, o, _ in quads.quads()}


def test_the_context_is_that_of_the_ontology():
    """Written by `docs/generate_jsonld_context.py`; it must not fall behind."""
    shipped = json.loads(ontology_path("context.jsonld").read_text("utf-8"))

    assert {"@context": build_context()} == shipped


def test_our_context_is_read_by_its_address():
    document = {
        "@context": CONTEXT,
        "@id": "urn:h",
        "@type": "Holding",
        "holder": "urn:a",
        "issuer": "urn:b",
        "capitalPercentMin": "43.4",
        "capitalPercentMax": "43.4",
    }
    store = Store()
    store.load_bytes(json.dumps(document).encode(), "jsonld", "x.jsonld")

    assert ["43.4 %"] == [str(one.capital) for one in store.claims().holdings]


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:k="urn:k:">{}</rdf:RDF>'
)
REFUSED = {
    "entities": ("rdfxml", BOMB + RDF_XML.format("&b;"), "document type"),
    "external entity": (
        "rdfxml",
        '<!DOCTYPE r SYSTEM "file:///etc/passwd">' + RDF_XML.format(""),
        "document type",
    ),
    "deep XML": ("rdfxml", RDF_XML.format("<k:a>" * 5000 + "</k:a>" * 5000), "nested too deeply"),
    "no XML": ("rdfxml", RDF_XML.format("<k:a>"), "syntax error"),
    "XML says nothing": ("rdfxml", RDF_XML.format(""), "says nothing"),
    "remote context": ("jsonld", '{"@context": "http://127.0.0.1:9/c"}', "elsewhere"),
    "remote context in a list": ("jsonld", '{"@context": [{}, "file:///etc/passwd"]}', "elsewhere"),
    "remote context within": ("jsonld", '{"urn:a": {"@context": "http://x/"}}', "elsewhere"),
    "imported context": ("jsonld", '{"@context": {"@import": "http://x/"}}', "@import"),
    "deep JSON": ("jsonld", "[" * 100_000, "nested too deeply"),
    "deep objects": ("jsonld", '{"urn:a":' * 500 + "1" + "}" * 500, "nested too deeply"),
    "no JSON": ("jsonld", "{", "is not JSON"),
    "no JSON-LD": ("jsonld", '{"@context": {"a": 3}, "a": 1}', "x: "),
}


@pytest.mark.parametrize(("syntax", "text", "message"), REFUSED.values(), ids=REFUSED)
def test_bombs_and_reaching_out_are_refused(syntax, text, message):
    store = Store()

    with pytest.raises(InputError) as caught:
        store.load_bytes(text.encode(), syntax, "x")

    assert str(caught.value).startswith("x")
    assert message in str(caught.value)


def test_what_xml_cannot_write_is_refused():
    store = Store()
    store.add(ClaimSet(parties={"urn:a": Party(id="urn:a", label="a\x0bb")}, documents={}))

    with pytest.raises(InputError, match="XML cannot write"):
        store.to_rdf("rdfxml")
    with pytest.raises(InputError, match="is no syntax of RDF"):
        rdf_text(Dataset(), "n3")


# --- vocabularies of others ---------------------------------------------------------------------


def outside_terms():
    path = Path(__file__).parents[1] / "ontology" / "outside_terms.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[1] for line in lines if not line.startswith("#")}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_exports_use_terms_that_exist(case, name):
    """Every property and class of the export is one of the vocabulary, or of a standard one."""
    graph = Graph().parse(data=constructed(case, name), format="turtle")
    known = outside_terms()
    # its file and its documentation name the code lists differently; we write the latter
    known |= {
        term.replace("standard.openownership.org", "vocab.openownership.org") for term in known
    }
    standard = (
        "http://www.w3.org/",
        "http://xmlns.com/foaf/",
        PREFIXES["kei"],
        "https://w3id.org/",
    )
    used = {str(term) for _, p, o in graph for term in (p, o) if isinstance(term, URIRef)}
    theirs = {term for term in used if not term.startswith((*standard, "http://www.example"))}
    theirs = {term for term in theirs if "openownership" in term or "edmcouncil" in term}

    assert 500 < len(graph)
    assert set() == theirs - known
    assert constructed(case, name) == constructed(case, name)


def test_bods_rdf_says_what_the_case_says(case):
    """Renault's 43.4 % of Nissan; nothing of the rejected sentence."""
    graph = Graph().parse(data=constructed(case, "bods-rdf"), format="turtle")
    found = graph.query(
        """PREFIX bods: <https://vocab.openownership.org/terms#>
        SELECT ?share { ?r bods:interestedParty ?p ; bods:subject ?s ; bods:interest ?i .
          ?i a bods:Shareholding ; bods:shareExact ?share }""",
        initBindings={
            "p": URIRef("https://w3id.org/keiretsu/id/party/renault"),
            "s": URIRef("https://w3id.org/keiretsu/id/party/nissan"),
        },
    )
    rejected = [one for one in case.claims().holdings if one.status.value == "rejected"]

    assert "43.4" in {str(row.share) for row in found}
    assert rejected
    assert not any((URIRef(one.id), None, None) in graph for one in rejected)


def test_bands_keep_their_ends_in_bods_rdf(small):
    graph = Graph().parse(data=constructed(small, "bods-rdf"), format="turtle")

    ends = {str(p).removeprefix(BODS): str(o) for _, p, o in graph if "share" in str(p)}
    assert {
        "shareExclusiveMinimum": "25",
        "shareMaximum": "50",
        "shareExact": "43.4",
    } == ends


def test_an_unknown_vocabulary_is_refused(small):
    with pytest.raises(InputError, match="no vocabulary to export to"):
        constructed(small, "schema-org")


def test_statements_in_other_vocabularies_are_reported():
    store = Store()
    store.load_bytes(
        b"<urn:a> a <https://w3id.org/keiretsu/ontology#Company> ; <urn:p> 'x', 'y' .",
        "turtle",
        "x.ttl",
    )
    report = LossReport()
    store.report_foreign(report)

    assert [("statements with urn:p", 2)] == [(one.field, one.count) for one in report.losses()]
