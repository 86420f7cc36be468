"""Screening by list: who is caught, by which article, through which chain; refusals and laws."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.measures import REGIMES, screen
from keiretsu.measures.legal.regimes import Counting, Limit
from keiretsu.mirror import snapshot_of_shares


def caught(snapshot, regime, listed, **options):
    """Return the verdict on every company that is caught."""
    answer = screen(snapshot, regime, listed, **options)
    return {row.company: row.verdict.value for row in answer}


def one(register, *holdings, day="2025-06-30", **parties):
    """Return a world of holdings given as (holder, issuer, percent)."""
    book = register()
    for name, facts in parties.items():
        book.party(name, **facts)
    for holder, issuer, percent in holdings:
        book.holds(holder, issuer, percent)
    return book.on(day)


# -- the table of regimes -------------------------------------------------------------------


def test_the_table_of_regimes():
    """Twelve tests; every ground has an article, a limit and links if it counts in full."""
    assert 12 == len(REGIMES)
    for name, regime in REGIMES.items():
        assert name == regime.name
        assert regime.law
        for ground in regime.grounds:
            assert ground.article
            assert ground.text
            assert 0 < ground.limit.share < 1
            assert ground.links or ground.counting is Counting.PRODUCT
            assert ground.rights or ground.powers


def test_limits_say_their_sense():
    """A limit is told with its sense, and a third to four decimals."""
    assert "more than 33.3333 %" == str(Limit(F(1, 3)))
    assert "30 % or more" == str(Limit(F(3, 10), at_least=True))


# -- sanctions --------------------------------------------------------------------------------

HALF = {
    # regime, day, share: whether a company so owned is caught
    ("ofac", "2020-01-01", "50"): True,
    ("ofac", "2020-01-01", "49.9999"): False,
    ("eu-sanctions", "2024-06-30", "50"): False,
    ("eu-sanctions", "2024-06-30", "50.0001"): True,
    ("eu-sanctions", "2024-07-31", "50"): True,
    ("uk-sanctions", "2025-01-01", "50"): False,
    ("uk-sanctions", "2025-01-01", "50.0001"): True,
}


@pytest.mark.parametrize(("regime", "day", "share"), HALF)
def test_exactly_half(regime, day, share, register):
    """Half is enough for the United States, and for the Union since July 2024."""
    found = caught(one(register, ("X", "A", share), day=day), regime, ["X"])
    assert ({"A": "certain"} if HALF[regime, day, share] else {}) == found


def test_before_august_2014_nobody_was_added_up(register):
    """The older American rule looked at each blocked person alone."""
    for day, expected in (("2014-08-12", {}), ("2014-08-13", {"A": "certain"})):
        world = one(register, ("X", "A", "30"), ("Y", "A", "30"), day=day)
        assert expected == caught(world, "ofac", ["X", "Y"])


def test_ownership_is_no_control(register):
    """A majority of votes with little capital catches nobody under the American rule."""
    book = register()
    book.holds("X", "A", "20", votes="60")
    world = book.on("2025-06-30")
    assert {} == caught(world, "ofac", ["X"])
    assert {"A": "certain"} == caught(world, "eu-sanctions", ["X"])
    assert {"A": "certain"} == caught(world, "uk-sanctions", ["X"])
    row = screen(world, "eu-sanctions", ["X"])[0]
    assert ("EU Best Practices, control", "votes") == (row.article, row.grounds[0].right)


def test_a_state_with_its_bodies_is_one(register):
    """What the bodies of a listed State hold counts with it, and they are not caught themselves."""
    book = register().party("S").party("Fund", acts_for="S").party("Agency", acts_for="S")
    book.holds("Fund", "A", "30")
    book.holds("Agency", "A", "30")
    for regime in ("ofac", "uk-sanctions"):
        assert {"A": "certain"} == caught(book.on(), regime, ["S"])


def test_a_row_tells_why():
    """Article, listed party, chain in sentences, holdings counted with their claims."""
    world = snapshot_of_shares({("X", "A"): "50%", ("Y", "T"): "20%", ("A", "T"): "30%"})
    row = {r.company: r for r in screen(world, "ofac", ["X", "Y"])}["T"].as_dict()
    assert ("certain", 50.0, None) == (row["verdict"], row["percent"], row["percent_min"])
    assert "OFAC 50 Percent Rule (13 August 2014; FAQ 399, 401)" == row["article"]
    assert ["X", "Y"] == [party["party"] for party in row["by"]]
    assert [("A", 30.0), ("Y", 20.0)] == [(p["holder"], p["percent"]) for p in row["through"]]
    assert all(part["claim_ids"] and part["sources"] for part in row["through"])
    assert [
        "A counts in full: X 50 % of its capital.",
        "X + Y: 50 % of the capital of T in all; the limit is 50 % or more.",
    ] == row["grounds"][0]["chain"]
    assert any("of T is not disclosed" in text for text in row["unknown"])


def test_only_those_on_whom_it_rests_are_named():
    """A listed party that has nothing of a company is not given as its reason."""
    world = snapshot_of_shares({("X", "A"): "60%", ("Y", "B"): "60%"})
    rows = {r.company: [label for label, _ in r.by] for r in screen(world, "ofac", ["X", "Y"])}
    assert {"A": ["X"], "B": ["Y"]} == rows


def test_a_power_that_is_no_share_counts_where_the_law_says_so():
    """To appoint the board's majority catches under control tests, not under ownership alone."""
    world = snapshot_of_shares({("X", "A"): "10%", ("A", "B"): "60%"})
    powers = [("X", "A")]
    assert {} == caught(world, "ofac", ["X"], powers=powers)
    for regime in ("eu-sanctions", "uk-sanctions", "ifrs10"):
        found = caught(world, regime, ["X"], powers=powers)
        assert {"A": "certain", "B": "certain"} == found, regime
    row = {r.company: r for r in screen(world, "uk-sanctions", ["X"], powers=powers)}["A"]
    assert row.as_dict()["percent"] is None
    assert ("X may appoint the board of A, or control it by law.",) == row.grounds[0].chain


