"""Routes: led around frames and off one another, cut, moved and sampled."""

from __future__ import annotations

import pytest

from keiretsu.views.drawing.overlay_marks import Around
from keiretsu.views.layout.geometry import (
    Rect,
    middle,
    sampled,
    shifted,
    shortened,
    simplified,
)
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.parting import led_around, parted
from keiretsu.views.layout.places import Path, Places
from keiretsu.views.layout.surrounds import Surrounds


def test_lines_are_led_around_frames():
    """A line that runs under the frame of a box not its own is led beside it; its ends stay."""
    boxes = {"a": Rect(0, 0, 90, 40), "b": Rect(0, 340, 90, 380), "c": Rect(50, 160, 140, 210)}
    places = Places(boxes, {"l": Path(((46, 40), (46, 340)), None)})
    around, ends, breadths = {"c": Around(frame=5.3, badges=20.0)}, {"l": ("a", "b")}, {"l": 2.0}
    crossed = Surrounds(boxes, around).crossed(places.routes, ends, breadths)
    assert ["c"] == [room.party for _, room in crossed]
    found = led_around(places, crossed, breadths)
    assert [] == Surrounds(boxes, around).crossed(found.routes, ends, breadths)
    route = found.routes["l"].points
    assert ((46, 40), (46, 340)) == (route[0], route[-1])
    assert 36 < min(x for x, _ in route) < 44


def _side_by(apart):
    """Return two lines without a common end that run `apart` pixels from one another."""
    return Places(
        {},
        {
            "l": Path(((0, 0), (0, 300)), None),
            "m": Path(((-60, 0), (apart, 60), (apart, 240), (60, 300)), None),
        },
    )


def test_lines_on_one_another_are_parted():
    """One of two lines that cannot be told apart is led beside the other; its ends stay."""
    ends = {"l": ("a", "b"), "m": ("c", "d")}
    places = _side_by(2)
    assert 1 == quality_of(places, ends).merged
    assert 0 == quality_of(_side_by(14), ends).merged
    found = parted(places, [("l", "m")], {"l": 1.0, "m": 1.0})
    assert 0 == quality_of(found, ends).merged
    before, after = (one.routes["m"].points for one in (places, found))
    assert (before[0], before[-1]) == (after[0], after[-1])
    assert places.routes["l"] == found.routes["l"]


def test_a_short_route_is_not_moved():
    """Between boxes that nearly touch there is nothing to lead aside."""
    places = Places({}, {"l": Path(((0, 0), (0, 9)), None), "m": Path(((1, 0), (1, 9)), None)})
    assert places == parted(places, [("l", "m")], {"l": 1.0, "m": 1.0})


@pytest.mark.parametrize("steps", range(6, 20))
def test_routes_of_any_length_are_parted(steps):
    """A route with fewer points than a move is spread over keeps its ends, and is moved between."""
    length = 6.0 * steps
    lines = {"a": ((0.0, 0.0), (0.0, length)), "b": ((1.0, 0.0), (1.0, length))}
    routes = {line: Path(route, None) for line, route in lines.items()}
    found = parted(Places({}, routes), [("a", "b")], {"a": 1.0, "b": 1.0}).routes["b"].points
    assert (lines["b"][0], lines["b"][-1]) == (found[0], found[-1])
    assert max(x for x, _ in found) > 1


def test_routes_are_cut_moved_and_sampled():
    """A stroke ends where its arrowhead begins, runs beside its route, and keeps a curve's ends."""
    line = ((0.0, 0.0), (0.0, 10.0))
    assert ((0, 0), (0, 7)) == shortened(line, 3)
    assert ((-2, 0), (-2, 10)) == shifted(line, 2)
    assert (0, 5) == middle(line)
    curve = sampled([(0, 0), (0, 5), (10, 5), (10, 10)], 8)
    assert ((0, 0), (10, 10), 9) == (curve[0], curve[-1], len(curve))
    assert line == simplified([(0, 0), (0, 4), (0, 10)])
