"""Votes that the law silences between a company and those it controls, at the limits."""

from fractions import Fraction

import pytest

from keiretsu.measures import control, votes
from keiretsu.rights import rights_of
from keiretsu.rights.suspension import Suspender
from keiretsu.snapshot import Account, Line

HALF = Fraction(1, 2)


def rows(snapshot, company):
    """Return the table of votes, by holder."""
    return {record.holder: record for record in votes(snapshot, company)}


def effects(record):
    """Return what the law did to a holder's votes, with the article's name."""
    return [(trace.article.name, trace.effect) for trace in record.rules]


def pair(register, renault_in_nissan, nissan_in_renault, **jurisdictions):
    """Return a register of two companies that hold each other, French and Japanese by default."""
    law = {"Renault": "FR", "Nissan": "JP", **jurisdictions}
    book = register()
    for name, country in law.items():
        book.party(name, jurisdiction=country)
    book.holds("Renault", "Nissan", renault_in_nissan)
    book.holds("Nissan", "Renault", nissan_in_renault)
    return book


# -- the Japanese quarter -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stake", "suspended"), [("24.99", False), ("25.00", True), ("25.01", True)]
)
def test_the_japanese_quarter(stake, suspended, register):
    """From a quarter on, and exactly at it, the other has no votes in the Japanese company."""
    found = rows(pair(register, "30", stake).on(), "Nissan")["Renault"]
    assert (0 if suspended else Fraction(3, 10)) == found.votes.low == found.votes.high
    assert Fraction(3, 10) == found.gross_votes.low
    expected = "suspended" if suspended else "not suspended"
    assert [("Companies Act 308(1)", expected)] == effects(found)


def test_the_quarter_counts_subsidiaries(register):
    """What the company's subsidiaries hold counts with what it holds itself."""
    book = pair(register, "30", "15")
    book.holds("Nissan", "vehicle", "50.000001")
    book.holds("vehicle", "Renault", "10")
    assert 0 == rows(book.on(), "Nissan")["Renault"].votes.high
    book = pair(register, "30", "15")
    book.holds("Nissan", "vehicle", "50")
    book.holds("vehicle", "Renault", "10")
    assert Fraction(3, 10) == rows(book.on(), "Nissan")["Renault"].votes.low


def test_a_subsidiary_that_may_be_one_may_make_the_quarter(register):
    """Where a majority is only possible, so is the quarter, and the votes are a range."""
    book = pair(register, "30", "15")
    book.holds("Nissan", "vehicle", "40-60")
    book.holds("vehicle", "Renault", "10")
    found = rows(book.on(), "Nissan")["Renault"]
    assert (0, Fraction(3, 10)) == (found.votes.low, found.votes.high)
    assert [("Companies Act 308(1)", "may be suspended")] == effects(found)


def test_the_quarter_counts_votes_that_are_silent_themselves(register):
    """Votes suspended by the foreign law count towards the quarter: each rule sees the other."""
    found = pair(register, "60", "25").on()
    assert 0 == rows(found, "Nissan")["Renault"].votes.high
    assert Fraction(1, 4) == rows(found, "Renault")["Nissan"].votes.low


def test_the_quarter_is_of_all_votes_without_own_shares(register):
    """Own shares are no part of the whole: 20 of 80 are a quarter."""
    book = pair(register, "30", "20")
    book.holds("Renault", "Renault", "20")
    assert 0 == rows(book.on(), "Nissan")["Renault"].votes.high


def test_the_quarter_counts_each_share_once(register):
    """Double votes do not bring a stake of 15 % to a quarter, unless the switch says so."""
    book = pair(register, "30", "20")
    book.share_class("Renault", "ordinary", registered_votes_per_share=Fraction(2))
    book.registered("Nissan", "Renault")
    book.capital("Renault", issued=100, gross_votes=120)
    world = book.on()
    assert Fraction(3, 10) == rows(world, "Nissan")["Renault"].votes.low
    accounts = {
        world.position(name): Account(world.position(name), (line,))
        for name, line in {
            "Nissan": Line(0, world.position("Renault"), Fraction(3, 10), Fraction(3, 10)),
            "Renault": Line(
                1,
                world.position("Nissan"),
                Fraction(1, 5),
                Fraction(1, 5),
                weight_low=Fraction(2),
                weight_high=Fraction(2),
            ),
        }.items()
    }
    once = Suspender(world, accounts).settle()
    double = Suspender(world, accounts, count_multiple_votes=True).settle()
    assert ([], [0]) == (sorted(once.suspended), sorted(double.suspended))


