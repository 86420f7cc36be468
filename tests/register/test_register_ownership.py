"""Integrated ownership in columns: what the standing measure says, and what algebra says."""

import networkx as nx
import numpy as np
import pytest
import scipy.sparse as sp
from random_registers import rows, world_of

import keiretsu
from keiretsu.kernels.strong import strong_components
from keiretsu.measures.register.ownership import climb_of
from keiretsu.snapshot import Snapshot

SHARES = ("direct_percent", "percent", "look_through_percent")
BEYOND = (
    "float_percent",
    "undisclosed_percent",
    "nobody_percent",
    "no_outside_owner_percent",
    "itself_percent",
)


def worlds(count):
    for seed in range(count):
        for deep in (False, True):
            yield world_of(*rows(seed, deep=deep))


def close(left, right):
    return left is right is None or left == pytest.approx(right, abs=2e-6)


@pytest.mark.parametrize(("role", "question"), [("holder", "of"), ("issuer", "by")])
def test_stakes_are_those_of_the_standing_measure(role, question):
    compared = 0
    for world in worlds(30):
        for party in range(world.network.parties):
            mine = keiretsu.ownership(world, **{question: party})
            theirs = keiretsu.ownership(world.in_memory, **{question: str(party)})
            expected = {int(row[role]): row for row in theirs.as_rows() if row[role] != str(party)}
            found = {row[role]: row for row in mine.as_rows()}
            assert found.keys() == expected.keys()
            for other, row in found.items():
                assert all(close(row[name], expected[other][name]) for name in SHARES)
            compared += len(found)
            if question == "of":
                assert all(close(mine.fields[name], theirs.fields[name]) for name in BEYOND)
    assert compared > 600


def test_other_conventions_are_answered_from_what_lies_above():
    world = world_of(3, [(0, 1, 12), (1, 2, 10), (2, 1, 8)])
    mine = keiretsu.owners(world, 2, method="raw")
    theirs = keiretsu.owners(world.in_memory, "2", method="raw")
    assert mine.as_rows() == theirs.as_rows()


def test_a_loop_of_999_thousandths_is_solved_to_the_last_digits():
    size, loop = 40, 30
    chance = np.random.default_rng(4)
    issuer = np.arange(size)
    holder = np.concatenate([(np.arange(loop) + 1) % loop, chance.integers(0, loop, size - loop)])
    share = np.where(issuer < loop, 0.999 ** (1 / loop), 0.7)
    weight = np.round(share * 10**12).astype(np.int64)
    world = Snapshot.from_arrays(holder, issuer, capital=weight, capital_total=10**12)
    matrix = sp.csr_matrix((weight / 10**12, (holder, issuer)), shape=(size, size))
    for target in range(loop, size):
        found = climb_of(world, "capital").above(target)
        visits = np.zeros(size)
        visits[found.nodes] = found.arriving * found.again
        start = np.eye(size)[target]
        residual = np.abs(visits - matrix @ visits - start).max()
        assert residual <= 1e-12 * max(visits.max(), 1)


def test_components_are_those_of_networkx_and_sources_come_first():
    for seed in range(40):
        world = world_of(*rows(seed, most=60))
        first, holder = world.network.first, world.network.holder
        everybody = np.arange(world.network.parties)
        component, order = strong_components(first, holder, everybody)
        graph = nx.DiGraph()
        graph.add_nodes_from(range(world.network.parties))
        for issuer in range(world.network.parties):
            sources = holder[first[issuer] : first[issuer + 1]].tolist()
            graph.add_edges_from((source, issuer) for source in sources)
            assert all(component[source] <= component[issuer] for source in sources)
        mine = {frozenset(np.flatnonzero(component == c).tolist()) for c in set(component.tolist())}
        assert mine == {frozenset(c) for c in nx.strongly_connected_components(graph)}
        assert sorted(order.tolist()) == list(range(world.network.parties))


def test_rows_are_a_table_with_the_same_numbers():
    world = world_of(5, [(0, 1, 12), (1, 2, 10), (3, 2, 5), (2, 4, 20)])
    answer = keiretsu.owners(world, 4)
    table = answer.to_pandas()
    assert table["holder"].tolist() == [row.party for row in answer] == [2, 1, 0, 3]
    assert answer[0].look_through_percent == 100.0
    assert table["percent"].tolist()[2:] == [answer[2].percent, answer[3].percent] == [30.0, 25.0]
    assert answer[1:2][0] == answer[1]
