"""What an engine must do for a measure: keep the answers of SQL as tables, and count rounds.

The measures of this room are written once, in the SQL that DuckDB and Spark share. A session is a
connection to one of them. Its tables begin with ``kei_``, so that they stay apart from a user's.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Session(Protocol):
    """A connection to an engine.

    Parameters
    ----------
    name
        The engine's name.
    joins
        How many joins a query may have where several could be one: each takes memory of its own.
    """

    name: str
    joins: int

    def read(self, table: str, place: str) -> None:
        """Let a name stand for a Parquet file, or a folder of parts."""

    def keep(self, table: str, query: str) -> None:
        """Compute a query and keep its rows under a name, instead of what had it."""

    def put(self, table: str, rows: pa.Table) -> None:
        """Keep columns of this process's memory under a name, instead of what had it."""

    def drop(self, *tables: str) -> None:
        """Forget tables, so that their room is free."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the few rows of a query."""

    def columns(self, query: str) -> pa.Table:
        """Return the rows of a query as columns, in this process's memory."""

    def write(self, query: str, place: str) -> int:
        """Write the rows of a query as Parquet, and return how many there are."""

    def quotient(self, above: str, below: str) -> str:
        """Return the SQL of a division of whole numbers, rounded down."""

    def close(self) -> None:
        """Free what the session holds."""


class Rounds(Counter[str]):
    """How many rounds each part of a computation took.

    A round is one table that is computed from those before it and kept: one pass that must end
    before the next can begin. Only tables that a loop makes are counted, under the loop's part;
    the few that are made once, before and after, are not.
    """

    def keep(self, session: Session, part: str, table: str, query: str) -> None:
        """Compute a query, keep its rows under a name, and count that as a round of a part."""
        session.keep(table, query)
        self[part] += 1


def single(session: Session, query: str) -> int:
    """Return the one number that a query gives; 0 where it gives null."""
    ((number,),) = session.rows(query)
    return int(number or 0)