def test_a_range_across_the_quarter_may_suspend(register):
    """Where the stake may be a quarter the votes are a range, and the trace says *may*."""
    found = rows(pair(register, "30", "20-30").on(), "Nissan")["Renault"]
    assert (0, Fraction(3, 10)) == (found.votes.low, found.votes.high)
    assert [("Companies Act 308(1)", "may be suspended")] == effects(found)


# -- the French rule and its presumption ----------------------------------------------------


@pytest.mark.parametrize(("stake", "presumed"), [("39.9", False), ("40", False), ("40.0001", True)])
def test_the_french_presumption(stake, presumed, register):
    """Control is presumed above 40 %, not at it; then the controlled may not vote."""
    world = pair(register, stake, "15").on()
    found = rows(world, "Renault")["Nissan"]
    assert (0 if presumed else Fraction(15, 100)) == found.votes.low == found.votes.high
    expected = "suspended" if presumed else "not suspended"
    assert [("C. com. L.233-31", expected)] == effects(found)
    verdict = control(world, by="Renault", of="Nissan", rule="fr-presumption-40")[0].verdict
    assert ("certain" if presumed else "impossible") == verdict
    assert "impossible" == control(world, by="Renault", of="Nissan")[0].verdict


RIVALS = {
    # name: (other holdings in Nissan or of its holders, whether Renault is presumed to control)
    "a smaller one": ([("X", "Nissan", "43.3")], True),
    "an equal one": ([("X", "Nissan", "43.4")], True),
    "a larger one": ([("X", "Nissan", "43.5")], False),
    "two of one parent, together larger": (
        [("X1", "Nissan", "22"), ("X2", "Nissan", "22"), ("P", "X1", "100"), ("P", "X2", "51")],
        False,
    ),
    "a parent with its company": (
        [("X", "Nissan", "22"), ("P", "Nissan", "22"), ("P", "X", "60")],
        False,
    ),
    "two strangers": ([("X1", "Nissan", "22"), ("X2", "Nissan", "22")], True),
    "two of a parent without majority": (
        [("X1", "Nissan", "22"), ("X2", "Nissan", "22"), ("P", "X1", "50"), ("P", "X2", "50")],
        True,
    ),
    "one of Renault's own": ([("V", "Nissan", "44"), ("Renault", "V", "100")], True),
}


@pytest.mark.parametrize(("others", "presumed"), RIVALS.values(), ids=RIVALS)
def test_nobody_larger(others, presumed, register):
    """The presumption needs that no other bloc has more; the remainder is nobody."""
    book = pair(register, "43.4", "5")
    for holder, issuer, percent in others:
        book.holds(holder, issuer, percent)
    world = book.on()
    assert (0 if presumed else Fraction(1, 20)) == rows(world, "Renault")["Nissan"].votes.high
    found = control(world, by="Renault", of="Nissan", rule="fr-presumption-40")[0]
    assert presumed == (found.verdict == "certain")


def test_bodies_of_one_state_are_one_rival(register):
    """Two agencies of a State are one bloc."""
    book = (
        pair(register, "43.4", "5").party("A1", acts_for="S").party("A2", acts_for="S").party("S")
    )
    book.holds("A1", "Nissan", "22")
    book.holds("A2", "Nissan", "22")
    assert Fraction(1, 20) == rows(book.on(), "Renault")["Nissan"].votes.low


RANGED_RIVALS = {
    # name: (Renault's stake, other holders of Nissan, verdict, where it comes from)
    "always larger": ("0-100", {"X": "46-100", "Y": "10"}, "impossible", "at most 44 are left"),
    "always larger, at an open end": ("0-50", {"X": ">50"}, "impossible", "less than 50 are left"),
    "perhaps equal": ("0-50", {"X": "50-60"}, "possible", "50 and 50: X has no more"),
    "perhaps larger": ("42", {"X": "10-50"}, "possible", "50 is more than 42"),
    "never larger": ("42", {"X": "10-42"}, "certain", "42 is not more"),
}


