"""Control by DuckDB is control by the single machine, to the unit."""

import math
from fractions import Fraction

import pytest
from asked import check, expected, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unions import WHOLE, chain, ladder, random_ones, side_by_side, world_of

from keiretsu.errors import InputError
from keiretsu.measures.engines.control import GATHER, EngineControl
from keiretsu.measures.engines.register_files import RegisterFiles
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.rights import MAJORITY, control_rule
from keiretsu.snapshot import Snapshot

ALWAYS = {"core", "doubling", "loops", "pairs"}


@pytest.mark.parametrize(
    ("gather", "parts"),
    [
        (0, {"joint", "lowering", "search"}),  # nothing is finished in memory
        (300, {"joint", "gathered"}),  # what is left when trees are joined
        (GATHER, {"gathered"}),  # all that majorities leave open
    ],
)
def test_pairs_weights_and_ultimate_controllers_are_those_of_the_single_machine(
    duckdb_session, files, world, gather, parts
):
    found = EngineControl(duckdb_session, files, gather=gather)
    assert check(found, world) > 400
    assert len(found.rings()) > 20
    assert set(found.rounds) == parts | ALWAYS


@pytest.mark.parametrize("deep", [False, True])
def test_larger_registers_with_many_levels(duckdb_session, tmp_path, deep):
    world = random_ones(range(100, 120), 300, deep=deep)
    files = write_register(world, tmp_path / "r")
    for gather in (0, GATHER):
        assert check(EngineControl(duckdb_session, files, gather=gather), world) > 300


@st.composite
def registers(draw):
    """Return a register with loops, blocks of exactly half, and several holdings of one pair."""
    parties = draw(st.integers(2, 9))
    left, rows = [WHOLE] * parties, []
    party = st.integers(0, parties - 1)
    for _ in range(draw(st.integers(1, 24))):
        holder, issuer = draw(party), draw(party)
        weight = min(draw(st.sampled_from([1, 4, 6, 7, 10, 11])), left[issuer])
        if weight:
            left[issuer] -= weight
            rows.append((holder, issuer, weight))
    return parties, rows


@given(st.lists(registers(), min_size=25, max_size=25))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
def test_whatever_is_held(duckdb_session, tmp_path_factory, some):
    world = side_by_side(some)
    files = write_register(world, tmp_path_factory.mktemp("whatever") / "r")
    for gather in (0, GATHER):
        found = check(EngineControl(duckdb_session, files, gather=gather), world)
        assert found == len(expected(world))


@pytest.mark.parametrize(
    ("threshold", "at_least"),
    [
        (Fraction(2, 3), False),
        (Fraction(3, 4), True),
        (Fraction(1), True),
        (Fraction(11, 20), True),
    ],
)
def test_other_thresholds(duckdb_session, files, world, threshold, at_least):
    rule = control_rule(threshold=threshold, at_least=at_least)
    for gather in (0, GATHER):
        found = EngineControl(duckdb_session, files, rule, gather=gather)
        assert check(found, world, threshold=threshold, at_least=at_least) > 50


