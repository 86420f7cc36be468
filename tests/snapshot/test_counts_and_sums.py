"""Share counts, declared-indirect holdings, sums per issuer, and the audit of all dates."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import OverAllocatedError
from keiretsu.measures import control
from keiretsu.model import Directness, Severity, Status
from keiretsu.snapshot import NOBODY, Account, Ledger, Line, audit, change_days

HALF = Fraction(1, 2)


def held(snapshot, holder="a", issuer="t"):
    """Return the holdings of a pair."""
    pair = snapshot.position(holder), snapshot.position(issuer)
    return [h for h in snapshot.holdings if (h.holder, h.issuer) == pair]


def codes(snapshot):
    """Return the codes of what was assumed."""
    return {caution.code for caution in snapshot.cautions}


# -- share counts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "flags"),
    [
        ("10", set()),
        ("10.4", {"count-disagrees"}),
        ("60", {"count-disagrees"}),
        ("5-25", set()),
        (">25", {"count-disagrees"}),
    ],
)
def test_a_claim_that_states_two_shares(percent, flags, register):
    """The number of shares is read; that the percentage beside it is another one is said."""
    book = register()
    book.capital("t", issued=100)
    book.holds("a", "t", percent, shares=10)
    snapshot = book.on("2020-01-01")
    assert [Fraction(1, 10)] == [h.capital.low for h in held(snapshot)]
    assert flags == codes(snapshot)


@pytest.mark.parametrize(
    ("shares", "day", "expected", "flags"),
    [
        (150_100, "2020-12-31", Fraction(150_100, 10**6), set()),
        (150_149, "2020-12-31", Fraction(150_149, 10**6), set()),
        (150_151, "2020-12-31", Fraction(1501, 10**4), {"count-disagrees"}),
        (150_100, "2021-06-30", Fraction(150_100, 10**6), {"carried-forward"}),
        (150_100, "2020-12-30", Fraction(1501, 10**4), set()),
    ],
)
def test_a_table_inside_an_interval(shares, day, expected, flags, register):
    """Counts are the input on their date and after it if they round to the interval's decimals."""
    book = register()
    book.capital("t", issued=10**6)
    book.holds("a", "t", "15.01", since="2015-01-01")
    book.holds("a", "t", "15.01", shares=shares, stated="2020-12-31")
    snapshot = book.on(day)
    assert [expected] == [h.capital.low for h in held(snapshot)]
    assert flags == codes(snapshot)
    counted = "count-disagrees" not in flags and day >= "2020-12-31"
    assert [shares if counted else None] == [h.shares for h in held(snapshot)]


def test_a_count_is_not_read_beyond_its_age(register):
    """A table older than the greatest age is no input any more."""
    book = register()
    book.capital("t", issued=10**6)
    book.holds("a", "t", "15.01", since="2015-01-01")
    book.holds("a", "t", "15.01", shares=150_100, stated="2018-01-01")
    assert [150_100] == [h.shares for h in held(book.on("2020-01-01"))]
    assert [None] == [h.shares for h in held(book.on("2020-01-02"))]


def test_a_count_of_another_interval_is_not_read(register):
    """A table stated before the interval began tells nothing of it."""
    book = register()
    book.capital("t", issued=10**6)
    book.holds("a", "t", "15.01", since="2021-01-01")
    book.holds("a", "t", "15.01", shares=150_100, stated="2020-12-31")
    assert [None] == [h.shares for h in held(book.on("2021-06-30"))]


def test_figures_of_capital_carry_forward(register):
    """Issued and own shares are levels too: flagged when carried, over when too old."""
    book = register()
    book.capital("t", issued=1000, treasury=100, stated="2020-12-31")
    book.holds("a", "t", shares=450)
    today, later, too_late = (book.on(day) for day in ("2020-12-31", "2021-12-31", "2023-01-01"))
    assert [HALF] == [today.capital.bounds(today.position("t"), {today.position("a")}).low]
    assert ("carried-forward" in codes(today), "carried-forward" in codes(later)) == (False, True)
    assert [h.capital.is_point for h in held(too_late)] == [False]


