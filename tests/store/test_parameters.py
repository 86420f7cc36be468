"""Binding parameters: whatever the value, it stays a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Graph, Literal, URIRef

from keiretsu.errors import InputError
from keiretsu.store.query.parameters import bare, bind, names_in

HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from('\\"\n\r\tuU0041{}?$<>#'),
    max_size=20,
)


@given(HOSTILE)
def test_a_bound_string_comes_back_as_it_was(text):
    """Through rdflib's parser, which expands escapes before it reads them."""
    query = bind("SELECT ?x { BIND ($value AS ?x) }", {"value": Literal(text, normalize=False)})
    ((found,),) = Graph().query(query)

    assert text == str(found)


def test_typed_and_tagged_terms_keep_their_type():
    """A date stays a date."""
    terms = {
        "a": Literal("2018", datatype=XSD.gYear),
        "b": Literal("oui", lang="fr"),
        "c": URIRef("urn:c"),
    }

    assert f'ASK {{ <urn:c> ?p "oui"@fr, "2018"^^<{XSD.gYear}> }}' == bind(
        "ASK { $c ?p $b, $a }", terms
    )


def test_strings_iris_and_comments_of_the_query_are_left_alone():
    """Only a parameter that is one is replaced."""
    query = """ASK { <urn:$x> ?x "$x", '$x', '''$x''' . # $x\n FILTER ($x = 1) }"""

    assert query.replace("($x = 1)", '("v" = 1)') == bind(query, {"x": Literal("v")})


@pytest.mark.parametrize(
    ("query", "values", "words"),
    [
        ("ASK { $x ?p 1 }", {}, "the parameter [$]x has no value"),
        ("ASK { ?x ?p 1 }", {"x": Literal(1)}, "no parameter [$]x"),
        ("ASK { $x ?p 1 }", {"x": BNode()}, "a value is a BNode"),
        ("ASK { $x ?p 1 }", {"x": "urn:x"}, "a value is a str"),
        ("ASK { $x ?p 1 }", {"x": URIRef("urn:x> ?y <urn:z")}, "not an absolute IRI"),
        ("ASK { $x ?p 1 }", {"x": URIRef("x")}, "not an absolute IRI"),
        (
            "ASK { ?s ?p $x }",
            {"x": Literal("x", datatype=URIRef("urn:d> ?z <urn:e"))},
            "not an absolute IRI",
        ),
    ],
)
def test_what_cannot_be_bound_safely_is_refused(query, values, words):
    """Missing, unknown and unwritable values are errors."""
    with pytest.raises(InputError, match=words):
        bind(query, values)


def test_names_and_structure_are_those_outside_strings():
    """Used for checking bindings and nesting."""
    query = 'SELECT ?a { ?a <urn:?b> "?c {{" , $d } # ?e {'

    assert {"a", "d"} == names_in(query)
    assert 1 == bare(query).count("{")
