"""What is kept of a statement is written as the standard library writes it, however fast."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.formats.bods import statement
from keiretsu.formats.bods.statement import canonical

TEXTS = st.text() | st.sampled_from([",1", ":1e5", '":2e3', "[null", "\ud800", "\x7f\u2028"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def standard(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_any_record_is_written_as_the_standard_library_does(value):
    assert canonical(value) == standard(value)


NUMBERS = [1e16, 1e-5, 1e-7, -1e-5, 0.0001, 5e-324, -0.0, 2**70, float("inf"), float("nan"), 43.4]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_spelled_as_the_standard_library_does(number):
    for value in ({"a": number}, {"a": [number]}, {"a": ["x", number]}, {"a": {"b": -number}}):
        assert canonical(value) == standard(value)


def test_without_the_fast_writer_it_is_the_same(monkeypatch):
    value = {"b": [1.5, "é"], "a": None}
    fast = canonical(value)
    monkeypatch.setattr(statement, "_FAST", None)
    assert canonical(value) == fast == standard(value)
