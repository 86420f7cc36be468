"""Integrated ownership: worked cases, remainders, what nobody has, refusals."""

from fractions import Fraction

import pytest

from keiretsu.errors import InputError
from keiretsu.measures import holdings, owners
from keiretsu.measures.ownership import simple_paths
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
        with pytest.raises(
            InputError, match="no method is named 'net'; use one of: absorbing, raw"
        ):
            measure(world, "a", method="net")


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
    (inside,) = (row.as_dict() for row in answer if row.party == "c")
    assert (100.0, None) == (inside["direct_percent"], inside["percent"])
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


# -- conventions ----------------------------------------------------------------------------

LOOP = {("A", "C"): 0.5, ("B", "C"): 0.5, ("C", "A"): 0.5, ("E", "A"): 0.5}
CONVENTIONS = {
    # method: what A, B and E have of C, and C of itself; N_CC = N_AA = 4/3 (own-13)
    "absorbing": ([None, "2/3", "1/3"], "1/4"),
    "raw": (["2/3", "2/3", "1/3"], "1/3"),
    "row-corrected": (["1/2", "2/3", "1/3"], "1/4"),
    "column-corrected": (["1/2", "1/2", "1/4"], "1/4"),
    "simple-paths": (["1/2", "1/2", "1/4"], "1/4"),
}


def fraction(bounds):
    """Return a point as text, or None."""
    if bounds is None:
        return None
    assert bounds.low == bounds.high
    return str(bounds.low)


@pytest.mark.parametrize(("method", "expected"), CONVENTIONS.items(), ids=CONVENTIONS)
def test_conventions_on_a_loop(method, expected):
    """Each convention gives its own number to owners in and outside a loop, exactly."""
    answer = owners(snapshot_of_shares(LOOP), "C", method=method)
    shares = {o.party: fraction(o.integrated) for o in answer}
    assert expected[0] == [shares[party] for party in "ABE"]
    assert float(Fraction(expected[1])) * 100 == pytest.approx(answer.fields["itself_percent"])
    assert "1/2" == {o.party: fraction(o.look_through) for o in answer}["A"]


@pytest.mark.parametrize("method", CONVENTIONS)
def test_conventions_downward(method):
    """Downward each convention gives the same number as upward."""
    world = snapshot_of_shares(LOOP)
    upward = {o.party: fraction(o.integrated) for o in owners(world, "C", method=method)}
    for party in "ABE":
        rows = {h.party: h for h in holdings(world, party, method=method)}
        assert upward[party] == fraction(rows["C"].integrated)


@pytest.mark.parametrize("method", ["absorbing", "raw", "row-corrected", "simple-paths"])
def test_conventions_agree_without_loops(method):
    """Where nothing goes round there is only one answer for outside owners."""
    shares = {("x", "a"): 0.6, ("x", "b"): 0.3, ("a", "c"): 0.4, ("b", "c"): 0.5}
    rows = {o.party: o for o in owners(snapshot_of_shares(shares), "c", method=method)}
    assert "39/100" == fraction(rows["x"].integrated)


DAMPINGS = {
    "none": ({"method": "damped"}, "a damping belongs to the method 'damped'"),
    "of another method": ({"damping": Fraction(1, 2)}, "and that needs one; give both or neither"),
    "all": ({"method": "damped", "damping": Fraction(1)}, "between 0 and 100 %, which it does not"),
    "less than none": ({"method": "damped", "damping": Fraction(-1)}, "between 0 and 100 %"),
}


@pytest.mark.parametrize(("options", "message"), DAMPINGS.values(), ids=DAMPINGS)
def test_dampings_that_are_refused(options, message):
    """A damping and its method come together, and below one."""
    world = snapshot_of_shares(LOOP)
    for asked in (owners, holdings):
        with pytest.raises(InputError, match=message):
            asked(world, "C", **options)


def test_damped_shares_need_points(register):
    """Where shares are ranges damped ones are left out, which is said."""
    book = register()
    book.holds("a", "b", "20-30")
    for answer in (
        owners(book.on(), "b", method="damped", damping=Fraction(1, 2)),
        holdings(book.on(), "a", method="damped", damping=Fraction(1, 2)),
    ):
        assert [None] == [row.integrated for row in answer]
        assert "ranges-damped" in {caution.code for caution in answer.warnings}


def test_too_many_paths_are_said(monkeypatch):
    """A bounded sum says that it is one."""
    shares = {(a, b): "9%" for a in "abcdefgh" for b in "abcdefgh" if a != b}
    world = snapshot_of_shares(shares)
    assert not owners(world, "a", method="simple-paths").fields["truncated"]
    monkeypatch.setattr(simple_paths, "MOST_STEPS", 100)
    for answer in (
        owners(world, "a", method="simple-paths"),
        holdings(world, "a", method="simple-paths"),
    ):
        assert answer.fields["truncated"]
        assert "truncated" in {caution.code for caution in answer.warnings}


# -- ranges ---------------------------------------------------------------------------------


def test_a_loop_that_may_close(register):
    """Between closed and open the outside owner has nothing or all; nobody's part is a range."""
    book = register().party("a", remainder=Remainder.NONE).party("b", remainder=Remainder.NONE)
    book.holds("b", "a", "50-100")
    book.holds("o", "a", "0-50")
    book.holds("a", "b", "100")
    answer = owners(book.on(), "a")
    rows = {o.party: o.as_dict() for o in answer}
    assert (None, 0.0, 100.0) == tuple(
        rows["o"][key] for key in ("percent", "percent_min", "percent_max")
    )
    assert (0.0, 100.0) == (
        answer.fields["no_outside_owner_percent_min"],
        answer.fields["no_outside_owner_percent_max"],
    )
    assert ([], [["a", "b"]]) == (
        answer.fields["closed_loops"],
        answer.fields["loops_that_may_close"],
    )
    assert "closed-loop" in {caution.code for caution in answer.warnings}


