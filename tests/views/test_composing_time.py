"""Pictures of several days: each moment shows its own world, and has analyses of its own."""

from __future__ import annotations

import datetime as dt

import pytest

import keiretsu
from keiretsu import OwnershipGraph, control
from keiretsu.errors import InputError
from keiretsu.ownership_graph import Material
from keiretsu.scenarios import scenario
from keiretsu.views.scene.timeline import days_of_change


@pytest.fixture(scope="module")
def years(case):
    """Return Renault and Nissan around the new agreement."""
    return keiretsu.view(
        case, focus=["Renault", "Nissan"], depth=1, start="2023-10-01", until="2023-12-31"
    ).scene


def test_each_moment_shows_the_world_of_its_day(case, years):
    """What is drawn at a moment is the picture of that day alone."""
    assert len(years.moments) > 2
    for at, moment in enumerate(years.moments):
        alone = keiretsu.view(
            case.snapshot(moment.date), focus=["Renault", "Nissan"], depth=1
        ).scene
        then = {
            (link.holder, link.issuer, link.capital, link.votes, link.reason)
            for link in years.links
            if at in link.during
        }
        assert {
            (link.holder, link.issuer, link.capital, link.votes, link.reason)
            for link in alone.links
        } == then


def _ids(scene):
    return {party.id for party in scene.parties}


def _groups_of(world, shown, rule="fr-presumption-40"):
    return {
        (record.company_id, record.verdict.value)
        for record in control(world, ultimate=True, rule=rule)
        if record.company_id in shown
    }


def _marked(badges):
    return {
        (one.party, one.tone) for one in badges if "is the ultimate controller" not in one.words
    }


def test_each_moment_has_analyses_of_its_own(case, years):
    """Groups at a moment are those of `control` on its day, and a group keeps its letter."""
    overlay = next(one for one in years.overlays if one.key == "control-fr-presumption-40")
    shown = _ids(years)
    found = [_marked(overlay.at(moment).badges) for moment in range(len(years.moments))]
    assert [_groups_of(case.snapshot(one.date), shown) for one in years.moments] == found
    assert len({frozenset(one) for one in found}) > 1
    heads = {}
    for badge in overlay.badges:
        heads.setdefault(badge.group, set()).add(badge.words.partition(" ")[0])
    assert all(len(names) == 1 for names in heads.values())


def test_each_side_has_analyses_of_its_own(world):
    """Under the presumption Nissan leaves Renault's group on the second side only."""
    after = scenario(world, hold={("Renault", "Nissan"): "15%"})
    scene = keiretsu.view(
        world, focus=["Renault", "Nissan"], depth=1, compared_with=after, regime="ofac",
        listed="French State",
    ).scene  # fmt: skip
    overlay = next(one for one in scene.overlays if one.key == "control-fr-presumption-40")
    for side, one in (("1 ", world), ("2 ", after)):
        shown = {party.id[2:] for party in scene.parties if party.id.startswith(side)}
        marked = {(p[2:], tone) for p, tone in _marked(overlay.badges) if p.startswith(side)}
        assert _groups_of(one, shown) == marked
    assert {"power-renault", "power-nissan", "test-ofac"} <= {one.key for one in scene.overlays}


def test_states_of_a_line_never_overlap(years):
    """A line is drawn once at every moment."""
    for states in years.lines.values():
        moments = [moment for link in states for moment in link.during]
        assert len(moments) == len(set(moments))


def test_events_stand_at_their_moment(years):
    """What the parties took part in is named at the last change before it."""
    told = {event for moment in years.moments for event in moment.events}
    assert any("New Alliance Agreement takes effect" in event for event in told)
    for moment in years.moments:
        assert all(event[: len("2023")] >= moment.date[:4] for event in moment.events)


TABLE = """holder,issuer,capital_percent,valid_from,valid_until,source_title,quote
Ada,Works,60,2015-03-01,2019-06-01,Return,"Ada: 600 of 1,000 shares"
Bea,Works,60,2019-06-01,,Notice,
"""


@pytest.fixture(scope="module")
def table():
    """Return a table that claims no last day for which it is kept."""
    return OwnershipGraph.of([Material(TABLE.encode(), "t.csv", "csv")])


def test_a_span_without_an_end_goes_to_the_last_change(table):
    """A table tells no horizon: the page goes to the last day on which it tells of a change."""
    scene = keiretsu.view(table, focus="Works", start="2015-06-01").scene
    assert ["2015-06-01", "2019-06-01"] == [moment.date for moment in scene.moments]
    assert scene.subtitle.startswith("2 moments of change")
    alone = keiretsu.view(table, focus="Works", start="2015-06-01", until="2016-01-01").scene
    assert "1 moment of change, 2015-06-01 to 2015-06-01" == alone.subtitle


def test_the_words_of_the_source_are_shown(table):
    """Behind a line stands what its source says, in its own words."""
    scene = keiretsu.view(table.snapshot("2016-01-01"), focus="Works").scene
    (said,) = (one.text for link in scene.links for one in link.evidence)
    assert "60 % of the capital. \u201cAda: 600 of 1,000 shares\u201d" == said


def test_days_are_checked(case):
    """A span that ends before it begins is refused."""
    with pytest.raises(InputError, match="lies before"):
        days_of_change(case.claims, dt.date(2020, 1, 1), dt.date(2019, 1, 1))
    with pytest.raises(InputError, match="needs its first day"):
        keiretsu.view(case, focus="Renault", until="2020-01-01")
    with pytest.raises(InputError, match="is not a date"):
        keiretsu.view(case, focus="Renault", start="yesterday")
