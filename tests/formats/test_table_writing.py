"""The holdings table written and read back: the same holdings, and a report of all else."""

import csv
import io
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.reading import read

from keiretsu.formats import FORMATS
from keiretsu.formats.defusing import FORMULA, defused, undefused
from keiretsu.formats.table.parties import party_iri
from keiretsu.model import (
    ClaimSet,
    Directness,
    Document,
    Holding,
    Interest,
    LossReport,
    PartialDate,
    Party,
    PartyKind,
    Period,
    Share,
    Sourcing,
    Status,
    VotesBasis,
)
from keiretsu.model.names import fold, tidy
from keiretsu.ownership_graph import OwnershipGraph

FORMS = ("csv", "tsv", "parquet", "xlsx")


def written(form, claims):
    out, report = io.BytesIO(), LossReport()
    count = FORMATS[form].write(claims, out, report)
    assert len(claims.holdings) == count
    return out.getvalue(), {loss.field: loss.count for loss in report.losses()}


def back(form, data):
    return read("csv" if form == "tsv" else form, data, f"out.{form}").claims


def said(claims):
    """Return what holdings say, apart from what their claims and documents are called."""
    documents = {None: "", **{iri: replace(one, id="") for iri, one in claims.documents.items()}}
    return sorted(
        repr(
            replace(
                one,
                id="",
                document=repr(documents[one.document]),
                record="a record" if one.record else None,
                holder=claims.parties[one.holder].label,
                issuer=claims.parties[one.issuer].label,
                share_class=None,
                place="",
            )
        )
        for one in claims.holdings
    )


names = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=12
).filter(fold)
hostile = st.sampled_from(
    ["=1+1", "'=1+1", "''=x", "@a", "+49 AG", "- dash -", "'tis", "\uff1dx", "#N/A"]
)
words = st.none() | names.map(tidy) | hostile
percents = st.integers(0, 10**7).map(lambda value: Fraction(value, 10**7))
ends = st.tuples(percents, percents).map(sorted).filter(lambda two: two[0] < two[1])
shares = st.one_of(
    percents.map(Share.point),
    st.tuples(ends, st.booleans(), st.booleans()).map(lambda it: Share(*it[0], *it[1:])),
    st.just(Share.unknown()),
)
dates = st.none() | st.sampled_from(["2001", "2001-05", "2001-05-06"]).map(PartialDate.parse)
later = st.none() | st.sampled_from(["2003", "2003-05", "2003-05-06"]).map(PartialDate.parse)
counts = st.none() | st.integers(0, 10**12)


@st.composite
def holdings(draw, number):
    capital = draw(st.none() | shares)
    return {
        "issuer": f"Issuer {number}",
        "holder": tidy(draw(names | hostile)),
        "interest": draw(st.sampled_from(list(Interest))),
        "directness": draw(st.sampled_from(list(Directness))),
        "capital": capital,
        "shares": draw(counts),
        "votes": draw(st.none() | shares),
        "votes_basis": draw(st.sampled_from(list(VotesBasis))),
        "vote_count": draw(counts),
        "period": Period(draw(dates), draw(later)),
        "stated_for": draw(dates),
        "known_from": draw(dates),
        "status": draw(st.sampled_from(list(Status))),
        "sourcing": draw(st.sampled_from(list(Sourcing))),
        "record": draw(st.sampled_from([None, "urn:x:record"])),
        "quote": draw(words),
        "note": draw(words),
        "document": draw(st.sampled_from(["Paper", "=Paper", "Register, 2001"])),
    }


@st.composite
def claim_sets(draw):
    count = draw(st.integers(1, 4))
    told = [draw(holdings(number)) for number in range(count)]
    documents = {
        f"urn:doc:{title}": Document(
            id=f"urn:doc:{title}", title=title, date=PartialDate.parse("2002"), url="https://e.org/"
        )
        for title in {one["document"] for one in told}
    }
    labels = {}
    for one in told:
        for role in ("holder", "issuer"):
            labels.setdefault(party_iri(one[role]), one[role])
    parties = {
        iri: Party(id=iri, label=label, kind=draw(st.sampled_from(list(PartyKind))))
        for iri, label in labels.items()
    }
    return ClaimSet(
        parties=dict(sorted(parties.items())),
        documents=documents,
        holdings=tuple(
            Holding(
                **one
                | {
                    "id": f"urn:claim:{number}",
                    "document": f"urn:doc:{one['document']}",
                    "holder": party_iri(one["holder"]),
                    "issuer": party_iri(one["issuer"]),
                }
            )
            for number, one in enumerate(told)
        ),
    )


