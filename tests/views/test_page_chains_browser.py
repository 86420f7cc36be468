"""Chains, what is hidden, and what stands for several, in Chromium: held to the mirror."""

from __future__ import annotations

import networkx as nx
import pytest

import keiretsu

pytestmark = pytest.mark.browser


# -- chains ---------------------------------------------------------------------------------------


def test_chains_are_those_of_the_mirror(visit, case):
    """Chains, products and weakest links equal `keiretsu.paths` and networkx."""
    world = case.snapshot("2019-09-03")
    view = keiretsu.view(world, focus=["Renault", "Nissan", "Mitsubishi Motors"], depth=2)
    opened = visit(view.scene)
    ends = {
        end: opened.name_of(label)
        for end, label in (("from", "French State"), ("to", "Mitsubishi Motors"))
    }
    opened.page.select_option("#path-from", ends["from"])
    opened.page.select_option("#path-to", ends["to"])
    found = opened.page.evaluate(
        """() => keiretsu.chains().map(({ hops, product, weakest }) => ({
          parties: [hops[0].holder, ...hops.map((hop) => hop.issuer)].map(
            (name) => keiretsu.data.parties.find((one) => one.name === name).label),
          product: [product.low, product.high],
          weakest: [weakest.votes.low, weakest.votes.high],
        }))"""
    )
    expected = [
        chain
        for chain in keiretsu.paths(world, "French State", "Mitsubishi Motors")
        if set(chain.party_ids) <= {party.id for party in view.scene.parties}
    ]
    assert [list(chain.parties) for chain in expected] == [one["parties"] for one in found]
    for chain, one in zip(expected, found, strict=True):
        assert pytest.approx(float(chain.product.low * 100)) == one["product"][0]
        least = min(chain.hops, key=lambda hop: hop.votes.high).votes
        assert pytest.approx([float(least.low * 100), float(least.high * 100)]) == one["weakest"]
    graph = nx.DiGraph((link.holder, link.issuer) for link in view.scene.links)
    ids = {party.label: party.id for party in view.scene.parties}
    simple = nx.all_simple_paths(graph, ids["French State"], ids["Mitsubishi Motors"])
    assert len(list(simple)) == len(found)
    text = opened.page.inner_text("#detail")
    assert "weakest link" in text
    assert "2.21 %" in text
    opened.page.keyboard.press("Escape")


def test_no_chain_is_told(visit, alliance):
    """Where no chain leads, a sentence says so."""
    opened = visit(alliance)
    ends = {"from": opened.name_of("AvtoVAZ"), "to": opened.name_of("State of Kuwait")}
    opened.page.evaluate("(ends) => keiretsu.askForChains(ends)", ends)
    assert "No chain of holdings leads from AvtoVAZ" in opened.page.inner_text("#detail")


# -- what is shown --------------------------------------------------------------------------------

REACHING = """
PREFIX kei: <https://w3id.org/keiretsu/ontology#>
SELECT DISTINCT ?holder ?issuer WHERE {
  GRAPH <https://w3id.org/keiretsu/id/graph/derived/stakes/%s> {
    ?stake a kei:Stake ; kei:holder ?holder ; kei:issuer ?issuer .
    OPTIONAL { ?stake kei:%s ?most }
  }
  FILTER ( !BOUND(?most) || ?most >= %s )
}"""


@pytest.mark.parametrize("day", ["2019-06-07", "2019-09-03", "2023-11-09"])
def test_what_is_shown_is_what_sparql_finds(visit, case, day):
    """Day, metric and threshold leave the holdings whose most, by SPARQL, reaches the threshold."""
    view = keiretsu.view(case.snapshot(day), focus=["Renault", "Nissan"], depth=1)
    drawn = {party.id for party in view.scene.parties}
    pairs = {link.id: (link.holder, link.issuer) for link in view.scene.links}
    opened = visit(view.scene)
    case.derive(day)
    for metric, column in (("capital", "capital"), ("votes", "exercisableVotes")):
        counts = []
        for threshold in (0, 10, 43.4, 50):
            chosen = [metric, threshold]
            opened.page.evaluate(
                "([metric, threshold]) => keiretsu.change({ metric, threshold })", chosen
            )
            rows = case.query(REACHING % (day, f"{column}PercentMax", threshold)).rows
            found = {(str(holder), str(issuer)) for holder, issuer in rows}
            expected = {pair for pair in found if drawn.issuperset(pair)}
            assert expected == {pairs[one] for one in opened.shown()}, chosen
            counts.append(len(expected))
        assert counts[0] > counts[-1] > 0


# -- hiding and stacks ----------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["above", "below"])
def test_what_is_hidden_is_what_only_that_side_ties(visit, alliance, side):
    """Hiding the holders or holdings of a party hides what networkx finds cut off."""
    opened = visit(alliance)
    graph = nx.Graph()
    graph.add_nodes_from(party.id for party in alliance.parties)
    for link in alliance.links:
        near = link.issuer if side == "above" else link.holder
        if near != "nissan":
            graph.add_edge(link.holder, link.issuer)
    kept = nx.node_connected_component(graph, "nissan")
    kept |= nx.node_connected_component(graph, "renault")
    expected = {party.id for party in alliance.parties} - kept
    name = opened.name_of("Nissan Motor Co., Ltd.")
    opened.page.evaluate(
        """([name, side]) => {
          keiretsu.fold(keiretsu.data.parties.find((one) => one.name === name), side);
        }""",
        [name, side],
    )
    assert expected == set(opened.page.evaluate("keiretsu.hidden()"))
    if expected:
        gone = {link.id for link in alliance.links if {link.holder, link.issuer} & expected}
        assert not gone & opened.shown()
        opened.page.click("#show-all")
        assert set() == set(opened.page.evaluate("keiretsu.hidden()"))


def test_a_stack_opens(visit, star):
    """The stack names its members in the panel, is searched, exported, and can be opened."""
    opened = visit(star)
    page = opened.page
    assert "8 parties, 7 holdings" == page.inner_text("#shown")
    assert len(star.links) == page.locator("#rows tr").count()
    page.evaluate("(name) => keiretsu.choose(name)", opened.name_of("19 other holders"))
    assert "Shareholder number 24" in page.inner_text("#detail")
    page.get_by_role("button", name="Show each").click()
    assert "26 parties, 25 holdings" == page.inner_text("#shown")
    page.select_option("#arrangement", "stacks")
    page.fill("#search", "number 24")
    page.press("#search", "Enter")
    assert "Shareholder number 24" == page.inner_text("#detail h2")
    assert "every" == page.evaluate("keiretsu.state.arrangement")


def test_short_chains(visit, alliance):
    """Nissan Finance is passed over, its holding is drawn from Nissan, and the line says so."""
    opened = visit(alliance)
    opened.page.select_option("#arrangement", "short")
    shown = opened.shown()
    assert "finance>renault" not in shown
    assert "finance>renault#short" in shown
    drawn = opened.page.evaluate("keiretsu.svgText()")
    assert ">via Nissan Finance Co., Ltd.</text>" in drawn