def test_own_shares_of_the_table_of_capital(register):
    """Own shares told only by the capital become a holding of the company in itself."""
    book = register()
    book.capital("t", issued=1000, treasury=200)
    book.holds("a", "t", "40")
    snapshot = book.on()
    assert [Fraction(1, 5)] == [h.capital.low for h in held(snapshot, "t", "t")]
    assert Fraction(1, 2) == control(snapshot, by="a", of="t")[0].bounds.low


def test_own_shares_are_not_counted_twice(register):
    """A row of own shares and a figure of the capital are one."""
    book = register()
    book.capital("t", issued=1000, treasury=200)
    book.holds("t", "t", "20")
    assert 1 == len(held(book.on(), "t", "t"))


# -- declared-indirect ----------------------------------------------------------------------

SUMMARIES = {
    "through a wholly-owned vehicle": ([("s", "v"), ("v", "t")], ()),
    "through two steps": ([("s", "v"), ("v", "w"), ("w", "t")], ()),
    "as the claim names it": ([("v", "t")], ("v",)),
    "through a step that it names": ([("s", "v"), ("v", "w"), ("w", "t")], ("v",)),
}


@pytest.mark.parametrize(("direct", "via"), SUMMARIES.values(), ids=SUMMARIES)
def test_a_declared_indirect_holding_is_not_added(direct, via, register):
    """What a source states as indirect is not counted beside the direct holdings it sums up."""
    book = register()
    for holder, issuer in direct:
        book.holds(holder, issuer, "60")
    book.holds("s", "t", "60", directness=Directness.INDIRECT, via=via)
    assert [] == held(book.on(), "s", "t")
    assert [] == audit(book.claim_set())


def test_a_declared_indirect_holding_stands_alone(register):
    """Where the direct holdings are not known the declared one is all there is."""
    book = register()
    book.holds("s", "v", "60")
    book.holds("s", "t", "60", directness=Directness.INDIRECT)
    assert [True] == [h.indirect for h in held(book.on(), "s", "t")]


# -- sums per issuer ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        (["60", "40"], "fits"),
        (["60", "40.000001"], "rounding"),
        (["60", "40.5"], "rounding"),
        (["60", "40.500001"], "refused"),
        (["60", "40-60"], "fits"),
        (["60", "40.4-60"], "rounding"),
        (["60", ">40.6"], "refused"),
        (["60", ">40"], "rounding"),
        (["60", ">=40"], "fits"),
        (["60", ">39"], "fits"),
    ],
)
def test_more_than_the_whole(parts, outcome, register):
    """Up to 100.5 % is rounding, said and scaled; more is refused with issuer, sum and place."""
    book = register()
    for number, percent in enumerate(parts):
        book.holds(f"h{number}", "t", percent, place=f"table.csv:{number + 2}")
    if outcome == "refused":
        with pytest.raises(
            OverAllocatedError, match=r"holdings of 't' add up to 100\.\d+ %"
        ) as found:
            book.on()
        assert ("t", "table.csv:3") == (found.value.issuer, found.value.place)
        return
    snapshot = book.on()
    assert (outcome == "rounding") == ("rounding" in codes(snapshot))
    everyone = {snapshot.position(f"h{n}") for n in range(len(parts))}
    assert 1 >= snapshot.capital.bounds(snapshot.position("t"), everyone).high


def test_rounding_is_scaled(register):
    """Of 100.4 % held the shares are parts of what is held."""
    book = register()
    book.holds("a", "t", "50.2")
    book.holds("b", "t", "50.2")
    assert HALF == control(book.on(), by="a", of="t")[0].bounds.low
    assert "impossible" == control(book.on(), by="a", of="t")[0].verdict


def test_half_beside_more_than_half_is_not_more_than_half(register):
    """Ranges that contradict one another never give the majority to both."""
    book = register()
    book.holds("a", "t", ">50")
    book.holds("b", "t", "50")
    verdicts = {row.controller: row.verdict for row in control(book.on(), of="t")}
    assert {"a": "certain", "b": "impossible"} == verdicts
    book = register()
    book.holds("a", "t", ">50")
    book.holds("b", "t", ">50")
    assert not [row for row in control(book.on()) if row.verdict == "certain"]


