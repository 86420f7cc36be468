"""Scenes of real data: what is drawn is what the measures and the claims say."""

from __future__ import annotations

import datetime as dt
import re

import networkx as nx
import pytest

import keiretsu
from keiretsu import OwnershipGraph, control, power, screen
from keiretsu.errors import InputError
from keiretsu.measures import REGIMES
from keiretsu.mirror import snapshot_of_shares
from keiretsu.ownership_graph import Material
from keiretsu.rights import RULES
from keiretsu.scenarios import scenario
from keiretsu.views.page import sparql
from keiretsu.views.scene.model import ACTS_FOR
from keiretsu.views.scene.neighbourhood import MOST_PARTIES
from keiretsu.views.scene.timeline import days_of_change
from keiretsu.views.scene.wording import article, told_reason

DAY = "2019-09-03"
CLASSES = """\
holder,issuer,holder_kind,share_class,shares,votes,issued_shares,capital_percent
Family,Maker,person,ordinary,60,60,100,30
Family,Maker,person,preference,40,0,100,20
Unknown A,Maker,,ordinary,,,,unknown
"""


@pytest.fixture(scope="module")
def world(case):
    """Return the alliance on the day of the article."""
    return case.snapshot(DAY)


def _labels(scene):
    return {party.label for party in scene.parties}


# -- boxes and lines ------------------------------------------------------------------------------


def test_a_state_is_drawn_with_the_bodies_that_act_for_it(world):
    """A body's State stands above it, though it holds nothing itself."""
    scene = keiretsu.view(world, focus="Kuwait Investment Authority", depth=1).scene
    acting = [link for link in scene.links if link.kind == ACTS_FOR]
    drawn = {(scene.party(link.holder).label, scene.party(link.issuer).label) for link in acting}
    held = {(link.holder, link.issuer) for link in scene.links if link.kind != ACTS_FOR}
    bodies = {
        (world.parties[state].label, world.parties[body].label)
        for state, members in world.bodies.items()
        for body in members
        if (world.parties[state].id, world.parties[body].id) not in held
    }
    assert drawn <= bodies
    assert "State of Kuwait" in _labels(scene)


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        ("2019-05-27", "Stellantis", ("Fiat Chrysler Automobiles", "now Stellantis")),
        ("2022-06-30", "Stellantis", ("Stellantis", "NL")),
        (DAY, "Daimler", ("Daimler", "now Mercedes-Benz Group")),
        (DAY, "Opel", ("Opel", "DE")),
    ],
)
def test_names_are_those_of_the_day(case, day, name, expected):
    """A box bears the name of its day, and says what the party is called now."""
    party = keiretsu.view(case.snapshot(day), focus=name, depth=0).scene.parties[0]
    assert expected == (party.label, party.subtitle.rpartition(" · ")[2])


def test_what_is_left_out_is_counted_at_its_box(world):
    """A box knows how many of its holders and holdings are not drawn."""
    whole = keiretsu.view(world).scene
    scene = keiretsu.view(world, focus="Renault", depth=1).scene
    shown = {party.id for party in scene.parties}
    for party in scene.parties:
        above = {one.holder for one in whole.links if one.issuer == party.id} - shown
        below = {one.issuer for one in whole.links if one.holder == party.id} - shown
        assert (len(above), len(below)) == (party.more_above, party.more_below)
    assert any(party.more_above + party.more_below for party in scene.parties)


def test_several_holdings_of_a_pair_are_several_lines(tmp_path):
    """Ordinary and preference shares of one holder are drawn apart, each with its class."""
    path = tmp_path / "classes.csv"
    path.write_text(CLASSES, encoding="utf-8")
    graph = keiretsu.OwnershipGraph.open(path)
    scene = keiretsu.view(graph.snapshot(), focus="Maker").scene
    family = [link for link in scene.links if scene.party(link.holder).label == "Family"]
    assert {"ordinary", "preference"} == {link.share_class for link in family}
    assert 2 == len({link.line for link in family})
    assert "Unknown A" in _labels(scene)


def test_of_a_party_with_own_shares_the_rest_is_undisclosed():
    """What nobody is named for and what the party holds itself are all of its capital."""
    shares = {("Alpha", "Alpha"): "5%", ("Alpha", "Beta"): "60%", ("Alpha", "Gamma"): "100%"}
    scene = keiretsu.view(snapshot_of_shares(shares)).scene
    told = {party.label: dict(party.facts) for party in scene.parties}
    assert {"Undisclosed holders": "95 % of the capital"} == told["Alpha"]
    assert {"Undisclosed holders": "40 % of the capital"} == told["Beta"]
    assert {} == told["Gamma"]
    own = next(link for link in scene.links if link.holder == link.issuer)
    assert ("5 %", "0 %") == (str(own.capital), str(own.votes))


