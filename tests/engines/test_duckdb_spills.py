"""DuckDB in less memory than its tables take: the same answer, and nothing is left behind."""

from contextlib import closing

import pytest
from asked import expected, rows_of
from unions import random_registers, side_by_side

from keiretsu.errors import InputError
from keiretsu.measures.engines.control import EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.register_writing import write_register

LITTLE = 24 * 10**6
"""Bytes of memory: the tables of the register below take more."""


@pytest.fixture(scope="module")
def world():
    """Return fifteen times four hundred small registers side by side: 46,605 holdings."""
    some = [random_registers.rows(seed, most=12, deep=seed % 2) for seed in range(400)]
    return side_by_side(some * 15)


@pytest.fixture(scope="module")
def files(world, tmp_path_factory):
    return write_register(world, tmp_path_factory.mktemp("spilt") / "r")


def spilt(session):
    """Return how many bytes of tables lie on the disk now."""
    ((size,),) = session.rows("select coalesce(sum(size), 0) from duckdb_temporary_files()")
    return size


def test_tables_that_spill_give_the_answer_of_the_single_machine(world, files, tmp_path):
    sizes = []
    with closing(DuckDBSession(LITTLE, threads=1, scratch=str(tmp_path))) as session:
        keep = session.keep
        session.keep = lambda *asked: (keep(*asked), sizes.append(spilt(session)))
        found = EngineControl(session, files).ultimate()
        assert list(tmp_path.iterdir())
    assert max(sizes) > 0, "nothing was spilt, so nothing is shown"
    names = ("controller", "company", "weight")
    assert rows_of(found, *names) == [row[:3] for row in expected(world, ultimate=True)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("memory", "setting", "problem"),
    [
        (1_000, None, "too little memory; give more --memory"),
        (4 * 10**6, None, "too little memory; give more --memory"),
        (LITTLE, "set max_temp_directory_size = '256KB'", "make room on the disk, or name another"),
    ],
)
def test_too_little_room_is_told_in_one_line(files, tmp_path, memory, setting, problem):
    def ask():
        with closing(DuckDBSession(memory, threads=1, scratch=str(tmp_path))) as session:
            if setting:
                session._base.execute(setting)
            EngineControl(session, files)

    with pytest.raises(InputError, match=problem) as caught:
        ask()
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
