"""Apache Spark as an engine: local for a trial, a cluster where one machine is not enough."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

LOCAL = "local[2]"


class SparkEngine:
    """A connection to Spark.

    Parameters
    ----------
    master
        Where Spark runs, such as ``"local[2]"`` or ``"spark://host:7077"``; None to let
        ``spark-submit`` or its settings say.
    spark
        A session of Spark that stands already; it is used as it is and left running.
    partitions
        In how many parts tables are shuffled; Spark's own choice if not given, 4 in local mode.
    checkpoints
        A folder that all of the cluster can reach. What a round found is kept there, so that lost
        executors lose nothing; without it, it is kept on the executors.
    settings
        Further settings of a session that is started, as Spark names them.

    Raises
    ------
    InputError
        If Spark or Java is not installed, or the session cannot be started.
    """

    name = "spark"

    def __init__(
        self,
        master: str | None = LOCAL,
        *,
        spark: Any = None,  # noqa: ANN401 - pyspark is loaded late
        partitions: int | None = None,
        checkpoints: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._mine = spark is None
        self._spark = _started(master, partitions, settings or {}) if spark is None else spark
        self._partitions = int(self._spark.conf.get("spark.sql.shuffle.partitions"))
        self._reliable = checkpoints is not None
        if checkpoints is not None:
            self._spark.sparkContext.setCheckpointDir(checkpoints)

    def read(self, table: str, place: str) -> None:
        """Let a name stand for a Parquet file, or a folder of parts."""
        try:
            self._spark.read.parquet(place).createOrReplaceTempView(table)
        except Exception as error:  # noqa: BLE001 - errors of the virtual machine have no class here
            problem = f"this is no Parquet that can be read ({type(error).__name__})"
            raise InputError(problem, place=place, mend="write it again") from None

    def keep(self, table: str, query: str) -> None:
        """Compute a query and keep its rows under a name, instead of what had it."""
        # Parts of unions add up; without a bound they would multiply from round to round.
        frame = self._spark.sql(query).coalesce(self._partitions)
        # A plan that grows with every round would be planned anew every round.
        frame = frame.checkpoint() if self._reliable else frame.localCheckpoint()
        frame.createOrReplaceTempView(table)

    def drop(self, *tables: str) -> None:
        """Forget tables, so that their room is free."""
        for table in tables:
            self._spark.catalog.dropTempView(table)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""
        return [tuple(row) for row in self._spark.sql(query).collect()]

    def columns(self, query: str) -> pa.Table:
        """Return the rows of a query as columns, in this process's memory."""
        return self._spark.sql(query).toArrow()

    def write(self, query: str, place: str) -> int:
        """Write the rows of a query as Parquet, and return how many there are."""
        self._spark.sql(query).write.mode("overwrite").parquet(place)
        return int(self._spark.read.parquet(place).count())

    def quotient(self, above: str, below: str) -> str:
        """Return the SQL of a division of whole numbers, rounded down."""
        return f"({above} div {below})"

    def close(self) -> None:
        """Free what the session holds; a session that was given goes on."""
        if self._mine:
            self._spark.stop()


def _started(master: str | None, partitions: int | None, more: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Start a session: quiet, without pages of its own, and in local mode on this machine alone."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - heavy, and only this engine needs it
    except ImportError:
        mend = "pip install 'keiretsu[spark]', or use another engine"
        raise InputError("the engine needs Spark, which is not installed", mend=mend) from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise InputError("Spark needs Java, which was not found", mend="install Java 17 or later")
    is_local = master is not None and master.startswith("local")
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if is_local:
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    if is_local or partitions:
        settings["spark.sql.shuffle.partitions"] = str(partitions or 4)
    builder = SparkSession.builder.appName("keiretsu").config(map={**settings, **more})
    try:
        spark = (builder if master is None else builder.master(master)).getOrCreate()
    except Exception as error:  # noqa: BLE001 - errors of the virtual machine have no class here
        problem = f"Spark did not start at {master}: {str(error).splitlines()[0]}"
        raise InputError(problem, mend="check --master and Java") from None
    spark.sparkContext.setLogLevel("ERROR")
    return spark
