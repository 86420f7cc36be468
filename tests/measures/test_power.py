"""Power in a company's meeting: floats, quotas, turnouts, blocs, networks, refusals."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import karos_peters, network_power, power
from keiretsu.measures.power import labels
from keiretsu.measures.power.ballot import Ballot
from keiretsu.measures.power.composed import ComposedGame
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import PartyKind, Remainder

HALF = Fraction(1, 2)


def powers(answer):
    """Return power by holder, as text."""
    found = {row.holder: row.power for row in answer}
    assert all(power.low == power.high for power in found.values())
    return {holder: str(power.low) for holder, power in found.items()}


def table(**shares):
    """Return a world in which these percentages of T are held."""
    return snapshot_of_shares({(name, "T"): f"{part}%" for name, part in shares.items()})


# -- quota and float ------------------------------------------------------------------------


def test_a_half_each():
    """With half each nobody controls and both have half the power; at least half suffices both."""
    world = table(a=50, b=50)
    assert {"a": "1/2", "b": "1/2"} == powers(power(world, "T"))
    found = power(world, "T", index="banzhaf", at_least=True)
    assert {"a": "1/2", "b": "1/2"} == powers(found)


def test_a_dictator():
    """Who has more than the quota has all the power."""
    assert {"a": "1", "b": "0", "c": "0"} == powers(power(table(a=51, b=25, c=24), "T"))


FLOATS = {
    # treatment: power of 30 and 20 % of T, and of the float; more than half decides
    "ocean": ("9/25", "4/25", "12/25"),
    "absent": ("1", "0", None),
}


@pytest.mark.parametrize(("treatment", "expected"), FLOATS.items(), ids=FLOATS)
def test_what_becomes_of_a_float(treatment, expected, register):
    """An ocean has power of its own; what stays away leaves its power to the others."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "30")
    book.holds("b", "T", "20")
    found = powers(power(book.on(), "T", float_as=treatment))
    assert expected == (found["a"], found["b"], found.get("float"))


def test_atoms_come_near_an_ocean(register):
    """Four hundred equal holders have nearly the power of an ocean."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "30")
    book.holds("b", "T", "20")
    answer = power(book.on(), "T", float_as="atoms")
    assert "exact" == answer.fields["computed"]
    found = {row.holder: float(row.power.low) for row in answer}
    assert {"a": 0.3603, "b": 0.1608, "float": 0.4789} == pytest.approx(found, abs=1e-4)


def test_the_oceanic_index(register):
    """It is Shapley-Shubik's beside an ocean: a third of the votes is half of the power."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "33.4")
    book.holds("b", "T", "0")
    found = {row.holder: row.power.low for row in power(book.on(), "T", index="oceanic")}
    assert Fraction(334, 666) == found["a"]


def test_banzhaf_halves_the_ocean(register):
    """The ocean splits: 30 beside 70 need 15 more and no half does it, so no block has a rival."""
    book = register().party("T", listed=True)
    for name, share in (("a", "30"), ("b", "15"), ("c", "5")):
        book.holds(name, "T", share)
    # beside 50 that split, 25 are needed of 50: a alone has them
    assert {"a": "1", "b": "0", "c": "0"} == powers(power(book.on(), "T", index="banzhaf"))


def test_turnout(register):
    """With little of the float present a block decides alone; the break-even is said."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "28.61")
    full, half, most = (
        power(book.on(), "T", turnout=turnout)[0]
        for turnout in (None, Fraction(55, 100), Fraction(60, 100))
    )
    assert Fraction(5722, 10_000) == full.decides_below
    assert (1, True) == (half.power.low, most.power.low < 1)
    assert 57.22 == full.as_dict()["decides_below_turnout_percent"]


def test_a_quota_that_nobody_reaches(register):
    """Without enough votes present nobody has power."""
    book = register().party("T", remainder=Remainder.NONE)
    book.holds("a", "T", "60")
    book.holds("b", "T", "40")
    found = power(book.on(), "T", quota=Fraction(1), at_least=True)
    assert {"a": "1/2", "b": "1/2"} == powers(found)


def test_ranges_give_ranges(register):
    """With votes at the ends of their ranges power is at its ends, and that is said."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "20-40")
    answer = power(book.on(), "T")
    assert (Fraction(1, 4), Fraction(2, 3)) == answer[0].power[:2]
    row = answer[0].as_dict()
    assert (None, 0.25, 0.666666667) == (row["power"], row["power_min"], row["power_max"])
    assert "power-at-ends" in {caution.code for caution in answer.warnings}


def test_a_range_is_cut_by_what_others_have(register):
    """A holder of 10 to 60 % beside 45 and 10 has at most 45, and that end counts too."""
    book = register()
    book.holds("a", "T", "45")
    book.holds("b", "T", "10-60")
    book.holds("c", "T", "10")
    rows = {row.holder: row for row in power(book.on(), "T", float_as="absent")}
    assert (Fraction(1, 10), Fraction(45, 100)) == rows["b"].votes[:2]
    assert {"a": ("1/3", "1"), "b": ("0", "1/3"), "c": ("0", "1/3")} == {
        holder: (str(row.power.low), str(row.power.high)) for holder, row in rows.items()
    }


