"""The ontology: every term defined, named by the rules, and held equal to the code."""

import importlib
import re

import pytest
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection

from keiretsu.model import (
    SINGLE_SEAT,
    AgreementKind,
    Directness,
    EventKind,
    Interest,
    Measure,
    Office,
    PartyKind,
    Remainder,
    Role,
    Sourcing,
    Status,
    VotesBasis,
)
from keiretsu.resources import ontology_path
from keiretsu.vocabulary import (
    CLAIM_SUPERCLASS,
    CODE,
    CODES,
    DECISIONS,
    FINDINGS,
    KEI,
    ONTOLOGY,
    PARTY_SUPERCLASS,
    PREFIXES,
    TERMS,
    VERDICTS,
    code,
)

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
FILES = sorted(ontology_path("shapes").glob("*.ttl"))


def graph(*paths):
    found = Graph()
    for path in paths:
        found.parse(source=str(path), format="turtle")
    return found


CORE, CODE_LISTS = graph(ontology_path("keiretsu.ttl")), graph(ontology_path("codes.ttl"))
SHAPES = graph(*FILES)


def terms(*kinds):
    return sorted({s for kind in kinds or KINDS for s in CORE.subjects(RDF.type, kind)})


def test_the_constants_are_the_terms_of_the_turtle():
    """No term more, no term less."""
    assert set(TERMS.values()) == set(terms())
    assert all(name == str(term)[len(ONTOLOGY) :] for name, term in TERMS.items())
    assert 50 < len(TERMS)


def test_kinds_of_parties_are_classes_and_their_order_is_the_ontologys():
    """The enumeration of the model, the table in the code and the Turtle agree."""
    assert {TERMS[kind] for kind in PartyKind} == below(KEI.Party)
    assert set(PARTY_SUPERCLASS.items()) == axioms(KEI.Party)


def test_kinds_of_claims_and_findings_are_classes_and_their_order_is_the_ontologys():
    """What can be read, and what lies in derived graphs only."""
    assert {(c, p) for c, p in axioms(KEI.Claim) if c != "Claim"} == set(CLAIM_SUPERCLASS.items())
    assert {TERMS[name] for name in FINDINGS} == below(KEI.Derived) - {KEI.Derived, KEI.Finding}


def below(term):
    return set(CORE.transitive_subjects(RDFS.subClassOf, term))


def axioms(term):
    return {
        (str(child)[len(ONTOLOGY) :], str(parent)[len(ONTOLOGY) :])
        for child, parent in CORE.subject_objects(RDFS.subClassOf)
        if child in below(term)
    }


@pytest.mark.parametrize(
    ("name", "enumeration"),
    [
        ("agreement-kind", AgreementKind),
        ("decision", DECISIONS),
        ("directness", Directness),
        ("event-kind", EventKind),
        ("interest", Interest),
        ("measure", Measure),
        ("office", Office),
        ("remainder", Remainder),
        ("role", Role),
        ("sourcing", Sourcing),
        ("status", Status),
        ("verdict", VERDICTS),
        ("votes-basis", VotesBasis),
    ],
)
def test_codes_are_the_values_of_the_model(name, enumeration):
    """Each notation is a value, and each IRI ends in its notation."""
    scheme = URIRef(CODE + name)
    concepts = list(CODE_LISTS.subjects(SKOS.inScheme, scheme))
    notations = {str(CODE_LISTS.value(concept, SKOS.notation)) for concept in concepts}

    assert {str(value) for value in enumeration} == notations == set(CODES[name])
    assert {code(name, notation) for notation in notations} == set(concepts)


def test_verdicts_are_those_of_the_measures():
    """The words of findings are the words of answers."""
    measures = importlib.import_module("keiretsu.measures.control.record")

    assert VERDICTS == tuple(measures.Verdict)


def test_every_code_list_is_in_the_code_and_every_code_is_described():
    """A preferred label and a definition in English."""
    schemes = set(CODE_LISTS.subjects(RDF.type, SKOS.ConceptScheme))
    concepts = set(CODE_LISTS.subjects(RDF.type, SKOS.Concept))

    assert {URIRef(CODE + name) for name in CODES} == schemes
    assert sum(map(len, CODES.values())) == len(concepts)
    for concept in concepts:
        assert _definition_is_well_formed(CODE_LISTS, concept)
        assert 1 == len(list(CODE_LISTS.objects(concept, SKOS.prefLabel)))


def _definition_is_well_formed(where, term):
    (definition,) = where.objects(term, SKOS.definition)
    return definition.language == "en" and re.fullmatch(r"[a-z].*[^.]", definition)


@pytest.mark.parametrize("term", terms(), ids=lambda term: str(term)[len(ONTOLOGY) :])
def test_a_term_has_one_label_one_definition_and_an_example(term):
    """Definitions follow ISO 704: lower case, no stop."""
    (label,) = CORE.objects(term, RDFS.label)

    assert "en" == label.language
    assert _definition_is_well_formed(CORE, term)
    assert list(CORE.objects(term, SKOS.example))
    assert 1 == len([kind for kind in CORE.objects(term, RDF.type) if kind in KINDS])


def test_labels_are_different():
    """A class and a property may share a word, two classes or two properties may not."""
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        labels = [str(CORE.value(term, RDFS.label)) for term in terms(*kinds)]
        assert len(labels) == len(set(labels))


def test_names_follow_the_convention():
    """Classes UpperCamel, properties lowerCamel."""
    assert all(re.fullmatch("[A-Z][A-Za-z]+", t[len(ONTOLOGY) :]) for t in terms(OWL.Class))
    properties = terms(OWL.ObjectProperty, OWL.DatatypeProperty)
    assert all(re.fullmatch("[a-z][A-Za-z]+", t[len(ONTOLOGY) :]) for t in properties)


