"""Votes from shares, classes, registrations and reports; own shares."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import OverAllocatedError
from keiretsu.measures import control, votes
from keiretsu.model import Interest, PartialDate

HALF = Fraction(1, 2)
DOUBLE = {"registered_votes_per_share": Fraction(2)}


def rows(snapshot, company="t", **options):
    """Return the table of votes, by holder."""
    return {record.holder: record for record in votes(snapshot, company, **options)}


def codes(snapshot, company="t"):
    """Return what was assumed about a company's votes."""
    return {caution.code for caution in votes(snapshot, company).warnings}


def ends(bounds):
    """Return the two ends of a range."""
    return bounds.low, bounds.high


# -- own shares, classes, registration ------------------------------------------------------


def test_one_share_one_vote_is_said(register):
    """Where nothing says otherwise a share has a vote; the answer says that this was assumed."""
    book = register()
    book.holds("a", "t", "40")
    assert (Fraction(2, 5),) * 2 == ends(rows(book.on())["a"].votes)
    assert "one-share-one-vote" in codes(book.on())


@pytest.mark.parametrize(
    ("country", "article"),
    [
        ("FR", "C. com. L.225-210"),
        ("JP", "Companies Act 308(2)"),
        ("DE", "AktG 71b"),
        (None, "general rule"),
    ],
)
def test_own_shares_carry_no_votes(country, article, register):
    """Own shares count once in the published whole, and not at all in the exercisable one."""
    book = register().party("t", jurisdiction=country)
    book.holds("a", "t", "40")
    book.holds("t", "t", "20")
    found = rows(book.on())
    own = found["t"]
    assert "treasury" == own.kind
    assert (Fraction(1, 5), Fraction(0)) == (own.gross_votes.low, own.votes.high)
    assert [(article, "own shares")] == [(t.article.name, t.effect) for t in own.rules]
    assert (Fraction(2, 5), HALF) == (found["a"].gross_votes.low, found["a"].votes.low)
    assert HALF == found["undisclosed"].votes.low


def test_own_shares_are_not_doubled(register):
    """In the published whole own shares have one vote each, registered or not."""
    book = register()
    book.share_class("t", "ordinary", **DOUBLE)
    book.capital("t", issued=100, treasury=20)
    book.holds("a", "t", shares=80)
    book.registered("a", "t")
    book.registered("t", "t")
    assert Fraction(160, 180) == rows(book.on())["a"].gross_votes.low


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        ("2016-04-03", "2016-04-02", Fraction(1, 2)),
        ("2016-04-03", "2016-04-03", Fraction(2, 3)),
        (None, "2010-01-01", Fraction(2, 3)),
    ],
)
def test_double_votes_begin_on_their_day(since, day, expected, register):
    """Votes change without any trade on the day on which registration begins to count."""
    begins = PartialDate.parse(since) if since else None
    book = register()
    book.share_class("t", "ordinary", registered_votes_from=begins, **DOUBLE)
    book.capital("t", issued=100)
    book.holds("a", "t", shares=50)
    book.holds("b", "t", shares=50)
    book.registered("a", "t", 50)
    book.registered("b", "t", 0)
    assert (expected, expected) == ends(rows(book.on(day))["a"].votes)


def test_no_more_is_registered_than_held(register):
    """A registration of more shares than are held gives no further votes."""
    book = register()
    book.share_class("t", "ordinary", **DOUBLE)
    book.capital("t", issued=100)
    book.holds("a", "t", shares=50)
    book.holds("b", "t", shares=50)
    book.registered("a", "t", 70)
    book.registered("b", "t", 0)
    assert Fraction(100, 150) == rows(book.on())["a"].votes.low


def test_classes_without_votes(register):
    """Shares of a class without votes have capital only."""
    book = register()
    book.share_class("t", "common")
    book.share_class("t", "preferred", votes_per_share=Fraction(0))
    book.holds("a", "t", "30", share_class="common")
    book.holds("b", "t", "70", share_class="preferred")
    found = rows(book.on())
    assert (1, 1) == ends(found["a"].votes)
    assert (0, 0) == ends(found["b"].votes)
    assert "certain" == control(book.on(), by="a", of="t")[0].verdict


