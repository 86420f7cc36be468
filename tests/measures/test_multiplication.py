"""Shares multiplied along chains, exactly: worked cases, then laws against other ways to reckon."""

import itertools
from fractions import Fraction as F

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.kernels.box import Bounds
from keiretsu.measures import owners
from keiretsu.measures.ownership.multiplication import MOST_IN_LOOPS, Multiplication
from keiretsu.mirror import from_networkx, snapshot_of_shares


def parts(snapshot, *names):
    """Return what parties as one have of each company, by label."""
    found = Multiplication(snapshot.capital).parts({snapshot.position(n) for n in names})
    return {snapshot.parties[company].label: bounds for company, bounds in found.items()}


def point(share):
    return Bounds(F(share), F(share))


CASES = {
    # name: (shares, holder, company, share, where the answer comes from)
    "a chain": ({("a", "b"): "50%", ("b", "c"): "40%"}, "a", "c", F(1, 5), "product"),
    "two chains": (
        {("a", "b"): "50%", ("a", "c"): "20%", ("b", "c"): "40%"},
        "a",
        "c",
        F(2, 5),
        "0.2 + 0.5 x 0.4",
    ),
    "a loop": (
        {("A", "C"): "50%", ("B", "C"): "50%", ("C", "A"): "50%", ("E", "A"): "50%"},
        "B",
        "C",
        F(2, 3),
        "own-12",
    ),
    "a closed loop below": ({("A", "B"): "100%", ("B", "A"): "100%"}, "A", "B", F(1), "by hand"),
    "a closed loop beside": (
        {("P", "T"): "30%", ("A", "T"): "70%", ("A", "B"): 1, ("B", "A"): 1},
        "P",
        "T",
        F(3, 10),
        "what the loop keeps arrives nowhere",
    ),
    "own shares": ({("a", "b"): "40%", ("b", "b"): "20%"}, "a", "b", F(1, 2), "40 of 80"),
}


@pytest.mark.parametrize(
    ("shares", "holder", "company", "share", "source"), CASES.values(), ids=CASES
)
def test_worked_cases(shares, holder, company, share, source):
    """Products along chains add up; loops are solved, not cut."""
    assert point(share) == parts(snapshot_of_shares(shares), holder)[company], source


def test_several_count_as_one():
    """What one of them has through another is counted once."""
    world = snapshot_of_shares({("a", "b"): "50%", ("b", "c"): "50%", ("a", "c"): "10%"})
    assert point(F(6, 10)) == parts(world, "a", "b")["c"]


def test_open_ends_stay_open(register):
    """More than 25 % of more than a half is more than an eighth, and says so."""
    book = register()
    book.holds("a", "b", "(25,50]")
    book.holds("b", "c", "(50,75)")
    found = parts(book.on(), "a")["c"]
    assert Bounds(F(1, 8), F(3, 8), low_open=True, high_open=True) == found


def test_the_others_leave_room(register):
    """Two in [25, 50] beside one in [45, 60] have at most 55, through one owner."""
    book = register()
    for name in ("x", "y"):
        book.holds("P", name, "100")
        book.holds(name, "t", "25-50")
    book.holds("z", "t", "45-60")
    assert Bounds(F(1, 2), F(11, 20)) == parts(book.on(), "P")["t"]


def test_a_loop_in_ranges(register):
    """Each end of a loop's range is attained by one choice of shares."""
    book = register()
    book.holds("P", "a", "20-40")
    book.holds("b", "a", "40-60")
    book.holds("a", "b", "50")
    # v = p + q/2 v, so v = p / (1 - q/2); p and q share one whole of a
    found = parts(book.on(), "P")["a"]
    assert Bounds(F(2, 10) / (1 - F(2, 10)), F(4, 10) / (1 - F(3, 10))) == found


def test_a_loop_that_can_be_closed(register):
    """Where a loop may keep everything, the least is nothing."""
    book = register()
    book.holds("P", "a", "0-50")
    book.holds("b", "a", "50-100")
    book.holds("a", "b", "100")
    found = parts(book.on(), "P")["a"]
    assert Bounds(F(0), F(1)) == found


# -- laws -----------------------------------------------------------------------------------


def shares_of(table):
    """Return a table of whole numbers as shares."""
    return {
        (holder, issuer): F(units, 100)
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None and units
    }


