"""A run of the register benchmark measures what it says, and ends if a peer answers otherwise."""

import pytest
import register_extraction
from register_data import synthetic
from register_figures import CONTROL, EXTRACTION, INGEST, OURS, Figures, median
from register_peers import Peer, Solver

import register as benchmark

PARTIES = 400


@pytest.fixture
def register():
    return synthetic(PARTIES)


@pytest.fixture
def figures():
    begun = Figures()
    begun.begin(PARTIES)
    return begun


def test_every_reader_of_rdf_brings_out_our_holdings(register, figures):
    register_extraction.measure_extraction(register, figures)
    readers = {reader.name for reader in register_extraction.READERS}
    measured = {what.removeprefix(EXTRACTION) for what in figures.measured(EXTRACTION)}
    assert readers | {f"{OURS}, columns of the store"} == measured
    assert readers < {what.removeprefix(INGEST) for what in figures.measured(INGEST)}


def test_a_reader_that_brings_out_less_ends_the_run(register, figures, monkeypatch):
    short = register_extraction.Reader("short", lambda lines: list)  # noqa: ARG005
    monkeypatch.setattr(register_extraction, "READERS", (short,))
    with pytest.raises(AssertionError, match="short brings out other holdings"):
        register_extraction.measure_extraction(register, figures)


def test_a_peer_that_finds_other_pairs_ends_the_run(register, figures):
    figures.state(PARTIES, "pairs of control", 3)
    for found in (2, 4):
        peer = Peer("other", "math", lambda _, found=found: lambda: found, 10, "")
        with pytest.raises(AssertionError, match=f"other finds {found} pairs, and not 3"):
            benchmark.measure_peer(peer, register, figures)
    same = Peer("same", "math", lambda _: lambda: 3, 10, "")
    benchmark.measure_peer(same, register, figures)
    assert [f"{CONTROL}same"] == figures.measured(CONTROL)


def test_a_solver_that_finds_other_owners_ends_the_run(register, figures):
    world = benchmark.world_of(register)
    nobody = Solver("nobody", lambda _: lambda right: right * 0, 10, "")
    with pytest.raises(AssertionError, match="nobody is 1 from our owners"):
        benchmark.measure_solver(nobody, world, [5], figures)


def test_a_long_run_is_not_repeated():
    runs = []
    assert 11.0 == median(lambda: runs.append(1), 5, first=11.0)
    assert [] == runs
    median(lambda: runs.append(1), 5)
    assert 6 == len(runs)


def test_a_size_that_is_measured_anew_leaves_the_others(tmp_path):
    kept = tmp_path / "figures.json"
    figures = Figures()
    for size in (200, 100):
        figures.begin(size)
        figures.put(size, "a", 1.0)
        figures.put(size, "b", 2.0)
    figures.keep(kept)
    again = Figures.kept(kept)
    again.begin(100)
    again.put(100, "a", 3.0)
    assert {100: 3.0, 200: 1.0} == again.seconds("a")
    assert {200: 2.0} == again.seconds("b")
    assert [100, 200] == again.sizes
