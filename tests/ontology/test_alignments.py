"""Alignments: they lead to terms that exist, entail little, and contradict nothing."""

from pathlib import Path

import pytest
from owlrl.OWLRL import OWLRL_Semantics
from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, Dataset, Graph, URIRef

from keiretsu.resources import ontology_path
from keiretsu.store.codec.dataset import write_dataset
from keiretsu.store.memory import Store
from keiretsu.vocabulary import KEI, ONTOLOGY

FILES = sorted(ontology_path("alignments").glob("*.ttl"))
CLOSED = (FOAF, ORG, PROV, SDO)
"""Vocabularies of which rdflib lists every term."""
MATCHES = {SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch}
ENTAILED = {RDFS.subClassOf, RDFS.subPropertyOf}
SAFE = {"org.ttl", "prov.ttl", "schema-org.ttl"}
"""Where the other side promises no more than we do."""


def graph(*paths):
    found = Graph()
    for path in paths:
        found.parse(source=str(path), format="turtle")
    return found


def outside_terms():
    text = (Path(__file__).parent / "outside_terms.tsv").read_text(encoding="utf-8")
    return {line.split("\t")[1] for line in text.splitlines() if not line.startswith("#")}


CORE = graph(ontology_path("keiretsu.ttl"), ontology_path("codes.ttl"))
OUTSIDE = outside_terms()


def links(found):
    return [(s, p, o) for s, p, o in found if p in MATCHES | ENTAILED and isinstance(o, URIRef)]


def exists(term):
    return str(term) in OUTSIDE or any(term in namespace for namespace in CLOSED)


def test_every_vocabulary_has_its_file():
    """A suite driven by files must not shrink without a word."""
    assert ["bods", "fibo", "ftm", "gleif", "org", "prov", "schema-org"] == [p.stem for p in FILES]
    assert 800 < len(OUTSIDE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_alignment_links_terms_that_exist(path):
    """Ours on the left, by the ontology; theirs on the right, by the originals."""
    found = links(graph(path))

    assert 10 < len(found)
    for ours, _, theirs in found:
        assert (ours, RDF.type, None) in CORE
        assert str(ours).startswith(ONTOLOGY)
        assert exists(theirs), theirs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_entailments_are_only_where_they_are_safe(path):
    """Elsewhere a claim, which need not be true, would become a fact."""
    found = {p for _, p, _ in links(graph(path))} & ENTAILED

    assert not found or path.name in SAFE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_alignment_says_nothing_else(path):
    """A header and links: no axioms about other people's terms."""
    for subject, predicate, _ in graph(path):
        header = str(subject).startswith("https://w3id.org/keiretsu/alignment/")
        assert header or predicate in MATCHES | ENTAILED


def test_codes_match_codes_that_exist():
    """Interests, directness and offices lead to the Beneficial Ownership Data Standard."""
    found = [link for link in links(CORE) if link[1] in MATCHES]

    assert 10 < len(found)
    assert all(exists(theirs) for _, _, theirs in found)


def closure(*sources, also=()):
    found = CORE + graph(*FILES)
    # PROV says so; it is not loaded whole
    found.add((PROV.Activity, OWL.disjointWith, PROV.Entity))
    for source in sources:
        for s, p, o, _ in source.quads():
            found.add((s, p, o))
    for triple in also:
        found.add(triple)
    reasoner = OWLRL_Semantics(found, axioms=False, daxioms=False, rdfs=False)
    reasoner.closure()
    return found, reasoner.error_messages


def example(name):
    dataset = Dataset()
    dataset.parse(source=str(ontology_path("examples", "valid", name)))
    return dataset


def test_a_reasoner_finds_the_ontology_consistent_with_its_alignments():
    """OWL 2 RL over the terms, the codes, the alignments and examples of every kind of claim."""
    names = [p.name for p in sorted(ontology_path("examples", "valid").iterdir())]
    found, errors = closure(*(example(name) for name in names))

    assert [] == errors
    event = URIRef("https://w3id.org/keiretsu/id/claim/delay")
    assert (event, RDF.type, PROV.Entity) in found
    assert (event, RDF.type, PROV.Activity) not in found
    assert (URIRef("https://w3id.org/keiretsu/id/party/renault"), RDF.type, PROV.Agent) in found


@pytest.mark.parametrize(
    "types",
    [(KEI.Person, KEI.Company), (KEI.Event, PROV.Activity), (KEI.Stake, KEI.Holding)],
    ids=["person-and-company", "event-as-activity", "finding-as-claim"],
)
def test_the_reasoner_finds_what_is_inconsistent(types):
    """Otherwise its silence would prove nothing."""
    node = URIRef("urn:x")
    _, errors = closure(also=[(node, RDF.type, kind) for kind in types])

    assert any("urn:x" in error for error in errors)


def test_the_bundled_parties_are_consistent():
    """Every party, office, event and figure of the alliance; holdings say nothing of classes."""
    store = Store()
    store.load(ontology_path("data", "alliance", "alliance.trig"))
    some = write_dataset(store.claims())
    for quad in list(some.quads()):
        if quad[1] not in (RDF.type, KEI.actsFor, KEI.party, KEI.person, KEI.organisation):
            some.remove(quad)
    _, errors = closure(some)

    assert [] == errors
