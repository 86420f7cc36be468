"""What could be known by a day: the second axis of time."""

import datetime as dt

import pytest

from keiretsu.model import PartialDate
from keiretsu.ownership_graph import OwnershipGraph


def percents(snapshot, holder="a", issuer="t"):
    pair = snapshot.position(holder), snapshot.position(issuer)
    return [str(h.capital) for h in snapshot.holdings if (h.holder, h.issuer) == pair]


def doubts(snapshot):
    return [(c.text, c.parties) for c in snapshot.cautions if c.code == "known-by"]


def known(book, day, as_of="2020-06-30"):
    return book.on(as_of, known_at=dt.date.fromisoformat(day))


def test_without_a_day_everything_is_read(register):
    """Nothing is hidden and nothing doubted."""
    book = register().document("paper", "2021-01-01")
    book.holds("a", "t", "30", since="2020-01-01")
    assert (["30 %"], []) == (percents(book.on()), doubts(book.on()))


@pytest.mark.parametrize(("day", "expected"), [("2020-02-29", []), ("2020-03-01", ["30 %"])])
def test_known_from_the_document_that_appears_promptly(day, expected, register):
    """A claim is hidden until a document near its start appeared, and then not doubted."""
    book = register().document("paper", "2020-03-01")
    book.holds("a", "t", "30", since="2020-01-01")
    assert (expected, []) == (percents(known(book, day)), doubts(known(book, day)))


@pytest.mark.parametrize("days", [400, -400])
def test_within_400_days_a_document_tells_from_when(days, register):
    """On the four-hundredth day it does, before the start as after it."""
    start = dt.date(2018, 6, 1)
    paper = start + dt.timedelta(days)
    book = register().document("paper", str(paper))
    book.holds("a", "t", "30", since=str(start))
    assert [] == percents(known(book, str(paper - dt.timedelta(1))))
    assert ["30 %"] == percents(known(book, str(paper)))


@pytest.mark.parametrize("days", [401, -401])
def test_beyond_400_days_a_claim_is_only_known_by(days, register):
    """It is read on every day, and flagged before its document appeared."""
    start = dt.date(2018, 6, 1)
    paper = start + dt.timedelta(days)
    book = register().document("paper", str(paper))
    book.holds("a", "t", "30", since=str(start))
    before, after = known(book, str(paper - dt.timedelta(1))), known(book, str(paper))
    assert ["30 %"] == percents(before) == percents(after)
    told = f"told only later, by {paper}; what was known on {before.known_at} is not recorded"
    assert ([(told, ("a", "t"))], []) == (doubts(before), doubts(after))


def test_a_stated_day_goes_before_the_document(register):
    """Known from 2021-12-13 by hand, although a late document alone makes it only known by."""
    book = register().document("paper", "2023-01-01")
    book.holds("a", "t", "9.98", since="2019-12", known_from=PartialDate.parse("2021-12-13"))
    assert [] == percents(known(book, "2021-12-12"))
    assert (["9.98 %"], []) == (
        percents(known(book, "2021-12-13")),
        doubts(known(book, "2021-12-13")),
    )


def test_a_level_is_known_from_its_document_too(register):
    """Its own date counts as its start."""
    book = register().document("report", "2020-04-01")
    book.holds("a", "t", "30", stated="2019-12-31", document="report")
    assert [[], ["30 %"]] == [percents(known(book, day)) for day in ("2020-03-31", "2020-04-01")]


@pytest.mark.parametrize("date", [None, "2020"])
def test_what_is_not_recorded_is_flagged(date, register):
    """A document without a date, or of some day of this year, hides nothing and is doubted."""
    book = register().document("paper", date)
    book.holds("a", "t", "30", since="2020-01-01")
    snapshot = known(book, "2020-03-01")
    assert ["30 %"] == percents(snapshot)
    assert [("a", "t")] == [parties for _, parties in doubts(snapshot)]


