"""Statements read as arrays say what they say one by one, or nothing at all."""

import filecmp
import gzip
import io
import json
from fractions import Fraction

import pytest
from bods_fixtures import list_cases, load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.bods.arrays import read_arrays
from keiretsu.formats.bods.arrays.lines import blocks_of_lines
from keiretsu.formats.bods.statement import canonical, digest_of
from keiretsu.formats.table.arrays import KINDS, UNTOLD
from keiretsu.model import (
    ID,
    ClaimSet,
    Directness,
    Document,
    Holding,
    LossReport,
    PartialDate,
    Party,
    PartyKind,
    Period,
    Share,
    Sourcing,
    Status,
    claim_id,
)
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.stored import load_into_store
from keiretsu.store.disk import Folder

pytest.importorskip("msgspec", reason="statements are read as arrays by msgspec, extra 'formats'")
pytest.importorskip("pyarrow", reason="and kept by pyarrow, extra 'register'")

LABELS = ["A", "Ada  Test", 'ООО "Ромашка"', "a\\b", "tab\there", "漢字", "\U0001f600", "A"]
SHARES = [
    Share.from_percent(text)
    for text in ("50", "33.333", "0", "100", "25-50", ">25", "", "0.00001", "1e-9")
] + [Share.point(Fraction(1, 3)), Share.point(Fraction(2, 2**63 + 1))]
DOCUMENTS = [
    Document(id="urn:d:1", title="Register"),
    Document(id="urn:d:2", title="Court", publisher="Court", url="https://example.org/a"),
    Document(id="urn:d:3", title="File", date=PartialDate.parse("2020-01")),
    Document(id="urn:d:4", title="Blog", weak=True),
]
PLAIN = [PartyKind.PARTY, PartyKind.PERSON, PartyKind.COMPANY, PartyKind.FUND, PartyKind.STATE]
ODD = [
    {"known_from": PartialDate.parse("2020-01-01")},
    {"note": "said so"},
    {"directness": Directness.INDIRECT},
    {"shares": 5},
    {"votes": Share.from_percent("5")},
]


@st.composite
def parties(draw):
    one = {
        "kind": draw(st.sampled_from(PLAIN)),
        "label": draw(st.sampled_from(LABELS)),
        "jurisdiction": draw(st.sampled_from([None, "FR", "JP"])),
        "listed": draw(st.sampled_from([None, True, False])),
    }
    if draw(st.integers(0, 15)) == 0:
        one["aliases"] = ("B",)
    return one


@st.composite
def plain_claims(draw):
    """Claims that columns hold, for the most part."""
    everybody = {
        iri: Party(id=iri, **told)
        for told, iri in zip(
            draw(st.lists(parties(), min_size=1, max_size=5)),
            ["urn:a", "https://example.org/b", f"{ID}party/c", "urn:d", "urn:ä"],
            strict=False,
        )
    }
    holdings = {}
    for number in range(draw(st.integers(0, 6))):
        start, end = draw(
            st.sampled_from([(None, None), ("2019", None), ("2019-03", "2020-01-01")])
        )
        odd = draw(st.sampled_from(ODD)) if draw(st.integers(0, 20)) == 0 else {}
        one = Holding(
            id=claim_id("x", number),
            document=draw(st.sampled_from(DOCUMENTS[: draw(st.sampled_from([1, 3, 3, 4]))])).id,
            period=Period.parse(start, end),
            status=draw(st.sampled_from([Status.ACCEPTED, Status.DISPUTED])),
            sourcing=draw(st.sampled_from([Sourcing.SOURCED, Sourcing.UNSOURCED])),
            record=draw(st.sampled_from([None, "urn:t"])),
            holder=draw(st.sampled_from(sorted(everybody))),
            issuer=draw(st.sampled_from(sorted(everybody))),
            capital=draw(st.sampled_from(SHARES)),
            **odd,
        )
        holdings[one.id] = one
    cited = {one.document for one in holdings.values()}
    documents = {one.id: one for one in DOCUMENTS if one.id in cited}
    return ClaimSet(parties=everybody, documents=documents, holdings=tuple(holdings.values()))


def written(claims, form="bods-lines"):
    out = io.BytesIO()
    FORMATS[form].write(claims, out, LossReport())
    return out.getvalue()


def objects(data, name="x.jsonl"):
    """Return what the reader of statements makes of a file, and what it assumed."""
    reading = Reading(name)
    try:
        claims = collected(FORMATS["bods"].read(Input(data, name), reading), reading)
    except InputError as error:
        return error
    return claims, reading


def arrays(data, name="x.jsonl"):
    reading = Reading(name)
    return read_arrays(Input(data, name), reading), reading


