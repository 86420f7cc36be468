"""Trusts and caps, and the names of rights and rules."""

from fractions import Fraction

import pytest

from keiretsu.errors import InputError
from keiretsu.measures import control, votes
from keiretsu.rights import MAJORITY, control_rule, rights_of

HALF = Fraction(1, 2)


def rows(snapshot, company="t", **options):
    """Return the table of votes, by holder."""
    return {record.holder: record for record in votes(snapshot, company, **options)}


def ends(bounds):
    """Return the two ends of a range."""
    return bounds.low, bounds.high


# -- agreements -----------------------------------------------------------------------------


def test_a_trust_silences_and_stays_in_the_whole(register):
    """Votes in trust are nobody's; nobody else's percentage grows by them."""
    book = register()
    book.holds("trustee", "t", "28.4")
    book.holds("a", "t", "15")
    book.agrees("Deed", "trust-deed", "t", ["trustee"])
    world = book.on()
    found = rows(world)
    assert (0, 0) == ends(found["trustee"].votes)
    assert Fraction(284, 1000) == found["trustee"].gross_votes.low
    assert (Fraction(15, 100),) * 2 == ends(found["a"].votes)
    assert [("Deed", "neutralised")] == [(t.article.name, t.effect) for t in found["trustee"].rules]
    assert [] == [
        r for r in control(world, by="trustee", of="t", threshold=Fraction(1, 10)) if r.through
    ]


CAPS = {
    # name: (stake, cap, agreed votes, effect)
    "above": ("30", Fraction(179, 1000), Fraction(179, 1000), "capped"),
    "at": ("17.9", Fraction(179, 1000), Fraction(179, 1000), "cap not reached"),
    "below": ("15", Fraction(179, 1000), Fraction(15, 100), "cap not reached"),
    "none at all": ("30", Fraction(0), Fraction(0), "capped"),
}


@pytest.mark.parametrize(("stake", "cap", "agreed", "effect"), CAPS.values(), ids=CAPS)
def test_caps(stake, cap, agreed, effect, register):
    """Agreed votes are the lower of cap and votes, of the whole before caps; nobody else's grow."""
    book = register()
    book.holds("a", "t", stake)
    book.holds("b", "t", "20")
    book.agrees("Pact", "vote-cap", "t", ["a"], cap=cap)
    found = rows(book.on())
    assert (agreed, agreed) == ends(found["a"].agreed_votes)
    assert Fraction(stake) / 100 == found["a"].votes.low
    assert (Fraction(1, 5),) * 2 == ends(found["b"].agreed_votes)
    assert [("Pact", effect)] == [(t.article.name, t.effect) for t in found["a"].rules]


def test_a_cap_works_in_its_decisions_only(register):
    """On another class of decision the votes are free."""
    book = register()
    book.holds("a", "t", "30")
    book.agrees("Pact", "vote-cap", "t", ["a"], cap=Fraction(1, 10))
    assert Fraction(1, 10) == rows(book.on())["a"].agreed_votes.low
    assert Fraction(3, 10) == rows(book.on(), decision="listed")["a"].agreed_votes.low


def test_a_cap_binds_a_state_with_its_bodies(register):
    """Bound holders are capped together, in proportion."""
    book = register().party("agency", acts_for="State").party("State")
    book.holds("State", "t", "20")
    book.holds("agency", "t", "10")
    book.agrees("Pact", "vote-cap", "t", ["State"], cap=Fraction(15, 100))
    found = rows(book.on())
    agreed = [found[name].agreed_votes.low for name in ("State", "agency")]
    assert [Fraction(10, 100), Fraction(5, 100)] == agreed


def test_a_cap_of_a_range(register):
    """Of a range across the cap the upper end is cut and the lower stays."""
    book = register()
    book.holds("a", "t", "10-20")
    book.agrees("Pact", "vote-cap", "t", ["a"], cap=Fraction(15, 100))
    assert (Fraction(1, 10), Fraction(15, 100)) == ends(rows(book.on())["a"].agreed_votes)


def test_an_agreement_ends(register):
    """Before it begins and from its end on an agreement does nothing."""
    book = register()
    book.holds("a", "t", "30")
    book.agrees(
        "Pact", "vote-cap", "t", ["a"], cap=Fraction(1, 10), since="2016-01-01", until="2020-01-01"
    )
    found = [rows(book.on(f"{day}"))["a"].agreed_votes.low * 10 for day in
             ("2015-12-31", "2016-01-01", "2019-12-31", "2020-01-01")]  # fmt: skip
    assert [3, 1, 1, 3] == found


def test_control_reads_votes_and_not_agreed_votes(register):
    """A cap ends no control, unless agreed votes are asked for."""
    book = register()
    book.holds("a", "t", "60")
    book.agrees("Pact", "vote-cap", "t", ["a"], cap=Fraction(1, 10))
    assert "certain" == control(book.on(), by="a", of="t")[0].verdict
    agreed = control(book.on(), by="a", of="t", rights="agreed-votes")[0]
    assert ("impossible", 10.0) == (agreed.verdict, agreed.percent)


# -- names of rights and rules --------------------------------------------------------------


def test_unknown_rights_are_refused(register):
    """A right that there is not is refused with those that there are."""
    book = register()
    book.holds("a", "t", "60")
    with pytest.raises(InputError, match="no right is named 'power'; use one of: capital, gross"):
        rights_of(book.on()).ledger("power")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"name": "golden"}, "no rule is named 'golden'"),
        ({"name": "majority-votes", "threshold": HALF}, "has its own threshold"),
        ({"name": "majority-votes", "at_least": True}, "has its own threshold"),
        ({"threshold": Fraction(0)}, "between 0 and 100 %"),
        ({"threshold": Fraction(1)}, "between 0 and 100 %"),
        ({"threshold": Fraction(3, 2), "at_least": True}, "between 0 and 100 %"),
    ],
)
def test_rules_that_cannot_be_are_refused(options, problem):
    """Unknown names, double thresholds and limits outside the whole are refused."""
    with pytest.raises(InputError, match=problem):
        control_rule(**options)


def test_all_of_it_can_be_asked_for():
    """All the votes can be a threshold to reach, though not one to exceed."""
    assert "at-least-100-percent-votes" == control_rule(threshold=Fraction(1), at_least=True).name
    assert MAJORITY == control_rule() == control_rule(threshold=HALF)
