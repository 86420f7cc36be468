"""A small register in each syntax, written by a person: comments, odd spacing, blank nodes."""

import pytest

from keiretsu.store.editing.editor import RdfFile

PREFIXES = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix party: <https://w3id.org/keiretsu/id/party/> .
@prefix claim: <https://w3id.org/keiretsu/id/claim/> .
@prefix document: <https://w3id.org/keiretsu/id/document/> .
"""
TURTLE = (
    PREFIXES
    + """
# written by hand; Jane Roe is mentioned here
party:top   a kei:Company ; rdfs:label "Top" .
party:base  a kei:Company ; rdfs:label "Base" .
party:jane  a kei:Person ; rdfs:label "Jane Roe" ; kei:identifiedBy
    [ a kei:Identifier ; kei:scheme "passport" ; kei:value "X1" ] .
document:paper a kei:Document ; kei:title "A paper" .
document:letter a kei:Document ; kei:title "Letter of Jane Roe" .

claim:one a kei:Holding ; kei:holder party:top ; kei:issuer party:base ;
    kei:capitalPercentMin 60.0 ; kei:capitalPercentMax 60.0 ; kei:reportedIn document:paper .
claim:two a kei:Holding ; kei:holder party:jane ; kei:issuer party:top ;
    kei:capitalPercentMin 30.0 ; kei:capitalPercentMax 30.0 ; kei:reportedIn document:letter .
claim:three a kei:Tenure ; kei:person party:jane ; kei:organisation party:base ;
    kei:reportedIn document:paper .
[] a kei:Capital ; kei:issuer party:base ; kei:issuedShares 1000 .
"""
)
NQUADS = """\
<{id}claim/one> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{kei}Holding> <urn:paper> .
<{id}claim/one> <{kei}holder> <{id}party/top> <urn:paper> .
<{id}claim/one> <{kei}issuer> <{id}party/base> <urn:paper> .
""".format(id="https://w3id.org/keiretsu/id/", kei="https://w3id.org/keiretsu/ontology#")
TRIPLES = NQUADS.replace(" <urn:paper>", "")
TEXTS = {
    "turtle": TURTLE,
    "trig": TURTLE + "document:paper { claim:four a kei:Holding ; kei:holder party:base ;"
    " kei:issuer party:base ; kei:shares 5 . }\n",
    "nquads": "# by hand\n" + NQUADS,
    "ntriples": TRIPLES,
}
ENDINGS = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt"}


@pytest.fixture(params=sorted(TEXTS))
def rdf_file(request):
    """Give the small register in one syntax after the other."""
    return RdfFile(TEXTS[request.param].encode(), request.param, f"small.{ENDINGS[request.param]}")


@pytest.fixture
def mine(tmp_path):
    """Write the small register to a Turtle file."""
    path = tmp_path / "mine.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


@pytest.fixture
def texts():
    """Give the small register by syntax."""
    return TEXTS
