"""Large pictures: families side by side, in the shape of a window, nothing on anything else."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from tests.views.scenes import scenes

from keiretsu.mirror import snapshot_of_shares
from keiretsu.views.layout import choice, effort
from keiretsu.views.layout.candidates import TRIED, is_large
from keiretsu.views.layout.channels import Net, set_tracks
from keiretsu.views.layout.choice import GROVE, lay_out
from keiretsu.views.layout.families import families_of
from keiretsu.views.layout.metrics import quality_of
from keiretsu.views.layout.plan import lines_by_strength, plan_of, rising_links
from keiretsu.views.scene.composer import Composer

WIDEST = 3.0
"""How many times as wide as high, or as high as wide, a large picture may be."""


def _scene(shares):
    return Composer(snapshot_of_shares(shares)).scene([], 1)


def _groups(parties):
    """Return groups a few layers deep, of one to seven companies each, a quarter more across."""
    chance = random.Random(7)  # noqa: S311 - the same graph every time
    shares = {}
    for at in range(1, parties):
        parent = max(0, (at - 1) // 4 - chance.randrange(3))
        shares[f"party {parent}", f"party {at}"] = "51%"
    for _ in range(parties // 4):
        one = chance.randrange(parties - 1)
        other = min(parties - 1, one + chance.randint(1, 15))
        shares.setdefault((f"party {one}", f"party {other}"), f"{chance.randint(1, 4)}%")
    return shares


def _persons(parties):
    """Return companies with three persons each, as a register of control has them."""
    chance = random.Random(1)  # noqa: S311 - as above
    shares = {}
    for at in range(parties // 4):
        for nth in range(3):
            shares[f"person {at} {nth}", f"company {at}"] = f"{chance.randint(10, 30)}%"
        if at:
            shares[f"company {chance.randrange(at)}", f"company {at}"] = "5%"
    return shares


SHAPES = {
    "groups": _groups,
    "persons": _persons,
    "a chain": lambda n: {(f"p{at}", f"p{at + 1}"): "100%" for at in range(n - 1)},
    "one of many owners": lambda n: {(f"p{at}", "firm"): f"{90 / n:.3f}%" for at in range(n - 1)},
    "a holding of many": lambda n: {("holding", f"p{at}"): "51%" for at in range(n - 1)},
    "pairs": lambda n: {(f"a{at}", f"b{at}"): "70%" for at in range(n // 2)},
    "families that hold in the next": lambda n: {
        pair: share
        for at in range(n // 6)
        for pair, share in [
            *(((f"f{at}", f"f{at} {nth}"), "60%") for nth in range(5)),
            ((f"f{at} 0", f"f{at + 1}"), "60%"),
        ]
    },
}


def _quality(scene, places):
    ends = {line: (states[0].holder, states[0].issuer) for line, states in scene.lines.items()}
    breadths = {link.id: link.breadth for link in plan_of(scene).links}
    return quality_of(places, ends, breadths=breadths)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("parties", [TRIED + 4, 150])
def test_nothing_lies_on_anything(shape, parties):
    """No box, no label is covered, each number stands at its own line, lines are told apart."""
    scene = _scene(SHAPES[shape](parties))
    layout = lay_out(scene)
    assert GROVE == layout.engine
    quality = _quality(scene, layout.places)
    assert quality.overlaps - quality.merged == 0, quality
    assert quality.merged <= parties // 15, quality
    assert all(path.label for path in layout.places.routes.values())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("parties", [TRIED + 4, 400, 1_200])
def test_a_picture_has_the_shape_of_a_window(shape, parties):
    """However many parties, and however they hold each other, no picture is a ribbon."""
    bounds = lay_out(_scene(SHAPES[shape](parties))).places.bounds
    assert 1 / WIDEST <= bounds.width / bounds.height <= WIDEST


def test_holders_stand_above():
    """Nearly all lines point down; those that rise are weak ones."""
    scene = _scene(_groups(400))
    boxes = lay_out(scene).places.boxes
    held = {link.id: link for link in scene.links}
    upwards = [one for one in held.values() if boxes[one.holder].top > boxes[one.issuer].top]
    assert 0 < len(upwards) <= len(held) // 20
    assert max(link.capital.high for link in upwards) <= 4


def test_routes_lead_from_holder_to_issuer():
    """Every route starts at its holder's box and ends at its issuer's, and runs along the axes."""
    scene = _scene(_groups(150))
    places = lay_out(scene).places
    for line, states in scene.lines.items():
        points = places.routes[line].points
        for end, (x, y) in ((states[0].holder, points[0]), (states[0].issuer, points[-1])):
            box = places.boxes[end]
            assert box.left <= x <= box.right, line
            assert min(abs(y - box.top), abs(y - box.bottom)) <= 0.1, line


def test_the_same_scene_has_the_same_layout():
    """Nothing is left to chance, nor to whether Graphviz is there."""
    scene = _scene(_groups(150))
    again = lay_out.__wrapped__  # not what was remembered
    assert lay_out(scene) == again(scene)


def test_graphviz_is_not_needed(monkeypatch):
    """Large pictures are laid out by ourselves."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert GROVE == lay_out.__wrapped__(_scene(_groups(100))).engine


