"""Counting swings: textbook games, agreement of two ways and of two libraries, laws."""

import itertools
import math
from fractions import Fraction

import powerindex
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from power_bdd import bdd

from keiretsu.kernels import voting
from keiretsu.kernels.ocean import beside_atoms, oceanic, oceanic_in_floats
from keiretsu.kernels.sampling import sampled_coalitions, sampled_orders
from keiretsu.kernels.voting import banzhaf, shapley_shubik, swings

COLLEGE_1996 = [
    *(54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12, 11, 11, 11, 11, 10, 10, 9, 9),
    *(8,) * 6,
    *(7,) * 3,
    *(6,) * 2,
    *(5,) * 4,
    *(4,) * 6,
    *(3,) * 8,
]


@st.composite
def games(draw, most=7):
    """Return weights, not all nothing, and a weight that wins."""
    weights = draw(st.lists(st.integers(0, 30), min_size=1, max_size=most).filter(any))
    return weights, draw(st.integers(1, sum(weights)))


# -- worked cases ---------------------------------------------------------------------------


def test_the_electoral_college():
    """Fifty-one voters are counted exactly, all pivots adding up to one."""
    assert (51, 538) == (len(COLLEGE_1996), sum(COLLEGE_1996))
    found = shapley_shubik(swings(COLLEGE_1996, 270))
    assert 1 == sum(found)
    assert 0.108 == pytest.approx(float(found[0]), abs=0.0005)


def test_no_count_overflows():
    """Seventy equal voters have more coalitions than 64 bits can count."""
    found = swings([1] * 70, 36)
    assert math.comb(69, 35) == found[0].total
    assert [Fraction(1, 70)] * 70 == shapley_shubik(found)


def test_share_counts_of_any_size():
    """Weights beyond 64 bits are counted as Python's integers."""
    huge = 10**30
    weights = [50 * huge, 49 * huge, huge + 1]
    assert [3, 1, 1] == [found.total for found in swings(weights, 50 * huge + 2)]


def test_too_many_to_count():
    """Large weights of many voters are left to sampling, and that is said by None."""
    weights = [10**9 + 7 * n for n in range(40)]
    assert swings(weights, sum(weights) // 2 + 1) is None


@pytest.mark.parametrize(
    ("block", "expected"), [("1/3", "1/2"), ("2/5", "2/3"), ("1/5", "1/4"), ("1/2", "1")]
)
def test_one_block_beside_an_ocean(block, expected):
    """With half needed a block w has w / (1 - w) (Milnor and Shapley; power-08)."""
    weight = Fraction(block)
    assert [Fraction(expected)] == oceanic([weight], 1 - weight, Fraction(1, 2))


def test_two_blocks_beside_an_ocean():
    """30 and 20 beside 50 have 9/25 and 4/25; 400 atoms come near (power-09)."""
    blocks, half = [Fraction(3, 10), Fraction(1, 5)], Fraction(1, 2)
    assert [Fraction(9, 25), Fraction(4, 25)] == oceanic(blocks, half, half)
    atoms, rest = beside_atoms(blocks, Fraction(1, 800), 400, half, at_least=False)
    assert [0.3603, 0.1608] == pytest.approx([float(p) for p in atoms[0]], abs=5e-5)
    assert 1 == sum(atoms[0]) + rest[0]


# -- laws -----------------------------------------------------------------------------------


@given(games())
def test_listing_and_generating_agree(game):
    """Coalitions listed one by one are those that the generating function counts."""
    weights, need = game
    assert voting._listed(weights, need) == voting._generated(weights, need)


@given(games())
def test_all_pivots_are_everything(game):
    """In each order somebody is pivotal; Banzhaf's parts are of all swings."""
    found = swings(*game)
    assert (1, 1) == (sum(shapley_shubik(found)), sum(banzhaf(found)))


@given(games(), st.integers(2, 9))
def test_scaling_changes_nothing(game, factor):
    """All weights and the quota in another unit are the same game."""
    weights, need = game
    assert swings(weights, need) == swings([w * factor for w in weights], need * factor)


@given(games())
def test_who_has_more_has_no_less_power(game):
    """Power does not fall with weight."""
    weights, _ = game
    for powers in (shapley_shubik(swings(*game)), banzhaf(swings(*game))):
        ordered = sorted(zip(weights, powers, strict=True))
        assert all(a[1] <= b[1] for a, b in itertools.pairwise(ordered))


@settings(max_examples=50)
@given(
    st.lists(st.integers(1, 9), max_size=3),
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(1, 12),
    st.booleans(),
)
def test_atoms_are_voters(blocks, atom, count, need, at_least):
    """Blocks beside equal atoms have what they have among that many voters."""
    assume(sum(blocks) + atom * count > need)
    found = swings([*blocks, *[atom] * count], need if at_least else need + 1)
    atoms, rest = beside_atoms(
        [Fraction(b) for b in blocks], Fraction(atom), count, Fraction(need), at_least=at_least
    )
    orders, most = shapley_shubik(found), 2 ** (len(found) - 1)
    subsets = [Fraction(swung.total, most) for swung in found]
    many = len(blocks)
    assert [orders[:many], subsets[:many]] == atoms
    assert [sum(orders[many:]), sum(subsets[many:])] == rest


@settings(max_examples=30)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.integers(1, 60))
def test_the_ocean_in_floats(blocks, ocean):
    """Integrals in fractions and in floating point agree."""
    need = Fraction(sum(blocks) + ocean, 2)
    exact = oceanic([Fraction(b) for b in blocks], Fraction(ocean), need)
    rounded = oceanic_in_floats([float(b) for b in blocks], float(ocean), float(need))
    assert [float(power) for power in exact] == pytest.approx(rounded, abs=1e-9)