def test_thresholds_are_exact_where_products_are_wide(duckdb_session, tmp_path):
    """One unit more than two thirds of nearly 2^62 controls, and one less does not."""
    whole = 3 * (2**60)
    weights = [2 * whole // 3, 2 * whole // 3 + 1]
    world = Snapshot.from_arrays([0, 0], [1, 2], capital=weights, capital_total=whole)
    files = write_register(world, tmp_path / "r")
    rule = control_rule(threshold=Fraction(2, 3))
    assert rows_of(EngineControl(duckdb_session, files, rule).pairs()) == [
        (0, 2, weights[1], whole)
    ]


def test_votes_and_capital_are_told_apart(duckdb_session, tmp_path):
    world = Snapshot.from_arrays(
        [0, 1, 2, 2],
        [2, 2, 3, 2],
        capital=[6, 2, 9, 4],
        votes=[2, 7, 4, 0],
        capital_total=12,
        votes_total=10,
        complete=[False, False, False, True],
    )
    files = write_register(world, tmp_path / "r")
    votes = EngineControl(duckdb_session, files, MAJORITY, "votes")
    assert check(votes, world) == len(votes.pairs()) == 3
    capital = EngineControl(duckdb_session, files, control_rule(right="capital"), "capital")
    assert check(capital, world, rights="capital") == 3
    assert rows_of(capital.pairs())[0] == (0, 2, 6, 8)  # own shares count for nobody


@pytest.mark.parametrize("links", [1, 2, 7, 1000])
def test_rounds_grow_with_the_logarithm_of_a_chain(duckdb_session, tmp_path, links):
    found = EngineControl(duckdb_session, write_register(chain(links), tmp_path / "r"))
    tops = rows_of(found.ultimate(), "controller", "company")
    assert len(tops) == links
    assert len({top for top, _ in tops}) == 1
    assert found.rounds["doubling"] == math.ceil(math.log(max(links, 2), 4))
    assert found.rounds.total() <= 2 * math.log2(links) + 5


@pytest.mark.parametrize("length", [2, 3, 5, 64, 300])
def test_long_loops_are_found_in_few_rounds(duckdb_session, tmp_path, length):
    """A loop of majorities with a chain below it: one ring, named after its smallest member."""
    loop = [(n, (n + 1) % length, 12) for n in range(length)]
    below = [(n, n + 1, 12) for n in range(length - 1, length + 9)]
    world = world_of(length + 10, loop + below)
    found = EngineControl(duckdb_session, write_register(world, tmp_path / "r"))
    assert found.rings() == {0: list(range(length))}
    assert rows_of(found.forest(), "ultimate") == [(0,)] * (length + 10)
    assert rows_of(found.forest(), "nearest")[-10:] == [(0,), *((length + n,) for n in range(9))]
    assert found.rounds.total() <= 2 * math.log2(length) + 8


def test_every_table_that_a_loop_makes_is_counted(duckdb_session, files):
    """What is kept besides is made once, however many rounds there are."""
    besides, keep = set(), duckdb_session.keep
    for gather in (0, GATHER):
        kept = []
        duckdb_session.keep = lambda table, query, kept=kept: (
            kept.append(table),
            keep(table, query),
        )
        found = EngineControl(duckdb_session, files, gather=gather)
        gathered = found.rounds["gathered"]
        besides.add(len(kept) - found.rounds.total() + gathered)
    assert max(besides) <= 13


def test_rounds_grow_with_the_levels_of_joint_control(duckdb_session, tmp_path):
    rounds = []
    for steps in (10, 20, 40):
        parties, rows = ladder(steps)
        folder = tmp_path / str(steps)
        files = write_register(world_of(parties, rows), folder)
        found = EngineControl(duckdb_session, files, gather=0)
        assert len(found.ultimate()) == steps - 1
        rounds.append(found.rounds["joint"])
    assert rounds == [steps - 1 for steps in (10, 20, 40)]


def test_the_forest_names_the_nearest_controller(duckdb_session, tmp_path):
    world = world_of(5, [(0, 1, 12), (1, 2, 12), (1, 3, 6), (2, 3, 6), (4, 3, 8)])
    files = write_register(world, tmp_path / "r")
    for gather in (0, GATHER):
        forest = EngineControl(duckdb_session, files, gather=gather).forest()
        assert rows_of(forest, "party", "nearest", "ring", "ultimate") == [
            (1, 0, None, 0),
            (2, 1, None, 0),
            (3, 1, None, 0),
        ]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"threshold": Fraction(1, 4)}, "engines do not compute the rule"),
        ({"threshold": Fraction(1, 2), "at_least": True}, "engines do not compute the rule"),
        ({"name": "fr-presumption-40"}, "engines do not compute the rule"),
        ({"threshold": Fraction(2**32, 2**33 - 1)}, "too many decimals"),
    ],
)
def test_rules_that_make_no_forest_are_refused(duckdb_session, files, options, problem):
    name = options.pop("name", None)
    with pytest.raises(InputError, match=problem):
        EngineControl(duckdb_session, files, control_rule(name, **options))


@pytest.mark.parametrize("content", [b"", b"not Parquet", b"PAR1 and then nothing"])
def test_files_that_are_none_are_refused_in_one_line(duckdb_session, tmp_path, content):
    for name in ("holdings.parquet", "issuers.parquet"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="no Parquet that can be read") as caught:
        EngineControl(duckdb_session, RegisterFiles.at(tmp_path))
    assert "\n" not in str(caught.value)
