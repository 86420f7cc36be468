"""Shares on the edges of other people's graphs: read by name and unit, told, never guessed."""

from __future__ import annotations

import networkx as nx
import pytest

import keiretsu
from keiretsu.errors import InputError
from keiretsu.mirror.edges import USUAL_NAMES
from keiretsu.mirror.graph import to_networkx


def _graph(**attributes):
    graph = nx.DiGraph()
    graph.add_edge("a", "b", **attributes)
    return graph


def _read(graph, **options):
    world = keiretsu.from_networkx(graph, **options)
    told = [one.text for one in world.cautions if one.code == "attribute-read"]
    return str(world.holdings[0].capital.low), told


@pytest.mark.parametrize("name", USUAL_NAMES)
def test_usual_names_are_read_and_told(name):
    """Whatever others call it is read in the unit that its name says, and a caution says so."""
    percent = USUAL_NAMES[name] == "percent"
    share, told = _read(_graph(**{name: 60 if percent else 0.6, "colour": "red"}))
    unit = "percent" if percent else "fractions of one"
    assert "3/5" == share
    assert [f"shares are read from the edges' attribute {name!r}, in {unit}"] == told


def test_capital_comes_first_and_is_not_told():
    """Our own name needs no caution, whatever else the edges carry."""
    assert ("1/4", []) == _read(_graph(capital=0.25, weight=0.9, percent=3))
    assert ("1/4", []) == _read(_graph(weight=0.25, share=3), capital="weight")


def test_a_unit_that_is_named_counts():
    """Who says that a weight is in percent is believed, and so is the votes' number."""
    assert ("3/5", []) == _read(_graph(weight=60), capital="weight", unit="percent")
    assert "3/500" == _read(_graph(weight=0.6), unit="percent")[0]
    world = keiretsu.from_networkx(_graph(share=0.2, voting_percent=40), votes="voting_percent")
    assert (0.2, 0.4) == tuple(
        float(share.low) for share in (world.holdings[0].capital, world.holdings[0].reported_votes)
    )


@pytest.mark.parametrize(
    ("attributes", "options", "problem"),
    [
        ({"weight": 60}, {}, "edge 'a' → 'b', weight: 60 is more than one, the whole"),
        ({"weight": 60}, {}, "from_networkx(graph, unit='percent') if it is percent"),
        ({"percent": 160}, {}, "edge 'a' → 'b', percent"),
        ({"weight": -0.1}, {}, "edge 'a' → 'b', weight"),
        ({"share": 0.1, "weight": 2}, {}, "the edges have 'share' and 'weight'"),
        ({"weight": "much"}, {}, "edge 'a' → 'b', weight"),
        (
            {"weight": 0.1},
            {"unit": "permille"},
            "'permille' is not a unit",
        ),
    ],
)
def test_what_is_no_share_is_refused(attributes, options, problem):
    """Out of range, ambiguous or no number: one line with its place and its mend."""
    with pytest.raises(InputError) as caught:
        keiretsu.from_networkx(_graph(**attributes), **options)
    assert problem in str(caught.value)


def test_a_page_says_what_was_read():
    """The picture of somebody's graph has the share, and the note how it was read."""
    picture = keiretsu.view(_graph(weight=0.6))
    assert ["60 %"] == [str(link.capital) for link in picture.scene.links]
    assert "Shares are read from the edges' attribute 'weight', in fractions of one." in [
        *picture.scene.notes
    ]


def test_a_graph_without_shares_stays_unknown():
    """Nothing that looks like a share makes an unknown one, as before."""
    world = keiretsu.from_networkx(_graph(colour="red"))
    assert (0, 1) == (world.holdings[0].capital.low, world.holdings[0].capital.high)
    assert [] == [one for one in world.cautions if one.code == "attribute-read"]


def test_what_we_wrote_is_read_back_exactly():
    """Our own graphs have all attributes of their own and need no guess."""
    world = keiretsu.from_networkx(_graph(weight="1/3"))
    again = keiretsu.from_networkx(to_networkx(world))
    assert world.holdings[0].capital == again.holdings[0].capital
