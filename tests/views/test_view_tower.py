"""Towers: layouts for a phone, whatever the shape of the graph."""

from __future__ import annotations

from itertools import pairwise

import pytest

import keiretsu
from keiretsu.mirror import snapshot_of_shares
from keiretsu.views.layout.choice import lay_out
from keiretsu.views.layout.plan import lines_by_strength, plan_of, rising_links
from keiretsu.views.layout.screen import TALL
from keiretsu.views.layout.tower import ALONE, WIDTH, place_in_tower

SCENES = ("alliance", "odd_kinds", "star", "pyramid", "long_names", "hostile")


@pytest.fixture
def scene(request):
    """Return a scene by the name of its fixture."""
    return request.getfixturevalue(request.param)


def _tower(scene, width):
    return place_in_tower(plan_of(scene, labelled=True), lines_by_strength(scene), width)


@pytest.mark.parametrize("scene", SCENES, indirect=True)
@pytest.mark.parametrize("width", [WIDTH, ALONE])
def test_a_tower_has_everything_and_holders_stand_above(scene, width):
    """All boxes and lines are there, no box lies on another, and only rising lines rise."""
    places = _tower(scene, width)
    assert {party.id for party in scene.parties} == set(places.boxes)
    assert set(scene.lines) == set(places.routes)
    boxes = list(places.boxes.items())
    assert [] == [(a, b) for a, one in boxes for b, two in boxes if a < b and one.overlaps(two)]
    rising = rising_links(scene)
    for link in scene.links:
        if link.holder != link.issuer:
            holder, issuer = (places.boxes[end] for end in (link.holder, link.issuer))
            assert (link.line in rising) == (holder.top > issuer.top), link.line


@pytest.mark.parametrize("scene", SCENES, indirect=True)
def test_a_row_alone_holds_one_box(scene):
    """Without a width to fill no two boxes stand beside one another."""
    boxes = sorted(_tower(scene, ALONE).boxes.values(), key=lambda box: box.top)
    assert all(one.bottom < other.top for one, other in pairwise(boxes))


def test_many_offices_do_not_make_a_picture_wide():
    """A dozen holders of one firm, and two firms below, fit a phone, and few lines cross."""
    shares = {(f"person {at:02}", "firm"): f"{1 + at / 10:.1f}%" for at in range(12)}
    shares |= {("firm", "works"): "60%", ("firm", "trade"): "30%", ("person 03", "trade"): "9%"}
    layout = lay_out(keiretsu.view(snapshot_of_shares(shares)).scene, tall=True)
    assert ("tower", 0) == (layout.engine, layout.quality.overlaps)
    assert layout.quality.crossings <= 2
    assert TALL.width / layout.frame.width >= 0.6


def test_a_tower_is_the_same_each_time(alliance):
    """Nothing is left to chance."""
    assert _tower(alliance, WIDTH) == _tower(alliance, WIDTH)
