"""RDF syntaxes: what is read, and what is refused with its place."""

import logging

import pytest
import rdflib

from keiretsu.errors import InputError
from keiretsu.store.syntax.lines import subject_lines
from keiretsu.store.syntax.parse import parse_statements, syntax_of

RDF_XML = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:k="urn:k#">
<k:A rdf:about="urn:a">
<k:b>
<k:C/><k:D/>
</k:b>
</k:A></rdf:RDF>"""

REFUSED = {
    "turtle without an object": (
        b"@prefix k: <urn:k#> .\nk:a k:b .\n",
        "turtle",
        "objectList expected",
        "f:2",
    ),
    "an undeclared prefix": (b"\n\nk:a k:b k:c .", "turtle", 'Prefix "k:" not bound', "f:3"),
    "trig without an end": (
        b"@prefix k: <urn:k#> .\nk:g {\n  k:a k:b k:c .\n",
        "trig",
        "syntax error",
        "f:4",
    ),
    "the third line of n-triples": (
        b"<urn:a> <urn:b> <urn:c> .\n# remark\n<urn:a> <urn:b .\n",
        "ntriples",
        "not a statement",
        "f:3",
    ),
    "the second line of n-quads": (
        b"<urn:a> <urn:b> <urn:c> <urn:g> .\nnonsense\n",
        "nquads",
        "not a statement",
        "f:2",
    ),
    "turtle that ends too early": (
        b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c>",
        "turtle",
        "ends within a statement",
        "f:2",
    ),
    "trig that ends within a string": (
        b'<urn:g> {\n<urn:a> <urn:b> "c" .\n<urn:a> <urn:b> "not clo',
        "trig",
        "Quote expected in string",
        "f:3",
    ),
    "rdf/xml whose types are no iris": (
        RDF_XML,
        "rdfxml",
        "syntax error: Repeat node-elements",
        "f:4",
    ),
    "nothing": (b"", "turtle", "says nothing", "f"),
    "only remarks": (b"# remark\n@prefix k: <urn:k#> .\n", "turtle", "says nothing", "f"),
    "latin-1": ("<urn:a> <urn:b> 'x' .\n<urn:é> ".encode("latin-1"), "turtle", "UTF-8", "f:2"),
    "an iri with a blank": (b'<urn:a b> <urn:b> "x" .', "turtle", "is not an IRI", "f"),
    "half a character": (rb'<urn:a> <urn:b> "\uD800" .', "turtle", "half a character", "f"),
    "a decimal that would fill the memory": (
        b'<urn:a> <urn:b> "1e9999999999"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        "turtle",
        "'1e9999999999' is not an xsd:decimal",
        "f",
    ),
    "a bottomless list": (b"[" * 5000, "turtle", "nested too deeply", "f"),
}


@pytest.mark.parametrize(("data", "syntax", "words", "place"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(data, syntax, words, place):
    """One line, with the place and a mend."""
    with pytest.raises(InputError, match=words) as caught:
        parse_statements(data, syntax, "f")

    assert place == caught.value.place
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ill_typed_values_are_not_logged(caplog):
    """Rdflib's log would put a traceback on the terminal of somebody who mistyped a number."""
    with caplog.at_level(logging.WARNING):
        parse_statements(
            b'<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#decimal> .', "turtle", "f"
        )

    assert [] == caplog.records


def test_digits_are_kept_as_they_are_printed():
    """Rdflib would rewrite them in a normal form; its setting is restored afterwards."""
    before = rdflib.NORMALIZE_LITERALS
    data = b'<urn:a> <urn:b> "043.40"^^<http://www.w3.org/2001/XMLSchema#decimal> .'

    assert ["043.40"] == [str(o) for _, _, o, _ in parse_statements(data, "turtle", "f")]
    assert before is rdflib.NORMALIZE_LITERALS


def test_relative_names_are_read_below_our_own_and_not_below_this_folder():
    """A path of the machine must not leak into the data."""
    said = parse_statements(b"<party/x> <urn:b> <#y> .", "turtle", "f")

    assert {"https://w3id.org/keiretsu/id/party/x"} == {str(s) for s, *_ in said}


def test_a_byte_order_mark_is_no_content():
    """Editors on Windows write one."""
    said = parse_statements(b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .", "ntriples", "f")

    assert 1 == len(said)


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("a.TTL", None, "turtle"),
        ("a.nq", None, "nquads"),
        ("-", "nt", "ntriples"),
        ("a.csv", "trig", "trig"),
    ],
)
def test_the_syntax_is_the_one_asked_for_or_the_one_the_name_tells(name, asked, expected):
    """Nothing is guessed from the content."""
    assert expected == syntax_of(name, asked)


@pytest.mark.parametrize("name", ["a.n3", "a.html", "http://x/y", "a"])
def test_other_syntaxes_are_refused(name):
    """Nothing is fetched, and nothing is tried that the name does not tell."""
    with pytest.raises(InputError, match="not RDF in a syntax read here"):
        syntax_of(name)


def test_lines_are_those_on_which_a_subject_opens_a_statement():
    """Objects at the beginning of a line are not subjects."""
    text = """@base <https://e/> .
PREFIX p: <urn:p:>
p:a a p:B ; # p:z
    p:via
p:c ,
p:d .
<g> {
    <x> p:q <y> .
    GRAPH p:h { p:i p:q p:j }
}
p:a p:later "p:k" .
"""

    lines = subject_lines(text)

    assert {"urn:p:a": 3, "https://e/x": 8} == {k: lines[k] for k in ("urn:p:a", "https://e/x")}
    assert not {"urn:p:c", "urn:p:d", "urn:p:z", "urn:p:k"} & lines.keys()
