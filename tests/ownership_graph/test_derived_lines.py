"""Derived graphs as lines that are filled into forms: those of the codec, to the letter."""

import datetime as dt

import pytest

from keiretsu import OwnershipGraph
from keiretsu.ownership_graph import Material
from keiretsu.ownership_graph.deriving import requests_for
from keiretsu.rights import rights_of
from keiretsu.store.derived.lines import lines_of_graph
from keiretsu.store.syntax.trig import nquad

DAY = dt.date(2019, 9, 3)
BANDS = b"""holder,issuer,capital_percent
Ann,Alpha,(25-50]
Alpha,Alpha,3
Alpha,Beta,33.3333
Beta,Alpha,>5
Alpha,Gamma,100
Gamma,Beta,12.5
"""


@pytest.fixture(params=["alliance", "bands"])
def graph(request):
    if request.param == "alliance":
        return OwnershipGraph.open()
    return OwnershipGraph.of([Material(BANDS, "bands.csv", "csv")])


def test_lines_are_those_of_the_statements(graph):
    rules = ["majority-votes", "fr-presumption-40"]
    found = requests_for(DAY, rule=rules, floor="0.01%", regimes=["ofac"])
    assert len(found) == 6
    for derived in graph.deriver.derived_graphs(found):
        lines = [line for part in lines_of_graph(derived) for line in part.decode().splitlines()]
        assert set(lines) == {nquad((*triple, derived.name)) for triple in derived.triples()}
        assert len(derived.findings) > 0


def test_agreed_votes_that_are_kept_are_those_made_anew(graph):
    rights = rights_of(graph.snapshot(DAY))
    issuers = sorted({one.issuer for one in rights.snapshot.holdings})
    for decision in ("ordinary", "extraordinary"):
        anew, kept = rights.agreed(decision, issuers), rights.ledger("agreed-votes", decision)
        for issuer in issuers:
            assert anew.account(issuer) == kept.account(issuer)
