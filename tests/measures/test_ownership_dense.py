"""Every convention of integrated ownership against a dense inverse in fractions.

The inverse is made here, by elimination with full matrices; nothing of it is shared with the code
under test, which solves along components, sparse, and in floating point where loops are long.
"""

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from keiretsu.kernels.linear import EXACT_LOOP
from keiretsu.measures import holdings, network_value, owners
from keiretsu.mirror import snapshot_of_shares


def inverse(matrix):
    """Return the inverse of a square matrix of fractions, or None if it has none."""
    size = len(matrix)
    rows = [[*row, *(Fraction(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for pivot in range(size):
        swap = next((r for r in range(pivot, size) if rows[r][pivot]), None)
        if swap is None:
            return None
        rows[pivot], rows[swap] = rows[swap], rows[pivot]
        scale = rows[pivot][pivot]
        rows[pivot] = [value / scale for value in rows[pivot]]
        for other in range(size):
            factor = rows[other][pivot]
            if other != pivot and factor:
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)
                ]
    return [row[size:] for row in rows]


def walks(shares, parties):
    """Return N = (I - W)⁻¹ with W the shares, holder by issuer."""
    return inverse(
        [[Fraction(h == i) - shares.get((h, i), Fraction(0)) for i in parties] for h in parties]
    )


def by_formula(visits, holder, company, method):
    """Return what one party has of another, as the formulas have it."""
    walked = visits[holder][company]
    row, column = visits[holder][holder], visits[company][company]
    return {"raw": walked, "row-corrected": walked / row, "column-corrected": walked / column}[
        method
    ]


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["raw", "row-corrected", "column-corrected"]))
def test_conventions_are_their_formulas(tables_of_shares, data, method):
    """Upward and downward, every pair has what the dense inverse gives it, to the fraction."""
    table = data.draw(tables_of_shares(parties="abcde", own_shares=False))
    shares = {
        (holder, issuer): Fraction(units, 100)
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None
    }
    parties = sorted({party for pair in shares for party in pair})
    visits = walks(shares, parties)
    assume(visits is not None and parties)
    place = {party: n for n, party in enumerate(parties)}
    world = snapshot_of_shares(shares)
    for company in parties:
        upward = {o.party: o.integrated for o in owners(world, company, method=method)}
        for holder in set(parties) - {company}:
            expected = by_formula(visits, place[holder], place[company], method)
            assert expected == (upward[holder].low if holder in upward else 0)
        for h in holdings(world, company, method=method):
            if h.party != company:
                expected = by_formula(visits, place[company], place[h.party], method)
                assert expected == h.integrated.low == h.integrated.high
    for row in network_value(world):
        node = place[row.party]
        assert sum(visits[node]) - 1 == row.raw
        assert (sum(visits[node]) - 1) / visits[node][node] == row.corrected


@settings(max_examples=40)
@given(st.data(), st.sampled_from([0, 1, 50, 99]))
def test_damped_shares_are_their_formula(tables_of_shares, data, percent):
    """Damped shares are W (I - aW)⁻¹, upward and downward, in closed loops too."""
    table = data.draw(tables_of_shares(parties="abcd", own_shares=False))
    shares = {
        (holder, issuer): Fraction(units, 100)
        for issuer, held in table.items()
        for holder, units in held.items()
        if holder is not None
    }
    damping = Fraction(percent, 100)
    parties = sorted({party for pair in shares for party in pair})
    visits = walks({pair: share * damping for pair, share in shares.items()}, parties)
    world, options = snapshot_of_shares(shares), {"method": "damped", "damping": damping}
    for company in parties:
        column = [row[parties.index(company)] for row in visits]
        upward = {o.party: o.integrated for o in owners(world, company, **options)}
        for holder in set(parties) - {company}:
            expected = sum(
                shares.get((holder, party), 0) * visit
                for party, visit in zip(parties, column, strict=True)
            )
            assert expected == (upward[holder].low if holder in upward else 0)
            below = {h.party: h.integrated for h in holdings(world, holder, **options)}
            assert expected == (below[company].low if company in below else 0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_long_loops_in_floating_point(seed):
    """A ring longer than is solved in fractions has what the fractions give, to nine places."""
    chance = random.Random(seed)  # noqa: S311 - tables, not secrets
    size = EXACT_LOOP + 6
    names = [f"n{n:02d}" for n in range(size)]
    shares = {}
    for n in range(size):
        shares[names[n], names[(n + 1) % size]] = Fraction(chance.randint(30, 60), 100)
        other = chance.randrange(size)
        if other not in (n, (n + 1) % size):
            shares.setdefault(
                (names[other], names[(n + 1) % size]), Fraction(chance.randint(1, 30), 100)
            )
        shares[f"x{n:02d}", names[n]] = Fraction(chance.randint(1, 10), 100)
    parties = sorted({party for pair in shares for party in pair})
    visits = walks(shares, parties)
    place = {party: n for n, party in enumerate(parties)}
    world = snapshot_of_shares(shares)
    for method in ("raw", "row-corrected", "column-corrected"):
        found = {o.party: o.integrated for o in owners(world, names[0], method=method)}
        expected = {
            party: float(by_formula(visits, place[party], place[names[0]], method))
            for party in found
            if party != names[0]
        }
        assert len(expected) >= size
        for party, share in expected.items():
            assert share == pytest.approx(float(found[party].low), abs=1e-9)
    answer = network_value(world)
    assert "floating-point" == answer.fields["computed"]
    for row in answer:
        assert float(sum(visits[place[row.party]]) - 1) == pytest.approx(float(row.raw), abs=1e-8)
