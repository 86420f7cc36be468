"""Imprecise dates: what meets is an alternative, never a sum, and nothing competes by chance."""

import pytest

from keiretsu.model import Period, Sourcing, Status


def percents(snapshot, holder="a", issuer="t"):
    pair = snapshot.position(holder), snapshot.position(issuer)
    return [str(h.capital) for h in snapshot.holdings if (h.holder, h.issuer) == pair]


def codes(snapshot):
    return {caution.code for caution in snapshot.cautions}


def on_days(book, *days):
    return [percents(book.on(day)) for day in days]


def test_a_level_and_an_interval_that_begins_within_a_year(register):
    """Until the interval has surely begun the level before it may still be so: a hull, not zero."""
    book = register()
    book.holds("a", "t", "33", stated="2018-12-31")
    book.holds("a", "t", "40", since="2019")
    days = ("2018-12-31", "2019-01-01", "2019-12-30", "2019-12-31")
    assert [["33 %"], ["[33, 40] %"], ["[33, 40] %"], ["40 %"]] == on_days(book, *days)
    assert "imprecise-date" in codes(book.on("2019-06-30"))


def test_two_levels_that_meet_in_a_month(register):
    """A level of a month may be newer than the day asked about: the one before may be so."""
    book = register()
    book.holds("a", "t", "34", stated="2019-06-30")
    book.holds("a", "t", "35", stated="2019-09")
    days = ("2019-08-31", "2019-09-01", "2019-09-29", "2019-09-30", "2019-10-01")
    assert [["34 %"], ["[34, 35] %"], ["[34, 35] %"], ["35 %"], ["35 %"]] == on_days(book, *days)


def test_a_level_of_a_month_alone_is_read_throughout_it(register):
    """Where nothing else is told there is no alternative, and nothing is carried within it."""
    book = register()
    book.holds("a", "t", "35", stated="2019-09")
    assert [[], ["35 %"], ["35 %"]] == on_days(book, "2019-08-31", "2019-09-01", "2019-10-01")
    assert "carried-forward" not in codes(book.on("2019-09-15"))
    assert "carried-forward" in codes(book.on("2019-10-01"))


def test_levels_whose_order_is_open_stay_alternatives(register):
    """A level of the year and one of a day within it: later on either may be the newest."""
    book = register()
    book.holds("a", "t", "34", stated="2019-06-30")
    book.holds("a", "t", "36", stated="2019")
    assert [["[34, 36] %"], ["[34, 36] %"]] == on_days(book, "2019-08-31", "2020-02-01")


def test_a_level_that_ends_within_a_year(register):
    """A level *until 2019* is over at the end of that year, and may be before."""
    book = register()
    book.holds("a", "t", "34", stated="2018-12-31", until="2019")
    days = ("2018-12-31", "2019-01-01", "2019-12-30", "2019-12-31")
    assert [["34 %"], ["[0, 34] %"], ["[0, 34] %"], []] == on_days(book, *days)


def test_a_level_beside_an_interval_that_ended_within_a_year(register):
    """If it is open whether the interval ended before the level was stated, it may be over."""
    book = register()
    book.holds("a", "t", "34", since="2016-01-01", until="2018")
    book.holds("a", "t", "10", stated="2018-06-30")
    assert [["[0, 10] %"]] == on_days(book, "2019-03-01")
    assert [["[0, 34] %"]] == on_days(book, "2018-09-01")


def test_rows_that_add_up_do_so_within_a_hull(register):
    """Two rows of a record until 2018 are both over or both not: nothing, or their sum."""
    book = register()
    for percent in ("10", "12"):
        book.holds("a", "t", percent, since="2016-01-01", until="2018", document="paper")
    assert [["10 %", "12 %"], ["[0, 22] %"], []] == on_days(
        book, "2017-12-31", "2018-06-30", "2019-01-01"
    )


@pytest.mark.parametrize(
    ("weaker", "tied"), [({"sourcing": Sourcing.UNSOURCED}, False), ({}, True)]
)
def test_claims_of_one_period_compete_also_within_a_hull(register, weaker, tied):
    """What two documents say of the same imprecise period does not meet: one of them is read."""
    book = register().document("d1", "2019").document("d2", "2019")
    book.holds("a", "t", "60", since="2018", document="d1", **weaker)
    book.holds("a", "t", "30", since="2018", document="d2")
    snapshot = book.on("2018-06-30")
    assert ["[0, 30] %"] == percents(snapshot)
    assert ["60 %"] == [str(c.loser.capital) for c in snapshot.conflicts]
    assert tied == ("conflict-tied" in codes(snapshot))


def test_a_joint_of_three(register):
    """Of three that meet within a year any may be so."""
    book = register()
    book.holds("a", "t", "20", until="2018")
    book.holds("a", "t", "30", since="2018", until="2018", document="d2")
    book.holds("a", "t", "40", since="2018", document="d3")
    assert [["[20, 40] %"], ["40 %"]] == on_days(book, "2018-06-30", "2018-12-31")


@pytest.mark.parametrize("who", ["a", "t"])
def test_a_party_that_ends_within_a_year(register, who):
    """A level is not carried beyond the last day on which the party may have existed."""
    book = register().party(who, exists=Period.parse(None, "2019"))
    book.holds("a", "t", "34", stated="2018-12-31")
    assert [["34 %"], []] == on_days(book, "2019-06-30", "2019-12-31")