def test_shares_of_no_named_class_may_be_of_any(register):
    """Beside several classes the rest's votes are a range: no majority is certain by assumption."""
    book = register()
    book.share_class("t", "A", votes_per_share=Fraction(10))
    book.share_class("t", "B")
    book.holds("founder", "t", "10", share_class="A")
    found = rows(book.on())["founder"].votes
    assert (Fraction(100, 1000), Fraction(100, 190)) == ends(found)
    assert "possible" == control(book.on(), by="founder", of="t")[0].verdict


def test_a_beneficiary_has_no_votes(register):
    """The benefit of a trust is capital without votes."""
    book = register()
    book.holds("a", "t", "30", interest=Interest.BENEFICIARY)
    book.holds("b", "t", "70")
    found = rows(book.on())
    assert (Fraction(3, 10), 0) == (found["a"].capital.low, found["a"].votes.high)


# -- only percentages known -----------------------------------------------------------------


def test_a_range_where_registration_is_not_known(register):
    """Renault in 2019: only percentages; the range holds the truth of the later table."""
    book = (
        register()
        .party("Renault", jurisdiction="FR", listed=True)
        .party("Nissan", jurisdiction="JP")
    )
    book.share_class("Renault", "ordinary", **DOUBLE)
    book.holds("State", "Renault", "15.01")
    book.registered("State", "Renault")
    book.holds("Nissan", "Renault", "15")
    book.registered("Nissan", "Renault")
    book.holds("Renault", "Nissan", "43.4")
    found = rows(book.on("2019-09-03"), "Renault")
    low = Fraction(3002, 3002 + 2 * 6999)
    high = Fraction(3002, 3002 + 6999)
    assert (low, high) == ends(found["State"].votes)
    assert low < Fraction(2861, 10000) < high
    assert (0, 0) == ends(found["Nissan"].votes)
    assert "votes-in-range" in codes(book.on("2019-09-03"), "Renault")


def test_the_published_total_settles_the_rest(register):
    """With the published total of votes the same range becomes one number."""
    book = register()
    book.share_class("t", "ordinary", **DOUBLE)
    book.capital("t", issued=1000, gross_votes=1300)
    book.holds("a", "t", "20")
    book.registered("a", "t")
    assert (Fraction(400, 1300),) * 2 == ends(rows(book.on())["a"].votes)
    assert "votes-in-range" not in codes(book.on())


@pytest.mark.parametrize("total", [1199, 2001])
def test_a_total_that_cannot_be_is_not_used(total, register):
    """A total below or above what the shares can have is left aside, and said."""
    book = register()
    book.share_class("t", "ordinary", **DOUBLE)
    book.capital("t", issued=1000, gross_votes=total)
    book.holds("a", "t", "20")
    book.registered("a", "t")
    assert (Fraction(400, 2000), Fraction(400, 1200)) == ends(rows(book.on())["a"].votes)
    assert "total-contradicts" in codes(book.on())


HOLDER = st.tuples(st.integers(1, 20), st.sampled_from(["known", "unknown"]), st.integers(0, 20))


@given(st.lists(HOLDER, min_size=1, max_size=3), st.integers(0, 20), st.integers(0, 10))
def test_the_ends_are_attained_by_registrations(register, holders, rest, own):
    """Each end of each holder's votes is that of some choice of who registered what."""
    book, issued = register(), sum(shares for shares, *_ in holders) + rest + own
    book.share_class("t", "ordinary", **DOUBLE)
    book.capital("t", issued=issued, treasury=own)
    choices = []
    for number, (shares, known, registered) in enumerate(holders):
        book.holds(f"h{number}", "t", shares=shares)
        if known == "known":
            book.registered(f"h{number}", "t", registered)
            choices.append([shares + min(shares, registered)])
        else:
            choices.append([shares, 2 * shares])
    found = rows(book.on())
    worlds = [world for world in itertools.product(*choices, [rest, 2 * rest]) if sum(world)]
    for number in range(len(holders)):
        shares = [Fraction(world[number], sum(world)) for world in worlds]
        assert (min(shares), max(shares)) == ends(found[f"h{number}"].votes)
        gross = [Fraction(world[number], sum(world) + own) for world in worlds]
        assert (min(gross), max(gross)) == ends(found[f"h{number}"].gross_votes)