@given(st.data())
def test_equal_to_the_integrated_ownership(tables_of_shares, data):
    """Outside owners have what the absorbing form gives them, which is solved in floats."""
    shares = shares_of(data.draw(tables_of_shares()))
    assume(shares)
    world = snapshot_of_shares(shares)
    company = data.draw(st.sampled_from(sorted({issuer for _, issuer in shares})))
    answer = owners(world, company)
    assume(not answer.fields["closed_loops"])
    for owner in answer:
        if owner.integrated is not None and owner.kind != "treasury":
            found = parts(world, owner.party).get(company, point(0))
            assert float(found.low) == pytest.approx(float(owner.integrated.low), abs=1e-9)
            assert found.low == found.high


def naive(ranges, goal, most, rounds=4000):
    """Iterate the best or worst split in floats, from nothing upward."""
    value = {party: float(party == goal) for pair in ranges for party in pair}
    issuers = sorted({issuer for _, issuer in ranges} - {goal})
    for _ in range(rounds):
        before = dict(value)
        for issuer in issuers:
            held = [(value[h], *band) for (h, i), band in ranges.items() if i == issuer]
            slack = 12 - sum(low for _, low, _ in held)
            total = sum(v * low for v, low, _ in held)
            for v, low, high in sorted(held, reverse=True):
                if most:
                    taken = min(slack, high - low)
                    slack, total = slack - taken, total + taken * v
            if not most:
                # the rest takes what it is given
                pass
            value[issuer] = total / 12
        if max(abs(value[p] - before[p]) for p in value) < 1e-13:
            return value
    return None


@st.composite
def banded(draw):
    """Return ranges in twelfths by holder and issuer, whose lows fit into every issuer."""
    ranges = {}
    for issuer in "abcd":
        left = 12
        for holder in draw(st.lists(st.sampled_from("abcdP"), unique=True, max_size=3)):
            if holder == issuer:
                continue
            low = draw(st.integers(0, left))
            high = draw(st.integers(low, 12)) if draw(st.booleans()) else low
            left -= low
            ranges[holder, issuer] = (low, high)
    return ranges


@settings(max_examples=150)
@given(banded())
def test_ranges_equal_iteration(ranges):
    """The ends are those to which iterating over the best and worst splits converges."""
    graph = nx.DiGraph()
    for (holder, issuer), (low, high) in ranges.items():
        text = F(low, 12) if low == high else f"[{F(low, 12)}, {F(high, 12)}]"
        graph.add_edge(holder, issuer, capital_exact=text)
    assume("P" in graph)
    found = parts(from_networkx(graph), "P")
    for most in (False, True):
        expected = naive(ranges, "P", most)
        assume(expected is not None)
        for company, bounds in found.items():
            end = bounds.high if most else bounds.low
            assert float(end) == pytest.approx(expected[company], abs=1e-6)


@given(banded(), st.data())
def test_a_narrower_range_never_widens(ranges, data):
    """Points inside the ranges give parts inside the parts."""
    points, chosen = nx.DiGraph(), nx.DiGraph()
    for (holder, issuer), (low, high) in ranges.items():
        points.add_edge(
            holder,
            issuer,
            capital_exact=F(low, 12) if low == high else f"[{F(low, 12)}, {F(high, 12)}]",
        )
        chosen.add_edge(holder, issuer, capital_exact=F(data.draw(st.integers(low, high)), 12))
    assume("P" in points)
    for issuer in "abcd":
        held = (
            [d["capital_exact"] for _, _, d in chosen.in_edges(issuer, data=True)]
            if issuer in chosen
            else []
        )
        assume(sum(held, F(0)) <= 1)
    wide, narrow = parts(from_networkx(points), "P"), parts(from_networkx(chosen), "P")
    for company, bounds in narrow.items():
        assert wide[company].low <= bounds.low <= bounds.high <= wide[company].high


def test_many_loops_stay_exact():
    """Twelve companies that all hold each other are solved to the last digit."""
    names = [f"c{n}" for n in range(12)]
    shares = {(a, b): F(1, 13) for a, b in itertools.permutations(names, 2)}
    shares |= {("P", name): F(2, 13) for name in names}
    # v = 2/13 + 11/13 v in every one of them
    assert {point(1)} == set(parts(snapshot_of_shares(shares), "P").values())


def test_too_large_a_tangle_is_refused():
    """Loops between more companies than can be solved exactly are refused, and not rounded."""
    count = MOST_IN_LOOPS + 1
    shares = {(f"c{n}", f"c{(n + 1) % count}"): F(1, 2) for n in range(count)}
    world = snapshot_of_shares({**shares, ("P", "c0"): F(1, 2)})
    with pytest.raises(InputError, match=r"601 companies hold each other in loops.*; ask for"):
        parts(world, "P")
