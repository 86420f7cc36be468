"""Integrated ownership: sums, exact solves, ranges by brute force, both directions."""

import itertools
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.measures.corner_worlds import corner_worlds

from keiretsu.measures import holdings, owners
from keiretsu.mirror import from_networkx, snapshot_of_shares

UNIT = 12


def shares_of(table):
    """Return a table of units as shares, the remainder left out."""
    return {
        (holder, issuer): Fraction(units, sum(held.values()))
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None
    }


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


def eliminated(shares, target, parties):
    """Return what arrives at each party and at the rest from the target, solved in fractions.

    A party whose own holders are recorded passes everything on; own shares are left out of the
    whole, and the remainder of an issuer ends there.
    """
    issuers = sorted({issuer for _, issuer in shares})
    whole = {i: 1 - shares.get((i, i), Fraction(0)) for i in issuers}
    weights = {(h, i): s / whole[i] for (h, i), s in shares.items() if h != i and whole[i]}
    # visits y solve y_h = [h = target] + sum of w(h, i) y_i
    rows = []
    for holder in parties:
        row = [Fraction(holder == i) - weights.get((holder, i), Fraction(0)) for i in parties]
        rows.append([*row, Fraction(holder == target)])
    for pivot in range(len(parties)):
        swap = next((r for r in range(pivot, len(parties)) if rows[r][pivot]), None)
        if swap is None:
            return None
        rows[pivot], rows[swap] = rows[swap], rows[pivot]
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(len(parties)):
            factor = rows[other][pivot]
            if other != pivot and factor:
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)
                ]
    return {party: row[-1] for party, row in zip(parties, rows, strict=True)}


# -- laws -----------------------------------------------------------------------------------


@given(st.data())
def test_everything_adds_up(tables_of_shares, data):
    """Owners, remainders and closed loops of every company are 100 %, loops or not."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    for party in world.parties:
        if world.held_in(world.position(party.label)):
            assert everything(owners(world, party.label)) == pytest.approx(100)


@given(st.data())
def test_exact_elimination_agrees(tables_of_shares, data):
    """Integrated shares equal the solution in fractions, where it exists."""
    shares = shares_of(data.draw(tables_of_shares()))
    world = snapshot_of_shares(shares)
    parties = sorted({party for pair in shares for party in pair})
    issuers = {issuer for _, issuer in shares}
    for target in issuers:
        answer, visits = owners(world, target), eliminated(shares, target, parties)
        if visits is None or answer.fields["closed_loops"]:
            continue
        found = {o.party: float(o.integrated.low) for o in answer if o.integrated}
        expected = {p: float(visits[p]) for p in found}
        assert expected == pytest.approx(found, abs=1e-9)
        assert {p for p in parties if p not in issuers and visits[p]} <= set(found)


@given(st.data())
def test_downward_is_upward(tables_of_shares, data):
    """What a party holds of a company is what the company's owners say that it has."""
    world = snapshot_of_shares(shares_of(data.draw(tables_of_shares())))
    names = [party.label for party in world.parties]
    upward, looped = {}, set()
    for company in names:
        answer = owners(world, company)
        looped |= {party for loop in answer.fields["closed_loops"] for party in loop}
        for o in answer:
            upward[o.party, company] = o.integrated or o.look_through
    for party in names:
        for h in holdings(world, party):
            if party not in looped and h.party != party:
                found = float((h.integrated or h.look_through).low)
                assert found == pytest.approx(float(upward[party, h.party].low), abs=1e-9)


# -- ranges ---------------------------------------------------------------------------------


@st.composite
def banded(draw, parties="abcd", levels=False):
    """Return ranges in twelfths; with levels only later letters are held, so without loops."""
    ranges = {}
    for place, issuer in enumerate(parties):
        left = UNIT
        pool = parties[:place] if levels else parties
        for holder in (
            draw(st.lists(st.sampled_from(pool), unique=True, max_size=2)) if pool else ()
        ):
            low = draw(st.integers(0, left))
            high = draw(st.integers(low, UNIT)) if draw(st.booleans()) else low
            left -= low
            if holder != issuer:
                ranges[holder, issuer] = (low, high)
    return ranges


def ranged(ranges):
    """Return a snapshot of ranges."""
    graph = nx.DiGraph()
    for (holder, issuer), (low, high) in ranges.items():
        ends = f"[{Fraction(low, UNIT)}, {Fraction(high, UNIT)}]"
        graph.add_edge(
            holder, issuer, capital_exact=str(Fraction(low, UNIT)) if low == high else ends
        )
    return from_networkx(graph)


@settings(max_examples=40)
@given(banded(), st.booleans())
def test_ranges_are_those_of_the_corner_worlds(ranges, upward):
    """The least and the most of an outside owner are attained in corner worlds, loops and all."""
    outside = sorted({h for h, _ in ranges} - {i for _, i in ranges})
    issuers = sorted({i for _, i in ranges})
    assume(outside and issuers)
    some = list(itertools.islice(corner_worlds(ranges, UNIT), 400))
    assume(len(some) < 400)
    snapshot, owner, target = ranged(ranges), outside[0], issuers[-1]
    if upward:
        rows = {o.party: o.integrated for o in owners(snapshot, target)}
        found = rows.get(owner)
    else:
        found = {h.party: h.integrated for h in holdings(snapshot, owner)}.get(target)
    points = []
    for shares in some:
        arriving = {o.party: o.integrated for o in owners(snapshot_of_shares(shares), target)}
        points.append(float(arriving[owner].low) if arriving.get(owner) else 0.0)
    if found is None:
        assert max(points) == 0
    else:
        assert [min(points), max(points)] == pytest.approx(
            [float(found.low), float(found.high)], abs=1e-8
        )


@given(banded(levels=True))
def test_points_among_ranges_are_exact(ranges):
    """Where every range is a point the ranged solve gives the point."""
    points = {pair: (low, low) for pair, (low, _) in ranges.items()}
    wide = {**points, ("x", "unrelated"): (0, 1)}
    for company in sorted({issuer for _, issuer in points}):
        exact = {o.party: o.integrated for o in owners(ranged(points), company)}
        beside = {o.party: o.integrated for o in owners(ranged(wide), company)}
        assert exact == beside