def test_ranges_make_the_possible(register):
    """A band across the limit is possible, one above it certain, and both say so."""
    world = one(register, ("X", "A", "40-60"), ("X", "B", "[50,75]"), ("X", "C", "(25,50)"))
    assert {"A": "possible", "B": "certain"} == caught(world, "ofac", ["X"])
    row = {r.company: r for r in screen(world, "ofac", ["X"])}["A"].as_dict()
    assert (None, 40.0, 60.0) == (row["percent"], row["percent_min"], row["percent_max"])
    assert "some shares on the way are known as ranges only" in row["unknown"]


def test_ranges_of_a_chain_are_those_of_the_set(register):
    """Two of a listed party's companies with 25 to 50 % each have at most 55 beside a third."""
    world = one(
        register,
        ("X", "M", "100"), ("X", "N", "100"),
        ("M", "T", "25-50"), ("N", "T", "25-50"), ("Z", "T", "45-60"),
    )  # fmt: skip
    row = {r.company: r for r in screen(world, "ofac", ["X"])}["T"]
    assert (F(1, 2), F(11, 20), "certain") == (row.bounds.low, row.bounds.high, row.verdict)


def test_what_a_company_holds_in_itself_through_others_is_left_out():
    """What a company's own subsidiary has of it is not counted for the company's holder."""
    world = snapshot_of_shares({("P", "C"): "55%", ("C", "D"): "100%", ("D", "C"): "40%"})
    row = {r.company: r for r in screen(world, "ofac", ["P"])}["C"]
    assert F(55, 100) == row.bounds.low


# -- between companies ------------------------------------------------------------------------


def test_close_links_go_both_ways_and_by_thirds():
    """A fifth of one in the other, in either direction, or by a third party in both."""
    world = snapshot_of_shares(
        {("Z", "X"): "60%", ("Z", "Y"): "60%", ("X", "W"): "20%", ("V", "X"): "19.99%"}
    )
    found = {r.company: {g.reading for g in r.grounds} for r in screen(world, "close-links", ["X"])}
    everything = {"guideline", "t2s", "crr"}
    assert {"Z": everything, "Y": everything, "W": everything} == found


def test_close_links_multiply_or_not():
    """60 % of 25 % is no link by multiplication, and one where undertakings count in full."""
    world = snapshot_of_shares({("A", "B"): "60%", ("B", "C"): "25%"})
    rows = {r.company: r for r in screen(world, "close-links", ["A"])}
    assert {"t2s", "crr"} == {g.reading for g in rows["C"].grounds}
    assert [] == [r.company for r in screen(world, "close-links", ["A"], readings=["guideline"])
                  if r.company == "C"]  # fmt: skip


BIDS = {
    ("DE", "30"): True, ("DE", "29.99"): False, ("FR", "30"): False, ("FR", "30.01"): True,
    ("NO", "33.33"): False, ("NO", "33.34"): True, ("IT", "30"): False, ("GB", "30"): True,
    ("US", "60"): False,
}  # fmt: skip


@pytest.mark.parametrize(("country", "share"), BIDS)
def test_the_duty_to_bid(country, share, register):
    """The limit, and whether reaching it is enough, is that of the company's country."""
    world = one(register, ("X", "T", share), T={"jurisdiction": country, "listed": True})
    assert ({"T": "certain"} if BIDS[country, share] else {}) == caught(
        world, "takeover-bid", ["X"]
    )


@pytest.mark.parametrize(
    ("day", "share", "expected"),
    [("2026-04-30", "33", 0), ("2026-04-30", "34", 1), ("2026-05-01", "31", 1)],
)
def test_the_japanese_limit_by_date(day, share, expected, register):
    """More than a third until April 2026, more than 30 % since."""
    book = register().party("T", jurisdiction="JP", listed=True)
    book.holds("X", "T", share, since="2026-01-01")
    answer = screen(book.on(day), "takeover-bid", ["X"])
    assert expected == len(answer)
    assert all(len(row.grounds) == 1 for row in answer)