@settings(max_examples=40, deadline=None)
@given(claim_sets(), st.sampled_from(FORMS))
def test_what_is_written_is_read_back(claims, form):
    """Law: the same holdings between the same parties, in each form, with no loss reported."""
    data, losses = written(form, claims)

    again = back(form, data)

    assert said(claims) == said(again)
    assert claims.parties == again.parties
    assert {} == losses
    assert data == written(form, claims)[0]


@pytest.mark.parametrize("form", FORMS)
def test_the_case_is_read_back(form):
    """Levels, competing sources and superseded claims stay what they are; nothing is added up."""
    claims = OwnershipGraph.open().claims
    data, losses = written(form, claims)

    again = back(form, data)

    assert 348 == len(again.holdings)
    assert says(claims) == says(again)
    assert {
        "agreement",
        "tenure",
        "event",
        "party: aliases",
        "claim: document that tells its end",
    } <= {*losses}


def says(claims):
    """As `said`, for a case whose losses are known."""
    found = []
    for one in claims.holdings:
        document = claims.documents[one.document]
        found.append(
            repr(
                (
                    claims.parties[one.holder].label,
                    claims.parties[one.issuer].label,
                    one.capital,
                    one.shares,
                    one.votes,
                    one.vote_count,
                    one.period,
                    one.stated_for,
                    one.status,
                    one.sourcing,
                    one.interest,
                    one.directness,
                    tidy(one.quote or ""),
                    tidy(one.note or ""),
                    (document.title, document.date, document.publisher, document.url),
                )
            )
        )
    return sorted(found)


def test_totals_and_classes_come_back():
    table = (
        b"holder,issuer,shares,issued_shares,share_class,votes,valid_from,valid_until\n"
        b"A,Firm,60,100,A shares,60,2001,2003\nB,Firm,40,100,A shares,40,2001,2003\n"
    )
    claims = read("csv", table, "t.csv").claims
    data, losses = written("csv", claims)

    again = back("csv", data)

    assert {} == losses
    assert said(claims) == said(again)
    totals = [(one.issued, one.period) for one in claims.capitals]
    assert totals == [(one.issued, one.period) for one in again.capitals]
    assert 2 == len(totals)


def test_parties_of_one_name_stay_two():
    one, other = (Party(id=f"https://e.org/{n}", label="Smith") for n in "ab")
    firm = Party(id=party_iri("Firm"), label="Firm")
    half = Share.point(Fraction(1, 2))
    claims = ClaimSet(
        parties={party.id: party for party in (one, other, firm)},
        documents={"urn:d": Document(id="urn:d", title="D")},
        holdings=tuple(
            Holding(id=f"urn:{p.id}", document="urn:d", holder=p.id, issuer=firm.id, capital=half)
            for p in (one, other)
        ),
    )
    data, losses = written("csv", claims)

    assert {one.id, other.id} == {holding.holder for holding in back("csv", data).holdings}
    assert {"party: name": 2} == losses


@pytest.mark.parametrize("form", FORMS)
def test_no_cell_is_a_formula(form):
    table = read("csv", b'holder,issuer,capital_percent\n"=HYPERLINK(""x"")",@b,50\n', "t.csv")
    data, _ = written(form, table.claims)

    assert {'=HYPERLINK("x")', "@b"} == {one.label for one in back(form, data).parties.values()}
    if form in ("csv", "tsv"):
        rows = csv.reader(io.StringIO(data.decode()), delimiter="\t" if form == "tsv" else ",")
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert {"s", "n"} == {cell.data_type for row in sheet.iter_rows() for cell in row}


@given(st.text("'=+-@ a", max_size=6))
def test_defusing_is_undone(text):
    assert text == undefused(defused(text))
    assert not defused(text).startswith(FORMULA)


def test_a_share_without_a_decimal_is_told():
    table = read("csv", b"holder,issuer,capital_percent\nA,B,50\n", "t.csv").claims
    third = tuple(replace(one, capital=Share.point(Fraction(1, 3))) for one in table.holdings)

    _, losses = written("csv", replace(table, holdings=third))

    assert {"holding: digits of a share": 1} == losses