def test_an_end_that_does_not_belong_to_a_range_is_not_voted(register):
    """More than half is never half: the holder decides alone in every world."""
    book = register()
    book.holds("a", "T", "(50,75]")
    book.holds("b", "T", "0-50")
    rows = {row.holder: row for row in power(book.on(), "T", float_as="absent")}
    assert (1, 1) == rows["a"].power[:2]
    assert (Fraction(1, 2), Fraction(3, 4)) == rows["a"].votes[:2]


def test_where_nobody_else_holds_ranges_fill_the_whole(register):
    """Without a remainder the least of one holder is what the most of the others leaves."""
    book = register().party("T", remainder=Remainder.NONE)
    book.holds("a", "T", "20-60")
    book.holds("b", "T", "55-90")
    rows = {row.holder: row for row in power(book.on(), "T")}
    assert (Fraction(20, 100), Fraction(45, 100)) == rows["a"].votes[:2]
    assert (0, 0) == rows["a"].power[:2]


# -- who votes together -------------------------------------------------------------------------


def test_the_bodies_of_a_state_are_one(register):
    """Agencies of one State vote as one."""
    book = register().party("State", kind=PartyKind.STATE)
    for name in ("Fund", "Bank"):
        book.party(name, kind=PartyKind.AGENCY, acts_for="State")
        book.holds(name, "T", "30")
    book.holds("b", "T", "40")
    assert {"Bank + Fund": "1", "b": "0"} == powers(power(book.on(), "T"))


def test_blocs_under_one_controller():
    """With blocs asked for, a company votes with whoever controls it."""
    shares = {("h", "x"): 0.6, ("x", "T"): 0.3, ("h", "T"): 0.25, ("b", "T"): 0.45}
    world = snapshot_of_shares(shares)
    assert {"x": "1/3", "h": "1/3", "b": "1/3"} == powers(power(world, "T"))
    assert {"h + x": "1", "b": "0"} == powers(power(world, "T", by_control=True))


# -- networks -------------------------------------------------------------------------------

CHAIN = {("S1", "H"): 0.6, ("S4", "H"): 0.4, ("H", "T"): 0.4, ("S2", "T"): 0.35, ("S3", "T"): 0.25}
SAMPLE = {
    ("A", "D"): 0.5,
    ("B", "D"): 0.5,
    ("A", "E"): 0.1,
    ("C", "E"): 0.45,
    ("D", "E"): 0.45,
    ("C", "F"): 0.4,
    ("E", "F"): 0.6,
}


@pytest.mark.parametrize("index", ["shapley-shubik", "banzhaf"])
def test_power_at_the_top_of_chains(index):
    """A minority above a controlled company has no power, however much it owns (indirect-01)."""
    found = powers(power(snapshot_of_shares(CHAIN), "T", index=index, indirect=True))
    assert {"S1": "1/3", "S2": "1/3", "S3": "1/3", "S4": "0"} == found


def test_many_sources_are_sampled():
    """Where coalitions cannot be listed, orders are drawn, and the error says how well."""
    sources = {n: Fraction(1, 20) for n in range(1, 21)}
    found = ComposedGame({0: sources}, 0, Ballot()).power("shapley-shubik")
    assert "sampled" == found.computed
    for value, error in zip(found.power, found.error, strict=True):
        assert abs(float(value) - 1 / 20) <= 5 * error


def test_whom_a_company_follows():
    """E follows A in two worlds of three, exactly (npi-01)."""
    answer = power(snapshot_of_shares(SAMPLE), "E", index="npi")
    assert ("exact", {"A": "2/3", "B": "1/6", "C": "1/6"}) == (
        answer.fields["computed"],
        powers(answer),
    )


def test_network_power_adds_up_to_all_values():
    """Whoever is followed, all values are somebody's."""
    found = network_power(snapshot_of_shares(SAMPLE), values={"F": 10, "E": 1})
    assert 11 == sum(index for index, _ in found.of.values())
    assert Fraction(2, 3) * 11 == found.of["A"][0]


def test_sampled_labels_agree_with_exact_ones(monkeypatch):
    """Where there are too many states labels are drawn, and the error says how well."""
    exact = network_power(snapshot_of_shares(SAMPLE)).of
    monkeypatch.setattr(labels, "MOST_STATES", 0)
    found = network_power(snapshot_of_shares(SAMPLE))
    assert "sampled" == found.computed
    for name, (index, error) in found.of.items():
        assert abs(float(exact[name][0] - index)) <= 5 * error + 1e-9


