"""Integrated ownership: worked cases, remainders, what nobody has, refusals."""

import pytest

from keiretsu.errors import InputError
from keiretsu.measures import holdings, owners
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import Remainder


def everything(answer):
    """Return all that ends outside, in percent: owners, remainders, nobody and closed loops."""
    fields = answer.fields
    outside = sum(float(o.integrated.low) * 100 for o in answer if o.integrated)
    looped = {party for loop in fields["closed_loops"] for party in loop}
    inside = sum(
        float(o.integrated.low) * 100 for o in answer if o.integrated and o.party in looped
    )
    kinds = ("float_percent", "undisclosed_percent", "nobody_percent", "no_outside_owner_percent")
    return outside - inside + sum(fields[kind] for kind in kinds)


# -- worked cases ---------------------------------------------------------------------------

WORKED = {
    # name: (shares, target, integrated percent by outside owner, where the answer comes from)
    "two chains add up": (
        {("A", "B1"): "100%", ("A", "B2"): "80%", ("B1", "C"): "20%", ("B2", "C"): "40%"},
        "C",
        {"A": 52.0},
        "UN/IMF: 100 x 20 + 80 x 40",
    ),
    "a chain of three": (
        {("O", "F1"): 0.8, ("F1", "F2"): 0.75, ("F2", "F3"): 0.6},
        "F3",
        {"O": 36.0},
        "80 x 75 x 60",
    ),
    "a cross-holding": (
        {("S", "R"): "15.01%", ("R", "N"): "43.4%", ("N", "R"): "15%"},
        "N",
        {"S": 6.967954},
        "closed form s r / (1 - r n)",
    ),
    "own shares leave the whole": (
        {("a", "t"): "40%", ("t", "t"): "20%"},
        "t",
        {"a": 50.0},
        "own-17: divide by 1 - w",
    ),
    "a holding of nothing": (
        {("a", "t"): 0, ("b", "t"): 1},
        "t",
        {"a": 0.0, "b": 100.0},
        "by hand",
    ),
}


@pytest.mark.parametrize(("shares", "target", "expected", "source"), WORKED.values(), ids=WORKED)
def test_worked_cases(shares, target, expected, source):
    """Published and hand-worked integrated shares are reproduced."""
    found = owners(snapshot_of_shares(shares), target)
    assert expected == {o.party: o.as_dict()["percent"] for o in found if o.integrated}, source
    assert everything(found) == pytest.approx(100)


def test_an_intermediate_owner_has_a_look_through_value():
    """In between it is the share of the first visit; `percent` is empty: nothing counts twice."""
    shares = {("S", "R"): "15.01%", ("R", "N"): "43.4%", ("N", "R"): "15%"}
    rows = {o.party: o.as_dict() for o in owners(snapshot_of_shares(shares), "N")}
    assert (None, 43.4) == (rows["R"]["percent"], rows["R"]["look_through_percent"])
    assert (6.967954, None) == (rows["S"]["percent"], rows["S"]["look_through_percent"])


def test_an_unknown_method_is_refused():
    """A method that is not built is refused by name, with those that are."""
    world = snapshot_of_shares({("a", "b"): "60%"})
    for measure in (owners, holdings):
        with pytest.raises(InputError, match="no method is named 'raw'; use one of: absorbing"):
            measure(world, "a", method="raw")


REMAINDERS = {
    # name: (party's fields, float, undisclosed, nobody)
    "a listed issuer's is float": ({"listed": True}, 40.0, 0.0),
    "another's is undisclosed": ({}, 0.0, 40.0),
    "a complete one's is float": ({"remainder": Remainder.FLOAT}, 40.0, 0.0),
    "what the record says comes first": (
        {"listed": True, "remainder": Remainder.UNDISCLOSED},
        0.0,
        40.0,
    ),
}


@pytest.mark.parametrize(("facts", "dispersed", "hidden"), REMAINDERS.values(), ids=REMAINDERS)
def test_kinds_of_remainder(facts, dispersed, hidden, register):
    """What nobody is named for is float or undisclosed, and both are outside owners."""
    book = register().party("t", **facts)
    book.holds("a", "t", "60")
    fields = owners(book.on(), "t").fields
    assert (dispersed, hidden) == (fields["float_percent"], fields["undisclosed_percent"])


def test_no_remainder(register):
    """Where the record says that the named are all, their shares are taken as the whole."""
    book = register().party("t", remainder=Remainder.NONE)
    book.holds("a", "t", "60")
    book.holds("b", "t", "30")
    found = owners(book.on(), "t")
    assert {"a": 66.666667, "b": 33.333333} == {o.party: o.as_dict()["percent"] for o in found}
    assert everything(found) == pytest.approx(100)


@pytest.mark.parametrize("kind", [Remainder.FLOAT, Remainder.UNDISCLOSED])
def test_the_user_says_what_remainders_are(kind, register):
    """The option decides for every issuer but those that have none, and is said."""
    book = register().party("none", remainder=Remainder.NONE).party("t", listed=True)
    book.holds("a", "t", "60")
    book.holds("a", "none", "60")
    world = book.on(remainder=kind)
    assert 40.0 == owners(world, "t").fields[f"{kind}_percent"]
    assert 0.0 == owners(world, "none").fields[f"{kind}_percent"]
    assert [100.0] == [o.as_dict()["percent"] for o in owners(world, "none", rights="votes")]
    assert f"{kind}-assumed" in {c.code for c in owners(world, "t").warnings}


def test_a_holding_of_nothing_opens_no_loop():
    """Two that wholly hold each other are a closed loop, whoever else is named with nothing."""
    shares = {("c", "d"): 1, ("d", "c"): 1, ("a", "c"): 0, ("b", "c"): 0, ("c", "b"): 0}
    answer = owners(snapshot_of_shares(shares), "d")
    assert [["c", "d"]] == answer.fields["closed_loops"]
    assert everything(answer) == pytest.approx(100)
    assert everything(owners(snapshot_of_shares(shares), "b")) == pytest.approx(100)


def test_votes_in_trust_are_nobodys(register):
    """Followed by votes, what nobody may use stays in the whole, as nobody's."""
    book = register()
    book.holds("trustee", "t", "30")
    book.holds("a", "t", "20")
    book.agrees("deed", "trust-deed", "t", ["trustee"])
    answer = owners(book.on(), "t", rights="votes")
    assert (30.0, 50.0) == (answer.fields["nobody_percent"], answer.fields["undisclosed_percent"])
    assert everything(answer) == pytest.approx(100)


def test_a_company_in_which_nobody_has_anything(register):
    """A holding of nothing in a company without remainder leaves all of it to nobody."""
    book = register().party("t", remainder=Remainder.NONE)
    book.holds("a", "t", "0")
    assert 100.0 == owners(book.on(), "t").fields["nobody_percent"]