def test_no_duty_to_bid_for_a_company_that_is_not_listed(register):
    """The duty is about listed companies."""
    world = one(register, ("X", "T", "60"), T={"jurisdiction": "DE", "listed": False})
    assert {} == caught(world, "takeover-bid", ["X"])


def test_foreign_investment_is_foreign(register):
    """A party of the same country is no foreign investor; the highest band is told."""
    parties = {
        "T": {"jurisdiction": "DE"},
        "X": {"jurisdiction": "US"},
        "Y": {"jurisdiction": "DE"},
    }
    world = one(register, ("X", "T", "40"), ("Y", "T", "40"), **parties)
    assert {} == caught(world, "fdi", ["Y"])
    row = screen(world, "fdi", ["X"])[0]
    assert {"de-10", "de-20", "de-25"} == {g.reading for g in row.grounds}
    assert {"40 % or more"} == {g.band for g in row.grounds}
    assert any("from memory" in text for text in row.unknown)


def test_consolidation_and_influence():
    """A majority through subsidiaries is consolidated; a fifth is presumed influence."""
    world = snapshot_of_shares({("P", "A"): "60%", ("A", "B"): "51%", ("P", "C"): "20%"})
    assert {"A": "certain", "B": "certain"} == caught(world, "ifrs10", ["P"])
    assert {"A", "B", "C"} == set(caught(world, "ias28", ["P"]))


# -- what is said, and refused ------------------------------------------------------------------


def test_doubts_are_said():
    """What is told from memory, and what holdings cannot tell, is among the warnings."""
    world = snapshot_of_shares({("X", "A"): "60%"})
    for name in REGIMES:
        codes = {c.code for c in screen(world, name, ["X"]).cautions}
        assert {"not-legal-advice", "not-seen"} <= codes, name
        doubts = any(g.doubt for g in REGIMES[name].on(world.as_of))
        assert doubts == ("unconfirmed" in codes), name


@pytest.mark.parametrize(
    ("asked", "error", "match"),
    [
        ({"regime": "nope", "listed": ["X"]}, InputError, "no regime is named 'nope'; use one of"),
        ({"regime": "ofac", "listed": []}, InputError, "the list is empty"),
        ({"regime": "ofac", "listed": ["Q"]}, NameNotFoundError, "no party is named 'Q'"),
        (
            {"regime": "amlr", "listed": ["X"], "readings": ["99"]},
            InputError,
            "'amlr' has no reading named '99'; use one of: 52, 53, 54a, 54b",
        ),
    ],
)
def test_refusals(asked, error, match):
    """Unknown tests, readings and names, and an empty list, are refused with what to do."""
    world = snapshot_of_shares({("X", "A"): "60%"})
    with pytest.raises(error, match=match):
        screen(world, **asked)


def test_a_day_before_the_law(register):
    """Nothing was law before its first day, and that is said."""
    with pytest.raises(InputError, match="nothing of 'psc' was law on 2016-04-05"):
        screen(one(register, ("X", "A", "60"), day="2016-04-05"), "psc", ["X"])


# -- laws --------------------------------------------------------------------------------------


def shares_of(table):
    """Return a table of whole numbers as shares."""
    return {
        (holder, issuer): F(units, 100)
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None and units
    }


@given(st.data())
def test_the_fifty_percent_rule_as_the_definition_says(tables_of_shares, data):
    """The certain ones are the least set closed under the rule, written down once more."""
    table = data.draw(tables_of_shares(own_shares=False))
    shares = shares_of(table)
    names = sorted({name for pair in shares for name in pair})
    if not names:
        return
    listed = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=3))
    blocked, before = set(listed), None
    while blocked != before:
        before = set(blocked)
        for company in names:
            if sum(s for (h, i), s in shares.items() if i == company and h in before) >= F(1, 2):
                blocked.add(company)
    found = caught(snapshot_of_shares(shares), "ofac", listed)
    assert blocked - set(listed) == set(found)


@given(st.data())
def test_a_longer_list_never_catches_less(tables_of_shares, data):
    """Every test is monotone in the list, apart from the listed themselves."""
    shares = shares_of(data.draw(tables_of_shares()))
    names = sorted({name for pair in shares for name in pair})
    if len(names) < 2:
        return
    world = snapshot_of_shares(shares)
    regime = data.draw(st.sampled_from(["ofac", "eu-sanctions", "uk-sanctions", "gwg", "amlr"]))
    few, many = names[:1], names[:2]
    assert set(caught(world, regime, few)) - set(many) <= set(caught(world, regime, many))


@given(st.data())
def test_the_kingdom_catches_no_more_than_the_union(tables_of_shares, data):
    """More than half of one listed person is half or more of all of them."""
    shares = shares_of(data.draw(tables_of_shares()))
    names = sorted({name for pair in shares for name in pair})
    if not names:
        return
    world = snapshot_of_shares(shares)
    assert set(caught(world, "uk-sanctions", names[:2])) <= set(
        caught(world, "eu-sanctions", names[:2])
    )
