"""How a flow may split at one node: worked cases, agreement with the bounds of a set."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from keiretsu.kernels.box import Item, ratio_bounds
from keiretsu.kernels.forks import Fork, Way

UNIT = 12


@st.composite
def weighed(draw, most=4):
    """Return items with ranges of quantity and of weight, some without weight."""
    items, left = [], UNIT
    for _ in range(draw(st.integers(1, most))):
        low = draw(st.integers(0, left))
        left -= low
        weight = draw(st.integers(0, 2))
        items.append(
            Item(
                low,
                draw(st.integers(low, UNIT)),
                weight_low=weight,
                weight_high=weight + draw(st.integers(0, 1)),
            )
        )
    return items


def forked(items, inside, rest):
    """Return the items as a fork that sends the inside to node 1 and all else to node 0."""
    ways = [
        Way(int(n in inside), i.low, i.high, i.low_open, i.high_open, i.weight_low, i.weight_high)
        for n, i in enumerate(items)
    ]
    if rest:
        ways.append(Way(0, 0, UNIT, False, False, *rest))
    return Fork(ways, UNIT, 0)


@given(weighed(), st.sets(st.integers(0, 3)), st.none() | st.tuples(st.integers(0, 2), st.just(2)))
def test_the_best_split_is_the_bound_of_a_set(items, inside, rest):
    """With value one inside and none outside a fork finds what the bounds of the set say."""
    fork = forked(items, inside, rest)
    mine = [item for n, item in enumerate(items) if n in inside]
    others = [item for n, item in enumerate(items) if n not in inside]
    bounds = ratio_bounds(mine, others, UNIT, rest)
    assume(not fork.may_vanish)
    values = {0: Fraction(0), 1: Fraction(1)}
    found = [fork.best(values, most=sense).worth(values) for sense in (False, True)]
    assert [bounds.low, bounds.high] == found


@given(weighed(), st.lists(st.integers(0, 5), min_size=5, max_size=5))
def test_no_corner_is_better_than_the_best(items, worths):
    """The mixed split, in which all ways are taken, lies between the least and the most."""
    ways = [
        Way(n, i.low, i.high, False, False, i.weight_low, i.weight_high)
        for n, i in enumerate(items)
    ]
    fork = Fork([*ways, Way(4, 0, UNIT)], UNIT, 4)
    values = dict(enumerate(map(Fraction, worths)))
    least, most = (fork.best(values, most=sense).worth(values) for sense in (False, True))
    assert least <= fork.mixed.worth(values) <= most


def test_the_mixed_split_takes_every_way():
    """It is the proper choice with which a search begins."""
    fork = Fork([Way(0, 0, 4), Way(1, 1, 4), Way(2, 0, 0)], 4)
    assert {0, 1} == {target for target, part in fork.mixed.parts if part} == fork.targets


def test_nothing_that_weighs_goes_to_the_void():
    """Where no unit weighs anything, all goes where the caller says."""
    fork = Fork([Way(0, 4, 4, weight_low=0, weight_high=0)], 4, 7)
    assert ({7}, ((7, 1),)) == (fork.targets, fork.best({7: 1}, most=True).parts)


def test_what_may_weigh_nothing_may_vanish():
    """With votes that may all be suspended, some worlds leave them to nobody."""
    fork = Fork([Way(0, 4, 4, weight_low=0, weight_high=1)], 4, 7)
    assert {0, 7} == fork.targets
    values = {0: Fraction(1, 2), 7: Fraction(0)}
    assert [0, Fraction(1, 2)] == [fork.best(values, most=m).worth(values) for m in (False, True)]


def test_keeping_needs_room_inside():
    """All stays inside only if the inside has room for it and nothing must go elsewhere."""
    assert Fork([Way(0, 1, 4), Way(1, 0, 4)], 4).keeps({0})
    assert not Fork([Way(0, 1, 3), Way(1, 0, 4)], 4).keeps({0})
    assert not Fork([Way(0, 1, 4), Way(1, 1, 4)], 4).keeps({0})
    assert not Fork([Way(0, 1, 4), Way(1, 0, 4)], 4).keeps(set())


def test_weightless_units_go_anywhere():
    """Own shares, which have no votes, do not keep a loop from closing."""
    fork = Fork([Way(0, 3, 4), Way(5, 0, 1, weight_low=0, weight_high=0)], 4)
    assert fork.keeps({0})
    assert {0} == fork.targets
