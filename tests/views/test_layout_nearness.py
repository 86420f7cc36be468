"""What the layout leaves out, because it is too far away to count, must count for nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.views.layout.merging import Trails
from keiretsu.views.layout.nearness import AROUND, NEARER, Strokes, gaps
from keiretsu.views.layout.parting import parted
from keiretsu.views.layout.places import Path, Places

_POINTS = st.tuples(*[st.integers(0, 150).map(float)] * 2)
_ROUTES = st.lists(
    st.lists(_POINTS, min_size=2, max_size=5, unique=True).map(tuple), min_size=2, max_size=6
)


@settings(deadline=None, max_examples=40)
@given(_ROUTES, _POINTS)
def test_strokes_that_are_left_out_are_no_nearer_than_counts(routes, corner):
    paths = {str(at): Path(route, None) for at, route in enumerate(routes)}
    reach = {line: 1.0 + at for at, line in enumerate(paths)}
    plate = np.array([[*corner, corner[0] + 30, corner[1] + 12]])
    own, others = Strokes(paths, reach).clearance(["0"], plate)
    whole = [
        gaps(plate, np.array([(*a, *b) for a, b in pairwise(route)])).min() - reach[line]
        for line, route in zip(paths, routes, strict=True)
    ]
    assert own[0] == whole[0]
    for found, true in zip(others[0, 1:], whole[1:], strict=True):
        assert found == true or found > true >= min(own[0] + NEARER, AROUND)


@settings(deadline=None, max_examples=40)
@given(_ROUTES, _ROUTES)
def test_trails_that_are_kept_give_what_fresh_ones_give(before, after):
    count = min(len(before), len(after))
    ends = {str(at): (f"a{at}", f"b{at}") for at in range(count)}
    first, second = (dict(zip(ends, routes, strict=False)) for routes in (before, after))
    second["0"] = first["0"]
    trails = Trails(ends)
    trails.merged(first)
    assert trails.merged(second) == Trails(ends).merged(second)


def test_where_worlds_differ_two_lines_to_one_box_part_sooner():
    """Under a glow they are taken for one after 45 pixels, not after 110, and are led apart."""
    ends = {"1": ("a", "c"), "2": ("b", "c")}
    routes = {"1": ((0.0, 0.0), (0.0, 200.0)), "2": ((90.0, 130.0), (2.0, 130.0), (2.0, 200.0))}
    assert [] == Trails(ends).merged(routes)
    glowing = Trails(ends, glow=True)
    assert [("1", "2")] == glowing.merged(routes)
    places = Places({}, {line: Path(route, None) for line, route in routes.items()})
    found = parted(places, [("1", "2")], dict.fromkeys(ends, 1.0), glow=True)
    assert [] == glowing.merged({line: path.points for line, path in found.routes.items()})


def test_a_label_with_several_lines_about_it_is_measured_with_the_others_at_once():
    paths = {
        "near": Path(((0.0, 0.0), (0.0, 100.0)), None),
        "far": Path(((40.0, 0.0), (40.0, 100.0)), None),
    }
    plates = np.array([[5.0, 40, 25, 50], [5.0, 40, 25, 50]])
    own, others = Strokes(paths, {"near": 1.0, "far": 2.0}).clearance(["near", "far"], plates)
    assert own.tolist() == [4.0, 13.0]
    assert others.tolist() == [[np.inf, np.inf], [4.0, np.inf]]