def as_claims(table):
    """Return the claims that arrays stand for."""
    columns = (table.iris, table.labels)
    iris, labels = (column.to_pylist() for column in columns)
    everybody = {
        iri: Party(
            id=iri,
            label=label,
            kind=KINDS[kind],
            jurisdiction=country.decode() or None,
            listed=None if listed == UNTOLD else bool(listed),
        )
        for iri, label, kind, country, listed in zip(
            iris, labels, table.kinds, table.countries.tolist(), table.listed, strict=True
        )
    }
    holdings = []
    for row in range(len(table.holder)):
        period, document, record, status, sourcing = table.terms[table.term[row]]
        holdings.append(
            Holding(
                id=f"{ID}claim/{table.ids[row].tobytes().hex()}",
                document=document,
                period=period,
                record=record,
                status=status,
                sourcing=sourcing,
                holder=iris[table.holder[row]],
                issuer=iris[table.issuer[row]],
                capital=table.shares[table.share[row]],
            )
        )
    documents = {one.id: one for one in table.documents}
    holdings = tuple(sorted(holdings, key=lambda one: one.id))
    return ClaimSet(parties=everybody, documents=documents, holdings=holdings)


def assert_same_or_nothing(data):
    """Hold what is read as arrays, if anything is, against what is read one by one."""
    quick, reading = arrays(data)
    if quick is None:
        return False
    slow = objects(data)
    assert not isinstance(slow, InputError)
    claims, slow_reading = slow
    assert as_claims(quick) == claims
    assert slow_reading.cautions() == quick.cautions
    assert slow_reading.records == reading.records
    assert len(quick.shares) == len(set(quick.shares))
    assert len(quick.terms) == len(set(quick.terms))
    return True


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


def register(holdings=40):
    everybody = {
        iri: Party(id=iri, label=f"{'ÄB'[n % 2]} {n}", kind=PLAIN[n % 5])
        for n, iri in enumerate(f"urn:p:{n}" for n in range(holdings))
    }
    iris = list(everybody)
    claims = tuple(
        Holding(
            id=claim_id("x", n),
            document=DOCUMENTS[n % 3].id,
            holder=iris[n],
            issuer=iris[(n * 7 + 1) % holdings],
            period=Period.parse("2019"),
            capital=Share.from_percent(n),
        )
        for n in range(holdings)
    )
    documents = {one.id: one for one in DOCUMENTS[:3]}
    return ClaimSet(parties=everybody, documents=documents, holdings=claims)


@pytest.mark.parametrize("form", ["bods-lines", "bods"])
@pytest.mark.parametrize(
    "packed", [bytes, gzip.compress, lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b" \r\n\n")]
)
def test_plain_statements_are_read_as_arrays(form, packed):
    data = packed(written(register(), form))
    assert assert_same_or_nothing(data)
    quick, reading = arrays(data)
    assert (len(quick.holder), len(quick.kinds), reading.records) == (40, 40, 80)


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_blocks_may_end_anywhere(monkeypatch, block):
    data = written(register(), "bods")

    class Slowly(io.BytesIO):
        def read(self, size=-1):
            """Read less than was asked for."""
            return super().read(min(size, block) if size > 0 else size)

    lines = [line for lines in blocks_of_lines(Slowly(data)) for line in lines]
    assert [json.loads(line) for line in lines] == json.loads(data)
    monkeypatch.setattr("keiretsu.formats.bods.arrays.lines._BLOCK", 100)
    assert arrays(data)[0] is None


@st.composite
def ends(draw):
    """Draw an end of a share, and a way to write it."""
    unit = 2 ** draw(st.integers(0, 9)) * 5 ** draw(st.integers(0, 9))
    value = Fraction(draw(st.integers(0, unit)), unit)
    number, unit = value.as_integer_ratio()
    times = draw(st.integers(1, 9))
    spellings = [
        str(value),
        f"{number * times}/{unit * times}",
        f"00{number}/0{unit}",
        f" {value} ",
        f"{value * 100}%",
        f"{number * 10**20}/{unit * 10**20}",
    ]
    return value, draw(st.sampled_from(spellings))


@given(st.lists(st.tuples(ends(), ends()), max_size=8))
def test_shares_are_the_fractions_that_texts_are_read_as(pairs):
    from keiretsu.formats.bods.arrays.shares import shares_of  # noqa: PLC0415 - needs msgspec
    from keiretsu.formats.bods.arrays.statements import ShareSays  # noqa: PLC0415

    pairs = [sorted(pair) if pair[0][0] != pair[1][0] else (pair[0],) * 2 for pair in pairs]
    codes, shares = shares_of([ShareSays(low[1], high[1]) for low, high in pairs])
    assert [shares[code] for code in codes] == [Share(low[0], high[0]) for low, high in pairs]
    assert len(set(shares)) == len(shares)
    assert list(shares[::-1]) == list(shares)[::-1]


