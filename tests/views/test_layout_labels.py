"""Labels have room, keep off one another, strokes and letters, and stand at their own line."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.views.drawing.overlay_marks import Around
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.layout.geometry import (
    Rect,
)
from keiretsu.views.layout.labels import labelled
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.places import Path, Places
from keiretsu.views.layout.plan import Plan, PlannedLink, Size, plan_of


def test_labels_get_room_for_every_metric(alliance):
    """The room kept for a label holds its widest text, so that a switch moves nothing."""
    plan = plan_of(alliance)
    sizes = {link.id: link.label for link in plan.links}
    widest = text_width("22–28.7 % votes", 12.5, bold=True)
    assert sizes["state>renault"].width >= widest


def test_labels_keep_off_letters():
    """A label that stands on the letters of a box is moved along its line."""
    boxes = {"a": Rect(0, 0, 90, 40), "b": Rect(0, 140, 90, 180)}
    places = Places(boxes, {"l": Path(((66, 40), (66, 140)), Rect(69, 120, 97, 135))})
    link = PlannedLink(
        id="l", upper="a", lower="b", rises=False, label=Size(28, 15), text=Size(28, 15),
        breadth=1.0,
    )  # fmt: skip
    around = {"b": Around(frame=5.3, badges=20.0)}
    ends = {"l": ("a", "b")}
    assert 1 == quality_of(places, ends, around=around).label_over_badge
    found = labelled(places, Plan({}, (link,), around))
    assert 0 == quality_of(found, ends, around=around).label_over_badge


@pytest.mark.parametrize("reach", [1.0, 7.0, 9.0])
def test_labels_move_clear_of_strokes(reach):
    """In a fan of wide lines each label finds a place beside its own, clear of the others."""
    boxes = {"a": Rect(200, 0, 300, 40)}
    links, routes = [], {}
    for at in range(5):
        boxes[f"b{at}"] = Rect(at * 110, 200, at * 110 + 90, 240)
        end = (at * 110 + 45.0, 200.0)
        routes[f"l{at}"] = Path(((250.0, 40.0), end), Rect.around((250, 60), 40, 15))
        links.append(
            PlannedLink(
                id=f"l{at}", upper="a", lower=f"b{at}", rises=False, span=1,
                label=Size(40, 15), text=Size(40, 15), breadth=reach,
            )
        )  # fmt: skip
    plan = Plan({}, tuple(links))
    places = labelled(Places(boxes, routes), plan)
    ends = {link.id: (link.upper, link.lower) for link in links}
    quality = quality_of(places, ends, breadths=dict.fromkeys(routes, reach))
    covered = (quality.route_over_label, quality.label_on_label, quality.label_on_box)
    assert (0, 0, 0) == covered
    assert routes.keys() == places.routes.keys()


def test_labels_that_are_clear_stay():
    """A label that nothing runs through keeps the place that the engine gave it."""
    room = Rect(60, 40, 110, 55)
    places = Places({}, {"l": Path(((40, 9), (40, 90)), room)})
    link = PlannedLink(
        id="l", upper="a", lower="b", rises=False, label=Size(50, 15), text=Size(30, 15),
        breadth=2.0,
    )  # fmt: skip
    found = labelled(places, Plan({}, (link,))).routes["l"].label
    assert (room.centre, 30, 15) == (found.centre, found.width, found.height)


def test_stacked_labels_are_set_apart():
    """Two labels that an engine set one above the other no longer read as one."""
    routes = {
        "l": Path(((40, 9), (40, 190)), Rect(44, 80, 80, 95)),
        "m": Path(((90, 9), (90, 190)), Rect(50, 98, 86, 113)),
    }
    link = PlannedLink(
        id="l", upper="a", lower="b", rises=False, label=Size(36, 15), text=Size(36, 15),
        breadth=2.0,
    )  # fmt: skip
    ends = {"l": ("a", "b"), "m": ("c", "d")}
    assert quality_of(Places({}, routes), ends).ambiguous
    other = dataclasses.replace(link, id="m", upper="c", lower="d")
    found = labelled(Places({}, routes), Plan({}, (link, other)))
    assert (0, 0) == (quality_of(found, ends).ambiguous, quality_of(found, ends).overlaps)


def test_a_label_goes_back_to_its_own_line():
    """Room that an engine kept beside another line is not taken."""
    routes = {
        "l": Path(((40, 9), (40, 90)), Rect(60, 40, 96, 55)),
        "m": Path(((100, 9), (100, 90)), None),
    }
    link = PlannedLink(
        id="l", upper="a", lower="b", rises=False, label=Size(36, 15), text=Size(36, 15),
        breadth=2.0,
    )  # fmt: skip
    other = dataclasses.replace(link, id="m", label=None, text=None)
    places = labelled(Places({}, routes), Plan({}, (link, other)))
    quality = quality_of(places, {"l": ("a", "b"), "m": ("c", "d")})
    assert (0, 0) == (quality.strayed, quality.route_over_label)


@given(st.text(max_size=80), st.integers(20, 300), st.integers(1, 5))
def test_wrapped_lines_fit(text, room, lines):
    """No line is wider than its room, save for one letter that is; none are lost but at the cut.

    Hyphens are left out of the comparison: a line may end in one that the text has not.
    """
    found = wrapped(text, 12, room, lines=lines)
    assert len(found) <= lines
    for line in found:
        assert text_width(line, 12) <= room or len(line.rstrip("…")) <= 2
    whole = "".join(text.split()).replace("-", "")
    kept = "".join("".join(found).split()).replace("-", "")
    assert whole == kept or (kept.endswith("…") and whole.startswith(kept.rstrip("…")[:1]))
