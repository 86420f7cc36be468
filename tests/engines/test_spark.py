"""Control by Spark is control by the single machine, to the unit; rounds grow as is promised."""

import math

import pytest
from asked import check, rows_of
from unions import chain, something, world_of

from keiretsu.errors import InputError
from keiretsu.measures.engines.control import GATHER, EngineControl
from keiretsu.measures.engines.owners import EngineOwners
from keiretsu.measures.engines.register_files import RegisterFiles
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.engines.spark_session import SparkEngine
from keiretsu.measures.register.ultimate_owners import ultimate_owners


@pytest.mark.parametrize(
    ("gather", "parts"),
    [(0, {"joint", "lowering", "search"}), (GATHER, {"gathered"})],  # of DuckDB, others too
)
def test_pairs_weights_and_ultimate_controllers_are_those_of_the_single_machine(
    spark, tmp_path, gather, parts
):
    world = something()
    found = EngineControl(spark, write_register(world, tmp_path / "r"), gather=gather)
    assert check(found, world) > 30
    assert set(found.rounds) == parts | {"core", "doubling", "loops", "pairs"}
    count = found.write(str(tmp_path / "top"))
    assert count == len(found.ultimate())


def test_a_chain_of_a_thousand_links_takes_rounds_of_its_logarithm(spark, tmp_path):
    links = 1000
    found = EngineControl(spark, write_register(chain(links), tmp_path / "r"))
    tops = rows_of(found.ultimate(), "controller", "company")
    assert (len(tops), len({top for top, _ in tops})) == (links, 1)
    assert found.rounds.total() <= 2 * math.log2(links) + 5


def test_ultimate_owners_are_those_of_the_single_machine(spark, tmp_path):
    """A loop, ways that add up to exactly the floor, and one that falls short of it."""
    rows = [(0, 1, 10), (1, 2, 10), (2, 1, 6), (0, 2, 5), (3, 4, 10), (4, 5, 10), (3, 6, 2)]
    world = world_of(7, rows)
    found = EngineOwners(spark, write_register(world, tmp_path / "r"), "25%")
    theirs = ultimate_owners(world, floor="25%")
    pairs = zip(theirs.owner.tolist(), theirs.company.tolist(), strict=True)
    assert rows_of(found.rows(), "owner", "company") == list(pairs)
    assert found.in_memory


def test_files_that_are_none_are_refused_in_one_line(spark, tmp_path):
    for name in ("holdings.parquet", "issuers.parquet"):
        (tmp_path / name).write_bytes(b"not Parquet")
    with pytest.raises(InputError, match="no Parquet that can be read") as caught:
        EngineControl(spark, RegisterFiles.at(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_session_that_stands_is_used_and_left(spark, tmp_path):
    given = SparkEngine(spark=spark._spark, scratch=str(tmp_path))
    given.keep("kei_one", "select cast(1 as bigint) one")
    given.keep("kei_one", "select one + 1 one from kei_one")
    assert given.rows("select one from kei_one") == [(2,)]
    assert len(list(tmp_path.glob("*/*"))) == 1  # what was replaced is gone
    given.close()
    assert list(tmp_path.iterdir()) == []
    assert spark.rows("select 1") == [(1,)]


def test_what_spark_cannot_do_is_told_in_one_line(spark, tmp_path):
    """A table that is not there; and a place that is taken, which is left as it is."""
    kept = tmp_path / "rows" / "kept"
    kept.parent.mkdir()
    kept.touch()
    for ask, problem in (
        (lambda: spark.rows("select one from kei_nowhere"), "Spark gave up: .*kei_nowhere"),
        (lambda: spark.write("select 1 one", str(kept.parent)), "name a new folder"),
    ):
        with pytest.raises(InputError, match=problem) as caught:
            ask()
        assert "\n" not in str(caught.value)
    assert kept.exists()


def test_memory_of_a_cluster_is_refused():
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
    with pytest.raises(InputError, match="--memory is not of a cluster; give it as"):
        SparkEngine("spark://nowhere:7077", memory=10**9)
