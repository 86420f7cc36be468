"""The data that questions are asked of, and each answer of rdflib, found once."""

from pathlib import Path

import pytest

from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.store.query.questions import question

HERE = Path(__file__).parent
DAYS = ("2018-12-31", "2019-09-03", "2023-12-31", "2024-12-31")
"""Days for which the cases need derived graphs, which are then made once for all."""


def opened(*files, days):
    graph = OwnershipGraph.open(*(HERE / file for file in files))
    for day in days:
        for rule in ("majority-votes", "fr-presumption-40"):
            graph.derive(day, rule=rule, floor="0.01%")
    return graph


@pytest.fixture(scope="session")
def graphs():
    """Open what is asked once."""
    return {
        "alliance": opened(days=DAYS),
        "invented.trig": opened("invented.trig", days=("2020-12-31",)),
    }


@pytest.fixture(scope="session")
def ask(graphs):
    """Return a function that asks a question, each once."""
    known = {}

    def asked(data, name, values):
        key = (data, name, *sorted(values.items()))
        if key not in known:
            known[key] = question(name).run(graphs[data].store, values)
        return known[key]

    return asked
