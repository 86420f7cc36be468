"""N-Quads of odd parties and of source records, filled into forms, are those of the codec."""

from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.model import (
    ClaimSet,
    DatedName,
    Party,
    PartyKind,
    Period,
    SourceRecord,
    UnspecifiedReason,
)
from keiretsu.store.disk.filled.party_text import PartyText
from keiretsu.store.disk.filled.plain_text import lines_of
from keiretsu.store.disk.filled.record_text import RecordText
from keiretsu.store.disk.records_aside import RecordsAside
from keiretsu.store.literals import is_iri

IRIS = st.sampled_from(
    [
        "https://w3id.org/keiretsu/id/party/a",
        "https://w3id.org/keiretsu/id/party/a-1",
        "https://w3id.org/keiretsu/id/party/aé",
        "urn:x",
        "zz:y",
        "urn:keiretsu:mark:subject",
        "urn:keiretsu:mark:record",
        "no iri",
    ]
)
TEXTS = st.text(st.sampled_from('a"\\\n{}\u2028é 4321') | st.characters(codec="utf-8"), max_size=9)
WORDS = TEXTS | st.sampled_from(
    [
        "{0}",
        "keiretsu-mark-label",
        "keiretsu mark value 000.",
        "4321",
        "4321-12-30",
        "1234567891234567",
    ]
)
PERIODS = st.sampled_from(
    [(None, None), ("1970-05", None), ("2018", "2019-01-01"), ("4321", None), (None, "1999-12-31")]
)
NUMBERS = st.tuples(st.sampled_from(["LEI", "GB-COH", "BODS record", "é {0}"]), WORDS)


def result_of(write, told):
    try:
        return write(told)
    except InputError as error:
        return str(error)


PARTIES = st.builds(
    Party,
    id=IRIS,
    label=WORDS,
    kind=st.sampled_from([PartyKind.COMPANY, PartyKind.PERSON]),
    identifiers=st.lists(NUMBERS, max_size=3).map(tuple),
    jurisdiction=st.sampled_from([None, "GB"]),
    listed=st.sampled_from([None, True]),
    exists=PERIODS.map(lambda ends: Period.parse(*ends)),
    nationalities=st.sampled_from([(), ("FR",), ("DE", "FR")]),
    aliases=st.sampled_from([(), (), ("B",)]),
    former_names=st.sampled_from([(), (), (DatedName("C"),)]),
    acts_for=st.sampled_from([None, "urn:state"]),
    unspecified=st.sampled_from([None, UnspecifiedReason.UNKNOWN]),
    unspecified_details=st.none() | WORDS,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PARTIES, min_size=1, max_size=3))
def test_parties_are_written_as_the_codec_writes_them(parties):
    """The second of each kind is filled into the form of the first."""
    texts = PartyText()
    for party in [*parties, *parties]:
        expected = result_of(lines_of, ClaimSet(parties={party.id: party}, documents={}))
        assert result_of(texts.party, party) == expected


RECORDS = st.builds(
    SourceRecord,
    id=IRIS,
    document=st.sampled_from(["urn:doc", "urn:doc", "urn:keiretsu:mark:record", "no iri"]),
    format=st.sampled_from(["bods-0.4", 'odd "{0}"', "keiretsu-mark-content"]),
    number=st.integers(0, 10**9),
    content=WORDS,
    parties=st.lists(IRIS, max_size=3).map(tuple),
    claims=st.lists(IRIS, max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_records_are_written_as_the_codec_writes_them(records):
    texts = RecordText()
    for record in [*records, *records]:
        claims = ClaimSet(parties={}, documents={}, source_records=(record,))
        assert result_of(texts.record, record) == result_of(lines_of, claims)


@settings(deadline=None)
@given(st.lists(RECORDS.filter(lambda one: is_iri(one.id) and is_iri(one.document)), max_size=6))
def test_records_that_wait_on_disk_are_those_that_were_told_last(records):
    last = {one.id: one for one in records if all(map(is_iri, (*one.parties, *one.claims)))}
    with RecordsAside() as aside:
        for record in records:
            refused = result_of(RecordText().record, record)
            if isinstance(refused, str):
                assert result_of(aside.take, record) == refused
            else:
                aside.take(record)
        expected = [(iri, RecordText().record(one)) for iri, one in sorted(last.items())]
        assert list(aside.written()) == expected
        assert aside.documents >= {one.document for one in last.values()}
