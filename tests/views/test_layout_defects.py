"""What is counted as a defect of a layout is what a reader would see as one."""

from __future__ import annotations

import pytest

from keiretsu.views.drawing.overlay_marks import Around
from keiretsu.views.layout.geometry import Rect, routes_cross
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.places import Path, Places


def _two(first: Rect, second: Rect, route, label=None) -> Places:
    return Places({"a": first, "b": second}, {"l": Path(route, label)})


DEFECTS = {
    "none": (_two(Rect(0, 0, 9, 9), Rect(0, 20, 9, 29), ((5, 9), (5, 20))), 0),
    "box on box": (_two(Rect(0, 0, 9, 9), Rect(5, 5, 14, 14), ((5, 9), (5, 20))), 1),
    "label on box": (
        _two(Rect(0, 0, 9, 9), Rect(0, 20, 9, 29), ((8, 9), (8, 20)), Rect(0, 15, 9, 25)),
        1,
    ),
}


@pytest.mark.parametrize(("places", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_defects_are_counted(places, expected):
    """The measure sees what a reader would."""
    assert expected == quality_of(places, {"l": ("a", "b")}).overlaps


def test_foreign_boxes_and_labels_under_a_route_are_counted():
    """A line through a third party's box, or through another label, is a defect."""
    boxes = {"a": Rect(0, 0, 9, 9), "b": Rect(0, 60, 9, 69), "c": Rect(0, 30, 9, 39)}
    through = Path(((5, 9), (5, 60)), None)
    beside = Path(((50, 0), (50, 9)), Rect(-5, 42, 15, 55))
    quality = quality_of(
        Places(boxes, {"l": through, "m": beside}), {"l": ("a", "b"), "m": ("a", "b")}
    )
    assert (1, 1) == (quality.route_over_box, quality.route_over_label)


def test_frames_and_letters_take_room():
    """A label on letters, a line under a frame, and boxes in one another's frames are defects."""
    boxes = {"a": Rect(0, 0, 90, 40), "b": Rect(0, 90, 90, 130), "c": Rect(96, 90, 180, 130)}
    label = Rect(60, 76, 88, 89)
    places = Places(boxes, {"l": Path(((95, 0), (95, 86), (93, 140)), label)})
    plain = quality_of(places, {"l": ("a", "c")}, breadths={"l": 1.0})
    counts = (plain.label_over_badge, plain.route_over_frame, plain.frame_on_box)
    assert (0, 0, 0) == counts
    around = {"b": Around(frame=5.3, badges=30.0)}
    marked = quality_of(places, {"l": ("a", "c")}, breadths={"l": 1.0}, around=around)
    assert (1, 0, 0) == (marked.label_over_badge, plain.overlaps, marked.frame_on_box)
    assert marked.route_over_frame >= 1
    wider = quality_of(places, {"l": ("a", "c")}, around={"b": Around(frame=9.5)})
    assert 1 == wider.frame_on_box


def test_a_label_under_a_stroke_is_a_defect():
    """A line is as wide as it is drawn, also where it runs beside its own label."""
    boxes = {"a": Rect(0, 0, 90, 9), "b": Rect(0, 90, 90, 99)}
    places = Places(boxes, {"l": Path(((40, 9), (40, 90)), Rect(46, 40, 76, 55))})
    thin, wide = (
        quality_of(places, {"l": ("a", "b")}, breadths={"l": reach}).route_over_label
        for reach in (2.0, 12.0)
    )
    assert (0, 1) == (thin, wide)


@pytest.mark.parametrize(
    ("left", "expected"), [(46, 0), (58, 1), (52, 0)], ids=["own", "other", "between"]
)
def test_labels_nearer_to_another_line_are_counted(left, expected):
    """A number is read as that of the line beside which it stands."""
    routes = {"l": Path(((40, 9), (40, 90)), Rect(left, 40, left + 36, 55))}
    other = {"m": Path(((100, 9), (100, 90)), None)}
    quality = quality_of(Places({}, routes | other), {"l": ("a", "b"), "m": ("c", "d")})
    assert (expected, expected) == (quality.strayed, quality.overlaps)


AMBIGUOUS = {
    # name: (where a label of 36 x 15 stands, another one, or none; how many are ambiguous)
    "beside its own line": (Rect(44, 40, 80, 55), None, 0),
    "half way to another": (Rect(52, 40, 88, 55), None, 1),
    "nearer to another, which is worse": (Rect(58, 40, 94, 55), None, 0),
    "right above another": (Rect(44, 20, 80, 35), Rect(60, 38, 96, 53), 1),
    "a line above another": (Rect(44, 10, 80, 25), Rect(60, 38, 96, 53), 0),
    "right beside another": (Rect(2, 40, 38, 55), Rect(39, 40, 75, 55), 1),
    "apart beside another": (Rect(2, 40, 36, 55), Rect(50, 40, 86, 55), 0),
}


@pytest.mark.parametrize(("label", "other", "expected"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_labels_that_could_be_anothers_are_counted(label, other, expected):
    """What takes a second look is a defect: half way between two lines, or one with a neighbour."""
    routes = {
        "l": Path(((40, 9), (40, 90)), label),
        "m": Path(((100, 9), (100, 90)), other),
    }
    if other is not None:
        routes["m"] = Path(((other.right + 4, 9), (other.right + 4, 90)), other)
    quality = quality_of(Places({}, routes), {"l": ("a", "b"), "m": ("c", "d")})
    assert expected == quality.ambiguous


def test_lines_from_one_box_may_be_together_for_a_while():
    """What leaves one box leaves it together, but not for long."""
    ends = {"l": ("a", "b"), "m": ("a", "c")}
    fork = ((0, 0), (0, 60), (80, 300)), ((0, 0), (0, 60), (-80, 300))
    long = ((0, 0), (0, 200), (80, 300)), ((0, 0), (0, 200), (-80, 300))
    for routes, expected in ((fork, 0), (long, 1)):
        places = Places(
            {}, {line: Path(route, None) for line, route in zip("lm", routes, strict=True)}
        )
        assert expected == quality_of(places, ends).merged


def test_crossings_are_counted():
    """Two lines that cross count once; lines that meet at an end do not."""
    assert routes_cross(((0, 0), (10, 10)), ((0, 10), (10, 0)))
    assert not routes_cross(((0, 0), (10, 10)), ((10, 10), (20, 0)))
    assert not routes_cross(((0, 0), (10, 0)), ((0, 5), (10, 5)))
