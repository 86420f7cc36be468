"""N-Quads that are filled into forms are those of the codec, byte by byte."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.model import (
    ClaimSet,
    Directness,
    Holding,
    Interest,
    PartialDate,
    Party,
    PartyKind,
    Period,
    Remainder,
    Share,
    Sourcing,
    Status,
    claim_id,
)
from keiretsu.model.names import _fold_once, fold
from keiretsu.store.disk.filled.odd_text import OddText
from keiretsu.store.disk.filled.plain_text import PlainText, lines_of
from keiretsu.store.disk.plain import is_plain_holding, is_plain_party
from keiretsu.store.syntax.trig import _UNSAFE, _escape, escaped

MARK = "urn:keiretsu:mark:holder"
IRIS = st.sampled_from(["https://example.org/a", "urn:x:é", "https://w3id.org/keiretsu/id/party/b"])
LABELS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)


PERIODS = st.sampled_from([(None, None), ("2018", None), ("2018-03", "2019-01-01")])
KNOWN = st.sampled_from([None, "2020-02-03", "2020-02-04", "2019"]).map(
    lambda text: None if text is None else PartialDate.parse(text)
)
DOCUMENTS = st.sampled_from(["urn:x:paper", "urn:x:4325-4321"])
ENDS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.booleans(), st.booleans())
SAID = st.tuples(
    PERIODS,
    st.sampled_from(Status),
    st.sampled_from(Sourcing),
    st.sampled_from([None, "urn:x:table"]),
    KNOWN,
    DOCUMENTS,
)


@given(ids=st.tuples(IRIS, IRIS), ends=ENDS, said=SAID)
def test_holdings_are_written_as_the_codec_does(ids, ends, said):
    period, status, sourcing, record, known, document = said
    low, high = (Fraction(end, 10**6) for end in sorted(ends[:2]))
    opens = (False, False) if low == high else ends[2:]
    parties = {iri: Party(id=iri, label="x") for iri in ids}
    claim = Holding(
        id=claim_id(*ids, low),
        document=document,
        period=Period.parse(*period),
        known_from=known,
        status=status,
        sourcing=sourcing,
        record=record,
        holder=ids[0],
        issuer=ids[1],
        capital=Share(low, high, *opens),
    )
    assert is_plain_holding(claim, parties)
    text = PlainText()
    text.holding(replace(claim, known_from=known and PartialDate(1999, known.month, known.day)))
    # the second is filled into the form of the first
    expected = lines_of(ClaimSet(parties={}, documents={}, holdings=(claim,)))
    assert text.holding(claim) == expected
    assert len(expected.splitlines()) > 8


KINDS = st.tuples(
    st.sampled_from(PartyKind),
    st.sampled_from([None, "FR"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, *Remainder]),
)


@given(iri=IRIS, labels=st.tuples(LABELS, LABELS), kinds=KINDS)
def test_parties_are_written_as_the_codec_does(iri, labels, kinds):
    kind, country, listed, remainder = kinds
    text = PlainText()
    for label in labels:
        party = Party(
            id=iri,
            label=label,
            kind=kind,
            jurisdiction=country,
            listed=listed,
            remainder=remainder,
        )
        assert is_plain_party(party)
        assert text.party(party) == lines_of(ClaimSet(parties={iri: party}, documents={}))


@given(st.text(st.characters(codec="ascii"), max_size=20))
def test_names_in_ascii_fold_as_any_do(name):
    assert fold(name) == _fold_once(_fold_once(name))


MORE = [
    {"known_from": PartialDate.parse("2020")},
    {"known_from": PartialDate.parse("2020-02-03"), "period": Period.parse("2018-03", "2020")},
    {"known_from": PartialDate.parse("4321"), "stated_for": PartialDate.parse("4321")},
    {"period": Period.parse("4321-12-30", "4325-10"), "note": "", "capital": None},
    {"votes": Share.from_percent("25-50"), "note": "keiretsu-mark-note", "status": Status.REJECTED},
    {"votes": Share.point(Fraction(1, 3)), "supersedes": ("urn:a", "urn:a!", "urn:a")},
    {"via": ("no iri",), "quote": "0.1234567895 4321"},
    {"note": 'say "yes" {0}\u2028', "quote": "a\\b"},
    {"capital": None, "votes": Share.from_percent(">25"), "interest": Interest.VOTING_RIGHTS},
    {"directness": Directness.INDIRECT, "via": ("urn:x:é", "urn:b")},
    {"shares": 7, "share_class": "urn:x:class", "supersedes": (claim_id("z"), claim_id("y"))},
    {"note": f"{MARK} 0.1234567891"},
    {"document": MARK},
    {"document": "no iri"},
    {"share_class": "no iri"},
    {"holder": "no iri"},
    {"capital": Share.point(Fraction(1, 3))},
]


@pytest.mark.parametrize("more", MORE)
@settings(max_examples=15, deadline=None)
@given(ids=st.tuples(IRIS, IRIS), ends=ENDS)
def test_odd_holdings_are_written_as_the_codec_does(more, ids, ends):
    low, high = (Fraction(end, 10**6) for end in sorted(ends[:2]))
    opens = (False, False) if low == high else ends[2:]
    text = OddText()
    for number in range(2):  # the second is filled into the form of the first
        told = {
            "id": claim_id(*ids, number),
            "document": "urn:x:paper",
            "holder": ids[number],
            "issuer": ids[1],
            "capital": Share(low, high, *opens),
        }
        claim = Holding(**told | more)
        assert result_of(text.holding, claim) == result_of(of_codec, claim)


def of_codec(claim):
    return lines_of(ClaimSet(parties={}, documents={}, holdings=(claim,)))


def result_of(write, claim):
    try:
        return write(claim)
    except InputError as error:
        return str(error)


@given(st.text(st.sampled_from('a"\\\n\x7f\u2028\ufeffé') | st.characters(codec="utf-8")))
def test_texts_are_escaped_at_once_as_one_by_one(text):
    assert escaped(text) == _UNSAFE.sub(_escape, text)
    claim = Party(id="urn:a", label=text)
    expected = lines_of(ClaimSet(parties={"urn:a": claim}, documents={}))
    assert PlainText().party(claim) == expected
