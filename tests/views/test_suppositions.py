"""What is not so: it is drawn dashed, said in words, and never exported as if it were."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest

import keiretsu
from keiretsu.model import Proposal
from keiretsu.scenarios import scenario
from keiretsu.views import SceneLink, SceneParty
from keiretsu.views.drawing.boxes import box_of
from keiretsu.views.drawing.strokes import Along, strokes_of
from keiretsu.views.page.html import render_html
from keiretsu.views.scene.credits import credits_of
from keiretsu.views.scene.model import PROPOSED
from keiretsu.views.scene.percent import Percent
from keiretsu.views.scene.wording import label, sentence
from keiretsu.views.view import View

DAY = "2019-05-27"
NEW = "Renault-FCA (proposed company)"


@pytest.fixture(scope="module")
def world(case):
    """Return the alliance on the day of the proposal."""
    return case.snapshot(DAY)


@pytest.fixture(scope="module")
def proposed(case, world):
    """Return Renault with what is proposed on the day."""
    return keiretsu.view(world, focus="Renault", depth=1, proposals=case.claims).scene


def _dashes(link):
    return {one.dash for one in strokes_of(link, "votes", "both") if isinstance(one, Along)}


def test_what_a_scenario_supposes_is_told_from_what_is_so(world):
    """Exactly the lines whose claims are supposed are dashed, and their words say so."""
    after = scenario(world, hold={("Renault", "Nissan"): "15%"})
    scene = keiretsu.view(after, focus="Renault", depth=1).scene
    assert scene.subtitle.startswith("Supposed")
    assert scene.notes[0].startswith("Supposed: Renault holds 15 % of the capital of Nissan")
    found = {link.id for link in scene.links if link.supposition}
    claims = {one.id for held in after.holdings for one in held.claims}
    recorded = {one.id for held in world.holdings for one in held.claims}
    assert found == {link.id for link in scene.links} & (claims - recorded)
    assert found
    for link in scene.links:
        words = [line.text for line in label(link, "votes", "both")]
        assert ("supposed" in words) == bool(link.supposition)
        assert ("would hold" in sentence(scene, link)) == bool(link.supposition)


def test_a_pattern_of_its_own():
    """A supposed line is drawn as no other kind of line is."""
    shares = {"capital": Percent.point(20), "votes": Percent.point(20)}
    given = {"id": "1", "holder": "a", "issuer": "b", **shares}
    patterns = [
        _dashes(SceneLink(**given, **more))
        for more in (
            {"supposition": "proposed"}, {"indirect": True}, {"doubtful": True}, {},
        )
    ] + [_dashes(SceneLink(**{**given, "votes": Percent.point(0)}))]  # fmt: skip
    assert 5 == len({frozenset(one) for one in patterns})
    assert not box_of(SceneParty(id="a", label="A")).dashed
    assert box_of(SceneParty(id="a", label="A", supposition="proposed")).dashed


def test_a_proposal_lies_beside_what_is_held(case, world, proposed):
    """Every stake that it names is a line of its own; what is held stays as it is."""
    plain = keiretsu.view(world, focus="Renault", depth=1).scene
    lines = [link for link in proposed.links if link.kind == PROPOSED]
    assert plain.links == tuple(link for link in proposed.links if link.kind != PROPOSED)
    proposal = next(one for one in case.claims.events if isinstance(one, Proposal))
    expected = {
        (one.holder, one.issuer, Percent.of_share(one.capital))
        for one in proposal.changes
        if one.capital.high
    }
    assert expected == {(one.holder, one.issuer, one.capital) for one in lines}
    assert {"proposed"} == {one.supposition for one in lines}
    assert [NEW] == [party.label for party in proposed.parties if party.supposition]
    assert proposed.notes[0].startswith("Proposed, not so")
    assert "withdrawn on 2019-06-06" in proposed.notes[0]
    assert "French State → Renault" in proposed.notes[1]


def test_a_proposal_is_drawn_while_it_is_on_the_table(case):
    """It comes on 27 May 2019 and is gone on 6 June, when it was withdrawn."""
    scene = keiretsu.view(
        case, focus="Renault", depth=0, start="2019-05-20", until="2019-06-07", opened="2019-05-30",
        proposals=case.claims,
    ).scene  # fmt: skip
    days = {
        moment.date: any(
            link.kind == PROPOSED and at in link.during for link in scene.links
        )
        for at, moment in enumerate(scene.moments)
    }  # fmt: skip
    assert {"2019-05-20": False, DAY: True, "2019-06-06": False} == days
    assert DAY == scene.moments[scene.moment].date
    told = [event.partition(":")[0] for moment in scene.moments for event in moment.events]
    assert "2019-05-27" in told
    assert max(told) <= "2019-06-07"
    alone = case.snapshot(dt.date(2019, 6, 7))
    later = keiretsu.view(alone, focus="Renault", depth=1, proposals=case.claims).scene
    assert not [link for link in later.links if link.kind == PROPOSED]


def test_a_proposal_is_not_exported_as_a_holding(proposed):
    """The table and the exported rows have what is held only; the page says what is proposed."""
    rows = list(csv.DictReader(io.StringIO(View(proposed).csv())))
    assert NEW not in {row["holder"] for row in rows} | {row["issuer"] for row in rows}
    page = render_html(proposed)
    assert "What is proposed, and not so" in page
    assert f"French State would hold 7.5 % of the capital and 7.5 % of the votes of {NEW}" in page


def test_sources_are_counted(alliance):
    """The line below a picture counts what has no source, and not what is supposed."""
    links = list(alliance.links)
    links[0] = replace(links[0], evidence=())
    links[1] = replace(links[1], evidence=(), supposition="supposed")
    told = credits_of(replace(alliance, links=tuple(links)))
    assert "Sources: Groupe Renault (1 document). Of the 16 holdings here 1 has no source." == told
