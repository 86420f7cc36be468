"""Scenes of real data: what is drawn is what the measures and the claims say."""

from __future__ import annotations

import networkx as nx
import pytest

import keiretsu
from keiretsu.errors import InputError
from keiretsu.mirror import snapshot_of_shares
from keiretsu.scenarios import scenario
from keiretsu.views.page import sparql
from keiretsu.views.scene.model import ACTS_FOR
from keiretsu.views.scene.neighbourhood import MOST_PARTIES
from keiretsu.views.scene.wording import article, told_reason

DAY = "2019-09-03"
CLASSES = """\
holder,issuer,holder_kind,share_class,shares,votes,issued_shares,capital_percent
Family,Maker,person,ordinary,60,60,100,30
Family,Maker,person,preference,40,0,100,20
Unknown A,Maker,,ordinary,,,,unknown
"""


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


@pytest.mark.parametrize(("companies", "steps"), [(149, 2), (150, 1)])
def test_a_picture_that_would_be_large_reaches_one_step_unless_told_otherwise(companies, steps):
    held = {("hub", f"company {n}"): "60%" for n in range(companies - 1)}
    world = snapshot_of_shares({("top", "hub"): "60%", **held})
    unasked = keiretsu.view(world, focus="top").scene
    assert unasked.parties == keiretsu.view(world, focus="top", depth=steps).scene.parties
    assert len(keiretsu.view(world, focus="top", depth=2).scene.parties) == companies + 1
    assert bool(unasked.notes) or steps == 2
    assert len(keiretsu.view(world).scene.parties) == companies + 1


def test_nothing_to_show_is_told():
    """A world without holdings has no picture."""
    with pytest.raises(InputError, match="nothing to show"):
        keiretsu.view(snapshot_of_shares({}))


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
