"""Statements that are read typed say what they say when they are read field by field."""

import json
from contextlib import nullcontext
from unittest.mock import patch

import pytest
from bods_fixtures import list_cases, load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs
from tests.formats.bods_statements import packages

from keiretsu.errors import KeiretsuError
from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.bods import statement, usual
from keiretsu.formats.bods.statement import canonical

BODS = FORMATS["bods"]
CASES = list_cases()
JUNK = st.sampled_from(
    [
        *(
            None,
            True,
            False,
            "",
            " ",
            " direct ",
            "rec-0",
            " rec-0",
            "rec-1",
            "two  spaces",
            "é\u00a0",
        ),
        *(0, 0.0, 1e-5, 25, 25.0, 33.333, 100.5, -1, 1e16, 10**16, 2**70, "50"),
        *({}, [], ["x"], {"reason": "unknown"}, {"reason": None}, {"exact": 7}, {"minimum": 5}),
        *("2019-02-30", "2019", "2019-05-06T12:00:00Z", "state ", "shareholding", "closed", "\x7f"),
    ]
)
LAID_OUT = {
    "lines": lambda told: "\n".join(json.dumps(one, ensure_ascii=False) for one in told),
    "array": json.dumps,
}


def told_of(text, *, typed, lenient):
    """Return all that a file says: the pieces in their order, the claims, what is remarked."""
    source, reading = Input(text.encode(), "x.jsonl"), Reading("x.jsonl", lenient=lenient)
    pieces, claims, error = [], None, ""
    with nullcontext() if typed else patch.object(statement, "_USUAL", None):
        try:
            pieces = list(BODS.read(source, reading))
            claims = collected(pieces, reading)
        except KeiretsuError as problem:
            error = str(problem)
    places = [getattr(piece, "place", "") for piece in pieces]
    remarks = (reading.records, reading.skipped, reading.findings, reading.cautions())
    return pieces, places, claims, error, remarks, list(reading.losses.losses())


def is_typed(text):
    """Return for how many statements of a file nobody looks at the fields first."""
    raws = statement.raw_statements(Input(text.encode(), "x"), Reading("x", lenient=True))
    return sum(raw.usual is not None for raw in raws)


def places(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else ()
    for key, one in pairs if isinstance(value, dict) else enumerate(value):
        yield from (places(one, (*path, key)) if isinstance(one, (dict, list)) else ((*path, key),))


@st.composite
def edited(draw):
    """Statements of the whole schema, of which some have another value or another field."""
    told = draw(packages())
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from([path for path in places(told) if path]))
        inner = told
        for step in way:
            inner = inner[step]
        if draw(st.booleans()) and isinstance(inner, dict):
            last = draw(st.sampled_from([last, "another", "annotations", "componentRecords"]))
        inner[last] = draw(JUNK)
    return told


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(edited(), st.sampled_from(sorted(LAID_OUT)), st.booleans())
def test_typed_statements_say_what_their_fields_say(told, layout, lenient):
    text = LAID_OUT[layout](told)
    assert told_of(text, typed=True, lenient=lenient) == told_of(text, typed=False, lenient=lenient)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("layout", LAID_OUT)
def test_published_cases_say_the_same(case, layout):
    text = LAID_OUT[layout](load(case).statements)
    assert told_of(text, typed=True, lenient=True) == told_of(text, typed=False, lenient=True)


@pytest.mark.parametrize("case", CASES)
def test_statements_of_published_cases_are_typed(case):
    text = LAID_OUT["lines"](load(case).statements)
    assert is_typed(text) == len(text.splitlines()) > 0


@settings(deadline=None)
@given(packages())
def test_their_text_is_the_canonical_one(told):
    for one in told:
        typed = usual.usual_value(one)
        if typed is not None:
            assert usual.usual_text(typed) == canonical(one)


def test_their_fields_stand_in_canonical_order():
    found = [
        one for one in vars(usual).values() if isinstance(one, type) and issubclass(one, Struct)
    ]
    assert len(found) > 20
    for one in found:
        names = [field.name for field in structs.fields(one)]
        assert names == sorted(names), one


def test_a_lone_odd_statement_leaves_the_others_typed():
    texts = {"recordType": "entity", "recordDetails": {"entityType": {"type": "state"}}}
    told = [{"statementId": f"{n}", "recordId": f"r{n}", **texts} for n in range(4)]
    told[2]["another"] = 1
    assert is_typed(LAID_OUT["lines"](told)) == 3
