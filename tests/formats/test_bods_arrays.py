"""Statements read as arrays say what they say one by one, or nothing at all."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.bods_both_ways import (
    DOCUMENTS,
    arrays,
    assert_same_or_nothing,
    plain_claims,
    register,
    written,
)

from keiretsu.model import (
    ClaimSet,
    Holding,
    Party,
    PartyKind,
    Period,
    Share,
    Status,
    claim_id,
)

pytest.importorskip("msgspec", reason="statements are read as arrays by msgspec, extra 'formats'")
pytest.importorskip("pyarrow", reason="and kept by pyarrow, extra 'register'")


@settings(deadline=None, max_examples=80)
@given(plain_claims(), st.sampled_from(["bods-lines", "bods"]))
def test_arrays_say_what_statements_say(claims, form):
    assert_same_or_nothing(written(claims, form))


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(plain_claims(), st.data())
def test_what_was_changed_says_the_same_or_is_left_to_objects(claims, data):
    """A line that somebody edited, repeated, cut or laid out otherwise."""
    lines = written(claims).split(b"\n")
    fitting = [edit for edit in EDITS if any(edit[0] in line for line in lines)]
    old, new = data.draw(st.sampled_from(fitting))
    at = data.draw(st.sampled_from([at for at, line in enumerate(lines) if old in line]))
    lines[at] = lines[at].replace(old, new)
    assert_same_or_nothing(b"\n".join(lines))


def test_some_changes_leave_plain_statements_and_others_do_not():
    one, other = (Party(id=f"urn:{n}", label=n.upper(), kind=PartyKind.PERSON) for n in "ab")
    holding = Holding(
        id=claim_id("x"),
        document="urn:d:1",
        holder=one.id,
        issuer=other.id,
        period=Period.parse("2019", "2020"),
        status=Status.DISPUTED,
        capital=Share.from_percent("50"),
    )
    parties = {party.id: party for party in (one, other)}
    documents = {"urn:d:1": DOCUMENTS[0]}
    whole = written(ClaimSet(parties=parties, documents=documents, holdings=(holding,)))
    found = [assert_same_or_nothing(whole.replace(old, new)) for old, new in EDITS]
    assert len(found) == 31
    assert sum(found) == 17


EDITS = [
    (b"", b""),
    (b'"name":"A"', b'"name":"B"'),
    (b'"label":"A"', b'"label":"B"'),
    (b'"label":"A"', b'"label":"\\u0041"'),
    (b'"label":"A"', b'"label":"\\ud83d"'),
    (b'"label":"A"', b'"label":"\xed\xa0\xbd"'),
    (b'"label":"A"', b'"label":"A","label":"B"'),
    (b'"label":"A"', b'"label":"A","kind":null'),
    (b'"label":"A"', b'"label":"A","kind":"Ghost"'),
    (b'"is":"Party"', b'"is":"Party","is":"Holding"'),
    (b'"motivation"', b'"more":1,"motivation"'),
    (b'"recordStatus":"new"', b'"recordStatus":"closed"'),
    (b'"recordStatus":"new"', b'"recordStatus":NaN'),
    (b'"recordStatus":"new"', b'"statementType":"entityStatement","recordStatus":"new"'),
    (b'"low":"1/2","high":"1/2"', b'"low":"2/4","high":"0.5"'),
    (b'"low":"1/2","high":"1/2"', b'"low":"3/4","high":"1/2"'),
    (b'"low":"1/2","high":"1/2"', b'"low":"1/0","high":"1/0"'),
    (b'"low":"1/2","high":"1/2"', b'"low":"1_0/20","high":"50%"'),
    (b'"start":"2019"', b'"start":" 2019 "'),
    (b'"start":"2019"', b'"start":""'),
    (b'"start":"2019-03"', b'"start":"2021"'),
    (b'"status":"disputed"', b'"status":"rejected"'),
    (b'"status":"disputed"', b'"status":"odd"'),
    (b'"document":"urn:d:1"', b'"document":"urn:d:9"'),
    (b'"holder":"urn:a"', b'"holder":"urn:nobody"'),
    (b"/claim/", b"/claim/0"),
    (b"}\n", b"}\r\n"),
    (b"{", b" {"),
    (b"}]}]}}]}", b"}]}]}}]} {}"),
    (b"}]}]}}]}", b"}]}]}}]"),
    (b'"says":[', b'"says":[ '),
]


@pytest.mark.parametrize("form", ["bods-lines", "bods"])
@pytest.mark.parametrize(
    "packed", [bytes, gzip.compress, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b" \r\n\n")]
)
def test_plain_statements_are_read_as_arrays(form, packed):
    data = packed(written(register(), form))
    assert assert_same_or_nothing(data)
    quick, reading = arrays(data)
    assert (len(quick.holder), len(quick.kinds), reading.records) == (40, 40, 80)
