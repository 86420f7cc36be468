"""The holdings table: which rows are refused, skipped or found, and where."""

import pytest

from keiretsu.errors import InputError
from keiretsu.formats import check_holdings_table, read_holdings_table
from keiretsu.model import Severity


def read(text, **options):
    return read_holdings_table(text.encode(), "t.csv", **options)


def codes(result):
    return [caution.code for caution in result.cautions]


BAD_ROWS = {
    # name: (extra columns, row, rule, message)
    "more than all": ("", "A,B,130", "percent-range", "'130' is more than 100 %"),
    "less than none": ("", "A,B,-5", "percent-range", "'-5' is less than 0 %"),
    "a band beyond all": ("", "A,B,90-110", "percent-range", "is more than 100 %"),
    "words": ("", "A,B,half", "percent-format", "'half' is not a percentage"),
    "a fraction": ("", "A,B,1/3", "percent-format", "'1/3' is not a percentage"),
    "an enormous exponent": ("", "A,B,1e999999999", "percent-format", "is not a percentage"),
    "an endless number": ("", f"A,B,{'9' * 70}", "percent-format", "is not a percentage"),
    "not a number": ("", "A,B,nan", "percent-format", "'nan' is not a percentage"),
    "a reversed band": ("", "A,B,50-25", "reversed-percents", "'50-25' is a reversed range"),
    "an empty band": ("", 'A,B,"(25,25]"', "percent-format", "is not a percentage"),
    "reversed minimum": (
        ",capital_percent_min,capital_percent_max",
        "A,B,,50,25",
        "reversed-percents",
        "capital_percent_min 50 is more than capital_percent_max 25",
    ),
    "outside its band": (
        ",capital_percent_min,capital_percent_max",
        "A,B,60,25,50",
        "percent-range",
        "lies outside its minimum and maximum",
    ),
    "reversed dates": (
        ",valid_from,valid_until",
        "A,B,1.5,2019,2018",
        "reversed-dates",
        "valid_until 2018 lies before valid_from 2019",
    ),
    "a period of no day": (
        ",valid_from,valid_until",
        "A,B,1.5,2019-09-03,2019-09-03",
        "reversed-dates",
        "holds no day",
    ),
    "no such day": (",valid_from", "A,B,1.5,2019-02-30", "bad-date", "is not a date"),
    "a local date": (",valid_from", "A,B,1.5,03/09/2019", "bad-date", "write 2019-09-03"),
    "no month": (",valid_from", "A,B,1.5,2019-00-00", "bad-date", "'2019-00-00' is not a date"),
    "no day": (",valid_until", "A,B,1.5,2019-12-00", "bad-date", "write 2019-09-03"),
    "nought for a month": (",stated_for", "A,B,1.5,2019-00", "bad-date", "write 2019-09-03"),
    "a time of day": (",valid_from", "A,B,1.5,2019-12-31 13:00:00", "bad-date", "write 2019-12-31"),
    "a zone": (",valid_from", "A,B,1.5,2019-12-31T00:00:00Z", "bad-date", "write 2019-12-31"),
    "a month at midnight": (",valid_from", "A,B,1.5,2019-12 00:00:00", "bad-date", "is not a date"),
    "unknown kind": (",holder_kind", "A,B,1.5,wizard", "unknown-kind", "use one of: Party, Person"),
    "unknown status": (",status", "A,B,1.5,maybe", "unknown-status", "use one of: accepted"),
    "unknown sourcing": (",sourcing", "A,B,1.5,x", "unknown-sourcing", "use one of: sourced"),
    "unknown basis": (",voting_basis", "A,B,1.5,net", "unknown-voting-basis", "exercisable, gross"),
    "no holder": ("", ",B,1.5", "missing-name", "the holder has no name"),
    "an invisible issuer": ("", "A,\u200b,1.5", "missing-name", "the issuer has no name"),
    "too many cells": ("", "A,B,1.5,2", "ragged-row", "the row has 4 cells, the header 3"),
    "a part of a share": (",shares", "A,B,,1.5", "bad-number", "'1.5' is not a whole number"),
    "an ambiguous thousand": (",shares", "A,B,,1.234", "bad-number", "is not a whole number"),
    "negative shares": (",shares", "A,B,,-3", "bad-number", "is not a whole number"),
    "more shares than issued": (
        ",shares,issued_shares",
        "A,B,,11,10",
        "percent-range",
        "shares 11 are more than the 10 issued",
    ),
    "neither yes nor no": (
        ",issuer_listed",
        "A,B,1.5,perhaps",
        "bad-truth-value",
        "write yes or no",
    ),
    "no country": (",issuer_jurisdiction", "A,B,1.5,France", "bad-jurisdiction", "two-letter"),
    "acts for itself": (",actsfor", "A,B,1.5,a", "conflicting-party", "cannot act for itself"),
}


