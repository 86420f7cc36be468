"""Control of everybody by the engines for registers beyond memory; single runs."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import time
from typing import TYPE_CHECKING

from keiretsu.measures.engines.control import EngineControl
from keiretsu.measures.engines.duckdb_session import DuckDBSession
from keiretsu.measures.engines.register_files import write_register
from keiretsu.measures.engines.spark_session import SparkEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keiretsu.measures.engines.session import Session
    from keiretsu.snapshot import ColumnarSnapshot


def engines() -> dict[str, Callable[[], Session]]:
    """Return the engines that are installed."""
    found: dict[str, Callable[[], Session]] = {}
    if importlib.util.find_spec("duckdb"):
        found["DuckDB"] = DuckDBSession
    if importlib.util.find_spec("pyspark") and shutil.which("java"):
        found["Spark local[2]"] = SparkEngine
    return found


def engine_seconds(world: ColumnarSnapshot, tops: int) -> Iterator[tuple[str, float, int]]:
    """Yield per engine its name, seconds from Parquet to ultimate controllers, and rounds.

    Raises
    ------
    AssertionError
        If an engine finds other than so many rows.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = write_register(world, f"{folder}/register")
        for name, connect in engines().items():
            session = connect()
            begin = time.perf_counter()
            found = EngineControl(session, files)
            rows = found.ultimate().num_rows
            spent = time.perf_counter() - begin
            session.close()
            if rows != tops:
                raise AssertionError(f"{name} finds {rows} rows, and not {tops}")
            yield f"{name} engine", spent, found.rounds.total_rounds
