"""A whole register by Spark through the command line; runs where Spark is: make test-spark."""

import json
import os
import shutil

import pytest

TABLE = """holder,issuer,capital_percent
Anna,Top,60
Top,Middle,50.1
Middle,Base,34
Anna,Base,17
Ring,Loop,60
Loop,Ring,70
Loop,Leaf,51
"""


@pytest.fixture(autouse=True)
def spark():
    """Skip where there is no Spark."""
    pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java 17 or later, and none was found")


def test_a_store_is_asked_by_spark_as_by_memory(process, tmp_path):
    """From a store in columns to rows with its names; a place that is taken is refused at once."""
    table, store, into = tmp_path / "t.csv", tmp_path / "store", tmp_path / "rows"
    table.write_text(TABLE, encoding="utf-8")
    assert process("load", table, "--store", store, "--columns").returncode == 0
    asked = ("control", "--ultimate", "-d", store, "--as-of", "2024-06-30", "-f", "json")
    spark = (*asked, "--engine", "spark", "--master", "local[2]", "--memory", "1GB")
    listed = process(*spark)
    assert listed.returncode == 0, listed.stderr
    told, memory = (json.loads(r.stdout) for r in (listed, process(*asked, "--engine", "memory")))
    assert told["control"] == memory["control"] != []
    assert told["engine"]["total_rounds"] > 0
    into.mkdir()
    refused = process(*spark, "--into", into)
    assert refused.returncode == 2
    assert refused.stderr == f"error: {into}: there is something already; name a new folder\n"