def test_labels_leave_loops():
    """Two that control each other follow nobody for ever; their errors are stated."""
    shares = {("a", "b"): 0.6, ("b", "a"): 0.6, ("o", "a"): 0.4, ("o", "b"): 0.4, ("b", "c"): 1}
    answer = power(snapshot_of_shares(shares), "c", index="npi")
    assert "sampled" == answer.fields["computed"]
    assert {"a", "b"} >= {row.holder for row in answer}
    assert 1 == sum(row.power.low for row in answer)
    assert powers(answer) == powers(power(snapshot_of_shares(shares), "c", index="npi"))


def test_an_ocean_follows_nobody(register):
    """Where the float is pivotal, the company follows itself: the float's row."""
    book = register().party("T", listed=True)
    book.holds("a", "T", "40")
    found = powers(power(book.on(), "T", index="npi"))
    assert {"a": "2/3", "float": "1/3"} == found


def test_mutual_control():
    """Power over others less theirs: a chain of three has 3/2, -1/2 and -1 (kp-01)."""
    found = karos_peters(snapshot_of_shares({("1", "2"): 0.6, ("2", "3"): 0.6}))
    assert {"1": "3/2", "2": "-1/2", "3": "-1"} == {n: str(v) for n, (v, _) in found.of.items()}


@settings(max_examples=25)
@given(st.data())
def test_mutual_power_adds_up_to_nothing(tables_of_shares, data):
    """Whatever loops there are, what some have others lack; samples agree with the list."""
    units = data.draw(tables_of_shares(parties="abcd", own_shares=False))
    shares = {
        (holder, issuer): Fraction(part, 100)
        for issuer, held in units.items()
        for holder, part in held.items()
        if holder is not None
    }
    if not shares:
        return
    found = karos_peters(snapshot_of_shares(shares)).of
    assert 0 == sum(index for index, _ in found.values())


def test_mutual_power_is_sampled_beyond_a_dozen():
    """In a chain of fourteen the sample's error covers the truth."""
    names = [f"p{n:02d}" for n in range(14)]
    chain = dict.fromkeys(itertools.pairwise(names), 0.6)
    found = karos_peters(snapshot_of_shares(chain))
    truth = sum((Fraction(1, n) for n in range(1, 14)), Fraction(0))
    index, error = found.of["p00"]
    assert "sampled" == found.computed
    assert abs(float(truth - index)) <= 5 * error


def test_parties_of_one_label_are_told_apart(register):
    """Where two have one label, each is named by its IRI."""
    book = register()
    book.holds("a", "t", "60")
    book.holds("b", "t", "40")
    twins = {name: replace(book.parties[name], label="Twin") for name in "ab"}
    book.parties |= twins
    assert {"a": 2, "b": 1, "t": 0} == {n: i for n, (i, _) in network_power(book.on()).of.items()}
    assert {"a", "b", "t"} == set(karos_peters(book.on()).of)


# -- refusals -----------------------------------------------------------------------------------


def test_networks_of_ranges_are_refused(register):
    """Where meetings are put together votes must be exact; the message names who lacks them."""
    book = register()
    book.holds("a", "T", "20-30")
    for options in ({"index": "npi"}, {"indirect": True}):
        with pytest.raises(InputError, match=r"'T' are known as ranges only.*state shares for a"):
            power(book.on(), "T", **options)
    with pytest.raises(InputError, match="some votes are known as ranges only"):
        karos_peters(book.on())


def test_too_many_ranges_are_refused(register):
    """The ends of many ranges make more worlds than can be gone through."""
    book = register()
    for name in "abcdefg":
        book.holds(name, "T", "1-5")
    with pytest.raises(InputError, match="too many votes in 'T' are known as ranges only"):
        power(book.on(), "T")


REFUSED = {
    "an unknown index": (
        {"index": "johnston"},
        "no index is named 'johnston'; use one of",
    ),
    "an unknown float": ({"float_as": "sea"}, "no treatment of a float is named 'sea'"),
    "a quota of nothing": ({"quota": Fraction(0)}, "the quota must lie between 0 and 100 %"),
    "more than all": ({"quota": Fraction(1)}, "the quota must lie between 0 and 100 %"),
    "a turnout beyond all": ({"turnout": Fraction(2)}, "a turnout lies between 0 and 100 %"),
    "an absent float that comes": (
        {"turnout": HALF, "float_as": "absent"},
        "with a float that is absent the turnout is what the others have",
    ),
    "an ocean of atoms": (
        {"index": "oceanic", "float_as": "atoms"},
        "the oceanic index takes the float for an ocean",
    ),
    "indirect labels": ({"index": "npi", "indirect": True}, "indirect power is reckoned by"),
}


@pytest.mark.parametrize(("options", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(options, message):
    """Options that mean nothing are refused with what may be given."""
    with pytest.raises(InputError, match=message):
        power(table(a=50, b=50), "T", **options)


def test_a_company_without_votes():
    """Where no holder is recorded there is no meeting."""
    with pytest.raises(InputError, match="nobody is recorded to vote in 'a'"):
        power(table(a=50), "a")