def test_raw_in_a_loop_that_may_close_has_no_number(register):
    """Passages round a loop that may close cannot be counted: no number rather than a wrong one."""
    book = register().party("a", remainder=Remainder.NONE).party("b", remainder=Remainder.NONE)
    book.holds("b", "a", "50-100")
    book.holds("o", "a", "0-50")
    book.holds("a", "b", "100")
    rows = {o.party: o for o in owners(book.on(), "a", method="raw")}
    assert rows["b"].integrated is None


def test_open_ends_are_approached(register):
    """More than a quarter of more than half is more than an eighth, which nothing attains."""
    book = register()
    book.holds("p", "h", ">50")
    book.holds("h", "t", "(25,50]")
    row = {o.party: o.as_dict() for o in owners(book.on(), "t")}["p"]
    assert (12.5, 50.0, ["min"]) == (row["percent_min"], row["percent_max"], row["open_ends"])
    assert ([], ["min"]) == tuple(
        {o.party: o.as_dict() for o in owners(book.on(), "t")}[party]["direct_open_ends"]
        for party in "ph"
    )


def test_own_shares_in_a_range(register):
    """The whole without own shares moves with them: two fifths of 100 to 80 are 40 to 50."""
    book = register()
    book.holds("a", "t", "40")
    book.holds("t", "t", "0-20")
    found = {o.party: o.integrated for o in owners(book.on(), "t")}["a"]
    assert (Fraction(2, 5), Fraction(1, 2)) == (found.low, found.high)


def test_of_own_shares_alone_it_is_said_whose_the_whole_is(register):
    """Own shares beside undisclosed holders of all of it would read like a mistake."""
    book = register()
    book.holds("t", "t", "5")
    answer = owners(book.on(), "t")
    assert 100 == answer.fields["undisclosed_percent"]
    assert ["t"] == [
        name for c in answer.cautions if c.code == "own-shares-alone" for name in c.parties
    ]
    book.holds("a", "t", "1")
    assert "own-shares-alone" not in {c.code for c in owners(book.on(), "t").cautions}


@pytest.mark.parametrize("method", ["absorbing", "raw", "row-corrected", "column-corrected"])
def test_ranges_hold_every_world(method, register):
    """In each world that the ranges allow the convention's number lies inside them."""

    def book(share):
        made = register()
        made.holds("e", "a", "50")
        made.holds("c", "a", share)
        made.holds("a", "c", "50")
        return made.on()

    wide = {o.party: o.integrated for o in owners(book("10-40"), "c", method=method)}
    for share in ("10", "25", "40"):
        for o in owners(book(share), "c", method=method):
            if o.integrated is not None:
                assert wide[o.party].low <= o.integrated.low <= wide[o.party].high
    for end, share in (("low", "10"), ("high", "40")):
        exact = {o.party: o.integrated for o in owners(book(share), "c", method=method)}
        if method != "absorbing":
            assert getattr(exact["a"], end) == getattr(wide["a"], end)


def test_simple_paths_need_points_in_loops(register):
    """A range in a loop has no sum over simple paths; without a loop it has the usual one."""
    book = register()
    book.holds("a", "b", "20-30")
    book.holds("b", "a", "10")
    answer = owners(book.on(), "b", method="simple-paths")
    assert [None] == [o.integrated for o in answer]
    assert "ranges-in-a-loop" in {caution.code for caution in answer.warnings}
    book = register()
    book.holds("a", "b", "20-30")
    found = owners(book.on(), "b", method="simple-paths")[0].integrated
    assert (Fraction(1, 5), Fraction(3, 10)) == (found.low, found.high)


# -- what is not disclosed --------------------------------------------------------------------


def test_what_the_undisclosed_part_could_add(register):
    """Were it the party's, it would have its own and the undisclosed parts on the way up."""
    book = register().party("listed", listed=True)
    book.holds("p", "h", "60")
    book.holds("h", "t", "50")
    book.holds("listed", "t", "30")
    book.holds("q", "listed", "10")
    answer = owners(book.on(), "t", undisclosed_to="p")
    added = answer.fields["what_undisclosed_could_add"]
    assert (30.0, 70.0, 40.0) == (
        added["percent_max"],
        added["could_have_percent"],
        added["could_add_percent"],
    )
    assert [("h", 20.0), ("t", 20.0)] == [
        (part["issuer"], part["could_add_percent"]) for part in added["issuers"]
    ]
    assert "what_undisclosed_could_add" not in owners(book.on(), "t").fields


def test_what_a_stranger_could_have(register):
    """A party that holds nothing yet could have all that is not disclosed, and no more."""
    book = register()
    book.party("stranger")
    book.holds("a", "t", "70")
    added = owners(book.on(), "t", undisclosed_to="stranger").fields["what_undisclosed_could_add"]
    assert (0.0, 30.0) == (added["percent_max"], added["could_have_percent"])


def test_a_company_without_recorded_holders(register):
    """All of it is undisclosed, and so could be anybody's."""
    book = register()
    book.holds("a", "t", "70")
    added = owners(book.on(), "a", undisclosed_to="t").fields["what_undisclosed_could_add"]
    assert (0.0, 100.0) == (added["percent_max"], added["could_have_percent"])
