"""Extremes over a box cut by one sum: worked cases, then brute force over its corners."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from keiretsu.kernels.box import Bounds, Item, largest_excess, ratio_bounds

HALF = Fraction(1, 2)
FINE = 10**6

CASES = {
    # name: (inside, outside, total, rest, bounds, where the answer comes from)
    "two bands beside a third": (
        [Item(25, 50), Item(25, 50)],
        [Item(45, 60)],
        100,
        (1, 1),
        Bounds(HALF, Fraction(55, 100)),
        "design, section 3: at most 55, not 60",
    ),
    "others cannot take all where there is no remainder": (
        [Item(0, 100)],
        [Item(10, 30)],
        100,
        None,
        Bounds(Fraction(70, 100), Fraction(90, 100)),
        "by hand: what the other leaves",
    ),
    "with a remainder the least is the declared low": (
        [Item(20, 100)],
        [Item(10, 30)],
        100,
        (1, 1),
        Bounds(Fraction(20, 100), Fraction(90, 100)),
        "by hand",
    ),
    "own shares leave the whole": (
        [Item(40, 40)],
        [Item(20, 20, weight_low=0, weight_high=0)],
        100,
        (1, 1),
        Bounds(HALF, HALF),
        "AktG 16(2): 40 of 80",
    ),
    "an open end is approached": (
        [Item(25, 50, low_open=True)],
        [],
        100,
        (1, 1),
        Bounds(Fraction(1, 4), HALF, low_open=True, high_open=False),
        "PSC band (25, 50]",
    ),
    "an open end of another leaves its mark": (
        [Item(0, 100)],
        [Item(50, 75, low_open=True)],
        100,
        (1, 1),
        Bounds(Fraction(0), HALF, low_open=False, high_open=True),
        "more than 50 beside it: less than 50 are left",
    ),
    "an open end that does not bind is no open end": (
        [Item(0, 30)],
        [Item(10, 20, low_open=True)],
        100,
        (1, 1),
        Bounds(Fraction(0), Fraction(3, 10)),
        "by hand",
    ),
    "double votes may be held by either side": (
        [Item(10, 10, weight_low=1, weight_high=2)],
        [],
        100,
        (1, 2),
        Bounds(Fraction(10, 190), Fraction(20, 110)),
        "by hand: all others double, or none",
    ),
    "an open end that leaves no room is no more than the whole allows": (
        [Item(50, 50)],
        [Item(50, 100, low_open=True)],
        100,
        (1, 1),
        Bounds(HALF, HALF, low_open=False, high_open=True),
        "the record contradicts itself; half is never more than half",
    ),
    "nothing to hold": (
        [Item(0, 0)],
        [Item(100, 100, weight_low=0, weight_high=0)],
        100,
        (1, 1),
        Bounds(Fraction(0), Fraction(0)),
        "all own shares",
    ),
}


@pytest.mark.parametrize(
    ("box", "expected", "source"),
    [(case[:-2], *case[-2:]) for case in CASES.values()],
    ids=CASES,
)
def test_worked_bounds(box, expected, source):
    """Hand-worked bounds are reproduced, with the flag of every end."""
    assert expected == ratio_bounds(*box), source


@st.composite
def items(draw, unit=12):
    """Return an item with whole ends, either of them open, and a range of weights."""
    low = draw(st.integers(0, unit))
    high = draw(st.integers(low, unit))
    wide = high > low
    weight = draw(st.integers(0, 3))
    return Item(
        low,
        high,
        wide and draw(st.booleans()),
        wide and draw(st.booleans()),
        weight,
        weight + draw(st.integers(0, 2)),
    )


@st.composite
def boxes(draw):
    """Return inside, outside, total and rest of a box that has room inside its open ends."""
    inside = draw(st.lists(items(), min_size=1, max_size=2))
    outside = draw(st.lists(items(), max_size=2))
    least = draw(st.integers(0, 2))
    rest = draw(st.sampled_from([None, (least, least + draw(st.integers(0, 1)))]))
    lows, highs = (
        sum(getattr(item, end) for item in (*inside, *outside)) for end in Item._fields[:2]
    )
    assume(rest is not None or highs > 0)
    top = max(lows, highs if rest is None else lows + 15)
    total = draw(st.integers(max(lows, 1), max(top, 1)))
    return inside, outside, total, rest


def shrunk(item, step, fine):
    """Return the item in units `fine` times finer, its open ends `step` inside."""
    return (
        item.low * fine + step * item.low_open,
        item.high * fine - step * item.high_open,
        (item.weight_low, item.weight_high),
    )


def corners(ranges, total, rest):
    """Yield the quantities of every corner: all but one at an end, that one takes what is left."""
    free = [*range(len(ranges)), *([None] if rest is not None else [])]
    for slack in free:
        ends = [
            (0,) if place == slack else (low, high) for place, (low, high, _) in enumerate(ranges)
        ]
        for chosen in itertools.product(*ends):
            left = total - sum(chosen)
            if slack is None:
                if left >= 0:
                    yield (*chosen, left)
            elif ranges[slack][0] <= left <= ranges[slack][1]:
                whole = [left if place == slack else taken for place, taken in enumerate(chosen)]
                yield (*whole, 0) if rest is not None else tuple(whole)


def worlds(inside, outside, total, rest, step):
    """Yield (weight inside, weight of all) of every corner with every choice of weights."""
    fine = FINE
    ranges = [shrunk(item, step, fine) for item in (*inside, *outside)]
    weights = [pair for _, _, pair in ranges] + ([rest] if rest is not None else [])
    for quantities in set(corners(ranges, total * fine, rest)):
        for chosen in itertools.product(*(sorted(set(pair)) for pair in weights)):
            parts = [q * w for q, w in zip(quantities, chosen, strict=True)]
            yield sum(parts[: len(inside)]), sum(parts)


@given(boxes())
def test_bounds_are_those_of_the_corners(box):
    """Both ends equal the extremes over all corners, and are attained where some corner is."""
    closed, inner = (list(worlds(*box, step)) for step in (0, 1))
    assume(inner and all(whole for _, whole in (*closed, *inner)))
    ends = []
    for extreme in (min, max):
        limit, near = (extreme(Fraction(*world) for world in them) for them in (closed, inner))
        ends.append((limit, limit != near))
    (low, low_open), (high, high_open) = ends
    assert Bounds(low, high, low_open, high_open) == ratio_bounds(*box)


@given(boxes())
def test_a_part_and_the_others_have_the_whole(box):
    """With no rest the bounds mirror each other: the least of one leaves the other its most."""
    inside, outside, total, _ = box
    assume(all(item.weight_low for item in (*inside, *outside)))
    assume(sum(item.high for item in (*inside, *outside)) >= total)
    mine, theirs = (
        ratio_bounds(inside, outside, total, None),
        ratio_bounds(outside, inside, total, None),
    )
    expected = Bounds(1 - theirs.high, 1 - theirs.low, theirs.high_open, theirs.low_open)
    assert expected == mine


@given(boxes(), st.lists(items(), min_size=1, max_size=1))
def test_the_largest_excess_is_that_of_the_corners(box, rival):
    """The rival's lead over the inside is the largest of all corners of the closed box."""
    inside, outside, total, rest = box
    lows, highs = (
        sum(getattr(i, end) for i in (*inside, *outside, *rival)) for end in Item._fields[:2]
    )
    assume(lows <= total and (rest is not None or highs >= total))
    found = largest_excess(rival, inside, outside, total, rest)
    everyone = [*rival, *inside, *outside]
    ranges = [(i.low, i.high, (i.weight_low, i.weight_high)) for i in everyone]
    leads = []
    for quantities in corners(ranges, total, rest):
        theirs = sum(q * i.weight_high for q, i in zip(quantities, rival, strict=False))
        ours = quantities[len(rival) : len(rival) + len(inside)]
        leads.append(theirs - sum(q * i.weight_low for q, i in zip(ours, inside, strict=True)))
    assert max(leads) == found.value
