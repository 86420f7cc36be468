"""The two parsers of RDF: the fast one reads what rdflib's reads, or leaves it to that."""

import logging
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.compare import to_canonical_graph

from keiretsu.model import ID
from keiretsu.resources import ontology_path
from keiretsu.store.syntax.fast_parse import parse_fast
from keiretsu.store.syntax.parse import SUFFIXES
from keiretsu.store.syntax.statements import statements

FILES = sorted(
    path
    for path in Path(ontology_path()).rglob("*")
    if path.suffix in SUFFIXES and "invalid" not in path.parts
)
NAMES = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt"}
XSD = "http://www.w3.org/2001/XMLSchema#"

READ_FAST = {
    "relative": ("<> <#p> <x/y?z#f>, </top>, <?q>, <x:y>, <a%20b>, <é> .", "turtle"),
    "numbers": ("<a> <b> 43.40, 0, -5, 0.10, 100.0, -0.5, true, false .", "turtle"),
    "dates": (
        f'<a> <b> "2019"^^<{XSD}gYear>, "2019-09-03"^^<{XSD}date>, "x"^^<{XSD}int> .',
        "trig",
    ),
    "languages": ('<a> <b> "x"@en, \'x\'@fr-ca, "x" .', "turtle"),
    "escapes": (
        r"""<a> <b> "é\n\t\"\\", '''it's
long''', "😀\U0001F600" .""",
        "turtle",
    ),
    "carriage returns": ('<a> <b> """x\r\ny\rz""" .\r\n<c> <d> <e> .\r\n', "turtle"),
    "local names": (r"@prefix k: <#k-> . k:a\,b k:%41 k:a.b, k:a.", "turtle"),
    "blank nodes": ("_:a <p> _:b, [ <q> [] , _:a ] .", "turtle"),
    "lists": ("<a> <b> (1 2.50 [ <c> <d> ] ()) .", "turtle"),
    "punctuation": ("<a> <b> 5.<a> <c> 5.0;; <d> <e> ; .", "turtle"),
    "graphs": (
        "<g> { <a> <b> <c> } { <a> <b> <c> } GRAPH <h> { <a> <b> <c> . } <a> <b> <d>.",
        "trig",
    ),
    "a graph without a name": ('_:g { <a> <b> "x" }', "trig"),
    "n-quads": ('<urn:a> <urn:b> "x\\u00e9"@en <urn:g> .\n_:x <urn:b> _:x .\n', "nquads"),
    "n-triples": (
        f'# remark\n<urn:a> <urn:b> "007"^^<{XSD}gYear> .\n_:x <urn:b> <urn:c> .',
        "ntriples",
    ),
    "twice": ("<a> <b> <c> . <a> <b> <c> .", "turtle"),
}
LEFT_TO_RDFLIB = {
    "a type that text has anyhow": (f'<a> <b> "x"^^<{XSD}string> .', "turtle"),
    "its name in two parts": (f'@prefix s: <{XSD}str> . <a> <b> "x"^^s:ing .', "turtle"),
    "its name behind a prefix": (f'@prefix s: <{XSD}> . <a> <b> "x"^^ s:string .', "turtle"),
    "a language in capitals": ('<a> <b> "x"@en-GB .', "turtle"),
    "a plus": ("<a> <b> +5 .", "turtle"),
    "leading zeros": ("<a> <b> 007 .", "turtle"),
    "a decimal without a unit": ("<a> <b> .5 .", "turtle"),
    "leading zeros of a decimal": ("<a> <b> 00.5 .", "turtle"),
    "an exponent": ("<a> <b> 1e5 .", "turtle"),
    "another base": ("@base <http://h> . <x> <p> <?q> .", "turtle"),
    "another base in the words of SPARQL": ("base <http://h/a?q> <x> <p> <?z> .", "turtle"),
    "dots": ("<x/../y> <p> <../z> .", "turtle"),
    "escapes in an IRI": (r"<\u0061> <b> <c> .", "turtle"),
}
REFUSED_BY_RDFLIB = {
    "a statement about a statement": "<a> <b> <<( <a> <b> <c> )>> .",
    "a statement that stands for itself": "<< <a> <b> <c> >> <b> <c> .",
    "an annotation": "<a> <b> <c> {| <d> <e> |} .",
    "a version": 'VERSION "1.2" <a> <b> <c> .',
    "a direction": '<a> <b> "x"@en--ltr .',
    "no end": "<a> <b> <c>",
    "nothing but carets": '<a> <b> "x"' + "^" * 300_000,
    "nothing but opened brackets": "<a> <b> " + "</" * 150_000,
    "brackets without end": "[" * 5000,
    "brackets too deep": "<a> <b> " + "[ <b> " * 5000 + "]" * 5000 + ".",
}


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    monkeypatch.setattr(logging.getLogger("rdflib"), "level", logging.CRITICAL)


def by_rdflib(text, syntax):
    """Return what rdflib's own parser reads."""
    dataset = Dataset()
    dataset.parse(data=text, format=NAMES[syntax], publicID=ID)
    return list(statements(dataset))


