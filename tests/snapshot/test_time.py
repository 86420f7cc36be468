"""Which claim is read on a date: intervals and levels, imprecise dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.model import PartialDate, Period
from keiretsu.snapshot import MAX_AGE_DAYS


def percents(snapshot, holder="a", issuer="t"):
    """Return what a holder has of an issuer, one text per holding."""
    pair = snapshot.position(holder), snapshot.position(issuer)
    return [str(h.capital) for h in snapshot.holdings if (h.holder, h.issuer) == pair]


def codes(snapshot):
    """Return the codes of what was assumed."""
    return {caution.code for caution in snapshot.cautions}


# -- intervals and levels -------------------------------------------------------------------


def test_an_interval_beats_a_level(register):
    """A level inside an interval is a check, not an input, and not a conflict either."""
    book = register()
    book.holds("a", "t", "43.4", since="2002-05-28", until="2023-11-08")
    book.holds("a", "t", "44", stated="2019-06-30")
    snapshot = book.on("2019-06-30")
    assert ["43.4 %"] == percents(snapshot)
    assert () == snapshot.conflicts


@pytest.mark.parametrize(
    ("day", "expected", "flagged"),
    [
        ("2018-12-30", [], False),
        ("2018-12-31", ["34 %"], False),
        ("2019-01-01", ["34 %"], True),
        ("2019-12-31", ["35 %"], False),
        ("2020-06-01", ["35 %"], True),
    ],
)
def test_a_level_carries_forward_to_the_next(day, expected, flagged, register):
    """A level holds on its day, then flagged to the pair's next claim, and never backwards."""
    book = register()
    book.holds("a", "t", "34", stated="2018-12-31")
    book.holds("a", "t", "35", stated="2019-12-31")
    snapshot = book.on(day)
    assert expected == percents(snapshot)
    assert flagged == ("carried-forward" in codes(snapshot))


def test_the_caution_says_since_when_and_of_whom(register):
    """What is carried forward names its date and the pair."""
    book = register()
    book.holds("a", "t", "34", stated="2018-12-31")
    caution = next(c for c in book.on("2019-06-01").cautions if c.code == "carried-forward")
    assert "2018-12-31" in caution.text
    assert ("a", "t") == caution.parties


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_level_lasts_as_long_as_its_age_allows(register, max_age, days):
    """A level is read up to and including its greatest age, and not a day longer."""
    book = register()
    book.holds("a", "t", "34", stated="2018-12-31")
    snapshot = book.on(dt.date(2018, 12, 31) + dt.timedelta(days), max_age_days=max_age)
    assert (["34 %"] if days <= max_age else []) == percents(snapshot)


def test_the_usual_greatest_age_is_two_years(register):
    """Unless told otherwise a level lasts two years."""
    book = register()
    book.holds("a", "t", "34", stated="2018-01-01")
    last = dt.date(2018, 1, 1) + dt.timedelta(MAX_AGE_DAYS)
    assert dt.date(2020, 1, 1) == last
    assert (["34 %"], []) == (percents(book.on(last)), percents(book.on(last + dt.timedelta(1))))


def test_an_interval_has_no_age(register):
    """Only levels age: an open interval of long ago is still so."""
    book = register()
    book.holds("a", "t", "34", since="1950-01-01")
    assert ["34 %"] == percents(book.on("2020-01-01", max_age_days=1))


def test_a_level_ends_with_its_own_end(register):
    """A level with an end is not carried beyond it, the end itself excluded."""
    book = register()
    book.holds("a", "t", "34", stated="2018-12-31", until="2019-03-01")
    assert ["34 %"] == percents(book.on("2019-02-28"))
    assert [] == percents(book.on("2019-03-01"))


