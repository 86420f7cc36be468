"""The snapshot as a networkx graph and back: the same control, the same ownership."""

import datetime as dt
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keiretsu.errors import InputError
from keiretsu.measures import control, owners
from keiretsu.mirror import from_networkx, snapshot_of_shares, to_networkx
from keiretsu.model import Remainder, Share


def decided(snapshot, **options):
    """Return every verdict with its ends."""
    return {(r.controller, r.company): (r.verdict, r.bounds) for r in control(snapshot, **options)}


def owned(snapshot):
    """Return every integrated share, and what ends beyond."""
    found = {}
    for party in snapshot.parties:
        answer = owners(snapshot, party.label)
        found[party.label] = (
            {o.party: (o.direct, o.integrated, o.look_through) for o in answer},
            {name: value for name, value in answer.fields.items() if name.endswith("_percent")},
        )
    return found


@given(st.data())
def test_there_and_back(tables_of_shares, data):
    """Any cap table survives the mirror: the same verdicts, ends and integrated shares."""
    table = data.draw(tables_of_shares())
    world = snapshot_of_shares(
        {
            (holder, issuer): Fraction(units, 100)
            for issuer, held in table.items()
            for holder, units in held.items()
            if holder is not None
        }
    )
    again = from_networkx(to_networkx(world))
    assert decided(world) == decided(again)
    assert owned(world) == owned(again)


def test_ranges_keep_their_open_ends(register):
    """An open end is still open after the round trip, and so decides at the limit."""
    book = register()
    book.holds("a", "t", "(50,75]")
    book.holds("b", "u", "[25,50)")
    book.holds("c", "v", "unknown")
    world = book.on()
    again = from_networkx(to_networkx(world))
    assert decided(world) == decided(again)
    assert {("a", "t"): "certain", ("c", "v"): "possible"} == {
        pair: verdict for pair, (verdict, _) in decided(again).items()
    }


def test_what_is_known_of_parties_is_kept(register):
    """Labels, law, listing, remainders and whom a body acts for come through."""
    book = register().party("Agency", acts_for="State").party("State")
    book.party("t", jurisdiction="FR", listed=True, remainder=Remainder.NONE)
    book.holds("Agency", "t", "60")
    world = book.on()
    again = from_networkx(to_networkx(world))
    assert {p.id: p for p in world.parties} == {p.id: p for p in again.parties}
    assert decided(world) == decided(again)
    assert ("State", "t") in decided(again)


def test_suspended_votes_can_be_taken_over(register):
    """Asked for by name, derived votes go with the graph; where no law applies they are read."""
    book = register()
    book.share_class("t", "A", votes_per_share=Fraction(10))
    book.share_class("t", "B")
    book.holds("a", "t", "20", share_class="A")
    book.holds("b", "t", "80", share_class="B")
    world = book.on()
    again = from_networkx(to_networkx(world), votes="votes")
    assert decided(world) == decided(again)
    assert ("a", "t") in decided(again)
    assert ("a", "t") not in decided(from_networkx(to_networkx(world)))


def test_the_graph_points_from_holder_to_issuer(register):
    """Edges have the claim's IRI as key, floats, exact text and sources; the graph its date."""
    book = register().document("paper", "2020-01-01")
    claim = book.holds("a", "t", "43.4")
    graph = to_networkx(book.on("2020-06-30"))
    assert [("a", "t", claim.id)] == list(graph.edges(keys=True))
    edge = graph.edges["a", "t", claim.id]
    assert (0.434, 0.434, "217/500") == (edge["capital"], edge["votes"], edge["capital_exact"])
    assert "paper" == edge["sources"][0]["title"]
    assert "2020-06-30" == graph.graph["as_of"]
    assert dt.date(2020, 6, 30) == from_networkx(graph).as_of


def test_parallel_edges_add_up():
    """Two edges of one pair are two parts of one stake."""
    graph = nx.MultiDiGraph([("a", "t", {"capital": 0.3}), ("a", "t", {"capital": 0.21})])
    assert ("a", "t") in decided(from_networkx(graph))


def test_a_changed_number_is_what_counts():
    """Who changes `capital` in a mirror means the new number, not the text beside it."""
    graph = to_networkx(snapshot_of_shares({("a", "t"): "60%"}))
    for *_, data in graph.edges(data=True):
        data["capital"] = 0.15
    assert Fraction(3, 20) == from_networkx(graph).holdings[0].capital.low


READINGS = {
    "a fraction of one": (0.25, Share.point(Fraction(1, 4))),
    "text of a fraction": ("1/3", Share.point(Fraction(1, 3))),
    "a percentage": ("43.4%", Share.point(Fraction(434, 1000))),
    "nothing held": (0, Share.point(0)),
    "a band of percent": ("(25,50]%", Share.from_percent("(25,50]")),
    "a band of percent, spaced": ("(25, 50] %", Share.from_percent("(25,50]")),
    "more than": (">25%", Share.from_percent(">25")),
    "not told": (None, Share.unknown()),
}


@pytest.mark.parametrize(("value", "expected"), READINGS.values(), ids=READINGS)
def test_what_an_edge_may_say(value, expected):
    """Edges carry numbers of one, or percentages and bands as text."""
    world = from_networkx(nx.DiGraph([("a", "t", {"capital": value})]))
    assert expected == world.holdings[0].capital


@pytest.mark.parametrize("value", [1.5, -0.1, "120%", float("nan"), "half", "50-25%"])
def test_what_an_edge_may_not_say(value):
    """A number that is no share is refused with its edge."""
    with pytest.raises(InputError, match="edge 'a' → 't', capital: "):
        from_networkx(nx.DiGraph([("a", "t", {"capital": value})]))


def test_an_undirected_graph_is_refused():
    """Without a direction nobody knows who holds whom."""
    with pytest.raises(InputError, match="the graph is not directed; use a DiGraph"):
        from_networkx(nx.Graph([("a", "b")]))