def test_properties_have_a_domain_and_a_range_that_exist():
    """Object properties lead to classes, data properties to datatypes."""
    classes = set(terms(OWL.Class))
    for term in terms(OWL.ObjectProperty):
        assert CORE.value(term, RDFS.domain) in classes
        assert CORE.value(term, RDFS.range) in classes | {SKOS.Concept}
    for term in terms(OWL.DatatypeProperty):
        assert CORE.value(term, RDFS.domain) in classes
        value = CORE.value(term, RDFS.range)
        assert value == RDFS.Literal or value in XSD


def test_the_classes_have_no_circle():
    """No class is above itself."""
    for term in terms(OWL.Class):
        above = CORE.objects(term, RDFS.subClassOf)
        assert all(term not in CORE.transitive_objects(p, RDFS.subClassOf) for p in above)


def test_the_profile_is_owl_2_rl_without_cardinalities():
    """Nothing but declarations, subclasses, domains, ranges and what is disjoint."""
    used = {str(o) for o in CORE.objects(None, RDF.type)} | {str(p) for p in CORE.predicates()}
    owl = {name for name in used if name.startswith(str(OWL))}
    header = ("Ontology", "versionInfo", "versionIRI", "priorVersion", "disjointWith")

    assert owl <= {str(OWL[name]) for name in header} | set(map(str, KINDS))
    assert OWL.Thing not in set(CORE.objects())  # no superclass in this profile


def test_the_ontology_says_its_version_and_its_licence():
    """Semantic version, the one before it, what changed, CC BY 4.0."""
    ontology = URIRef(ONTOLOGY.rstrip("#"))
    licence = URIRef("http://purl.org/dc/terms/license")

    assert Literal("0.2.0") == CORE.value(ontology, OWL.versionInfo)
    assert URIRef(f"{ontology}/0.2.0") == CORE.value(ontology, OWL.versionIRI)
    assert URIRef("https://creativecommons.org/licenses/by/4.0/") == CORE.value(ontology, licence)
    assert URIRef(f"{ontology}/0.1.0") == CORE.value(ontology, OWL.priorVersion)
    notes = [str(note).partition(":")[0] for note in CORE.objects(ontology, SKOS.changeNote)]
    assert ["0.1.0", "0.2.0"] == sorted(notes)


def test_every_shape_has_a_name_a_message_and_known_terms():
    """A finding says its rule in words; a shape about an unknown property would never fire."""
    shapes = {*SHAPES.subjects(RDF.type, SH.PropertyShape), *SHAPES.subjects(SH.name, None)}

    assert 11 <= len(FILES)
    assert 100 < len(shapes)
    for shape in shapes:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", SHAPES.value(shape, SH.name))
        assert SHAPES.value(shape, SH.message)
    used = {str(t) for triple in SHAPES for t in triple if str(t).startswith(ONTOLOGY)}
    assert used <= {str(term) for term in TERMS.values()}
    codes = {str(t) for triple in SHAPES for t in triple if str(t).startswith(CODE)}
    assert codes <= {str(code(name, value)) for name, values in CODES.items() for value in values}


def test_a_shape_that_lists_codes_lists_all_of_them():
    """A code that is added to a list and not to its shape would be refused."""
    lists = [
        {str(code_iri) for code_iri in Collection(SHAPES, head)}
        for head in SHAPES.objects(None, SH["in"])
    ]
    whole = [{str(code(name, value)) for value in values} for name, values in CODES.items()]

    assert 10 < len(lists)
    assert all(listed in whole for listed in lists)


def test_single_seats_are_audited():
    """The offices that the model counts as one person's are those of the audit."""
    text = ontology_path("audits", "overlapping-tenures.rq").read_text(encoding="utf-8")
    named = set(re.findall(r"\boffice:([\w-]+)", text))

    assert {*SINGLE_SEAT, Office.CHAIR_AND_CHIEF_EXECUTIVE} == named


def test_every_property_shape_is_used():
    """A property shape that no node shape names is never applied."""
    declared = set(SHAPES.subjects(RDF.type, SH.PropertyShape))

    assert declared == set(SHAPES.objects(None, SH.property))


def test_the_shapes_are_core():
    """No SPARQL in shapes: it would run with the rights of the validator, and for minutes."""
    assert not list(SHAPES.triples((None, SH.sparql, None)))
    assert not list(SHAPES.triples((None, SH.rule, None)))


def test_every_rule_of_the_shapes_has_an_example():
    """One file for each rule, as far as a rule is said by a shape."""
    names = {str(name) for name in SHAPES.objects(None, SH.name)}
    files = {path.stem for path in ontology_path("examples", "invalid").iterdir()}

    assert set() == names - files


def test_queries_use_only_terms_and_codes_that_exist():
    """A misspelt term in a stored query matches nothing, silently."""
    paths = sorted(ontology_path("queries").glob("*.rq"))

    assert 2 <= len(paths)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"\bkei:(\w+)", text)) <= TERMS.keys()
        for name in CODES:
            assert set(re.findall(rf"\b{name}:([\w-]+)", text)) <= set(CODES[name])


def test_prefixes_name_what_they_should():
    """A wrong namespace names nothing, and no tool complains."""
    known = {"prov": PROV, "rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD}
    for name, namespace in known.items():
        assert str(namespace) == PREFIXES[name]
    assert ONTOLOGY == PREFIXES["kei"]
