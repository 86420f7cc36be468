"""Control by Spark is control by the single machine, to the unit; rounds grow as is promised."""

import math

import pytest
from asked import check, rows_of
from unions import chain, something

from keiretsu.errors import InputError
from keiretsu.measures.engines.control import EngineControl
from keiretsu.measures.engines.register_files import RegisterFiles, write_register
from keiretsu.measures.engines.spark_session import SparkEngine


def test_pairs_weights_and_ultimate_controllers_are_those_of_the_single_machine(spark, tmp_path):
    world = something()
    found = EngineControl(spark, write_register(world, tmp_path / "r"))
    assert check(found, world) > 30
    assert {"doubling", "joint", "loops", "lowering", "search"} <= set(found.rounds)
    count = found.write(str(tmp_path / "top"))
    assert count == len(found.ultimate())


def test_a_chain_of_a_thousand_links_takes_rounds_of_its_logarithm(spark, tmp_path):
    links = 1000
    found = EngineControl(spark, write_register(chain(links), tmp_path / "r"))
    tops = rows_of(found.ultimate(), "controller", "company")
    assert (len(tops), len({top for top, _ in tops})) == (links, 1)
    assert found.rounds.total_rounds <= 2 * math.log2(links) + 5


def test_files_that_are_none_are_refused_in_one_line(spark, tmp_path):
    for name in ("holdings.parquet", "issuers.parquet"):
        (tmp_path / name).write_bytes(b"not Parquet")
    with pytest.raises(InputError, match="no Parquet that can be read") as caught:
        EngineControl(spark, RegisterFiles.at(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_session_that_stands_is_used_and_left(spark, tmp_path):
    given = SparkEngine(spark=spark._spark, scratch=str(tmp_path))
    given.keep("kei_one", "select cast(1 as bigint) one")
    given.close()
    assert spark.rows("select one from kei_one") == [(1,)]
    assert list(tmp_path.rglob("*.parquet"))
    spark.drop("kei_one")
