"""What is missing for control, the shortest reason, concerts, and a majority of those who come."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import control
from keiretsu.mirror import snapshot_of_shares
from keiretsu.model import PartyKind


def asked(shares, by, of, **options):
    """Return the one row of a pair."""
    world = snapshot_of_shares(shares) if isinstance(shares, dict) else shares
    (row,) = control(world, by=by, of=of, **options)
    return row


# -- what is missing --------------------------------------------------------------------------


def test_the_smallest_stake_from_the_remainder():
    """Just more than the gap, from whoever holds the unnamed part, if that is enough."""
    row = asked({("a", "t"): "30%", ("b", "t"): "40%"}, "a", "t")
    assert (F(1, 5), F(1, 5), True, "undisclosed") == (
        row.purchase.capital, row.purchase.right, row.purchase.more, row.purchase.source
    )  # fmt: skip
    row = asked({("a", "t"): "30%", ("b", "t"): "50%"}, "a", "t")
    assert "" == row.purchase.source
    reached = asked(
        {("a", "t"): "30%", ("b", "t"): "50%"}, "a", "t", threshold=F(1, 2), at_least=True
    )
    assert ("undisclosed", False) == (reached.purchase.source, reached.purchase.more)


def test_own_shares_do_not_have_to_be_bought():
    """The stake is told as a part of all shares, though own shares do not vote."""
    row = asked({("t", "t"): "20%", ("a", "t"): "30%"}, "a", "t")
    assert (F(1, 8), F(1, 10)) == (row.purchase.right, row.purchase.capital)


STAKES = {
    # bands of a and b in t: capital to buy, whether it takes more, whether the rest surely has it
    "from the lower end": (("10-20", "5-10"), (F(2, 5), True, "undisclosed")),
    "an open end needs no more": (("(10,20]", "5"), (F(2, 5), False, "undisclosed")),
    "the rest may be too small": (("10-20", "20-50"), (F(2, 5), True, "")),
}


@pytest.mark.parametrize(("bands", "expected"), STAKES.values(), ids=STAKES)
def test_the_smallest_stake_where_stakes_are_ranges(bands, expected, register):
    """The stake is enough in every world, and only what is surely there can be bought."""
    book = register()
    for holder, band in zip("ab", bands, strict=True):
        book.holds(holder, "t", band)
    found = asked(book.on(), "a", "t").purchase
    assert expected == (found.capital, found.more, found.source)


def test_no_stake_where_the_votes_of_a_share_are_not_known(register):
    """What a bought share would vote is not known where double votes are not recorded."""
    book = register().party("t", jurisdiction="FR")
    book.share_class("t", "ordinary", registered_votes_per_share=F(2))
    book.holds("a", "t", "10")
    assert asked(book.on(), "a", "t").purchase is None


@given(st.data())
def test_buying_among_ranges_gives_control(register, data):
    """A hair more than the smallest stake gives certain control, just so much does not."""
    book, shares = register(), {}
    left = 60
    for holder in "abc":
        low = data.draw(st.integers(0, left))
        left -= low
        shares[holder] = (low, data.draw(st.integers(low, min(100, low + 20))))
    for holder, (low, high) in shares.items():
        book.holds(holder, "t", f"[{low},{high}]")
    row = asked(book.on(), "a", "t")
    if row.purchase is None or not row.purchase.source:
        return
    for extra, verdict in ((F(0), False), (F(1, 10**6), True)):
        more = (row.purchase.capital + extra) * 100
        after = register()
        for holder, (low, high) in shares.items():
            added = more if holder == "a" else 0
            ends = [f"{float(end + added):.6f}" for end in (low, high)]
            after.holds(holder, "t", f"[{ends[0]},{ends[1]}]")
        assert verdict == (asked(after.on(), "a", "t").verdict == "certain")


def test_blocks_count_with_what_is_controlled():
    """A block is added to all that counts already, through others too."""
    row = asked(
        {("a", "m"): "60%", ("m", "t"): "20%", ("b", "t"): "30%", ("c", "t"): "31%"}, "a", "t"
    )
    assert [("c", F(31, 100), True), ("b", F(3, 10), False)] == [
        (block.holder, block.share, block.sufficient) for block in row.blocks
    ]


def test_the_fewest_blocks():
    """Where no single block would do, the largest together are the fewest; or all are too few."""
    shares = {("a", "t"): "10%", ("b", "t"): "25%", ("c", "t"): "20%", ("d", "t"): "5%"}
    assert ("b", "c") == asked(shares, "a", "t").fewest_blocks
    assert ("b", "c", "d") == asked(shares, "a", "t", threshold=F(58, 100)).fewest_blocks
    assert () == asked(shares, "a", "t", threshold=F(60, 100)).fewest_blocks


def test_a_larger_rival_can_be_bought():
    """Under a presumption the block of whoever has more is enough."""
    shares = {("a", "t"): "42%", ("x", "t"): "45%"}
    row = asked(shares, "a", "t", rule="fr-presumption-40")
    assert [("x", True)] == [(block.holder, block.sufficient) for block in row.blocks]


@given(st.data())
def test_buying_what_is_told_gives_control(tables_of_shares, data):
    """A sufficient block, bought, gives control; so does a hair more than the smallest stake."""
    table = data.draw(tables_of_shares(own_shares=False))
    shares = {
        (h, i): F(units, 100)
        for i, held in table.items()
        for h, units in held.items()
        if h is not None and units
    }
    pairs = sorted(shares)
    if not pairs:
        return
    head, company = data.draw(st.sampled_from(pairs))
    row = asked(shares, head, company)
    for block in row.blocks:
        bought = dict(shares)
        moved = bought.pop((block.holder, company))
        bought[head, company] += moved
        after = asked(bought, head, company)
        assert block.sufficient <= (after.verdict == "certain")
    if row.fewest_blocks:
        bought = dict(shares)
        bought[head, company] += sum(bought.pop((b, company)) for b in row.fewest_blocks)
        assert "certain" == asked(bought, head, company).verdict
        largest = sorted((block.share for block in row.blocks), reverse=True)
        fewer = largest[: len(row.fewest_blocks) - 1]
        assert sum(fewer) <= row.missing < sum(largest[: len(row.fewest_blocks)])
    elif row.missing is not None:
        assert sum(block.share for block in row.blocks) <= row.missing
    if row.purchase is not None and row.purchase.source:
        for extra, verdict in ((F(0), "impossible"), (F(1, 10**9), "certain")):
            more = {**shares, (head, company): shares[head, company] + row.purchase.capital + extra}
            assert verdict == asked(more, head, company).verdict


# -- the shortest reason ------------------------------------------------------------------------


def test_the_shortest_reason():
    """The direct majority is the reason, not the longer way round; and no more than is needed."""
    shares = {
        ("a", "t"): "51%", ("a", "b"): "60%", ("b", "c"): "60%", ("c", "t"): "20%",
    }  # fmt: skip
    (step,) = asked(shares, "a", "t").reasons
    assert ("t", (("a", "a", F(51, 100)),)) == (step.company, step.holders)


def test_the_reason_leaves_out_what_is_not_needed():
    """Of three holdings the two that decide are told."""
    shares = {("a", x): "100%" for x in "xyz"} | {
        ("x", "t"): "10%", ("y", "t"): "26%", ("z", "t"): "25%",
    }  # fmt: skip
    *ways, last = asked(shares, "a", "t").reasons
    assert ["y", "z"] == sorted(step.company for step in ways)
    assert {"y", "z"} == {holder for holder, _, _ in last.holders}


@given(st.data())
def test_reasons_are_reasons(tables_of_shares, data):
    """Each step follows from the controller and the steps before it, and none can be left out."""
    table = data.draw(tables_of_shares(own_shares=False))
    shares = {
        (h, i): F(units, 100)
        for i, held in table.items()
        for h, units in held.items()
        if h is not None and units
    }
    for row in control(snapshot_of_shares(shares)):
        known = {row.controller}
        for step in row.reasons:
            holders = {holder for holder, _, _ in step.holders}
            assert holders <= known
            assert F(1, 2) < sum(shares[holder, step.company] for holder in holders)
            least = min(shares[holder, step.company] for holder in holders)
            total = sum(shares[holder, step.company] for holder in holders)
            assert len(holders) == 1 or total - least <= F(1, 2)
            known.add(step.company)
        assert row.company == row.reasons[-1].company


# -- concerts and turnout -------------------------------------------------------------------------


def test_members_of_a_concert_are_one(register):
    """Those who act for a family or a pact count with it as one controller."""
    book = register().party("family", kind=PartyKind.CONCERT)
    for name in ("ann", "ben"):
        book.party(name, kind=PartyKind.PERSON, acts_for="family")
        book.holds(name, "t", "26")
    world = book.on()
    assert "certain" == asked(world, "family", "t").verdict
    assert "impossible" == asked(world, "ann", "t").verdict
    assert ["family"] == [row.controller for row in control(world, ultimate=True)]


def test_a_turnout_is_a_threshold_at_every_level():
    """Half of those who come, through companies controlled in the same way."""
    shares = {("a", "m"): "30%", ("m", "t"): "31%"}
    for turnout, verdict in ((F(59, 100), "certain"), (F(60, 100), "impossible")):
        row = asked(shares, "a", "t", turnout=turnout)
        assert verdict == row.verdict
    answer = control(snapshot_of_shares(shares), turnout=F(3, 5))
    assert "majority-at-turnout-60-percent" == answer.fields["rule"]


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"turnout": F(0)}, "between 0 and 100 %"),
        ({"turnout": F(11, 10)}, "between 0 and 100 %"),
        ({"turnout": F(1, 2), "rule": "majority-votes"}, "threshold of its own"),
        ({"turnout": F(1, 2), "threshold": F(1, 3)}, "threshold of its own"),
        ({"turnout": F(1, 2), "at_least": True}, "threshold of its own"),
    ],
)
def test_turnouts_that_are_refused(options, match):
    """A turnout lies between nothing and all, and takes no other rule beside it."""
    with pytest.raises(InputError, match=match):
        control(snapshot_of_shares({("a", "t"): "30%"}), **options)
