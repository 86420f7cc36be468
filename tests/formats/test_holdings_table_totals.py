"""The holdings table: numbers of shares, their totals and their classes."""

import pytest

from keiretsu.formats import check_holdings_table, read_holdings_table
from keiretsu.model import Period, Severity


def read(text):
    return read_holdings_table(text.encode(), "t.csv")


def in_order(result):
    return sorted(result.claims.holdings, key=lambda holding: int(holding.place.split(":")[1]))


def codes(result):
    return [caution.code for caution in result.cautions]


def test_issued_shares_are_a_claim_on_the_issuer():
    """One total per issuer and class, said once or on each row."""
    result = read('holder,issuer,shares,issued_shares\nA,B,"44,358,343",295722284\nC,B,1000,\n')
    (capital,) = result.claims.capitals

    assert 295_722_284 == capital.issued
    assert [44_358_343, 1000] == [holding.shares for holding in in_order(result)]
    assert [None, None] == [holding.capital for holding in in_order(result)]
    assert [] == codes(result)


def test_a_complete_table_makes_up_its_total():
    """Without issued_shares the sum of all rows is the total, own shares included, and flagged."""
    result = read("holder,issuer,shares\nA,B,60\nC,B,30\nB,B,10\n")
    (capital,) = result.claims.capitals

    assert 100 == capital.issued
    assert ["complete-table"] == codes(result)


def test_a_sum_of_rows_is_said_by_the_table():
    """No cited source states the total that the rows add up to."""
    claims = read("holder,issuer,shares,source_title\nA,B,60,One\nC,B,40,Two\n").claims
    (capital,) = claims.capitals

    assert "t.csv" == claims.documents[capital.document].title
    assert {"One", "Two"} == {claims.documents[h.document].title for h in claims.holdings}


def test_totals_follow_the_periods_of_their_rows():
    """A number that stays is one claim; a number that changes is one for each period."""
    header = "holder,issuer,shares,issued_shares,valid_from,valid_until\n"
    steady = read(header + "A,B,1,100,2001,2002\nA,B,2,100,2002,2003\n").claims.capitals
    growing = read(header + "A,B,1,100,2001,2002\nA,B,2,200,2002,\n").claims.capitals

    assert [(Period.parse("2001", "2003"), 100)] == [(c.period, c.issued) for c in steady]
    assert {(Period.parse("2001", "2002"), 100), (Period.parse("2002"), 200)} == {
        (c.period, c.issued) for c in growing
    }


def test_totals_of_classes_make_up_the_total_of_all_shares():
    """What each class has issued is said of the class, and the sum of the issuer."""
    result = read(
        "holder,issuer,share_class,shares,issued_shares\nA,B,Common,60,100\nC,B,Preferred,10,50\n"
    )
    common, preferred = (holding.share_class for holding in in_order(result))

    assert {common: 100, preferred: 50, None: 150} == {
        capital.share_class: capital.issued for capital in result.claims.capitals
    }


UNTOTALLED = {
    "a row without shares": "A,B,60,,\nC,B,,,\n",
    "a row with a percentage": "A,B,60,40,\nC,B,30,,\n",
    "periods that overlap": "A,B,60,,2001\nC,B,30,,2002\n",
}


@pytest.mark.parametrize("rows", UNTOTALLED.values(), ids=UNTOTALLED)
def test_an_incomplete_table_makes_up_no_total(rows):
    """A sum that is not the total is not taken for it."""
    result = read("holder,issuer,shares,capital_percent,valid_from\n" + rows)

    assert () == result.claims.capitals
    assert ["no-share-total"] == codes(result)


def test_a_share_class_is_named_and_its_votes_flagged_as_assumed():
    """The table does not say how a class votes: the claim says that this field has no source."""
    result = read("holder,issuer,share_class,capital_percent\nA,B,Class A,10\nC,B,class a,20\n")
    (share_class,) = result.claims.share_classes

    assert {share_class.id} == {holding.share_class for holding in result.claims.holdings}
    assert ("Class A", ("votes_per_share",)) == (share_class.label, share_class.unsourced_fields)
    assert ["one-share-one-vote"] == codes(result)


