"""DuckDB as an engine: one machine, tables that spill to disk when memory is full."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError
from keiretsu.measures.engines.parquet_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa


_AGAIN = "write it again"
_MAGIC = b"PAR1"
_PER_THREAD = 125 * 10**6
"""Bytes of memory that DuckDB's guide to performance asks for each thread at least."""


class DuckDBSession:
    """A connection to DuckDB in a scratch folder of its own.

    Parameters
    ----------
    memory
        How many bytes of memory tables may take; DuckDB's own choice if not given.
    threads
        How many threads work; if not given as many as there are processors, and fewer in little
        memory.
    scratch
        Where the scratch folder is made; the system's if not given.

    Raises
    ------
    InputError
        If DuckDB is not installed, or the scratch folder cannot be used.
    """

    name = "duckdb"

    def __init__(
        self, memory: int | None = None, threads: int | None = None, scratch: str | None = None
    ) -> None:
        try:
            import duckdb  # noqa: PLC0415 - heavy, and only this engine needs it
        except ImportError:
            mend = "pip install 'keiretsu[register]', or use another engine"
            raise InputError("the engine needs DuckDB, which is not installed", mend=mend) from None
        self._unread = (duckdb.InvalidInputException, duckdb.BinderException)
        self._out_of_memory, self._unreached = duckdb.OutOfMemoryException, duckdb.IOException
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="keiretsu-", dir=scratch)
        except OSError as error:
            problem = f"the scratch folder cannot be used ({error.strerror})"
            raise InputError(problem, place=scratch or "", mend="name another") from None
        self.joins = 16 if memory is None else 4
        self._base = duckdb.connect()
        # Pages of tables that do not fit in memory go there and come back.
        self._base.execute("set temp_directory = $folder", {"folder": self._folder.name})
        self._base.execute("set preserve_insertion_order = false")
        self._base.execute("set enable_progress_bar = false")
        if memory is not None:
            self._limit(memory)
            threads = threads or max(min(os.cpu_count() or 1, memory // _PER_THREAD), 1)
        if threads is not None:
            self._base.execute(f"set threads = {int(threads)}")

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Tell in one line that memory or disk is full."""
        try:
            yield
        except (self._out_of_memory, self._unreached) as error:
            told = str(error).partition("\n")[0].rstrip(".")
            if isinstance(error, self._out_of_memory) and "temp_directory" not in str(error):
                mend = "give more --memory, or use --engine spark"
                raise InputError("DuckDB has too little memory", mend=mend) from None
            mend = "make room on the disk, or name another --scratch folder"
            raise InputError(f"DuckDB cannot keep its tables: {told}", mend=mend) from None

    def _limit(self, memory: int) -> None:
        try:
            with self._room():
                self._base.execute("set memory_limit = $limit", {"limit": f"{memory}B"})
        except InputError:
            self.close()
            raise

    def read(self, table: str, place: str) -> None:
        """Let a name stand for a Parquet file, or a folder of parts."""
        path = Path(place)
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        for file in files:
            if not _begins_as_parquet(file):
                raise InputError("this is no Parquet that can be read", place=place, mend=_AGAIN)
        with self._room():
            try:
                relation = self._base.read_parquet([str(file) for file in files])
                relation.create_view(table, replace=True)
            except self._unread as error:
                problem = f"this is no Parquet that can be read ({type(error).__name__})"
                raise InputError(problem, place=place, mend=_AGAIN) from None

    def keep(self, table: str, query: str) -> None:
        """Compute a query and keep its rows under a name, instead of what had it."""
        with self._room():
            self._base.execute(f"create or replace table {table} as {query}")

    def put(self, table: str, rows: pa.Table) -> None:
        """Keep columns of this process's memory under a name, instead of what had it."""
        with self._room():
            self._base.register("kei_given", rows)
            self._base.execute(f"create or replace table {table} as from kei_given")
            self._base.unregister("kei_given")

    def drop(self, *tables: str) -> None:
        """Forget tables, so that their room is free."""
        for table in tables:
            self._base.execute(f"drop table if exists {table}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""
        with self._room():
            return self._base.execute(query).fetchall()

    def columns(self, query: str) -> pa.Table:
        """Return the rows of a query as columns, in this process's memory."""
        with self._room():
            return self._base.sql(query).to_arrow_table()

    def write(self, query: str, place: str) -> int:
        """Write the rows of a query as Parquet, and return how many there are."""
        with whole_file(place) as half, self._room():
            self._base.sql(query).write_parquet(half, compression="zstd")
            ((count,),) = self._base.read_parquet(half).count("*").fetchall()
        return int(count)

    def quotient(self, above: str, below: str) -> str:
        """Return the SQL of a division of whole numbers, rounded down."""
        return f"({above} // {below})"

    def close(self) -> None:
        """Free what the session holds."""
        self._base.close()
        self._folder.cleanup()


def _begins_as_parquet(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False