def test_a_reason_is_told_once(world):
    """The remark that tells an article in full stands for the few words on the line."""
    scene = keiretsu.view(world, focus="Renault", depth=1).scene
    silenced = [link for link in scene.links if link.reason and link.remarks]
    assert len(silenced) >= 2
    for link in silenced:
        because, remarks = told_reason(link)
        assert because in link.remarks
        assert {*link.remarks} == {because, *remarks}
        assert article(link) in because
        assert not [one for one in remarks if one.startswith(f"{article(link)}:")]


def test_more_than_can_be_drawn_is_cut_and_told():
    """The nearest are drawn, and a sentence says how many are not."""
    shares = {(f"p{n}", "hub"): "0.05%" for n in range(MOST_PARTIES + 40)}
    scene = keiretsu.view(snapshot_of_shares(shares), focus="hub").scene
    assert MOST_PARTIES == len(scene.parties)
    assert "1,541 parties are too many for a picture" in scene.left_out
    assert "41 are left out" in scene.left_out
    assert 41 == next(party for party in scene.parties if party.label == "hub").more_above


def test_of_too_many_those_that_hang_together_are_drawn():
    """Without a subject the picture spreads from whoever has the most ties, both ways."""
    shares = {(f"p{(n - 1) // 3:04}", f"p{n:04}"): "30%" for n in range(1, MOST_PARTIES + 501)}
    scene = keiretsu.view(snapshot_of_shares(shares)).scene
    graph = nx.Graph((link.holder, link.issuer) for link in scene.links)
    assert MOST_PARTIES == len(scene.parties) == len(graph)
    assert nx.is_connected(graph)
    first = scene.left_out.partition("the most ties, ")[2].partition(" first")[0]
    assert max(dict(graph.degree).values()) == graph.degree[first]
    assert "501 are left out" in scene.left_out


def test_nothing_to_show_is_told():
    """A world without holdings has no picture."""
    with pytest.raises(InputError, match="nothing to show"):
        keiretsu.view(snapshot_of_shares({}))


# -- overlays -------------------------------------------------------------------------------------


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


# -- time -----------------------------------------------------------------------------------------


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


# -- two worlds -----------------------------------------------------------------------------------


def test_a_scenario_beside_the_world(world):
    """What differs is marked on both sides, and nothing else is."""
    supposed = scenario(world, hold={("Renault", "Nissan"): "15%"})
    scene = keiretsu.view(world, focus=["Renault", "Nissan"], depth=1, compared_with=supposed).scene
    sides = {
        side: {link.line[2:]: link for link in scene.links if link.line[0] == side} for side in "12"
    }
    assert set(sides["1"]) | set(sides["2"])
    for line in set(sides["1"]) & set(sides["2"]):
        old, new = sides["1"][line], sides["2"][line]
        same = (old.capital, old.votes, old.reason) == (new.capital, new.votes, new.reason)
        assert same == (not old.change) == (not new.change), line
    marked = {link.change for link in sides["2"].values() if link.change}
    assert "was 43.4 %" in marked
    assert "votes were none" in marked
    assert scene.notes[0].endswith("holdings differ between the two sides.")


def test_both_sides_show_the_same_parties(case):
    """A holder that a merger moves further away is still drawn."""
    now = case.snapshot("2019-05-27")
    label = "FCA's proposal of a merger of equals with Renault"
    supposed = scenario(now, proposal=label, claims=case.claims)
    scene = keiretsu.view(now, focus="Renault", depth=1, compared_with=supposed).scene
    sides = [
        {party.label for party in scene.parties if party.id.startswith(side)}
        for side in ("1 ", "2 ")
    ]
    assert "French State" in sides[0] & sides[1]
    assert "Renault-FCA (proposed company)" in sides[1] - sides[0]


# -- evidence -------------------------------------------------------------------------------------


def test_the_query_of_a_line_retrieves_its_claims(case, world):
    """What the panel offers to copy finds the claims that it shows, no others, and who says so."""
    scene = keiretsu.view(world, focus="Nissan", depth=1).scene
    link = next(link for link in scene.links if link.evidence)
    rows = case.query(sparql.query_of_link(link)).rows
    assert {one.claim for one in link.evidence} == {str(row[0]) for row in rows}
    titles = {str(row[3]) for row in rows if str(row[2]).endswith("#title")}
    assert {one.title for one in link.evidence} == titles


def test_the_query_of_a_box_retrieves_its_holdings(case):
    """All claims of holdings of a party or in it are found, on whatever day."""
    nissan = next(party for party in case.claims.parties.values() if party.label == "Nissan")
    expected = {
        claim.id for claim in case.claims.holdings if nissan.id in (claim.holder, claim.issuer)
    }
    rows = case.query(f"<{nissan.id}>".join(sparql.PARTY_QUERY)).rows
    assert expected == {str(row[0]) for row in rows}


@pytest.mark.parametrize("text", ["a b", "urn:x> <urn:y", 'urn:"', "no-scheme", "", "urn:{x}"])
def test_a_text_that_is_no_iri_has_no_query(text):
    """Nothing that could end the query's brackets is put between them."""
    assert not sparql.is_iri(text)