def test_a_class_whose_rows_all_state_votes_needs_no_assumption():
    """Nothing is invented where the table says how many votes each holder has."""
    result = read("holder,issuer,share_class,shares,votes\nA,B,Class A,10,100\n")

    assert () == result.claims.share_classes
    assert ["complete-table"] == codes(result)


HEADER = "holder,issuer,capital_percent,valid_from,valid_until,source_title,share_class,record\n"
TWICE = {
    "a copied row": ("A,B,30,,,,,\nA,B,30,,,,,\n", ["repeated-row"]),
    "three copies": ("A,B,30,,,,,\nA,B,30.0,,,,,\na,b,30,,,,,\n", ["repeated-row"]),
    "a stake told anew": ("A,B,30,2017,,,,\nA,B,31,2018,,,,\n", ["periods-added"]),
    "one of no date": ("A,B,30,,,,,\nA,B,31,2018,,,,\n", ["periods-added"]),
    "two sources": ("A,B,30,,,One,,\nA,B,31,,,Two,,\n", ["sources-added"]),
    "two lots": ("A,B,30,2017,,One,,\nA,B,31,2017,,One,,\n", []),
    "older ones ended": ("A,B,30,2017,2018-01-01,,,\nA,B,30,2018-01-01,,,,\n", []),
    "two classes": ("A,B,30,,,,X,\nA,B,30,,,,Y,\n", []),
    "rows of their own source": ("A,B,30,,,One,,source\nA,B,31,,,Two,,source\n", []),
    "two holders": ("A,B,30,,,,,\nC,B,30,,,,,\n", []),
}


@pytest.mark.parametrize(("rows", "expected"), TWICE.values(), ids=TWICE)
def test_what_may_be_told_twice_is_said(rows, expected):
    """Rows of a pair add up as ever; where a copy or a newer figure would do so, it is said."""
    result = read(HEADER + rows)
    told = [c for c in result.cautions if c.code != "one-share-one-vote"]
    assert expected == [caution.code for caution in told]
    assert all(("A", "B") == caution.parties for caution in told)


def test_very_many_pairs_told_twice_are_counted():
    """An answer does not carry a warning for each of them."""
    rows = "".join(f"A,B{n},30,,,,,\n" * 2 for n in range(1_001))
    (caution,) = read(HEADER + rows).cautions
    assert (("repeated-row", ()), True) == (
        (caution.code, caution.parties),
        "1,001" in caution.text,
    )


NAMES_OF_SUMS = ["Total", "TOTAL", "Sum", "Insgesamt", "Total général", "total general", "合計"]


@pytest.mark.parametrize("name", NAMES_OF_SUMS)
def test_a_holder_called_total_is_kept_and_told_with_its_place(name):
    """It may be a sum or a party of that name: only the author knows."""
    text = f"{HEADER}A,B,20,,,,,\n{name},B,20,,,,,\n"
    result = read(text)
    (caution,) = [c for c in result.cautions if c.code == "total-as-holder"]
    (finding,) = [f for f in check_holdings_table(text.encode(), "t.csv") if "total" in f.rule]

    assert 2 == len(result.claims.holdings)
    assert caution.text.startswith("t.csv:3: ")
    assert (Severity.WARNING, "t.csv:3", (name,)) == (
        finding.severity,
        finding.place,
        finding.parties,
    )


def test_totals_of_several_issuers_are_told_once():
    """The first row is named, and how many more there are."""
    (caution,) = read(f"{HEADER}Total,B,20,,,,,\nTotal,C,20,,,,,\nTotal,D,2,,,,,\n").cautions
    assert "(so in 2 more rows)" in caution.text


@pytest.mark.parametrize("name", ["TotalEnergies SE", "Total SA", "Sum Ltd", "Summe & Co"])
def test_a_longer_name_is_no_total(name):
    """Only the bare word is doubtful."""
    assert () == read(f"{HEADER}A,B,20,,,,,\n{name},B,20,,,,,\n").cautions