def test_shares_that_have_no_percentage_are_left_to_objects():
    """Which of them RDF refuses is told by the claim that comes first."""
    data = written(register())
    third = data.replace(b'"low":"1/20","high":"1/20"', b'"low":"1/3","high":"1/3"')
    assert data != third
    assert arrays(third)[0] is None
    assert not isinstance(objects(third), InputError)


def test_numbers_that_writers_spell_in_several_ways_are_left_to_objects():
    """A hash over another spelling of a number is no hash over what canonical JSON says."""
    (line,) = [one for one in written(register()).split(b"\n") if b'"exact":5}' in one]
    statement = json.loads(line)
    interest = statement["recordDetails"]["interests"][0]
    interest["share"]["exact"] = 0.00001
    told = canonical(statement["recordDetails"]).replace("1e-05", "0.00001")
    statement["annotations"][0]["keiretsu"]["of"] = digest_of(told)
    assert "0.00001" in told
    data = written(register()).replace(line, json.dumps(statement).encode())
    assert arrays(data)[0] is None
    assert "edited-statement" in {caution.code for caution in objects(data)[1].cautions()}


BROKEN = {
    "cut short": lambda lines: [*lines[:50], lines[50][:300]],
    "no share": lambda lines: [one.replace(b'"low":"1/20"', b'"low":"much"') for one in lines],
    "no date": lambda lines: [one.replace(b'"start":"2019"', b'"start":"soon"') for one in lines],
    "two claims with one name": lambda lines: [
        *lines,
        lines[-1].replace(b'"start":"2019"', b'"start":"2018"'),
    ],
    "half a character": lambda lines: [*lines, rb'{"recordType":"\ud800"}'],
    "no UTF-8": lambda lines: [*lines, b'{"a":"\xff"}'],
    "no statement": lambda lines: [*lines, b"7"],
    "nothing": lambda lines: [],  # noqa: ARG005
}


@pytest.mark.parametrize("what", BROKEN)
def test_refusals_are_those_of_the_reader_of_statements(tmp_path, what):
    lines = written(register()).rstrip(b"\n").split(b"\n")
    data = b"\n".join(BROKEN[what](lines))
    refused = objects(data)
    assert isinstance(refused, InputError)
    with pytest.raises(InputError) as raised:
        load_into_store([Material(data, "x.jsonl", "bods")], tmp_path / "s")
    assert str(raised.value) == str(refused)
    assert not (tmp_path / "s" / "CURRENT").exists()


def test_published_files_are_left_to_the_reader_of_statements():
    cases = list_cases()
    assert len(cases) == 3
    for case in cases:
        data = json.dumps(load(case).statements).encode()
        assert arrays(data)[0] is None


class Told:
    """What somebody who waits is told."""

    def __init__(self):
        self.records, self.sizes, self.summaries = [], [], []

    def __call__(self, records):
        """Note how many were read."""
        self.records.append(records)

    def opened(self, size, position):
        """Note how much there is to read."""
        self.sizes.append(size)
        assert position() >= 0

    def done(self, reading, parties, claims):
        """Note what came of it."""
        self.summaries.append((reading.records, parties, claims, reading.skipped))


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("form", ["bods-lines", "bods"])
def test_a_store_of_arrays_is_that_of_objects_byte_by_byte(tmp_path, alone, form):
    material = Material(written(register(), form), "x.json", "bods")
    quick_told, slow_told = Told(), Told()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("keiretsu.ownership_graph.stored._ARRAYS_FROM", 0)
        load_into_store([material], tmp_path / "q", columns_alone=alone, progress=quick_told)
        patch.setattr("keiretsu.ownership_graph.stored._as_arrays", lambda *_: None)
        load_into_store([material], tmp_path / "s", columns_alone=alone, progress=slow_told)
    quick, slow = (Folder(tmp_path / name).current() for name in "qs")
    files = sorted(p.relative_to(quick) for p in quick.rglob("*") if p.is_file())
    assert len(files) > 15
    assert files == sorted(p.relative_to(slow) for p in slow.rglob("*") if p.is_file())
    assert filecmp.cmpfiles(quick, slow, files, shallow=False)[1:] == ([], [])
    assert quick_told.summaries == slow_told.summaries == [(80, 40, 40, 0)]
    assert len(material.content) in quick_told.sizes
