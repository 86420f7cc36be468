"""Layout: nothing overlaps, holders stand above, loops rise by rule, the same input the same."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.views import Percent, Scene, SceneLink, SceneParty
from keiretsu.views.drawing.overlay_marks import Around
from keiretsu.views.drawing.textsize import text_width, wrapped
from keiretsu.views.layout.candidates import ENGINES
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.layout.geometry import (
    Rect,
    cross,
    middle,
    sampled,
    shifted,
    shortened,
    simplified,
)
from keiretsu.views.layout.labels import labelled
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.parting import led_around, parted
from keiretsu.views.layout.places import Path, Places
from keiretsu.views.layout.plan import Plan, PlannedLink, Size, plan_of, rising_links
from keiretsu.views.layout.pressing import pressed
from keiretsu.views.layout.rows import place_in_rows
from keiretsu.views.layout.screen import WIDE
from keiretsu.views.layout.surrounds import Surrounds

SCENES = ("alliance", "odd_kinds", "star", "pyramid", "long_names", "hostile")


@pytest.fixture
def scene(request):
    """Return a scene by the name of its fixture."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("scene", SCENES, indirect=True)
@pytest.mark.parametrize("engine", [None, *ENGINES])
def test_no_box_or_label_is_covered(scene, engine):
    """Boxes and labels never lie on one another, and no line runs through a box not its own."""
    quality = lay_out(scene, engine=engine).quality
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


def test_the_alliance_is_drawn_well(alliance):
    """The picture that people know us by has no defect, hardly a crossing, and fills a screen."""
    quality = lay_out(alliance).quality
    assert 0 == quality.overlaps
    assert quality.crossings <= 2
    assert quality.scale >= 1


def test_the_star_is_folded(star):
    """Two dozen owners stand in several rows, large enough to read."""
    layout = lay_out(star)
    assert 0 == layout.quality.overlaps
    assert layout.quality.scale >= 0.7


@pytest.mark.parametrize("engine", ENGINES)
def test_holders_stand_above(alliance, engine):
    """A link points down unless it rises, and a rising one points up."""
    layout = lay_out(alliance, engine=engine)
    rising = rising_links(alliance)
    for link in alliance.links:
        holder, issuer = (layout.places.boxes[end] for end in (link.holder, link.issuer))
        assert (link.id in rising) == (holder.top > issuer.top), link.id


def test_strong_links_point_down(alliance):
    """Of each loop the weakest link rises: votes decide, then capital."""
    expected = {"finance>renault", "renault>daimler", "nissan>daimler"}
    assert expected == rising_links(alliance)


@pytest.mark.parametrize("engine", ENGINES)
def test_routes_lead_from_holder_to_issuer(alliance, engine):
    """Every route starts at its holder's box and ends at its issuer's."""
    places = lay_out(alliance, engine=engine).places
    for link in alliance.links:
        points = places.routes[link.id].points
        for end, point in ((link.holder, points[0]), (link.issuer, points[-1])):
            near = places.boxes[end].grown(3)
            assert near.left <= point[0] <= near.right, link.id
            assert near.top <= point[1] <= near.bottom, link.id


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_scene_has_the_same_layout(alliance, engine):
    """Nothing is left to chance."""
    again = lay_out.__wrapped__  # not what was remembered
    assert lay_out(alliance, engine=engine) == again(alliance, engine=engine)


def test_without_graphviz_rows_take_over(alliance, monkeypatch):
    """A missing pygraphviz makes the picture plainer, not impossible."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert "rows" == lay_out.__wrapped__(alliance).engine


def test_a_wanted_engine_that_is_missing_is_told(alliance, monkeypatch):
    """Who asks for dot by name learns that it is not there."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(ImportError, match="pygraphviz"):
        lay_out.__wrapped__(alliance, engine="dot")


def test_an_unknown_engine_is_refused(alliance):
    """There are two engines."""
    with pytest.raises(InputError, match="'circo' is not a layout engine"):
        lay_out(alliance, engine="circo")


def test_a_scene_without_parties_or_links_is_laid_out():
    """Nothing to draw is no error."""
    empty = Scene(title="", as_of="", parties=())
    alone = Scene(title="", as_of="", parties=(SceneParty(id="a", label="A"),))
    assert (0, 1) == (len(lay_out(empty).places.boxes), len(lay_out(alone).places.boxes))


