"""Apache Spark as an engine: local for a trial, a cluster where one machine is not enough."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa

LOCAL = "local[2]"
_LONGEST = 300
"""Letters of an error of Spark that are told: it may quote a whole plan."""
_LOCALLY = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.adaptive.enabled": "false",
}
_QUICKLY = {
    # A round is many small queries: to compile code for each takes longer than to run it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}
_LARGE = 500_000
"""Holdings from which on compiled code saves more than it costs; at 1.14 million a fifth."""
_INFERENCE = "spark.sql.constraintPropagation.enabled"


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
    scratch
        A folder that all of the cluster can reach. What a round found is kept there as Parquet,
        so that a lost machine costs one round, until it is replaced or the session is closed.
        Local mode has one of its own.
    settings
        Further settings of a session that is started, as Spark names them.
    memory
        Bytes of memory of a session that is started in local mode; Spark's own choice if not given.
    holdings
        How many holdings will be asked about: in local mode, queries are compiled if they are many.

    Raises
    ------
    InputError
        If Spark or Java is not installed, the session cannot be started, or memory is given for
        a cluster.
    """

    name = "spark"
    joins = 16

    def __init__(
        self,
        master: str | None = LOCAL,
        *,
        spark: Any = None,  # noqa: ANN401 - pyspark is loaded late
        partitions: int | None = None,
        scratch: str | None = None,
        settings: Mapping[str, str] | None = None,
        memory: int | None = None,
        holdings: int = 0,
    ) -> None:
        self._mine, self._failures = spark is None, _failures()
        wanted = {} if holdings >= _LARGE or not _is_local(master) else _QUICKLY
        wanted = wanted | _of_memory(master, memory) | dict(settings or {})
        self._spark = _started(master, partitions, wanted) if spark is None else spark
        self._partitions = int(self._spark.conf.get("spark.sql.shuffle.partitions"))
        # Filters that the planner infers from joins grow faster than what they save.
        self._inferring = self._spark.conf.get(_INFERENCE)
        self._spark.conf.set(_INFERENCE, "false")
        self._own = None if scratch else tempfile.TemporaryDirectory(prefix="keiretsu-")
        self._scratch = f"{scratch or self._own.name}/{uuid.uuid4().hex}"  # type: ignore[union-attr]
        self._kept, self._places = 0, dict[str, str]()
        if scratch is None and not self._spark.sparkContext.master.startswith("local"):
            self.close()
            mend = "give a folder that all of the cluster can reach, with --scratch"
            raise InputError("Spark on a cluster needs room for what rounds find", mend=mend)

    def read(self, table: str, place: str) -> None:
        """Let a name stand for a Parquet file, or a folder of parts."""
        try:
            self._spark.read.parquet(place).createOrReplaceTempView(table)
        except self._failures as error:
            problem = f"this is no Parquet that can be read ({type(error).__name__})"
            raise InputError(problem, place=place, mend="write it again") from None

    def keep(self, table: str, query: str) -> None:
        """Compute a query and keep its rows under a name, instead of what had it."""
        # Parts of unions add up; without a bound they would multiply from round to round.
        self._keep(table, lambda: self._spark.sql(query).coalesce(self._partitions))

    def put(self, table: str, rows: pa.Table) -> None:
        """Keep columns of this process's memory under a name, instead of what had it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pandas, which is loaded and not used
            self._keep(table, lambda: self._spark.createDataFrame(rows))

    def _keep(self, table: str, made: Callable[[], Any]) -> None:
        # Written and read, not checkpointed: a checkpoint keeps what the planner guessed of sizes,
        # which joins multiply, and after some rounds the guesses alone take minutes.
        self._kept += 1
        place = f"{self._scratch}/{self._kept}"
        with self._told("give more --memory, or make room in the --scratch folder"):
            frame = made()
            frame.write.parquet(place)
            self._spark.read.schema(frame.schema).parquet(place).createOrReplaceTempView(table)
        if table in self._places:
            self._remove(self._places[table])
        self._places[table] = place

    def drop(self, *tables: str) -> None:
        """Forget tables, so that their room is free."""
        for table in tables:
            self._spark.catalog.dropTempView(table)
            if table in self._places:
                self._remove(self._places.pop(table))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""
        with self._told("give more --memory"):
            return [tuple(row) for row in self._spark.sql(query).collect()]

    def columns(self, query: str) -> pa.Table:
        """Return the rows of a query as columns, in this process's memory."""
        with (
            self._told("let Spark write the rows with --into, or give more --memory"),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # of pandas, which is loaded and not used
            return self._spark.sql(query).toArrow()

    def write(self, query: str, place: str) -> int:
        """Write the rows of a query as a folder of Parquet, and return how many there are."""
        with self._told("name a new folder that all of Spark can write to"):
            self._spark.sql(query).write.mode("error").parquet(place)
            return int(self._spark.read.parquet(place).count())

    def _remove(self, place: str) -> None:
        """Remove what a round found, wherever it lies."""
        context = self._spark.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(place)  # noqa: SLF001 - no other way to reach it
        path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)  # noqa: SLF001

    @contextmanager
    def _told(self, mend: str) -> Iterator[None]:
        """Tell in one line what Spark could not do."""
        try:
            yield
        except self._failures as error:
            raise InputError(f"Spark gave up: {_cause(error)}", mend=mend) from None

    def quotient(self, above: str, below: str) -> str:
        """Return the SQL of a division of whole numbers, rounded down."""
        return f"({above} div {below})"

    def close(self) -> None:
        """Free what the session holds; a session that was given goes on."""
        with suppress(*self._failures):  # Spark may be what failed
            self._remove(self._scratch)
        if self._mine:
            self._spark.stop()
        else:
            self._spark.conf.set(_INFERENCE, self._inferring)
        if self._own is not None:
            self._own.cleanup()


def _is_local(master: str | None) -> bool:
    return master is not None and master.startswith("local")


def _of_memory(master: str | None, memory: int | None) -> dict[str, str]:
    if memory is None:
        return {}
    if not _is_local(master):
        mend = "give it as spark.executor.memory in the settings of Spark"
        raise InputError("--memory is not of a cluster", mend=mend)
    return {"spark.driver.memory": f"{max(memory // 2**20, 1)}m"}


def _failures() -> tuple[type[Exception], ...]:
    """Return the errors by which Spark says that it cannot: its own, and those of its bridge."""
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415 - heavy, and only this engine needs it
        from pyspark.errors import PySparkException  # noqa: PLC0415
    except ImportError:
        return ()  # `_started` tells that it is not installed
    return PySparkException, Py4JError, ConnectionError


def _cause(error: Exception) -> str:
    """Return the first line of what the virtual machine told, without its trace."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines or [type(error).__name__])[0][:_LONGEST]


def _started(master: str | None, partitions: int | None, more: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Start a session: quiet, without pages of its own, and in local mode on this machine alone."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - heavy, and only this engine needs it
    except ImportError:
        mend = "pip install 'keiretsu[spark]', or use another engine"
        raise InputError("the engine needs Spark, which is not installed", mend=mend) from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise InputError("Spark needs Java, which was not found", mend="install Java 17 or later")
    is_local = _is_local(master)
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if is_local:
        settings |= _LOCALLY
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