@settings(max_examples=15)
@given(games(most=5), st.booleans())
def test_samples_lie_within_their_errors(game, at_least):
    """Sampled power is near the exact one, by the error that is stated."""
    weights, limit = game
    assume(limit < sum(weights))
    found = swings(weights, limit if at_least else limit + 1)
    orders = sampled_orders(weights, 0.0, limit, at_least=at_least)
    subsets = sampled_coalitions(weights, limit, at_least=at_least)
    for exact, sampled in ((shapley_shubik(found), orders), (banzhaf(found), subsets)):
        for power, guess, error in zip(exact, sampled.power, sampled.error, strict=False):
            assert abs(float(power) - guess) <= 5 * error + 1e-9


def test_samples_beside_an_ocean():
    """What blocks have beside an ocean is found by sampling too, and the same each time."""
    found = sampled_orders([30, 20], 50.0, 50, at_least=False)
    for exact, guess, error in zip([0.36, 0.16, 0.48], found.power, found.error, strict=True):
        assert abs(exact - guess) <= 5 * error
    assert found == sampled_orders([30, 20], 50.0, 50, at_least=False)


# -- agreement with libraries -----------------------------------------------------------------


@settings(max_examples=60)
@given(games(most=9))
def test_power_bdd_agrees(game):
    """The decision diagrams of power-bdd give the same pivots and the same swings."""
    weights, need = game
    found = swings(weights, need)
    # it changes the list that it is given
    other = bdd.BDD(bdd.WeightedGame(need, [*weights]))
    absolute = [found_one.total / 2 ** (len(weights) - 1) for found_one in found]
    assert absolute == pytest.approx(other.calc_banzhaf(), abs=1e-9)
    other = bdd.BDD(bdd.WeightedGame(need, [*weights]))
    assert [float(p) for p in shapley_shubik(found)] == pytest.approx(other.calc_shapley())


@settings(max_examples=60)
@given(games(most=9))
def test_powerindex_agrees(game):
    """The generating functions of powerindex give the same, where nobody wins alone."""
    weights, need = game
    assume(max(weights) < need and min(weights) > 0 and need % math.gcd(*weights) == 0)
    other = powerindex.Game(need, [*weights])
    other.calc_shapley_shubik()
    other.calc_banzhaf()
    found = swings(weights, need)
    assert [float(p) for p in shapley_shubik(found)] == pytest.approx(other.shapley_shubik)
    assert [float(p) for p in banzhaf(found)] == pytest.approx(other.banzhaf)