def test_the_whole_is_checked_on_the_date(register):
    """Holdings of different dates are not added."""
    book = register()
    book.holds("a", "t", "60", until="2019-01-01")
    book.holds("b", "t", "60", since="2019-01-01")
    assert [] == audit(book.claim_set())
    assert 1 == len(book.on("2018-01-01").holdings) == len(book.on("2019-01-01").holdings)


def test_what_has_no_date_is_found_on_no_day(register):
    """A table without dates is not said to be wrong on some day, and the finding names whom."""
    book = register()
    book.holds("a", "t", "60")
    book.holds("b", "t", "40.2")
    (found,) = audit(book.claim_set())
    assert found.message.startswith("t: holdings add up to 100.2 %")


def test_the_audit_finds_the_first_day(register):
    """Each issuer with too much on some day is one error with the first such day."""
    book = register()
    book.holds("a", "t", "60", since="2018-01-01")
    book.holds("b", "t", "60", since="2019-03-04", until="2020-01-01")
    book.holds("c", "u", "60")
    book.holds("d", "u", "40.2")
    found = audit(book.claim_set())
    assert [("over-allocated", ("t",)), ("rounding", ("u",))] == [
        (f.rule, f.parties) for f in found
    ]
    assert [Severity.ERROR, Severity.WARNING] == [f.severity for f in found]
    assert found[0].message.startswith("on 2019-03-04: ")


def test_the_audit_does_not_read_what_is_rejected(register):
    """A rejected claim breaks no sum."""
    book = register()
    book.holds("a", "t", "60")
    book.holds("b", "t", "60", status=Status.REJECTED)
    assert [] == audit(book.claim_set())


def test_the_audit_tells_of_ties(register):
    """Sources that contradict each other undecided are a warning."""
    book = register().document("d1", "2019").document("d2", "2019")
    book.holds("a", "t", "30", document="d1")
    book.holds("a", "t", "31", document="d2")
    assert ["conflict-tied"] == [f.rule for f in audit(book.claim_set())]


def test_days_of_change(register):
    """A date known to the year counts with both its ends."""
    book = register()
    claim = book.holds("a", "t", "30", since="2018", until="2019-03-04")
    expected = [dt.date(2018, 1, 1), dt.date(2018, 12, 31), dt.date(2019, 3, 4)]
    assert expected == change_days([claim])


# -- the ledger's integers ------------------------------------------------------------------


@given(st.lists(st.integers(1, 10**30), min_size=1, max_size=4), st.integers(1, 10**30))
def test_a_ledger_is_exact_at_any_size(parts, rest):
    """Weights far beyond 64 bits keep every share and the remainder exact."""
    whole = sum(parts) + rest
    lines = tuple(
        Line(n, n + 1, Fraction(part, whole), Fraction(part, whole)) for n, part in enumerate(parts)
    )
    ledger = Ledger.from_accounts("capital", [Account(0, lines)], len(parts) + 1)
    shares = [ledger.bounds(0, {n + 1}).low for n in range(len(parts))]
    assert [Fraction(part, whole) for part in parts] == shares
    assert Fraction(rest, whole) == ledger.rest_bounds(0).low == ledger.rest_bounds(0).high


def test_sums_near_64_bits_do_not_wrap():
    """Holdings that each fit into 64 bits and together do not leave the right remainder."""
    unit = 3 * 2**62 - 5
    lines = tuple(
        Line(n, n + 1, Fraction(2**62 - 7, unit), Fraction(2**62 - 7, unit)) for n in range(3)
    )
    ledger = Ledger.from_accounts("capital", [Account(0, lines)], 4)
    assert Fraction(16, unit) == ledger.rest_bounds(0).low
    assert Fraction(2**62 - 7, unit) == ledger.bounds(0, {1}).low


def test_nobody_is_not_a_holder():
    """Votes that nobody may use count in the whole and are held by no party."""
    half = Line(0, NOBODY, HALF, HALF), Line(1, 1, Fraction(1, 4), Fraction(1, 4))
    ledger = Ledger.from_accounts("votes", [Account(0, half)], 2)
    assert Fraction(1, 4) == ledger.bounds(0, {1}).low
    assert [[], [1]] == ledger.held
