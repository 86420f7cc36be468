"""Layout: nothing overlaps, holders stand above, loops rise by rule, the same input the same."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from hypothesis import given, settings
from tests.views.scenes import scenes

from keiretsu.errors import InputError
from keiretsu.views import Scene, SceneParty
from keiretsu.views.layout.candidates import ENGINES
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.layout.geometry import (
    Rect,
)
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.plan import plan_of, rising_links
from keiretsu.views.layout.pressing import pressed
from keiretsu.views.layout.rows import place_in_rows
from keiretsu.views.layout.screen import WIDE

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


@settings(max_examples=40)
@given(scenes(9, 14))
def test_rows_never_overlap(scene):
    """Whatever holds whatever, in loops, twice or in itself, our own rows cover nothing."""
    quality = lay_out(scene, engine="rows").quality
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


@settings(max_examples=40)
@given(scenes(9, 14))
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


def test_two_worlds_share_a_screen():
    """A layout of which two are shown is as large as both together allow."""
    flat, high = Rect(0, 0, 900, 400), Rect(0, 0, 300, 500)
    both = WIDE._replace(worlds=2)
    assert (False, True) == (both.across(flat), both.across(high))
    assert both.scale(flat) < WIDE.scale(flat)
    assert not both._replace(tall=True).across(high)


def test_settled_places_begin_at_zero(alliance):
    """A layout's coordinates start at the origin and have one decimal."""
    bounds = lay_out(alliance).places.bounds
    assert (0, 0) == (bounds.left, bounds.top)
    moved = dataclasses.replace(lay_out(alliance).places)
    assert moved == moved.settled()
