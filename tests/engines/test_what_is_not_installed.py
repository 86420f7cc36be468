"""An engine that is not there is told in one line with its mend."""

import shutil
import sys

import pytest

from keiretsu.errors import InputError
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.engines.spark_session import SparkEngine
from keiretsu.snapshot import Snapshot


@pytest.mark.parametrize(
    ("package", "engine", "mend"),
    [
        ("duckdb", DuckDBSession, r"pip install 'keiretsu\[register\]', or use another engine"),
        ("pyspark.sql", SparkEngine, r"pip install 'keiretsu\[spark\]', or use another engine"),
    ],
)
def test_a_package_that_is_missing_is_named(monkeypatch, package, engine, mend):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError, match=mend) as caught:
        engine()
    assert "\n" not in str(caught.value)


def test_parquet_needs_pyarrow(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    world = Snapshot.from_arrays([0], [1], capital=[0.6])
    with pytest.raises(InputError, match=r"pip install 'keiretsu\[register\]'"):
        write_register(world, tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


def test_spark_needs_java(monkeypatch):
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="Spark needs Java, which was not found; install Java 17"):
        SparkEngine()
