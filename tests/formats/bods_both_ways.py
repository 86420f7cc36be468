"""Claims that columns hold for the most part, written as BODS and read again in both ways."""

import io
from fractions import Fraction

from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.formats import FORMATS, Input, Reading, collected
from keiretsu.formats.bods.arrays import read_arrays
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
        period, document, record, status, sourcing, known = table.terms[table.term[row]]
        holdings.append(
            Holding(
                id=f"{ID}claim/{table.ids[row].tobytes().hex()}",
                document=document,
                period=period,
                record=record,
                known_from=known,
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
