"""Analyses on a picture: what they mark is what the measures find, and what has no box is told."""

from __future__ import annotations

import re

import pytest

import keiretsu
from keiretsu import control, power, screen
from keiretsu.errors import InputError
from keiretsu.measures import REGIMES
from keiretsu.mirror import snapshot_of_shares
from keiretsu.rights import RULES


def test_control_groups_are_those_of_the_measure(world):
    """Who is framed, certainly or possibly, is whom `control` names for an ultimate controller."""
    scene = keiretsu.view(world, focus=["Renault", "Nissan", "Daimler"], depth=1).scene
    shown = {party.id for party in scene.parties}
    overlays = {one.key.removeprefix("control-"): one for one in scene.overlays}
    for rule in ("majority-votes", "fr-presumption-40"):
        found = {
            (record.company_id, record.verdict.value)
            for record in control(world, ultimate=True, rule=rule)
            if record.company_id in shown
        }
        marked = {
            (badge.party, badge.tone)
            for badge in overlays[rule].badges
            if "is the ultimate controller" not in badge.words
        }
        assert found == marked, rule
    assert any("?" in badge.text for badge in overlays["majority-votes"].badges)
    for overlay in overlays.values():
        assert not any("the rule is" in badge.words for badge in overlay.badges)  # said in the note


def test_a_legal_test_marks_whom_it_catches(world):
    """Verdict, article and list are those of `screen`."""
    scene = keiretsu.view(
        world, focus="French State", depth=3, regime="ofac", listed="French State"
    ).scene
    shown = {party.id for party in scene.parties}
    overlay = scene.overlays[-1]
    caught = {
        record.company_id: record
        for record in screen(world, "ofac", ["French State"])
        if record.company_id in shown
    }
    marked = {badge.party: badge for badge in overlay.badges if badge.text != "listed"}
    assert set(caught) == set(marked)
    state = next(party.id for party in scene.parties if party.label == "French State")
    bodies = {world.parties[one].id for one in world.bodies[world.position(state)]}
    listed = {badge.party for badge in overlay.badges if badge.text == "listed"}
    assert {state, *(bodies & shown)} == listed
    for company, record in caught.items():
        assert record.verdict.value == marked[company].tone
        assert record.article in marked[company].words


@pytest.mark.parametrize("regime", REGIMES)
def test_analyses_are_told_in_words(regime):
    """No name of a rule or a test by which programs know it stands where a reader reads."""
    shares = {("Ada", "Holding"): "60%", ("Holding", "Works"): "45%", ("Bo", "Works"): ">5%"}
    scene = keiretsu.view(snapshot_of_shares(shares), regime=regime, listed="Ada").scene
    assert 3 <= len(scene.overlays)
    codes = {regime, *RULES}
    for overlay in scene.overlays:
        said = (
            overlay.title,
            overlay.note,
            *(one.words for one in overlay.badges),
            *(one.text for one in overlay.badges),
            *(one.words for one in overlay.asides),
        )
        for words in said:
            assert not codes & set(re.findall(r"[\w-]+", words)), words


def test_whom_a_test_catches_and_who_has_no_box_is_told(world):
    """Nobody is caught, or somebody beyond the picture's edge: a sentence says so."""
    asked = {"focus": "French State", "depth": 1, "regime": "ofac"}
    (none,) = [
        one
        for one in keiretsu.view(world, listed="French State", **asked).scene.overlays
        if one.key == "test-ofac"
    ]
    assert ["The test catches no company on this day."] == [one.words for one in none.asides]
    (some,) = [
        one
        for one in keiretsu.view(world, listed="Renault", **asked).scene.overlays
        if one.key == "test-ofac"
    ]
    drawn = {one.party for one in some.badges}
    (aside,) = some.asides
    beyond = [one for one in screen(world, "ofac", ["Renault"]) if one.company_id not in drawn]
    assert beyond
    for record in beyond:
        assert record.company in aside.words


def test_power_is_that_of_the_index(world):
    """Each holder's mark is its Shapley-Shubik index, and who is not drawn is named."""
    scene = keiretsu.view(world, focus="Nissan", depth=1).scene
    overlay = next(one for one in scene.overlays if one.key.startswith("power-"))
    answer = {one.holder_id: one for one in power(world, "Nissan")}
    for badge in overlay.badges:
        assert f"{float(answer[badge.party].power.low):.2f}" == badge.text
    missing = [one.holder for key, one in answer.items() if key not in _ids(scene)]
    assert all(name in overlay.asides[0].words for name in missing)


def _ids(scene):
    return {party.id for party in scene.parties}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"regime": "lex mercatoria", "listed": "Renault"}, "no legal test is named"),
        ({"regime": "ofac"}, "needs somebody on its list"),
        ({"start": "2019-01-01"}, "drawn of claims, not of one day"),
        ({"colours": "sepia"}, "no colours named"),
    ],
)
def test_options_that_do_not_go(world, given, problem):
    """A wrong option is told in one line."""
    with pytest.raises(InputError, match=problem):
        keiretsu.view(world, focus="Renault", depth=1, **given)
