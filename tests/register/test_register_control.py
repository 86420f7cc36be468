"""Control of everyone in columns: the pairs of the standing engine, clingo and the worklist."""

import json
import subprocess
import sys
import textwrap
from fractions import Fraction

import clingo
import numpy as np
import pytest
from random_registers import WHOLE, rows, world_of

import keiretsu
from keiretsu.kernels.forest import dominance_forest
from keiretsu.measures.register.dominion import ControlForest, ControlPairs
from keiretsu.measures.register.need import needed
from keiretsu.rights import MAJORITY
from keiretsu.snapshot import Snapshot

HALF = Fraction(1, 2)
PROGRAM = """
in(G,X,X) :- party(G,X).
in(G,X,Z) :- controls(G,X,Z).
controls(G,X,Y) :- party(G,X), need(G,Y,N), X != Y, N <= #sum { W,Z : in(G,X,Z), holds(G,Z,Y,W) }.
#show controls/3.
"""


def pairs_of(answer):
    return [(int(row.controller), int(row.company)) for row in answer]


@pytest.mark.parametrize("deep", [False, True])
def test_pairs_and_percentages_are_those_of_the_standing_engine(deep):
    found = rings = 0
    for seed in range(150):
        world = world_of(*rows(seed, deep=deep))
        mine = keiretsu.control(world)
        theirs = keiretsu.control(world.in_memory)
        assert sorted((r.controller, r.company, r.percent) for r in mine) == sorted(
            (int(r.controller), int(r.company), r.percent) for r in theirs
        )
        found += len(mine)
        rings += sum(len(mine.dominion.ring(head)) > 0 for head in range(world.network.parties))
    assert found > 300
    assert rings > 20


@pytest.mark.parametrize(
    ("threshold", "at_least"),
    [(HALF, True), (Fraction(1, 4), False), (Fraction(3, 4), True), (Fraction(2, 3), False)],
)
def test_other_thresholds_are_those_of_the_standing_engine(threshold, at_least):
    for seed in range(60):
        world = world_of(*rows(seed))
        options = {"threshold": threshold, "at_least": at_least}
        mine, theirs = (keiretsu.control(w, **options) for w in (world, world.in_memory))
        assert sorted(pairs_of(mine)) == sorted(pairs_of(theirs))
        assert mine.fields["rule"] == theirs.fields["rule"]


def test_the_forest_is_what_clingo_finds():
    graphs = {seed: world_of(*rows(seed)) for seed in range(80)}
    facts = []
    for number, world in graphs.items():
        need = needed(world.votes_column, MAJORITY)
        facts += [f"party({number},{party})." for party in range(world.network.parties)]
        for issuer in np.flatnonzero(world.votes_column.whole).tolist():
            facts.append(f"need({number},{issuer},{need[issuer]}).")
            for line in range(*world.network.first[issuer : issuer + 2].tolist()):
                holder, weight = world.network.holder[line], world.votes_column.weight[line]
                facts.append(f"holds({number},{holder},{issuer},{weight}).")
    engine = clingo.Control()
    engine.add("base", [], PROGRAM + "\n".join(facts))
    engine.ground([("base", [])])
    with engine.solve(yield_=True) as models:
        atoms = {
            tuple(argument.number for argument in atom.arguments)
            for atom in next(iter(models)).symbols(shown=True)
        }
    mine = {(g, *pair) for g, world in graphs.items() for pair in pairs_of(keiretsu.control(world))}
    assert mine == atoms
    assert len(atoms) > 150


def test_the_forest_is_the_worklist_on_larger_registers_with_many_joint_levels():
    pairs = 0
    for seed in range(30):
        for deep in (False, True):
            world = world_of(*rows(seed, most=400, deep=deep))
            column = world.votes_column
            need = needed(column, MAJORITY)
            forest = ControlForest(
                dominance_forest(world.network.first, world.network.holder, column.weight, need)
            )
            listed = ControlPairs(world.network, column, need)
            assert forest.heads.tolist() == listed.heads.tolist()
            assert forest.tops().tolist() == listed.tops().tolist()
            for head in range(world.network.parties):
                group = forest.group(head).tolist()
                assert group == listed.group(head).tolist()
                assert forest.ring(head).tolist() == listed.ring(head).tolist()
                assert all(forest.controls(head, one) for one in group)
                assert all(listed.controls(head, one) for one in group)
                assert all(head in forest.controllers(one) for one in group)
                pairs += len(group)
    assert pairs > 2000