@pytest.mark.parametrize(("columns", "row", "rule", "message"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_refused_skipped_or_found(columns, row, rule, message):
    """Reading stops at its line, lenient reading skips it, checking names its rule."""
    header = f"holder,issuer,capital_percent{columns}\n"
    good = f"X,Y,40{',' * columns.count(',')}\n"
    text = header + good + row + "\n"

    with pytest.raises(InputError) as caught:
        read(text)
    lenient = read(text, lenient=True)
    found = [
        f for f in check_holdings_table(text.encode(), "t.csv") if f.severity is Severity.ERROR
    ]

    assert str(caught.value).startswith("t.csv:3: ")
    assert message in str(caught.value)
    assert [(rule, "t.csv:3")] == [(f.rule, f.place) for f in found]
    assert tuple(found) == lenient.skipped
    assert ["t.csv:2"] == [holding.place for holding in lenient.claims.holdings]
    assert {"X", "Y"} == {party.label for party in lenient.claims.parties.values()}
    assert "skipped-rows" in codes(lenient)


CONTRADICTIONS = {
    "kind": ("holder_kind", "company", "person", "conflicting-party"),
    "issued shares": ("issued_shares", "100", "200", "conflicting-issued-shares"),
    "jurisdiction": ("issuer_jurisdiction", "FR", "JP", "conflicting-party"),
    "listing": ("issuer_listed", "yes", "no", "conflicting-party"),
    "state": ("actsfor", "Norway", "Qatar", "conflicting-party"),
}


@pytest.mark.parametrize(
    ("column", "first", "second", "rule"), CONTRADICTIONS.values(), ids=CONTRADICTIONS
)
def test_a_row_that_contradicts_an_earlier_one_is_refused(column, first, second, rule):
    """What is said of a party or an issuer's total must be the same on every row."""
    text = f"holder,issuer,capital_percent,{column}\nA,B,2,{first}\nA,B,3,{second}\n"

    with pytest.raises(InputError, match=r"^t\.csv:3: .* in an earlier row"):
        read(text)
    assert [rule] == [
        f.rule for f in check_holdings_table(text.encode(), "t.csv") if f.severity is Severity.ERROR
    ]


HEADERS = {
    "no issuer": ("holder,capital_percent\nA,1\n", r"^t\.csv:1: the header lacks issuer; add it"),
    "no amount": (
        "holder,issuer,stake\nA,B,1\n",
        r"lacks one of capital_percent, voting_percent, shares; add it, or rename one of 'stake'",
    ),
    "twice": (
        "holder,issuer,shares,Shares\nA,B,1,1\n",
        r"^t\.csv:1: the column shares stands twice; remove",
    ),
    "open quote": (
        'holder,issuer,capital_percent\nA,B,2\n"C,B,3\n',
        r"^t\.csv:3: a quote is opened in this record and never closed",
    ),
}


@pytest.mark.parametrize(("text", "message"), HEADERS.values(), ids=HEADERS)
def test_an_unreadable_table_is_refused_by_reading_and_checking(text, message):
    """What leaves the table's shape open is an error even of the check."""
    with pytest.raises(InputError, match=message):
        read(text)
    with pytest.raises(InputError, match=message):
        check_holdings_table(text.encode(), "t.csv")


def test_a_table_of_bad_rows_only_is_refused_even_leniently():
    """Skipping everything is not reading."""
    with pytest.raises(InputError, match=r"^t\.csv:2: "):
        read("holder,issuer,capital_percent\nA,B,130\n", lenient=True)


def test_an_unknown_column_is_told_with_the_nearest_name():
    """A column that is not read is never lost in silence."""
    result = read("holder,issuer,capital_percent,valid_form\nA,B,40,2019\n")
    (found,) = check_holdings_table(
        b"holder,issuer,capital_percent,valid_form\nA,B,40,2019\n", "t.csv"
    )

    assert ["unknown-column"] == codes(result)
    assert "perhaps valid_from is meant" in found.message
    assert (Severity.WARNING, "t.csv:1") == (found.severity, found.place)


MEANT = {
    # title: (other columns, what is said of it)
    "from": ("", "perhaps valid_from is meant"),
    "Start Date": ("", "perhaps valid_from is meant"),
    "since": ("", "perhaps valid_from is meant"),
    "to": ("", "perhaps valid_until is meant"),
    "end": (",valid_from", "perhaps valid_until is meant"),
    "start": (",valid_from", "not read"),
    "mood": ("", "not read"),
}


@pytest.mark.parametrize(("title", "others", "said"), [(t, *m) for t, m in MEANT.items()])
def test_the_column_that_was_probably_meant_is_named_in_answers_too(title, others, said):
    """One that the table has already is not offered."""
    empty = "," * others.count(",")
    header = f"holder,issuer,capital_percent,{title}{others}"
    (caution,) = read(f"{header}\nA,B,4,2019{empty}\n").cautions

    assert ("unknown-column", True) == (caution.code, caution.text.endswith(said))


@pytest.mark.parametrize("time", ["00:00", "00:00:00", "00:00:00.000000"])
@pytest.mark.parametrize("between", [" ", "T"])
def test_a_day_at_midnight_is_that_day(between, time):
    """Programs that know only points of time write dates so."""
    header = "holder,issuer,capital_percent,valid_from,valid_until,source_date,source_title\n"
    days = ("2019-12-31", "2020-03-01", "2020-01-01")
    plain, timed = (
        read(f"{header}A,B,40,{','.join(f'{day}{rest}' for day in days)},S\n").claims
        for rest in ("", f"{between}{time}")
    )

    assert (plain.holdings[0].period, plain.holdings[0].document) == (
        timed.holdings[0].period,
        timed.holdings[0].document,
    )


def test_an_unnamed_empty_column_is_nothing():
    """Spreadsheets write a trailing delimiter on every line."""
    assert [] == codes(read("holder,issuer,capital_percent,\nA,B,40,\n"))


FRACTIONS = {
    "all small": ("A,B,0.4\nC,B,0.25\n", ["fractions-suspected"]),
    "exactly one": ("A,B,1\n", ["fractions-suspected"]),
    "a larger one": ("A,B,0.4\nC,B,1.01\n", []),
    "nothing but nought": ("A,B,0\n", []),
    "unknown": ("A,B,\n", []),
}


@pytest.mark.parametrize(("rows", "expected"), FRACTIONS.values(), ids=FRACTIONS)
def test_fractions_of_one_are_suspected(rows, expected):
    """If no percentage is above one, perhaps fractions of one are meant."""
    result = read("holder,issuer,capital_percent\n" + rows)

    assert expected == codes(result)


SUMS = {
    # name: (rows, rule and severity, if any)
    "just whole": ("A,B,60,,\nC,B,40,,\n", None),
    "rounded": ("A,B,60.3,,\nC,B,40.2,,\n", Severity.WARNING),
    "too much": ("A,B,60.3,,\nC,B,40.21,,\n", Severity.ERROR),
    "lows of bands": ("A,B,60-70,,\nC,B,41-50,,\n", Severity.ERROR),
    "lows that do not belong to their bands": ("A,B,60-70,,\nC,B,>40,,\n", Severity.WARNING),
    "bands that fit": ("A,B,60-70,,\nC,B,40-50,,\n", None),
    "own shares count": ("A,B,60,,\nB,B,41,,\n", Severity.ERROR),
    "one after the other": ("A,B,60,2001,2002\nC,B,60,2002,2003\n", None),
    "in the same period": ("A,B,60,2001,2002\nC,B,60,2001,2002\n", Severity.ERROR),
}


@pytest.mark.parametrize(("rows", "severity"), SUMS.values(), ids=SUMS)
def test_an_issuer_is_not_handed_out_twice(rows, severity):
    """Up to 100.5 % is rounding, with a warning; beyond is an error at the last row."""
    text = "holder,issuer,capital_percent,valid_from,valid_until\n" + rows
    found = check_holdings_table(text.encode(), "t.csv")

    expected = [] if severity is None else [(severity, "over-allocated", "t.csv:3", ("B",))]
    assert expected == [(f.severity, f.rule, f.place, f.parties) for f in found]
    if severity is Severity.ERROR:
        with pytest.raises(InputError, match=r"^t\.csv:3: capital_percent of 'B' adds up to"):
            read(text, lenient=True)
    else:
        assert 2 == len(read(text).claims.holdings)


def test_disputed_rows_are_not_added_up():
    """Only what must hold at once counts towards the whole."""
    disputed = "holder,issuer,capital_percent,status\nA,B,60,\nC,B,60,disputed\n"

    assert [] == check_holdings_table(disputed.encode(), "t.csv")


@pytest.mark.parametrize(
    "rows",
    [
        "holder,issuer,capital_percent,source_title\nA,B,30,One\nA,B,80,Two\n",
        "holder,issuer,shares,issued_shares,source_title\nA,B,30,100,One\nA,B,80,100,Two\n",
    ],
)
def test_rows_that_cite_different_sources_add_up_too(rows):
    """Several rows of one pair add up, whichever source each of them cites."""
    found = [finding.rule for finding in check_holdings_table(rows.encode(), "t.csv")]
    assert ["over-allocated", "sources-added"] == found


def test_votes_of_different_bases_are_not_added_up():
    """Exercisable and gross percentages are parts of different wholes."""
    text = "holder,issuer,voting_percent,voting_basis\nA,B,60,exercisable\nC,B,60,{}\n"

    assert [] == check_holdings_table(text.format("gross").encode(), "t.csv")
    assert ["over-allocated"] == [
        f.rule for f in check_holdings_table(text.format("exercisable").encode(), "t.csv")
    ]


COUNTS = {
    "all of them": ("A,B,60,100\nC,B,40,100\n", []),
    "one too many": ("A,B,60,100\nC,B,41,100\n", ["over-allocated"]),
    "one holder has all": ("A,B,100,100\n", []),
}


@pytest.mark.parametrize(("rows", "rules"), COUNTS.values(), ids=COUNTS)
def test_more_shares_than_issued_are_found(rows, rules):
    """Counts are exact: one share too many is an error."""
    text = "holder,issuer,shares,issued_shares\n" + rows

    assert rules == [f.rule for f in check_holdings_table(text.encode(), "t.csv")]


def test_a_check_reports_everything_in_the_order_of_lines():
    """One run tells all that is to be mended."""
    text = (
        "holder,issuer,capital_percent,valid_from,valid_until,holder_kind,colour\n"
        "A,B,130,,,,\n"
        "A,B,40,2019,2018,,\n"
        "A,B,40,,,wizard,\n"
        "A,B\n"
        "A,B,40,,,,red\n"
    )
    found = check_holdings_table(text.encode(), "t.csv")

    assert [
        ("t.csv:1", "unknown-column"),
        ("t.csv:2", "percent-range"),
        ("t.csv:3", "reversed-dates"),
        ("t.csv:4", "unknown-kind"),
        ("t.csv:5", "ragged-row"),
    ] == [(finding.place, finding.rule) for finding in found]


def test_hostile_text_stays_one_line_of_a_message():
    """Markup, terminal escapes and line breaks of strangers do not shape our messages."""
    text = b'holder,issuer,capital_percent\n"A\nB",C,"\x1b[31m</script>\n' + b"x" * 999 + b'"\n'
    with pytest.raises(InputError) as caught:
        read_holdings_table(text, "t.csv")

    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 300