def test_what_is_disputed_ends_with_what_is_accepted(register):
    """An accepted interval that ended ends a disputed level; a disputed one ends nothing."""
    book = register()
    book.holds("a", "t", "34", since="2016-01-01", until="2019-01-01")
    book.holds("a", "t", "33", stated="2018-12-01", status=Status.DISPUTED)
    assert [[]] == on_days(book, "2019-06-30")
    other = register()
    other.holds("a", "t", "34", since="2016-01-01", until="2019-01-01", status=Status.DISPUTED)
    other.holds("a", "t", "33", stated="2018-12-01")
    assert [["33 %"]] == on_days(other, "2019-06-30")


def test_only_what_is_tied_can_contradict(register):
    """A weaker document that says otherwise is no tie, even beside one that says the same."""
    book = register().document("d1", "2019").document("d2", "2019").document("d3", "2010")
    for document, percent in (("d1", "30"), ("d2", "30"), ("d3", "60")):
        book.holds("a", "t", percent, document=document)
    assert "conflict-tied" not in codes(book.on())


def test_tied_records_are_compared_row_by_row_whatever_their_order(register):
    """Two documents with the same rows agree; with other rows they contradict each other."""
    book = register().document("d1", "2019").document("d2", "2019")
    for document, rows in (("d1", ("10", "20")), ("d2", ("20", "10"))):
        for percent in rows:
            book.holds("a", "t", percent, document=document)
    assert "conflict-tied" not in codes(book.on())
    book.holds("a", "t", "5", document="d2")
    assert "conflict-tied" in codes(book.on())


# -- tables by class ----------------------------------------------------------------------------


def by_class(register, parts, stated="2020-06-30", **interval):
    book = register()
    book.share_class("t", "one")
    book.share_class("t", "two")
    book.holds("a", "t", "30.1", **interval)
    for name, percent in zip(("one", "two"), parts, strict=True):
        book.holds("a", "t", percent, share_class=name, stated=stated, document="table")
    return book


def test_a_table_by_class_is_the_input_inside_an_interval(register):
    """If its rows add up to the interval's percentage as printed; it is never added to it."""
    book = by_class(register, ("20.04", "10.02"), since="2018-01-01")
    assert [["30.1 %"], ["20.04 %", "10.02 %"], ["20.04 %", "10.02 %"]] == on_days(
        book, "2020-06-29", "2020-06-30", "2021-06-30"
    )
    assert "carried-forward" in codes(book.on("2021-06-30"))
    assert [["30.1 %"]] == on_days(book, "2022-07-01")  # older than two years


def test_a_table_by_class_that_disagrees_is_a_warning(register):
    """The interval is read, and the difference said."""
    book = by_class(register, ("20", "11"), since="2018-01-01")
    assert [["30.1 %"]] == on_days(book, "2020-06-30")
    assert "count-disagrees" in codes(book.on("2020-06-30"))


def test_a_table_by_class_from_before_the_interval_is_over(register):
    """The interval is the pair's next claim, whatever class the table names."""
    book = by_class(register, ("40", "5"), since="2020-09-01")
    assert [["40 %", "5 %"], ["30.1 %"]] == on_days(book, "2020-08-31", "2020-09-01")


def test_a_level_of_no_class_and_a_table_by_class(register):
    """The newer is read alone: they are about the same shares."""
    book = by_class(register, ("20", "10"), stated="2020-01-31")
    book.holdings.pop(0)  # a level in place of the interval
    book.holds("a", "t", "31", stated="2019-12-31")
    assert [["31 %"], ["20 %", "10 %"]] == on_days(book, "2020-01-30", "2020-01-31")
    book.holds("a", "t", "29", stated="2020-03-31")
    assert [["29 %"]] == on_days(book, "2020-06-30")


def test_rows_of_one_table_with_and_without_a_class_add_up(register):
    """A row that names no class stands beside those that do, in one table."""
    book = register()
    book.share_class("t", "one")
    book.share_class("t", "two")
    book.holds("a", "t", "20", share_class="one", stated="2020-06-30")
    book.holds("a", "t", "10", stated="2020-06-30")
    assert ["10 %", "20 %"] == sorted(percents(book.on()))


# -- registrations ------------------------------------------------------------------------------


def registered(book, day):
    snapshot = book.on(day)
    return sorted(snapshot.facts[snapshot.position("t")].registrations), codes(snapshot)


def test_a_registration_is_read_while_its_interval_lasts(register):
    """On its day, flagged after it, and not for a later interval of the pair."""
    book = register()
    book.holds("a", "t", "20", since="2015-01-01", until="2018-01-01")
    book.holds("a", "t", "10", since="2018-01-01", document="d2")
    book.registered("a", "t", 100, stated="2017-06-30")
    assert (["a"], set()) == registered(book, "2017-06-30")
    assert (["a"], {"carried-forward"}) == registered(book, "2017-12-31")
    known, told = registered(book, "2018-01-01")
    assert ([], True) == (known, "registration-outdated" in told)


def test_a_registration_grows_too_old(register):
    """Within the greatest age only."""
    book = register()
    book.holds("a", "t", "20", since="2015-01-01")
    book.registered("a", "t", 100, stated="2017-06-30")
    assert ["a"] == registered(book, "2019-06-30")[0]
    assert [] == registered(book, "2019-07-01")[0]


def test_figures_of_an_open_date_are_said(register):
    """A figure that may not be so yet is read, and flagged."""
    book = register()
    book.capital("t", issued=1000, since="2019")
    book.holds("a", "t", shares=450)
    assert "imprecise-date" in codes(book.on("2019-06-30"))
    assert "imprecise-date" not in codes(book.on("2020-01-01"))
