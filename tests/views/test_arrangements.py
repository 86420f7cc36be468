"""Stacks and shortened chains: less is drawn, nothing is lost, and the numbers stay."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keiretsu.views import Percent, Scene, SceneLink, SceneParty
from keiretsu.views.layout.narrow import narrow_spans
from keiretsu.views.scene.arrangements import EVERY, SHORT, STACKS, arrangements_of
from keiretsu.views.scene.comparison import beside
from keiretsu.views.scene.model import STACK, STACKED
from keiretsu.views.scene.shortening import shortened
from keiretsu.views.scene.stacks import LEAST, SHOWN, stacked


def _scene(shares, *, focus=True):
    """Return a firm with owners of these percentages."""
    owners = tuple(SceneParty(id=f"o{n:02}", label=f"Owner {n}") for n in range(len(shares)))
    firm = SceneParty(id="firm", label="Firm", focus=focus)
    links = tuple(
        SceneLink(
            id=owner.id, holder=owner.id, issuer="firm", capital=share, votes=share,
            gross_votes=share, agreed_votes=share,
        )
        for owner, share in zip(owners, shares, strict=True)
    )  # fmt: skip
    return Scene(title="", as_of="", parties=(firm, *owners), links=links)


def test_small_holders_are_stacked_with_their_sum():
    """Twelve small holders beside six large ones are one box: "12 other holders", 7.2 %."""
    shares = [Percent.point(10)] * 6 + [Percent.point(Fraction(6, 10))] * 12
    found = stacked(_scene(shares))
    stack = next(party for party in found.parties if party.kind == STACK)
    link = next(link for link in found.links if link.kind == STACKED)
    assert ("12 other holders", "7.2 %", "0.6 %") == (
        stack.label,
        str(link.capital),
        str(link.each),
    )
    assert (8, 12) == (len(found.parties), len(stack.members))


def test_a_range_makes_the_sum_a_range():
    """Bands add up to a band; a share that is not told leaves no sum."""
    large, band = Percent.point(12), Percent.between(1, 2, low_open=True)
    link = stacked(_scene([large] * 6 + [band] * 5)).links[-1]
    assert ">5–10 %" == str(link.capital)
    untold = stacked(_scene([large] * 6 + [None] * 4)).links[-1]
    assert (None, None) == (untold.capital, untold.each)


def test_few_are_not_stacked():
    """A crowd that is hardly larger than what is shown stays as it is."""
    scene = _scene([Percent.point(5)] * (SHOWN + LEAST - 1))
    assert scene is stacked(scene)


@settings(max_examples=30)
@given(st.lists(st.fractions(0, 3), min_size=1, max_size=30))
def test_a_stack_stands_for_all_of_its_members(shares):
    """What is drawn and what a stack stands for are together the whole scene, and add up to it."""
    scene = _scene([Percent.point(share) for share in shares])
    found = stacked(scene)
    members = {member for party in found.parties for member in party.members}
    drawn = {party.id for party in found.parties if party.kind != STACK}
    assert {party.id for party in scene.parties} == drawn | members
    assert not drawn & members
    assert sum(shares) == sum(link.capital.low for link in found.links)


def _chain(*links):
    names = sorted({end for holder, issuer, _ in links for end in (holder, issuer)})
    parties = tuple(SceneParty(id=name, label=name.upper()) for name in names)
    told = tuple(
        SceneLink(id=f"{h}>{i}", holder=h, issuer=i, capital=share, votes=share)
        for h, i, percent in links
        for share in [Percent.point(percent)]
    )
    return Scene(title="", as_of="", parties=parties, links=told)


def test_a_wholly_owned_chain_is_drawn_as_one_line():
    """A holds C through B and D, both wholly owned: one line, that names them."""
    found = shortened(_chain(("a", "b", 100), ("b", "d", 100), ("d", "c", 15)))
    link = found.links[0]
    assert ("a", "c", "15 %", "via D") == (link.holder, link.issuer, str(link.capital), link.via)
    assert ("Held through B (100 %), D (100 %).",) == link.remarks


@pytest.mark.parametrize(
    "links",
    [
        (("a", "b", 99), ("b", "c", 15)),
        (("a", "b", 100), ("x", "b", 0), ("b", "c", 15)),
        (("a", "b", 100),),
        (("a", "b", 100), ("b", "a", 100)),
    ],
    ids=["nearly all", "two holders", "holds nothing", "a ring"],
)
def test_what_is_not_wholly_owned_stays(links):
    """Less than all, somebody beside, nothing held, or a ring: no company is passed over."""
    scene = _chain(*links)
    assert scene is shortened(scene)


def test_ways_to_show_a_scene(star, pyramid, alliance):
    """A star can be stacked, a pyramid shortened; the first way is shown first."""
    ways = {scene.title: [one.key for one in arrangements_of(scene)] for scene in (star, pyramid)}
    assert [[STACKS, EVERY], [EVERY, SHORT]] == list(ways.values())
    assert [EVERY, SHORT] == [one.key for one in arrangements_of(alliance)]


def test_a_phone_gets_a_narrow_layout(alliance):
    """The layout for phones is large enough in a narrow window, and covers nothing either."""
    first = arrangements_of(alliance)[0]
    assert first.tall.places.bounds.width < first.wide.places.bounds.width
    quality = first.tall.quality
    assert quality.scale >= 0.5
    covered = (quality.box_on_box, quality.label_on_label, quality.label_on_box)
    assert ((0, 0, 0), 0) == (covered, quality.route_over_box)


def test_two_worlds_side_by_side_can_stand_below_one_another():
    """They are laid out alike, with the second moved; one world has nothing to move."""
    worlds = [_chain(*((a, b, share) for a, b in ("ab", "bc", "cd"))) for share in (60, 20)]
    first = arrangements_of(beside(*worlds, ("As it is", "As it would be")))[0]
    boxes, moved = first.wide.places.boxes, first.below.places.boxes
    assert (8, boxes.keys()) == (len(boxes), moved.keys())
    assert all(
        (moved[one].width, moved[one].height) == (box.width, box.height)
        for one, box in boxes.items()
    )
    assert first.below.frame.width < first.wide.frame.width
    assert first.below.frame.height > first.wide.frame.height
    assert ["every-wide", "every-tall", "every-below"] == [name for name, _ in first.layouts]
    assert arrangements_of(worlds[0])[0].below is None


@settings(max_examples=60)
@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24),
)
def test_narrow_rows_hold_few_and_point_down(width, pairs):
    """Whatever holds whatever, every line spans at least a row."""
    lines = [(str(at), str(min(pair)), str(max(pair))) for at, pair in enumerate(pairs)]
    spans = narrow_spans([str(n) for n in range(12)], lines, width)
    told = {name for name, upper, lower in lines if upper != lower}
    assert told == set(spans)
    assert all(span >= 1 for span in spans.values())