@pytest.mark.parametrize("who", ["a", "t"])
def test_a_level_ends_with_either_party(who, register):
    """Nothing is carried beyond the end of the holder or of the issuer."""
    book = register().party(who, exists=Period.parse(None, "2019-03-01"))
    book.holds("a", "t", "34", stated="2018-12-31")
    assert ["34 %"] == percents(book.on("2019-02-28"))
    assert [] == percents(book.on("2019-03-01"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2018-06-30", ["34 %"]), ("2019-06-30", []), ("2020-03-01", ["10 %"])],
)
def test_a_level_does_not_outlive_an_interval_that_ended(day, expected, register):
    """Once an interval of the pair has ended, older levels are over; a later level is not."""
    book = register()
    book.holds("a", "t", "34", since="2016-01-01", until="2019-01-01")
    book.holds("a", "t", "33", stated="2018-12-01")
    book.holds("a", "t", "10", stated="2020-01-01")
    assert expected == percents(book.on(day))


def test_classes_and_interests_are_apart(register):
    """Levels of another class or interest do not end or replace a holding."""
    book = register()
    book.share_class("t", "one")
    book.share_class("t", "two")
    book.holds("a", "t", "30", share_class="one", since="2019-01-01")
    book.holds("a", "t", "20", share_class="two", stated="2020-06-30")
    assert ["30 %", "20 %"] == percents(book.on("2020-06-30"))


def test_the_only_class_is_the_same_as_none(register):
    """A table that names an issuer's only class speaks of the same shares as one that does not."""
    book = register()
    book.share_class("t", "ordinary")
    book.holds("a", "t", "40", since="2019-01-01")
    book.holds("a", "t", "40", share_class="ordinary", stated="2020-06-30")
    assert ["40 %"] == percents(book.on("2020-06-30"))


# -- imprecise dates ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-12-31", ["51 %"]),
        ("2018-01-01", ["[51, 99.4] %"]),
        ("2018-12-30", ["[51, 99.4] %"]),
        ("2018-12-31", ["99.4 %"]),
        ("2019-01-01", ["99.4 %"]),
    ],
)
def test_claims_that_meet_in_a_year_are_alternatives(day, expected, register):
    """Where one ends and the next begins within a year, either may be so: a hull, never a sum."""
    book = register()
    book.holds("a", "t", "51", since="2010", until="2018", document="d1")
    book.holds("a", "t", "99.4", since="2018", document="d2")
    snapshot = book.on(day)
    assert expected == percents(snapshot)
    assert (len(expected[0]) > 6) == ("imprecise-date" in codes(snapshot))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-12-31", ["34 %"]),
        ("2018-06-30", ["[0, 34] %"]),
        ("2018-12-31", []),
        ("2019-06-30", []),
    ],
)
def test_until_a_year_is_within_it(day, expected, register):
    """What lasted *until 2018* ended on some day of 2018: it may be over by then."""
    book = register()
    book.holds("a", "t", "34", since="2016-10-20", until="2018")
    assert expected == percents(book.on(day))


def test_since_a_month_is_within_it(register):
    """What began in a month may not have begun before its last day."""
    book = register()
    book.holds("a", "t", "34", since="2016-10")
    found = [percents(book.on(f"2016-{day}")) for day in ("09-30", "10-15", "10-31", "11-01")]
    assert [[], ["[0, 34] %"], ["34 %"], ["34 %"]] == found


def test_an_end_is_not_part_of_the_period(register):
    """Periods are half-open: on the day of its end a holding is over, and the next begins."""
    book = register()
    book.holds("a", "t", "10", since="2019-01-01", until="2020-01-01", document="d1")
    book.holds("a", "t", "20", since="2020-01-01", document="d2")
    found = [
        percents(book.on(day)) for day in ("2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01")
    ]
    assert [[], ["10 %"], ["10 %"], ["20 %"]] == found


# -- days on which nothing is so ------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (
            {"day": "2000-01-01"},
            "so on 2000-01-01: the earliest begins on 2010-01-01",
        ),
        ({"day": "2030-01-01"}, "no holding that was read is so on 2030-01-01"),
        (
            {"day": "2016-01-01", "known_at": dt.date(2005, 1, 1)},
            "on 2016-01-01, by what was known on 2005-01-01",
        ),
    ],
)
def test_a_day_without_holdings_says_so(when, told, register):
    """That nobody has anything on a day before, or after, all claims is not what they say."""
    book = register()
    known = PartialDate.parse("2012-01-01")
    book.holds("a", "t", "60", since="2010-01-01", until="2020-01-01", known_from=known)
    (caution,) = (one for one in book.on(**when).cautions if one.code == "nothing-held")
    assert told in caution.text


def test_a_day_with_holdings_says_nothing_of_the_kind(register):
    """One holding is enough."""
    book = register()
    book.holds("a", "t", "60", since="2010-01-01")
    book.holds("b", "u", "60", since="2012-01-01")
    assert "nothing-held" not in codes(book.on("2011-01-01"))
