"""DuckDB as an engine: one machine, tables that spill to disk when memory is full."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keiretsu.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa


_AGAIN = "write it again"
_MAGIC = b"PAR1"


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
        If DuckDB is not installed, does not take the amount of memory, or the scratch folder
        cannot be used.
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
        self._unread = (duckdb.InvalidInputException, duckdb.BinderException)
        self._full = (duckdb.OutOfMemoryException, duckdb.IOException)
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="keiretsu-", dir=scratch)
        except OSError as error:
            problem = f"the scratch folder cannot be used ({error.strerror})"
            raise InputError(problem, place=scratch or "", mend="name another") from None
        self._base = duckdb.connect()
        # Pages of tables that do not fit in memory go there and come back.
        self._base.execute("set temp_directory = $folder", {"folder": self._folder.name})
        self._base.execute("set preserve_insertion_order = false")
        self._base.execute("set enable_progress_bar = false")
        if threads is not None:
            self._base.execute(f"set threads = {int(threads)}")
        if memory is not None:
            self._limit(memory)

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Tell in one line that memory or disk is full."""
        try:
            yield
        except self._full as error:
            problem = f"DuckDB has too little memory or disk ({type(error).__name__})"
            raise InputError(problem, mend="give more --memory, or make room on the disk") from None

    def _limit(self, memory: str) -> None:
        try:
            self._base.execute("set memory_limit = $limit", {"limit": memory})
        except self._errors:
            self.close()
            problem = f"DuckDB does not take {memory!r} as an amount of memory"
            raise InputError(problem, mend="write it like 4GB") from None

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
        with self._room():
            self._base.sql(query).write_parquet(place, compression="zstd")
        return self._base.read_parquet(place).count("*").fetchall()[0][0]  # type: ignore[no-any-return]

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