def test_what_is_surely_later_is_hidden_by_the_year(register):
    """A document of 2020 had surely not appeared in 2019, and surely has by its end."""
    book = register().document("paper", "2020")
    book.holds("a", "t", "30", since="2019-10-01")
    assert [] == percents(known(book, "2019-12-31", "2019-12-31"))
    assert [] == doubts(known(book, "2020-12-31"))


def test_an_end_is_known_from_the_document_that_tells_it(register):
    """Before, the claim is still open."""
    book = register().document("paper", "2019-07-24").document("later", "2021-12-13")
    book.holds("a", "t", "5", since="2019-07-23", until="2019-12", end_document="later")
    assert ["5 %"] == percents(known(book, "2021-12-12"))
    assert [] == percents(known(book, "2021-12-13"))


def test_an_end_of_which_a_document_of_the_month_tells_is_doubted(register):
    """It is read from the first day on which the document may have appeared."""
    book = register().document("paper", "2019-07-24").document("later", "2021-12")
    book.holds("a", "t", "5", since="2019-07-23", until="2019-12", end_document="later")
    found = [known(book, day) for day in ("2021-11-30", "2021-12-15", "2021-12-31")]
    assert [["5 %"], [], []] == [percents(one) for one in found]
    assert [0, 1, 0] == [len(doubts(one)) for one in found]


def test_an_end_is_told_with_what_follows(register):
    """A document that tells both tells the end on the day from which the rest is known."""
    book = register().document("paper", "2019-07-24").document("later", "2021-12")
    book.holds("a", "t", "5", since="2019-07-23", until="2019-12", end_document="later")
    day = PartialDate.parse("2021-12-13")
    book.holds("a", "t", "9.98", since="2019-12", document="later", known_from=day)
    found = [percents(known(book, day)) for day in ("2021-12-12", "2021-12-13")]
    assert [["5 %"], ["9.98 %"]] == found


def test_an_end_that_the_claim_itself_tells_needs_no_other_document(register):
    """It was known with the claim."""
    book = register().document("paper", "2019-07-24")
    book.holds("a", "t", "5", since="2019-07-23", until="2020-01-01")
    assert [] == percents(known(book, "2019-08-01"))


def test_figures_of_capital_are_hidden_and_doubted_too(register):
    """Issued shares of a later paper are no input; those of an undated one are flagged."""
    book = register().document("paper", "2020-05-01").document("undated")
    book.capital("t", issued=1000, stated="2020-03-31")
    book.holds("a", "t", shares=450, document="paper", since="2020-05-01")
    snapshot = known(book, "2020-04-30")
    assert snapshot.position("t") not in snapshot.facts
    book.capital("t", treasury=10, stated="2020-03-31", document="undated")
    assert ("t",) in [parties for _, parties in doubts(known(book, "2020-04-30"))]


def test_later_papers_cannot_win_before_they_appeared(register):
    """The document that was the latest one then is read, not the latest one now."""
    book = register().document("d1", "2020-02-01").document("d2", "2020-09-01")
    book.holds("a", "t", "30", since="2020-01-01", document="d1")
    book.holds("a", "t", "60", since="2020-01-01", document="d2")
    found = [percents(known(book, day)) for day in ("2020-01-15", "2020-03-01", "2020-10-01")]
    assert [[], ["30 %"], ["60 %"]] == found


@pytest.fixture(scope="module")
def alliance():
    return OwnershipGraph.open()


@pytest.mark.parametrize(
    ("known_at", "expected"), [("2021-12-12", ["5 %"]), ("2021-12-13", ["9.98 %"])]
)
def test_who_held_daimler_as_it_could_be_known(known_at, expected, alliance):
    """BAIC's 5 % stays open until the paper of December 2021, which also tells of 9.98 %."""
    snapshot = alliance.snapshot("2021-06-30", known_at=known_at)
    baic = [
        str(h.capital)
        for h in snapshot.holdings
        if snapshot.parties[h.holder].label.startswith(("BAIC", "Beijing"))
        and snapshot.parties[h.issuer].label == "Daimler"
    ]
    assert expected == baic
