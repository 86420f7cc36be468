"""Answers as text: the standard forms, safe in spreadsheets and in XML."""

import io
import json
import xml.etree.ElementTree as ET

import pytest
from rdflib import XSD, BNode, Graph, Literal, URIRef, Variable
from rdflib.query import Result

from keiretsu.errors import InputError
from keiretsu.store.query.answer import Answer

ROWS = Answer(
    ("name", "n"),
    (
        (Literal("=HYPERLINK(1)"), Literal("-5", datatype=XSD.integer)),
        (Literal("<b>&\x07", lang="fr"), None),
        (URIRef("urn:x?a&b"), Literal("\t@x\n")),
    ),
)


def test_the_forms_are_read_back_by_rdflib():
    """JSON and XML hold the same rows."""
    for form in ("json", "xml"):
        parsed = Result.parse(io.BytesIO(ROWS.to(form).encode()), format=form)

        names = [row[Variable("name")] for row in parsed.bindings]
        assert "=HYPERLINK(1)" == str(names[0])
        assert "fr" == names[1].language
        assert URIRef("urn:x?a&b") == names[2]


def test_json_is_the_standard_one():
    """Types, languages and unbound variables as in the recommendation."""
    answer = json.loads(ROWS.to("json"))

    assert {"vars": ["name", "n"]} == answer["head"]
    assert {
        "name": {"type": "literal", "value": "=HYPERLINK(1)"},
        "n": {"type": "literal", "value": "-5", "datatype": str(XSD.integer)},
    } == answer["results"]["bindings"][0]
    assert ["name"] == list(answer["results"]["bindings"][1])


def test_tables_hold_no_formulas():
    """Numbers stay numbers; what a spreadsheet would run is quoted."""
    assert "name,n\n'=HYPERLINK(1),-5\n<b>&\x07,\nurn:x?a&b,\"'\t@x\n\"\n" == ROWS.to("csv")
    assert ROWS.to("tsv").startswith("name\tn\n'=HYPERLINK(1)\t-5\n")


def test_xml_is_well_formed_whatever_the_text():
    """Characters that XML cannot hold are replaced."""
    assert "sparql" in ET.fromstring(ROWS.to("xml")).tag  # noqa: S314 - our own text


def test_yes_and_no():
    """An ASK is a truth value."""
    yes = Answer(boolean=True)

    assert {"head": {}, "boolean": True} == json.loads(yes.to("json"))
    assert "<boolean>true</boolean>" in yes.to("xml")


def test_triples_are_turtle_with_the_same_bytes():
    """Also with blank nodes."""

    def graph():
        found = Graph()
        node = BNode()
        found.add((URIRef("urn:a"), URIRef("urn:b"), node))
        found.add((node, URIRef("urn:b"), Literal("x")))
        found.add((URIRef("urn:c"), URIRef("urn:b"), Literal("y")))
        return Answer(graph=found)

    assert graph().to("turtle") == graph().to("turtle")
    assert 3 == len(Graph().parse(data=graph().to("turtle"), format="turtle"))


@pytest.mark.parametrize(
    ("answer", "form"),
    [(ROWS, "turtle"), (Answer(boolean=True), "csv"), (Answer(graph=Graph()), "json")],
)
def test_a_form_that_an_answer_does_not_have_is_refused(answer, form):
    """The error names the forms that it has."""
    with pytest.raises(InputError, match=f"no form '{form}'; use "):
        answer.to(form)
