"""One session of each engine for all tests; registers are written once."""

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from unions import everything

from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.register_writing import write_register
from keiretsu.measures.engines.spark_session import SparkEngine

# Small data and a short life: compiling queries and code costs more than running them.
PLAIN = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.warehouse.dir": "build/spark-warehouse",
}


@pytest.fixture(scope="session")
def world():
    """Return many small registers side by side."""
    return everything()


@pytest.fixture(scope="session")
def files(world, tmp_path_factory):
    """Return them as Parquet."""
    return write_register(world, tmp_path_factory.mktemp("registers") / "everything")


@pytest.fixture
def duckdb_session():
    """Return a session of DuckDB."""
    session = DuckDBSession(threads=1)
    yield session
    session.close()


@pytest.fixture(scope="session")
def spark():
    """Return the one session of Spark."""
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java 17 or later, and none was found")
    session = SparkEngine("local[2]", partitions=2, settings=PLAIN)
    yield session
    session.close()