def test_ultimate_controllers_and_rings_are_those_of_the_standing_engine():
    rings = 0
    for seed in range(120):
        world = world_of(*rows(seed))
        mine = keiretsu.control(world, ultimate=True)
        theirs = keiretsu.control(world.in_memory, ultimate=True)
        expected = [
            (min(int(n) for n in r.controller.split(" + ")), int(r.company), len(r.ring))
            for r in theirs
        ]
        assert sorted((r.controller, r.company, len(r.ring)) for r in mine) == sorted(expected)
        rings += sum(bool(row.ring) for row in mine)
    assert rings > 20


def test_questions_about_one_company_are_answered_with_reasons():
    world = world_of(4, [(0, 1, 12), (0, 2, 4), (1, 2, 7), (3, 2, 5)])
    (row,) = (r for r in keiretsu.control(world, of=2) if r.verdict.value == "certain")
    assert (row.controller, row.percent) == ("0", 55.0)
    assert "55 %" in row.explanation[-1]
    assert pairs_of(keiretsu.control(world, by=[0])) == [(0, 1), (0, 2)]


def test_an_answer_is_a_sequence_and_a_table():
    world = world_of(40, [(n, n + 1, 11) for n in range(38)])
    answer = keiretsu.control(world)
    rows_read = list(answer)
    assert len(answer) == len(rows_read) > 3
    assert [answer[n] for n in range(len(answer))] == rows_read
    assert answer[-1] == rows_read[-1]
    assert answer[1:3] == rows_read[1:3]
    table = answer.to_pandas()
    assert table["controller"].tolist() == [row.controller for row in rows_read]
    assert table["company"].tolist() == [row.company for row in rows_read]
    assert table["percent"].tolist() == [row.percent for row in rows_read]
    with pytest.raises(IndexError):
        answer[len(answer)]


def test_a_long_chain_is_counted_without_being_listed():
    links = 200_000
    order = np.random.default_rng(1).permutation(links + 1)
    world = Snapshot.from_arrays(order[:-1], order[1:], capital=np.full(links, 0.6))
    answer = keiretsu.control(world)
    assert len(answer) == links * (links + 1) // 2
    assert answer.controls(int(order[0]), int(order[-1]))
    assert not answer.controls(int(order[-1]), int(order[0]))


def test_exactly_half_never_controls_in_any_width():
    for whole in (100, 2**40, 2**61):
        for more, count in ((0, 0), (1, 1)):
            world = Snapshot.from_arrays(
                [0, 1], [2, 2], capital=[whole // 2 + more, whole // 2 - more], capital_total=whole
            )
            assert len(keiretsu.control(world)) == count


def test_python_integers_decide_where_64_bits_do_not():
    half = 2**70
    weights = np.array([half + 1, half - 1], dtype=object)
    world = Snapshot.from_arrays([0, 1], [2, 2], capital=weights, capital_total=2 * half)
    assert pairs_of(keiretsu.control(world)) == [(0, 2)]


def test_the_forest_refuses_what_the_theorem_does_not_cover():
    first, source = np.array([0, 0, 0, 2]), np.array([0, 1])
    with pytest.raises(ValueError, match="node 2"):
        dominance_forest(first, source, np.array([50, 50]), np.array([50, 50, 50]))


def test_plain_loops_give_the_same_as_compiled_ones():
    script = textwrap.dedent(
        """
        import json, sys
        if sys.argv[1] == "plain":
            sys.modules["numba"] = None
        import keiretsu
        from random_registers import rows, world_of
        from keiretsu.kernels import ways
        from keiretsu.kernels.compiled import COMPILED
        from fractions import Fraction
        found = []
        for seed in range(40):
            ways.LONG = (2, 4096)[seed % 4 < 2]
            world = world_of(*rows(seed, most=40, deep=seed % 2))
            for threshold in (Fraction(1, 2), Fraction(1, 4)):
                answer = keiretsu.control(world, threshold=threshold)
                found.append(answer.to_pandas().values.tolist())
            forest = keiretsu.control(world).dominion.forest
            found.append([column.tolist() for column in forest])
        print(json.dumps([COMPILED, found], default=str))
        """
    )
    results = []
    for mode in ("compiled", "plain"):
        done = subprocess.run(
            [sys.executable, "-W", "error::RuntimeWarning", "-c", script, mode],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONPATH": f"{__file__.rpartition('/')[0]}"},
        )
        results.append(json.loads(done.stdout))
    assert [compiled for compiled, _ in results] == [True, False]
    assert results[0][1] == results[1][1]


def test_the_total_is_the_register_whole():
    parties, found = rows(3)
    world = world_of(parties, found)
    assert set(world.capital_column.total.tolist()) == {WHOLE}
