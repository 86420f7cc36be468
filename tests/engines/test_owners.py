"""Ultimate owners from a floor on, by an engine: the list of the single machine."""

from fractions import Fraction

import numpy as np
import pytest
from unions import world_of

from keiretsu.errors import InputError
from keiretsu.measures.engines import owners as module
from keiretsu.measures.engines.owners import EngineOwners
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.register.ultimate_owners import ultimate_owners
from keiretsu.snapshot import Snapshot


def check(session, world, files, floor):
    """Compare lists and shares with the single machine's; return what the engine was asked."""
    asked = EngineOwners(session, files, floor)
    found, theirs = asked.rows(), ultimate_owners(world, floor=floor)
    pairs = [
        list(zip(owner.tolist(), company.tolist(), strict=True))
        for owner, company in (
            (found.column("owner").to_numpy(), found.column("company").to_numpy()),
            (theirs.owner, theirs.company),
        )
    ]
    assert pairs[0] == pairs[1]
    share = shares_of(world)
    ends = zip(pairs[0], *(found.column(n).to_pylist() for n in ("least", "most")), strict=True)
    for pair, least, most in ends:
        assert least - 1e-9 <= share[pair] <= most + 1e-9
    return asked, len(pairs[0])


def shares_of(world):
    """Return everybody's shares by owner and company, with nothing dropped on the way."""
    all_of = ultimate_owners(world, floor=0)
    pairs = zip(all_of.owner.tolist(), all_of.company.tolist(), strict=True)
    return dict(zip(pairs, all_of.share.tolist(), strict=True))


@pytest.mark.parametrize("floor", [Fraction(1, 4), Fraction(1, 10), Fraction(3, 4), Fraction(1)])
def test_the_list_is_that_of_the_single_machine(duckdb_session, files, world, floor):
    asked, count = check(duckdb_session, world, files, floor)
    assert count > 30
    assert 0 < asked.in_memory


def test_exactly_the_floor_is_in_and_a_unit_less_is_out(duckdb_session, tmp_path):
    """Two chains of a half of a half; one unit of 10^12 is missing in the second."""
    half = 10**12 // 2
    weights = [half, half, half, half - 1]
    world = Snapshot.from_arrays([0, 1, 3, 4], [1, 2, 4, 5], capital=weights, capital_total=10**12)
    found = EngineOwners(duckdb_session, write_register(world, tmp_path / "r")).rows()
    assert found.column("company").to_pylist() == [1, 2, 4]


def test_what_is_dropped_on_the_way_is_found_again(duckdb_session, tmp_path, monkeypatch):
    """Five ways of 6 % each: none reaches a floor of 25 % on its own, together they do."""
    monkeypatch.setattr(module, "FINER", 1)
    steps = [(0, n, 6) for n in range(1, 6)] + [(n, 6, 4) for n in range(1, 6)]
    world = world_of(7, steps)
    asked, _ = check(duckdb_session, world, write_register(world, tmp_path / "r"), Fraction(1, 4))
    assert asked.in_memory
    assert asked.rows().column("company").to_pylist()[-1] == 6


def test_rounds_grow_with_the_logarithm_of_a_chain(duckdb_session, tmp_path):
    links = np.arange(1000)
    world = Snapshot.from_arrays(links, links + 1, capital=np.full(1000, 100), capital_total=100)
    asked = EngineOwners(duckdb_session, write_register(world, tmp_path / "r"))
    assert asked.rows().num_rows == 1000
    assert asked.rounds == {"squaring": 10}


def test_a_loop_that_keeps_nearly_all_takes_few_rounds(duckdb_session, tmp_path):
    """1 and 2 hold 999,999 millionths of each other; 0 has the rest of 1, and so all in the end."""
    million = 10**6
    world = Snapshot.from_arrays(
        [0, 2, 1], [1, 1, 2], capital=[1, million - 1, million], capital_total=million
    )
    asked = EngineOwners(duckdb_session, write_register(world, tmp_path / "r"))
    found = asked.rows()
    assert found.column("company").to_pylist() == [1, 2]
    assert asked.rounds["squaring"] <= 32
    assert found.column("least").to_pylist() == pytest.approx([1, 1], abs=1e-6)


@pytest.mark.parametrize("floor", [0, -1, 2, "101%"])
def test_a_floor_that_is_none_is_refused(duckdb_session, files, floor):
    with pytest.raises(InputError, match="is no share above 0; give one"):
        EngineOwners(duckdb_session, files, floor)