def exactly(said):
    """Return statements with every term told in full, and graphs with canonical blank nodes."""
    found = set()
    graphs = {}
    for s, p, o, graph in said:
        name = "a blank node" if isinstance(graph, BNode) else graph
        graphs.setdefault(name, rdflib.Graph()).add((s, p, o))
    for name, graph in graphs.items():
        blank = any(isinstance(term, BNode) for triple in graph for term in triple)
        for triple in to_canonical_graph(graph) if blank else graph:
            found.add((name, *map(_told, triple)))
    return found


def _told(term):
    if isinstance(term, Literal):
        return str(term), term.datatype, term.language
    return type(term), str(term)


def test_the_files_that_come_with_the_project_are_read_alike():
    """All of them, the bundled dataset among them; those that are valid."""
    fast = 0
    for path in FILES:
        text, syntax = path.read_text(), SUFFIXES[path.suffix]
        found = parse_fast(text, syntax, ID)
        if found is not None:
            assert exactly(by_rdflib(text, syntax)) == exactly(found), path
            fast += 1

    assert len(FILES) >= 20
    assert fast >= 0.8 * len(FILES)
    assert parse_fast(ontology_path("data", "alliance", "alliance.trig").read_text(), "trig", ID)


@pytest.mark.parametrize(("text", "syntax"), READ_FAST.values(), ids=READ_FAST)
def test_what_is_read_fast_is_read_alike(text, syntax):
    """Relative IRIs, printed digits, dates, languages, escapes, blank nodes, graphs."""
    found = parse_fast(text, syntax, ID)

    assert found is not None
    assert exactly(by_rdflib(text, syntax)) == exactly(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("text", "syntax"), LEFT_TO_RDFLIB.values(), ids=LEFT_TO_RDFLIB)
def test_what_the_two_read_otherwise_is_left_to_rdflib(text, syntax):
    """The answer must not depend on which of them was asked."""
    assert by_rdflib(text, syntax)
    assert parse_fast(text, syntax, ID) is None


@pytest.mark.parametrize("text", REFUSED_BY_RDFLIB.values(), ids=REFUSED_BY_RDFLIB)
def test_what_rdflib_refuses_is_left_to_it(text):
    """Its errors tell the line; Oxigraph would read some of this."""
    with pytest.raises((SyntaxError, RecursionError, ValueError, IndexError)):
        by_rdflib(text, "turtle")

    assert parse_fast(text, "turtle", ID) is None


IRIS = st.builds(
    "urn:x:{}".format, st.text("abcé-_~.%41/?#", max_size=6).filter(lambda t: "%" not in t)
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LANGUAGES = st.sampled_from(["en", "fr-ca", "en-GB", "zh-Hant"])
TYPES = st.sampled_from(
    ["string", "integer", "decimal", "date", "gYear", "boolean", "double", "anyURI"]
)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text, language: Literal(text, lang=language), TEXTS, LANGUAGES),
    st.builds(
        lambda text, kind: Literal(text, datatype=URIRef(XSD + kind), normalize=False),
        st.one_of(TEXTS, st.from_regex(r"[+-]?0{0,2}[0-9]{0,3}\.?[0-9]{0,3}", fullmatch=True)),
        TYPES,
    ),
)
SUBJECTS = st.one_of(st.builds(URIRef, IRIS), st.builds(BNode, st.sampled_from("abc")))
TRIPLES = st.tuples(SUBJECTS, st.builds(URIRef, IRIS), st.one_of(SUBJECTS, LITERALS))


@given(st.lists(TRIPLES, min_size=1, max_size=5), st.sampled_from(["turtle", "trig", "ntriples"]))
def test_whatever_terms_are_written_the_two_read_the_same(triples, syntax):
    """Texts with any character, digits of any form, languages, blank nodes."""
    text = "\n".join(" ".join(map(_written, triple)) + " ." for triple in triples)
    found = parse_fast(text, syntax, ID)

    if found is not None:
        assert exactly(by_rdflib(text, syntax)) == exactly(found)


def _written(term):
    if not isinstance(term, Literal):
        return term.n3()
    escaped = "".join(f"\\U{ord(one):08X}" if one in '"\\' or one < " " else one for one in term)
    kind = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{escaped}"{kind}'


NUMBERS = st.from_regex(r"[+-]?[0-9]{0,4}(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)


@given(st.lists(NUMBERS.filter(lambda text: text[-1:].isdigit()), min_size=1, max_size=3))
def test_numbers_without_quotes_keep_the_digits_that_rdflib_keeps(numbers):
    """Rdflib writes some of them anew; these are left to it."""
    text = f"<a> <b> {', '.join(numbers)} ."
    found = parse_fast(text, "turtle", ID)

    if found is not None:
        assert exactly(by_rdflib(text, "turtle")) == exactly(found)


def test_a_small_decimal_keeps_its_digits():
    """Where rdflib would take it for one with an exponent, which is no decimal."""
    said = parse_fast("<a> <b> 0.00000001 .", "turtle", ID)

    assert ["0.00000001"] == [str(o) for _, _, o, _ in said]
