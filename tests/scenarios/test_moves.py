"""Smallest moves: tight to the unit, with their sense, and against a search of our own."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import Verdict, control
from keiretsu.rights import rights_of
from keiretsu.scenarios import Amount, Unit, moves, scenario
from keiretsu.scenarios.edits import Hold

MAJORITY, PRESUMED = "majority-votes", "fr-presumption-40"


def certain(world, holder, issuer, rule):
    [record] = control(world, by=holder, of=issuer, rule=rule)
    return record.verdict is Verdict.CERTAIN


def test_a_published_case(register):
    """S has 30 %, others 25, 20 and 25: more than 20 % is missing; B1's block does, B2's not."""
    book = register()
    book.party("T", listed=True)
    for holder, percent in (("S", "30"), ("B1", "25"), ("B2", "20")):
        book.holds(holder, "T", percent)
    found = moves(book.on(), "S", "T", rules=[MAJORITY])
    [row] = found.fields["control"]

    assert ("more than", 50, 20) == (
        row["move"]["sense"], row["move"]["percent"], row["move"]["change_percent"]
    )  # fmt: skip
    assert {"B1": [MAJORITY], "B2": []} == {
        block["holder"]: block["gives_control_by"] for block in found.fields["blocks"]
    }


def test_how_far_renault_can_sell_down(register):
    """At 40 % of the votes or less: with own shares out that is 39.6 % of the capital."""
    book = register()
    book.party("R", jurisdiction="FR", listed=True).party("N", jurisdiction="JP", listed=True)
    book.holds("R", "N", "43.4")
    book.holds("N", "N", "1")
    book.holds("N", "R", "15")
    world = book.on()
    [move] = [one for one in moves(world, "R", "N") if one.direction == "sell"]

    assert ("at most", Fraction(396, 1000), Fraction(40, 100)) == (
        move.sense, move.stake, move.voting_shares
    )  # fmt: skip
    assert Fraction(40, 100) == move.votes.low == move.votes.high
    assert [("votes", "C. com. L.233-31"), ("control", PRESUMED)] == [
        (one.kind, one.rule) for one in move.switches
    ]
    silent = rights_of(scenario(world, hold={("R", "N"): "39.9%"})).votes
    assert 0 == silent.bounds(world.position("R"), {world.position("N")}).high
    voting = rights_of(scenario(world, hold={("R", "N"): "39.6%"})).votes
    assert Fraction(15, 100) == voting.bounds(world.position("R"), {world.position("N")}).low


def test_a_purchase_may_break_anothers_control(register):
    """From a quarter of R on, N takes R's votes in N, and R's presumed control with them."""
    book = register()
    book.party("R", jurisdiction="FR", listed=True).party("N", jurisdiction="JP", listed=True)
    book.holds("R", "N", "43.4")
    book.holds("N", "R", "15")
    move = moves(book.on(), "N", "R")[0]

    assert ("buy", "at least", Fraction(1, 4)) == (move.direction, move.sense, move.stake)
    assert {
        "the votes of N in R return (C. com. L.233-31)",
        "the votes of R in N: suspended (Companies Act 308(1))",
        "R loses control of N (fr-presumption-40)",
    } == {one.text for one in move.switches}


def test_ranges_cover_the_stake_without_gaps(register):
    """One range is that of today; each begins where the last one ended."""
    book = register()
    book.party("T", listed=True)
    book.capital("T", issued=1001, treasury=0, stated="2020-06-30")
    book.holds("S", "T", "30", shares=300)
    ranges = moves(book.on(), "S", "T").fields["ranges"]

    assert [True] == [one["current"] for one in ranges if one["current"]]
    assert (0, 1001) == (ranges[0]["from_shares"], ranges[-1]["to_shares"])
    for one, after in itertools.pairwise(ranges):
        assert one["to_shares"] + 1 == after["from_shares"]
    assert [0, 401, 501] == [one["from_shares"] for one in ranges]


def test_a_stake_in_a_range_is_refused(register):
    """What is not known to begin with cannot be bought on from."""
    book = register()
    book.party("T", listed=True)
    book.holds("S", "T", "20-40")

    with pytest.raises(InputError, match="what S has of T is only known as a range; suppose"):
        moves(book.on(), "S", "T")


@settings(max_examples=12)
@given(
    issued=st.integers(50, 400),
    parts=st.tuples(st.integers(0, 40), st.integers(0, 55), st.integers(0, 5)),
    rule=st.sampled_from([MAJORITY, PRESUMED]),
)
def test_the_smallest_purchase_is_tight(register, issued, parts, rule):
    """It gives control, and one share less does not: against a search over every number."""
    book = register()
    book.party("T", listed=True)
    counts = {name: issued * part // 100 for name, part in zip("SOT", parts, strict=True)}
    book.party("S")
    book.capital("T", issued=issued, treasury=counts["T"], stated="2020-06-30")
    for holder, count in counts.items():
        if count:
            book.holds(holder, "T", None, shares=count)
    if not any(counts.values()):
        return
    world = book.on()
    [row] = moves(world, "S", "T", rules=[rule]).fields["control"]

    def gives(count):
        after = scenario(world, [Hold("S", "T", Amount(Fraction(count), Unit.SHARES))])
        return certain(after, "S", "T", rule)

    most = issued - counts["O"] - counts["T"]
    if certain(world, "S", "T", rule):
        assert "lost by selling" == row["what"]
        assert not gives(row["move"]["shares"])
        assert gives(row["move"]["shares"] + 1)
    elif row["move"] is None:
        assert not any(gives(count) for count in range(counts["S"], most + 1, 7))
        assert not gives(most)
    else:
        assert gives(row["move"]["shares"])
        assert row["move"]["shares"] == counts["S"] or not gives(row["move"]["shares"] - 1)