def test_a_crowd_shares_a_trunk():
    """Hundreds of owners need no hundreds of lines side by side: they join, and branch."""
    many = lay_out(_scene(SHAPES["one of many owners"](400))).places
    firm = many.boxes["firm"]
    arriving = {path.points[-1][0] for path in many.routes.values()}
    assert 1 == len(arriving)
    assert firm.left < min(arriving) < firm.right


@pytest.mark.parametrize("engine", ["rows", "grove"])
def test_small_pictures_can_be_asked_for(alliance, engine):
    """By name any engine lays out any scene, with loops, and with what holds itself."""
    layout = lay_out(alliance, engine=engine)
    assert engine == layout.engine
    quality = _quality(alliance, layout.places)
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


def _all_in_all(parties):
    names = [f"P{n}" for n in range(parties)]
    return _scene({(a, b): "2.5%" for a in names for b in names if a != b})


@pytest.mark.parametrize(("parties", "large"), [(7, False), (8, True), (12, True)])
def test_few_parties_with_very_many_lines_are_a_large_scene(parties, large):
    """Where all hold all, trying layouts would take minutes however few they are."""
    scene = _all_in_all(parties)
    assert large == is_large(scene)
    assert not large or lay_out(scene).engine == GROVE


@pytest.mark.parametrize("tall", [False, True])
def test_a_search_ends_when_its_work_is_done(monkeypatch, tall):
    """The bound counts layouts, not seconds, and one is found within it at any rate."""
    scene = _all_in_all(4)
    whole = lay_out(scene, tall=tall).work
    monkeypatch.setattr(choice, "is_large", lambda _: False)
    monkeypatch.setattr(effort, "MOST", 1.5 * effort.work_of(scene))
    bounded = lay_out.__wrapped__(scene, tall=tall)
    assert bounded == lay_out.__wrapped__(scene, tall=tall)
    assert bounded.quality is not None
    assert effort.MOST <= bounded.work <= effort.MOST + effort.work_of(scene)
    assert bounded.work <= whole
    assert tall or bounded.work < whole  # a tower of four is found at once


def test_families():
    """A company stands under who holds most of it; one that only holds it stands above it."""
    shares = {("a", "b"): "60%", ("c", "b"): "30%", ("a", "d"): "20%", ("b", "d"): "40%"}
    scene = _scene(shares)
    families = families_of(plan_of(scene), lines_by_strength(scene))
    assert ["a"] == families.heads
    assert {"a": ["b"], "b": ["d"]} == dict(families.below)
    assert {"b": ["c"]} == dict(families.above)
    assert ["d", "b", "a"] == list(families.youngest_first())


def test_tracks_let_few_lines_cross():
    """Of two lines that turn the same way the one that goes further runs above."""
    near, far = Net(2.0, [10.0], [60.0]), Net(2.0, [30.0], [90.0])
    height = set_tracks([near, far])
    assert far.track < near.track < height
    apart = Net(2.0, [0.0], [20.0]), Net(2.0, [100.0], [140.0])
    set_tracks([*apart])
    assert apart[0].track == apart[1].track
    assert 0.0 == set_tracks([])


@settings(max_examples=60)
@given(scenes(12, 18))
def test_a_grove_never_overlaps(scene):
    """Whatever holds whatever, in loops, twice or in itself: nothing is covered or lost."""
    places = lay_out(scene, engine=GROVE).places
    assert {party.id for party in scene.parties} == set(places.boxes)
    assert set(scene.lines) == set(places.routes)
    quality = _quality(scene, places)
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


def test_rising_links_rise():
    """A line that closes a loop of stronger ones points up in large pictures too."""
    shares = {**_groups(100), ("party 90", "party 0"): "2%"}
    scene = _scene(shares)
    boxes = lay_out(scene).places.boxes
    rising = rising_links(scene)
    assert 1 == len(rising)
    assert boxes["party 90"].top > boxes["party 0"].top