# -- reported votes -------------------------------------------------------------------------


def test_a_reported_percentage_serves_without_counts(register):
    """Where a row has both percentages and no counts, its votes are those reported."""
    book = register()
    book.holds("a", "t", "30", votes="51")
    book.holds("b", "t", "70", votes="49")
    found = rows(book.on())
    assert (Fraction(51, 100),) * 2 == ends(found["a"].votes)
    assert Fraction(3, 10) == found["a"].capital.low
    assert "certain" == control(book.on(), by="a", of="t")[0].verdict


def test_a_reported_percentage_is_no_input_where_shares_are_known(register):
    """With a count the votes are derived; a report that differs is said and nothing more."""
    book = register()
    book.capital("t", issued=100)
    book.holds("a", "t", shares=30, votes="51", stated="2020-06-30")
    book.holds("b", "t", shares=70)
    assert (Fraction(3, 10),) * 2 == ends(rows(book.on())["a"].votes)
    assert "reported-differs" in codes(book.on())


def test_a_report_that_agrees_is_silent(register):
    """A report that equals the derived figure to its printed decimals is no difference."""
    book = register()
    book.capital("t", issued=300)
    book.holds("a", "t", shares=100, votes="33.33", stated="2020-06-30")
    book.holds("b", "t", shares=200)
    assert "reported-differs" not in codes(book.on())


def test_a_report_is_only_a_check_where_a_rule_may_silence(register):
    """An exercisable figure of an issuer in a cross-holding under a rule is never read."""
    book = register().party("t", jurisdiction="FR")
    book.holds("a", "t", "30", votes="51")
    book.holds("n", "t", "15", votes="20")
    book.holds("t", "n", "45")
    found = rows(book.on())
    assert (0, 0) == ends(found["n"].votes)
    assert (Fraction(30, 85),) * 2 == ends(found["a"].votes)
    assert "reported-differs" in codes(book.on())


def test_a_class_known_by_its_votes_is_derived(register):
    """With share classes recorded a reported percentage is not read."""
    book = register()
    book.share_class("t", "common", votes_per_share=Fraction(1))
    book.holds("a", "t", "30", votes="51")
    assert (Fraction(3, 10),) * 2 == ends(rows(book.on())["a"].votes)


def test_votes_reported_for_some(register):
    """Beside reported votes the capital of the others is taken, and said; if it fits."""
    book = register()
    book.holds("a", "t", "30", votes="51")
    book.holds("b", "t", "20")
    assert (Fraction(1, 5),) * 2 == ends(rows(book.on())["b"].votes)
    assert "one-share-one-vote" in codes(book.on())
    book = register()
    book.holds("a", "t", "30", votes="51")
    book.holds("b", "t", "70")
    assert (0, Fraction(49, 100)) == ends(rows(book.on())["b"].votes)
    assert "votes-unknown" in codes(book.on())


@pytest.mark.parametrize(
    ("second", "outcome"), [("40", None), ("40.5", "rounding"), ("41", "refused")]
)
def test_reported_votes_are_no_more_than_all(second, outcome, register):
    """Reported votes too may add up to 100.5 %, said and scaled, and not to more."""
    book = register()
    book.holds("a", "t", "10", votes="60")
    book.holds("b", "t", "10", votes=second)
    if outcome == "refused":
        with pytest.raises(OverAllocatedError, match="reported votes of 't' add up to 101 %"):
            rows(book.on())
        return
    assert (outcome == "rounding") == ("rounding" in codes(book.on()))
    assert 1 == sum(record.votes.low for record in rows(book.on()).values())


def test_a_vote_count_is_an_input(register):
    """A number of gross votes per holder gives its votes a share."""
    book = register()
    book.capital("t", issued=100)
    book.holds("a", "t", shares=40, vote_count=80)
    book.holds("b", "t", shares=60, vote_count=60)
    assert (Fraction(80, 140),) * 2 == ends(rows(book.on())["a"].votes)
