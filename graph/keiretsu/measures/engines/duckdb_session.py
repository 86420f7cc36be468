"""DuckDB as an engine: one machine, tables that spill to disk when memory is full."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa


class DuckDBSession:
    """A connection to DuckDB in a scratch folder of its own.

    Parameters
    ----------
    memory
        How much memory tables may take, such as ``"4GB"``; DuckDB's own choice if not given.
    threads
        How many threads work; as many as there are processors if not given.
    scratch
        Where the scratch folder is made; the system's if not given.

    Raises
    ------
    InputError
        If DuckDB is not installed, or does not take the amount of memory.
    """

    name = "duckdb"

    def __init__(
        self, memory: str | None = None, threads: int | None = None, scratch: str | None = None
    ) -> None:
        try:
            import duckdb  # noqa: PLC0415 - heavy, and only this engine needs it
        except ImportError:
            mend = "pip install 'keiretsu[register]', or use another engine"
            raise InputError("the engine needs DuckDB, which is not installed", mend=mend) from None
        self._errors = duckdb.Error
        self._folder = tempfile.TemporaryDirectory(prefix="keiretsu-", dir=scratch)
        self._base = duckdb.connect()
        # Pages of tables that do not fit in memory go there and come back.
        self._base.execute("set temp_directory = $folder", {"folder": self._folder.name})
        self._base.execute("set preserve_insertion_order = false")
        self._base.execute("set enable_progress_bar = false")
        if threads is not None:
            self._base.execute(f"set threads = {int(threads)}")
        if memory is not None:
            self._limit(memory)

    def _limit(self, memory: str) -> None:
        try:
            self._base.execute("set memory_limit = $limit", {"limit": memory})
        except self._errors:
            self.close()
            mend = "write it like 4GB"
            raise InputError(f"{memory!r} is not an amount of memory", mend=mend) from None

    def read(self, table: str, place: str) -> None:
        """Let a name stand for a Parquet file, or a folder of parts."""
        path = Path(place)
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        try:
            relation = self._base.read_parquet([str(file) for file in files])
            relation.create_view(table, replace=True)
        except self._errors as error:
            problem = f"this is no Parquet that can be read ({type(error).__name__})"
            raise InputError(problem, place=place, mend="write it again") from None

    def keep(self, table: str, query: str) -> None:
        """Compute a query and keep its rows under a name, instead of what had it."""
        self._base.execute(f"create or replace table {table} as {query}")

    def drop(self, *tables: str) -> None:
        """Forget tables, so that their room is free."""
        for table in tables:
            self._base.execute(f"drop table if exists {table}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""
        return self._base.execute(query).fetchall()

    def columns(self, query: str) -> pa.Table:
        """Return the rows of a query as columns, in this process's memory."""
        return self._base.sql(query).to_arrow_table()

    def write(self, query: str, place: str) -> int:
        """Write the rows of a query as Parquet, and return how many there are."""
        self._base.sql(query).write_parquet(place, compression="zstd")
        return self._base.read_parquet(place).count("*").fetchall()[0][0]  # type: ignore[no-any-return]

    def quotient(self, above: str, below: str) -> str:
        """Return the SQL of a division of whole numbers, rounded down."""
        return f"({above} // {below})"

    def close(self) -> None:
        """Free what the session holds."""
        self._base.close()
        self._folder.cleanup()