@st.composite
def _scenes(draw):
    count = draw(st.integers(1, 9))
    parties = tuple(SceneParty(id=str(n), label=f"Party {n}") for n in range(count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = draw(st.lists(ends, max_size=14))
    shares = draw(st.lists(st.integers(0, 100), min_size=len(pairs), max_size=len(pairs)))
    links = tuple(
        SceneLink(id=f"l{at}", holder=str(a), issuer=str(b), capital=Percent.point(share))
        for at, ((a, b), share) in enumerate(zip(pairs, shares, strict=True))
    )
    return Scene(title="", as_of="", parties=parties, links=links)


@settings(max_examples=40)
@given(_scenes())
def test_rows_never_overlap(scene):
    """Whatever holds whatever, in loops, twice or in itself, our own rows cover nothing."""
    quality = lay_out(scene, engine="rows").quality
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


@settings(max_examples=40)
@given(_scenes())
def test_what_points_down_has_no_loop(scene):
    """Without the rising links nothing reaches itself."""
    rising = rising_links(scene)
    below = {party.id: set() for party in scene.parties}
    for link in scene.links:
        if link.id not in rising and link.holder != link.issuer:
            below[link.holder].add(link.issuer)
    while leaves := {party for party, held in below.items() if not held}:
        below = {party: held - leaves for party, held in below.items() if party not in leaves}
    assert {} == below


def test_labels_get_room_for_every_metric(alliance):
    """The room kept for a label holds its widest text, so that a switch moves nothing."""
    plan = plan_of(alliance)
    sizes = {link.id: link.label for link in plan.links}
    widest = text_width("22–28.7 % votes", 12.5, bold=True)
    assert sizes["state>renault"].width >= widest


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


def test_a_label_under_a_stroke_is_a_defect():
    """A line is as wide as it is drawn, also where it runs beside its own label."""
    boxes = {"a": Rect(0, 0, 90, 9), "b": Rect(0, 90, 90, 99)}
    places = Places(boxes, {"l": Path(((40, 9), (40, 90)), Rect(46, 40, 76, 55))})
    thin, wide = (
        quality_of(places, {"l": ("a", "b")}, breadths={"l": reach}).route_over_label
        for reach in (2.0, 12.0)
    )
    assert (0, 1) == (thin, wide)


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


@pytest.mark.parametrize("part", [0.0, 0.5, 1.5])
def test_pressed_bands_keep_boxes_and_order(alliance, part):
    """Pressing moves rows together: boxes keep size and order, and no more lines cross."""
    plan = plan_of(alliance)
    before = place_in_rows(plan)
    after = pressed(before, plan, part)
    assert (after.bounds.height < before.bounds.height) == (part < 1)
    sizes = [
        [(round(b.width, 6), round(b.height, 6)) for b in p.boxes.values()] for p in (before, after)
    ]
    assert sizes[0] == sizes[1]
    ends = {link.id: (link.upper, link.lower) for link in plan.links}
    was, now = quality_of(before, ends), quality_of(after, ends)
    assert (0, 0) == (now.box_on_box, now.route_over_box)
    assert now.crossings <= was.crossings + 1


def test_pressing_by_nothing_changes_nothing(alliance):
    """A band of all that it has stays as it is."""
    plan = plan_of(alliance)
    places = place_in_rows(plan)
    assert places.settled() == pressed(places, plan, 1.0).settled()


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


def test_two_worlds_share_a_screen():
    """A layout of which two are shown is as large as both together allow."""
    flat, high = Rect(0, 0, 900, 400), Rect(0, 0, 300, 500)
    both = WIDE._replace(worlds=2)
    assert (False, True) == (both.across(flat), both.across(high))
    assert both.scale(flat) < WIDE.scale(flat)
    assert not both._replace(tall=True).across(high)


def test_crossings_are_counted():
    """Two lines that cross count once; lines that meet at an end do not."""
    assert cross(((0, 0), (10, 10)), ((0, 10), (10, 0)))
    assert not cross(((0, 0), (10, 10)), ((10, 10), (20, 0)))
    assert not cross(((0, 0), (10, 0)), ((0, 5), (10, 5)))


def test_routes_are_cut_moved_and_sampled():
    """A stroke ends where its arrowhead begins, runs beside its route, and keeps a curve's ends."""
    line = ((0.0, 0.0), (0.0, 10.0))
    assert ((0, 0), (0, 7)) == shortened(line, 3)
    assert ((-2, 0), (-2, 10)) == shifted(line, 2)
    assert (0, 5) == middle(line)
    curve = sampled([(0, 0), (0, 5), (10, 5), (10, 10)], 8)
    assert ((0, 0), (10, 10), 9) == (curve[0], curve[-1], len(curve))
    assert line == simplified([(0, 0), (0, 4), (0, 10)])


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


def test_settled_places_begin_at_zero(alliance):
    """A layout's coordinates start at the origin and have one decimal."""
    bounds = lay_out(alliance).places.bounds
    assert (0, 0) == (bounds.left, bounds.top)
    moved = dataclasses.replace(lay_out(alliance).places)
    assert moved == moved.settled()