@pytest.mark.parametrize(
    ("stake", "others", "verdict", "source"), RANGED_RIVALS.values(), ids=RANGED_RIVALS
)
def test_rivals_in_ranges(stake, others, verdict, source, register):
    """Whether a rival is larger is asked of whole worlds, not of each holder's ends alone."""
    book = register()
    book.holds("Renault", "Nissan", stake)
    for holder, percent in others.items():
        book.holds(holder, "Nissan", percent)
    found = control(book.on(), by="Renault", of="Nissan", rule="fr-presumption-40")[0]
    assert verdict == found.verdict, source


def test_the_french_rule_works_through_chains(register):
    """Whom the issuer controls through others may not vote in it either; the trace tells how."""
    book = register().party("top", jurisdiction="FR")
    for holder, issuer, percent in (
        ("top", "mid", "60"),
        ("mid", "low", "60"),
        ("low", "top", "10"),
    ):
        book.holds(holder, issuer, percent)
    found = rows(book.on(), "top")["low"]
    assert 0 == found.votes.high
    assert "top controls mid" in found.rules[0].text
    assert "low" in found.rules[0].text


def test_the_japanese_rule_comes_first(register):
    """At a quarter Renault loses its votes, and with them its control, and Nissan's come back."""
    world = pair(register, "43.4", "25").on()
    assert 0 == rows(world, "Nissan")["Renault"].votes.high
    assert Fraction(1, 4) == rows(world, "Renault")["Nissan"].votes.low


@pytest.mark.parametrize("country", [None, "US", "KR"])
def test_no_rule_without_its_jurisdiction(country, register):
    """A rule governs the meeting of an issuer of its country; elsewhere nobody is silenced."""
    world = pair(register, "60", "60", Renault=country, Nissan=country).on()
    assert Fraction(3, 5) == rows(world, "Renault")["Nissan"].votes.low
    assert Fraction(3, 5) == rows(world, "Nissan")["Renault"].votes.low
    assert rights_of(world).settled.suspended == {}


def test_the_rule_follows_the_issuer_not_the_holder(register):
    """A French parent loses nothing in a German company: only its own meeting is governed."""
    world = pair(register, "60", "30", Nissan="DE").on()
    assert 0 == rows(world, "Renault")["Nissan"].votes.high
    assert Fraction(3, 5) == rows(world, "Nissan")["Renault"].votes.low


# -- no single outcome ----------------------------------------------------------------------


def crossed(register):
    """Return two French companies that hold 60 % of each other."""
    return pair(register, "60", "60", Nissan="FR")


def test_two_majority_cross_holders_have_no_single_outcome(register):
    """Each would silence the other: votes are ranges, every state is reported, and it is said."""
    answer = votes(crossed(register).on(), "Renault")
    found = {record.holder: record for record in answer}["Nissan"]
    assert (0, Fraction(3, 5)) == (found.votes.low, found.votes.high)
    assert [("C. com. L.233-31", "may be suspended")] == effects(found)
    assert "no-single-equilibrium" in {c.code for c in answer.warnings}
    assert len(answer.fields["equilibria"]) > 1


def test_a_tangle_elsewhere_unsettles_nobody_else(register):
    """What is silent in every state stays so, whatever two strangers do to each other."""
    book = crossed(register)
    book.party("A", jurisdiction="FR").party("B", jurisdiction="JP")
    book.holds("A", "B", "43.4")
    book.holds("B", "A", "15")
    found = rows(book.on(), "A")["B"]
    assert 0 == found.votes.low == found.votes.high
    assert [("C. com. L.233-31", "suspended")] == effects(found)


def test_a_settled_world_has_one_equilibrium(register):
    """The alliance settles: one state, with the one holding silenced in it."""
    book = pair(register, "43.4", "15")
    answer = votes(book.on(), "Renault")
    assert [[book.holdings[1].id]] == answer.fields["equilibria"]
    assert "no-single-equilibrium" not in {c.code for c in answer.warnings}
