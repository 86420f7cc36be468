"""Readers of outside formats on damaged input: an error of ours or a result, never a traceback."""

import json

import pytest
from bods_fixtures import list_cases, load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.errors import KeiretsuError
from keiretsu.formats import FORMATS, Input, Reading, collected

BODS = FORMATS["bods"]
SAMPLES = [json.dumps(load(case).statements).encode() for case in list_cases()]
JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def told_of(data, *, lenient):
    """Return what reading and checking say of some bytes: an error of ours in words, or None."""
    source, reading = Input(data, "x.json"), Reading("x.json", lenient=lenient)
    told = []
    for work in (
        lambda: collected(BODS.read(source, reading), reading),
        lambda: BODS.check(source),
    ):
        try:
            work()
            told.append(None)
        except KeiretsuError as error:
            told.append(str(error))
    return told


def is_placed(told):
    """Return whether each of two errors, if it is one, says in one line in which file."""
    return 2 == len(told) and all(
        one is None or (one.startswith("x.json") and "\n" not in one) for one in told
    )


@BOUNDED
@given(st.data(), st.booleans())
def test_damaged_bytes(data, lenient):
    """Some bytes of a sample are changed, taken out or doubled."""
    sample = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sample) - 1))
        sample[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    assert is_placed(told_of(bytes(sample), lenient=lenient))


def places(value, path=()):
    yield path
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    for key, one in inner:
        yield from places(one, (*path, key))


@BOUNDED
@given(st.data(), JUNK, st.booleans())
def test_damaged_values(data, junk, lenient):
    """Some value of a sample is another, of any type."""
    statements = json.loads(data.draw(st.sampled_from(SAMPLES)))
    *way, last = data.draw(st.sampled_from([path for path in places(statements) if path]))
    inner = statements
    for step in way:
        inner = inner[step]
    inner[last] = junk

    assert is_placed(told_of(json.dumps(statements).encode(), lenient=lenient))


OLD = {
    "statementID": "a",
    "statementType": "personStatement",
    "personType": "knownPerson",
    "names": [{"type": "individual", "fullName": "A"}],
    "hasPepStatus": True,
    "placeOfBirth": {"country": "FR"},
    "publicationDetails": {"bodsVersion": "0.2"},
    "replacesStatements": ["b"],
    "interests": [{"type": "voting-rights", "share": {"minimum": 1, "exclusiveMinimum": True}}],
    "subject": {"describedByEntityStatement": "a"},
    "interestedParty": {"unspecified": {"reason": "unknown"}},
    "componentStatementIDs": ["a"],
    "entityType": "registeredEntity",
}
KINDS = ["personStatement", "entityStatement", "ownershipOrControlStatement"]


@BOUNDED
@given(st.sampled_from(sorted(OLD)), JUNK, st.sampled_from(KINDS))
def test_damaged_values_of_old_versions(field, junk, kind):
    assert is_placed(
        told_of(json.dumps([{**OLD, "statementType": kind, field: junk}]).encode(), lenient=False)
    )


@BOUNDED
@given(JUNK)
def test_damaged_annotations_of_ours(junk):
    """What Keiretsu keeps in annotations is a stranger's word like any other."""
    statements = json.loads(SAMPLES[0])
    for says in (
        junk,
        [junk],
        [{"is": "Holding", "id": junk}],
        [{"is": "Party", "id": "a", "exists": junk}],
    ):
        statements[0]["annotations"] = [{"keiretsu": {"says": says}}]
        assert is_placed(told_of(json.dumps(statements).encode(), lenient=False))


@pytest.mark.parametrize("depth", [50, 5000, 200_000])
def test_deep_nesting(depth):
    told = told_of(b'[{"recordDetails":' + b"[" * depth + b"]" * depth + b"}]", lenient=False)
    assert is_placed(told)
    assert told[0] is not None
